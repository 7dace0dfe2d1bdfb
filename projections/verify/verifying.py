"""A verification from its beginning to its end, on one snapshot of the database."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine

from projections.index.rows import Rows
from projections.projecting import Projection
from projections.verify.developments import DevelopmentCheck
from projections.verify.findings import Verified
from projections.verify.keys import KeyCheck
from projections.verify.log import LogCheck
from projections.verify.searching import SearchCheck
from projections.verify.states import compare_states
from timeline.store import read
from timeline.vocabulary import Vocabulary

_LAST: Final = "SELECT coalesce(max(position), 0), (SELECT coalesce(max(id), 0) FROM keys) FROM stored_events"
_EVERYWHERE: Final = (
    "timeline_texts",
    "timeline_log",
    "entity_texts",
    "contents",
    "contents_past",
    "content_entities",
    "facts",
    "facts_past",
    "regions",
    "regions_past",
    "search_texts",
)
_TIMELINES: Final = (
    "SELECT slug FROM timelines t WHERE NOT EXISTS (SELECT 1 FROM timeline_texts x WHERE x.timeline_id = t.id)"
)
_TREES: Final = ("region_boxes", "past_boxes")


class Progress(NamedTuple):
    """How far a verification has come: in events, then in keys."""

    what: str
    done: int
    total: int


def verify(
    engine: Engine,
    vocabulary: Vocabulary,
    *,
    projections: Sequence[Projection] = (),
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Verified:
    """Compare all derived tables with what follows from the log, and the log with its own rules.

    Everything is read in one snapshot, so appends may go on. What is in memory at a time is a portion of events or of
    keys, and one number for each timeline and entity.

    Args:
        engine: of the database.
        vocabulary: what facts follow.
        projections: those of one's own whose kept states are compared; of others the code is not at hand.
        on_progress: told after every portion.
    """
    with read(engine) as connection:
        rows = Rows(connection)
        head, last_key = rows.all(_LAST)[0]
        found = Verified(head)
        log, search = LogCheck(rows, found), SearchCheck(rows, vocabulary, found)
        developments = DevelopmentCheck(rows, log, search, vocabulary, found)
        for entries in log.portions():
            developments.compare(entries)
            on_progress(Progress("events", found.rows["stored_events"], head))
        trees = [tree for tree in _TREES if rows.is_sqlite and _can_be_read(tree, rows, found)]
        keys = KeyCheck(rows, head, trees, found)
        for first, last in keys.portions():
            keys.compare(first, last)
            on_progress(Progress("keys", last, last_key))
        if rows.is_sqlite:
            search.compare_index(str(engine.url.database), rows.all("SELECT coalesce(max(id), 0) FROM contents")[0][0])
        compare_states(connection, vocabulary, projections, found)
        _look_for_strays((*_EVERYWHERE, *trees, *(() if rows.is_sqlite else ("search_index",))), rows, found)
    return found


def _can_be_read(tree: str, rows: Rows, found: Verified) -> bool:
    """Whether an R*Tree is in order, as far as SQLite itself can tell."""
    ((said,),) = rows.all("SELECT rtreecheck(?)", (tree,))
    if said != "ok":
        found.note(tree, "the tree", str(said).splitlines()[0])
    return bool(said == "ok")


def _look_for_strays(tables: Iterable[str], rows: Rows, found: Verified) -> None:
    """Rows that nothing has asked for follow from nothing in the log."""
    for slug, *_ in rows.all(_TIMELINES):
        found.note("timelines", slug, "nothing describes this timeline")
    found.rows["timelines"] = _count(rows, "timelines")
    for table in tables:
        count = _count(rows, table)
        if count > found.rows[table]:
            found.note(table, "all", f"{count - found.rows[table]} of its {count} rows follow from nothing in the log")


def _count(rows: Rows, table: str) -> int:
    counted: list[tuple[Any, ...]] = rows.all(f"SELECT count(*) FROM {table}")  # noqa: S608 - constants only
    return int(counted[0][0])
