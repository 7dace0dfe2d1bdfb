"""Names that were looked up before: what somebody was called at a revision, they were called at it for good."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Final

from projections.index.reader import IndexReader
from timeline.basis import Basis
from timeline.store import ReadConnection

_REVISIONS: Final = 8
_NAMES: Final = 2_000

Found = dict[str, str]
"""Names by slug, as far as they were looked up; empty for who has none."""


class NamesKept:
    """The names found at the revisions asked about last: of few, and so many of each. Used from several threads."""

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[str, int], Found] = OrderedDict()
        self._lock = Lock()

    def at(self, timeline: str, revision: int) -> Found:
        """What was found of a timeline at a revision, for the asker to add to."""
        key = (timeline, revision)
        with self._lock:
            found = self._found.get(key)
            if found is None or len(found) > _NAMES:
                found = self._found[key] = {}
            self._found.move_to_end(key)
            while len(self._found) > _REVISIONS:
                self._found.popitem(last=False)
        return found


class NamingReader(IndexReader):
    """Reads the index, but for names that were found already."""

    def __init__(self, connection: ReadConnection, timeline_id: int, basis: Basis, *, head: int, found: Found) -> None:
        super().__init__(connection, timeline_id, basis, head=head)
        self._found = found

    def names(self, entities: Iterable[str]) -> dict[str, str]:
        """See `IndexReader.names`."""
        wanted, found = set(entities), self._found
        missing = [name for name in wanted if name not in found]
        if missing:
            looked_up = dict.fromkeys(missing, "") | super().names(missing)
            if len(looked_up) > _NAMES:
                found = {**found, **looked_up}
            else:
                found.update(looked_up)
        return {name: found[name] for name in wanted if found[name]}
