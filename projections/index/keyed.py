"""Questions to the index about whole keys: all that was ever stated under them, and what they show along one clock.

Where `projections.index.reader` finds what holds at a point, this reads keys from end to end, at the floor and the
revision of a basis. What became known after the `known` of the basis does not count; what is in force then is so until
`MAX_INSTANT`, as nobody knows yet what will end it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from projections.index.reader import FACT_COLUMNS, FactRow, KeyRow
from projections.index.rows import Rows
from projections.spans import Claim, Run, over_at, over_known
from timeline.basis import Basis
from timeline.dates import MAX_INSTANT
from timeline.standing import Standing
from timeline.store import ReadConnection

_IN_LIST: Final = 500
_DENIED: Final = Standing.DENIED.rank
_ADMITTED: Final = f"(f.standing >= ? OR f.standing = {_DENIED})"
_CLAIM_COLUMNS: Final = (
    "f.since_earliest, f.standing, f.known_since, f.position, f.ordinal, f.id, f.since_latest, f.until_latest, f.is_end"
)


class Span(NamedTuple):
    """A half-open range of one clock over which a key shows the same fact.

    `winner` is another fact where an end may have begun, yet not for sure: then `fact` is what it may have ended.
    """

    start: int
    until: int
    fact: FactRow
    winner: FactRow


class Believed(NamedTuple):
    """A fact and the half-open range of knowledge time over which it is in force.

    A new version of a development states what it leaves as it was once more, as a fact with another `id` and range; its
    `known_since` and `position` stay.
    """

    fact: FactRow
    known_from: int
    known_until: int


class KeyReader:
    """Reads whole keys of one timeline, on one snapshot."""

    def __init__(self, connection: ReadConnection, timeline_id: int, basis: Basis, *, head: int) -> None:
        """`head` is the newest revision of the snapshot; `basis.revision` must not be greater."""
        self._rows = Rows(connection)
        self._timeline_id = timeline_id
        self.basis = basis
        self._is_head = basis.revision >= head
        self._least = 3 - int(basis.floor)

    def keys(
        self,
        *,
        subject: str | None = None,
        attributes: Collection[str] | None = None,
        object: str | None = None,  # noqa: A002 - the word of the model
        entity: str | None = None,
    ) -> list[KeyRow]:
        """The keys under which anything was stated by the basis, in the order of their names.

        Args:
            subject: only keys of this subject.
            attributes: only keys of these attributes.
            object: only keys with this object; an empty text asks for those without any.
            entity: only keys whose subject or object it is, or one of whose values.
        """
        visible, when = self._visible()
        conditions = ["k.timeline_id = ?", f"EXISTS (SELECT 1 FROM facts f WHERE f.key_id = k.id AND {visible})"]
        values: list[Any] = [self._timeline_id, *when]
        for column, name in (("subject", subject), ("object", object)):
            if name is not None:
                conditions.append(f"k.{column} = ?")
                values.append(name)
        if attributes is not None:
            conditions.append(f"k.attribute IN ({_marks(attributes)})" if attributes else "1 = 0")
            values += attributes
        if entity is not None:
            value = "instr(f.payload, ?) > 0" if self._rows.is_sqlite else "position(?::text IN f.payload) > 0"
            conditions.append(
                # everybody whom a development names is indexed, so only its facts need a look
                "k.id IN (SELECT f.key_id FROM content_entities e JOIN facts f ON f.content_id = e.content_id "
                "JOIN keys o ON o.id = f.key_id WHERE e.timeline_id = ? AND e.entity = ? "
                f"AND (o.subject = ? OR o.object = ? OR {value}) AND {visible})"
            )
            # payloads are canonical JSON, and quotes inside their strings are escaped: this can only be the field
            values += (self._timeline_id, entity, entity, entity, f'"id":"{entity}"', *when)
        rows = self._rows.all(
            "SELECT k.id, k.subject, k.attribute, k.object, k.development, k.widest, k.denied FROM keys k "
            f"WHERE {' AND '.join(conditions)}",
            values,
        )
        return sorted((KeyRow(*row) for row in rows), key=lambda key: key[1:5])

    def facts(self, keys: Iterable[KeyRow], known: int | None = None) -> dict[int, list[Believed]]:
        """What is stated under keys, in force at `known` or else ever, by the id of the key and in the order of rank.

        Denials are among them, and ends, but nothing that the floor of the basis does not admit.
        """
        found: dict[int, list[Believed]] = {}
        for row in self._stated([key.id for key in keys], FACT_COLUMNS, known):
            fact = FactRow(*row[2:])
            found.setdefault(fact.key_id, []).append(Believed(fact, row[0], self._until(row[1])))
        for facts in found.values():
            facts.sort(key=lambda believed: (believed.fact.rank, believed.known_from))
        return found

    def over_at(self, keys: Iterable[KeyRow], known: int | None = None) -> dict[int, list[Span]]:
        """What keys show along valid time, as known at `known` or else at the basis, by the id of the key.

        Where there is no span a key shows nothing; if there is none at all, it is not among the ids.
        """
        claims = self._claims(keys, self.basis.known if known is None else known)
        return self._spans({key_id: over_at(some) for key_id, some in claims.items()})

    def over_known(self, keys: Iterable[KeyRow], at: int | None = None) -> dict[int, list[Span]]:
        """What keys show along knowledge time, at an instant of valid time or else that of the basis, by their ids.

        Where there is no span a key shows nothing; if there is none at all, it is not among the ids.
        """
        instant = int(self.basis.at) if at is None else at
        claims = self._claims(keys, None)
        return self._spans({key_id: over_known(some, instant) for key_id, some in claims.items()})

    def _claims(self, keys: Iterable[KeyRow], known: int | None) -> dict[int, list[Claim]]:
        found: dict[int, list[Claim]] = {}
        for row in self._stated([key.id for key in keys], f"f.key_id, {_CLAIM_COLUMNS}", known):
            claim = Claim._make((*row[3:], row[0], self._until(row[1])))
            if claim.standing != _DENIED:
                found.setdefault(row[2], []).append(claim)
        return found

    def _until(self, known_until: int) -> int:
        return known_until if known_until <= self.basis.known else MAX_INSTANT

    def _spans(self, runs: Mapping[int, Sequence[Run]]) -> dict[int, list[Span]]:
        wanted = sorted({fact for some in runs.values() for run in some for fact in (run.fact, run.winner)})
        facts: dict[int, FactRow] = {}
        for some in _portions(wanted):
            rows = self._rows.all(
                f"SELECT {FACT_COLUMNS} FROM facts f JOIN contents c ON c.id = f.content_id "
                f"WHERE f.id IN ({_marks(some)})",
                some,
            )
            facts.update((row[0], FactRow(*row)) for row in rows)
        return {
            key_id: [Span(run.start, run.until, facts[run.fact], facts[run.winner]) for run in some]
            for key_id, some in runs.items()
            if some
        }

    # at a revision

    def _tables(self) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
        """Where it is kept over which knowledge time a fact is in force, and the condition of the revision."""
        revision = int(self.basis.revision)
        if self._is_head:
            return (("facts x", "x.id = f.id", ()),)
        return (
            ("facts x", "x.id = f.id AND x.revision <= ?", (revision,)),
            (
                "facts_past x",
                "x.fact_id = f.id AND x.revision_from <= ? AND x.revision_until > ?",
                (revision, revision),
            ),
        )

    def _stated(self, ids: Sequence[int], columns: str, known: int | None) -> Iterator[tuple[Any, ...]]:
        """The facts under keys; first in a row comes the range of knowledge time over which the fact is in force."""
        latest = int(self.basis.known if known is None else min(known, self.basis.known))
        in_force, moments = "x.known_from < x.known_until AND x.known_from <= ?", [latest]
        if known is not None:
            in_force += " AND x.known_until > ?"
            moments.append(latest)
        contents = "JOIN contents c ON c.id = f.content_id" if "c." in columns else ""
        for some in _portions(ids):
            for table, joined, revisions in self._tables():
                yield from self._rows.all(
                    f"SELECT x.known_from, x.known_until, {columns} FROM facts f JOIN {table} ON {joined} {contents} "
                    f"WHERE f.key_id IN ({_marks(some)}) AND {_ADMITTED} AND {in_force}",
                    (*revisions, *some, self._least, *moments),
                )

    def _visible(self) -> tuple[str, tuple[int, ...]]:
        """That the fact `f` is admitted and was in force at some time, by the basis."""
        kept, values = list[str](), [self._least]
        for table, joined, revisions in self._tables():
            kept.append(
                f"EXISTS (SELECT 1 FROM {table} WHERE {joined} AND x.known_from < x.known_until AND x.known_from <= ?)"
            )
            values += (*revisions, int(self.basis.known))
        return f"{_ADMITTED} AND ({' OR '.join(kept)})", tuple(values)


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _IN_LIST):
        yield ids[start : start + _IN_LIST]


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values))
