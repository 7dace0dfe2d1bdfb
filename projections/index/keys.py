"""The timelines and keys that a transaction comes across: each is looked up once, and numbered if it is a new key."""

from projections.index.plane import Claims, Ids
from projections.index.rows import WritableRows
from timeline.facts import Key

_FIND = (
    "SELECT id, widest, denied FROM keys WHERE timeline_id = ? AND subject = ? "
    "AND attribute = ? AND object = ? AND development = ?"
)
_PUT = (
    "INSERT INTO keys (id, timeline_id, subject, attribute, object, development, widest, denied) "
    "VALUES (?, ?, ?, ?, ?, ?, 0, ?)"
)


class MetTimelines(dict[str, int]):
    """The numbers of timelines by their slugs: asked for one, it looks up what it did not meet yet."""

    def __init__(self, rows: WritableRows) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, slug: str) -> int:
        found = self._rows.one("SELECT id FROM timelines WHERE slug = ?", (slug,))
        if found is None:
            raise LookupError(f'the index does not know the timeline "{slug}": rebuild it')
        self[slug] = number = int(found[0])
        return number


class MetKey:
    """A key as the transaction knows it."""

    __slots__ = ("_is_changed", "denied", "id", "timeline_id", "widest")

    def __init__(self, key_id: int, timeline_id: int, *, widest: int, denied: bool) -> None:
        self.id = key_id
        self.timeline_id = timeline_id
        self.widest = widest
        self.denied = denied
        self._is_changed = False

    def widen(self, width: int, *, denied: bool) -> None:
        """Note how wide the since of one more of its facts is, and whether that is a denial."""
        if width > self.widest or (denied and not self.denied):
            self.widest, self.denied, self._is_changed = max(width, self.widest), self.denied or denied, True

    def write(self, rows: WritableRows) -> None:
        """Write what has changed."""
        if self._is_changed:
            rows.run("UPDATE keys SET widest = ?, denied = ? WHERE id = ?", (self.widest, self.denied, self.id))
            self._is_changed = False


class MetKeys(dict[Key, MetKey]):
    """All of them: asked for a key, it looks up what it did not meet yet."""

    def __init__(self, rows: WritableRows, ids: Ids, claims: Claims, timelines: MetTimelines) -> None:
        super().__init__()
        self._rows = rows
        self._ids = ids
        self._claims = claims
        self._timelines = timelines

    def __missing__(self, key: Key) -> MetKey:
        timeline = self._timelines[key.timeline]
        names = (timeline, key.subject, key.attribute, key.object or "", key.development or "")
        found = self._rows.one(_FIND, names)
        if found is None:
            met = MetKey(self._ids.next("keys"), timeline, widest=0, denied=False)
            self._rows.run(_PUT, (met.id, *names, False))
            self._claims.open(timeline, met.id)
        else:
            met = MetKey(found[0], timeline, widest=found[1], denied=bool(found[2]))
        self[key] = met
        return met

    def write(self) -> None:
        """Write what has changed of them."""
        for met in self.values():
            met.write(self._rows)
