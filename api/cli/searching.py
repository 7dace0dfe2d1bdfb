"""`timeline search`: what of the record a query is about, read at a terminal."""

import json
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from api.cli.opening import described, opened_for_reading
from api.cli.options import AsJson, Database, KnownOption, RevisionOption, TimelineName, console
from api.cli.state_page import moment
from projections.developments import Filters
from projections.entities import require_entity
from projections.search.hits import HIT_TYPES, FoundDevelopment, FoundEntity, Hit, HitType
from projections.search.query import Query, parse_query
from projections.search.reader import Wanted
from projections.search.reader import search as search_record
from projections.search.snippets import Piece
from timeline.basis import Basis
from timeline.developments.kinds import KINDS
from timeline.errors import InvalidInput
from timeline.standing import Floor, FloorName

_MARKED = "bold yellow"


def search(  # noqa: PLR0913 - typer takes options one by one
    timeline: TimelineName,
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help='What to look for: words that all have to be there, "a phrase", OR between two words, '
            "-word for one that must not be there.",
        ),
    ],
    *,
    hit_type: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="Only development, fact or entity; can be given several times."),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Only developments of this kind; can be given several times."),
    ] = None,
    party: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Only developments that name this entity, and their facts.")
    ] = None,
    occurred_from: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Only developments of this date or later.")
    ] = None,
    occurred_until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Only developments through the end of this date.")
    ] = None,
    standing: Annotated[
        FloorName | None,
        typer.Option(help="The least that counts. Left out: any, denials too."),
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only facts that hold then, and developments until then.")
    ] = None,
    known: KnownOption = None,
    revision: RevisionOption = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="How many hits to show at most.")] = 10,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Search titles, summaries, facts, entities and sources, as known on a date; the best hit first."""
    wanted = Wanted(
        _query(query),
        types=_types(hit_type),
        filters=Filters.asked(
            kinds=_kinds(kind), party=party, first=occurred_from, last=occurred_until, last_field="until"
        ),
        floor=None if standing is None else Floor[standing.upper()],
    )
    with opened_for_reading(database) as service, service.archive.snapshot() as snapshot:
        title = described(snapshot, timeline).title
        basis = snapshot.basis(at, known, revision, standing)
        if party is not None:
            require_entity(snapshot, timeline, party, basis.revision, field="party")
        wanted = Wanted(wanted.query, wanted.types, wanted.filters, wanted.floor, None if at is None else basis.at)
        found, following = search_record(
            snapshot, timeline, wanted, known=basis.known, revision=basis.revision, limit=limit
        )
    if as_json:
        clocks = {name: value for name, value in basis.as_json().items() if name in {"known", "revision"}}
        typer.echo(
            json.dumps({"items": [hit.as_json() for hit in found], "basis": clocks}, indent=2, ensure_ascii=False)
        )
        return
    console().print(Group(*_page(found, title, basis)))
    if following is not None:
        console(stderr=True).print(f"There are more: --limit {limit * 2}", style="dim")


def _query(text: str) -> Query:
    try:
        return parse_query(text)
    except InvalidInput as error:
        raise InvalidInput(error.message, remedy=error.remedy) from None  # here the query is no field


def _types(given: Sequence[str] | None) -> frozenset[HitType]:
    known: dict[str, HitType] = {name: name for name in HIT_TYPES}
    for name in given or ():
        if name not in known:
            raise InvalidInput(f'there is no type "{name}".', field="type", remedy=f"There are: {', '.join(known)}.")
    return frozenset(known[name] for name in given or known)


def _kinds(given: Sequence[str] | None) -> tuple[str, ...]:
    for name in given or ():
        if name not in KINDS:
            raise InvalidInput(f'there is no kind "{name}".', field="kind", remedy=f"There are: {', '.join(KINDS)}.")
    return tuple(dict.fromkeys(given or ()))


def _page(found: Sequence[Hit], title: str, basis: Basis) -> Iterator[RenderableType]:
    yield Text(title, style="bold")
    yield Text(f"As known on {moment(basis.known)} (revision {basis.revision}).")
    for hit in found:
        yield Text()
        yield Text.assemble(_marked(hit.found.heading), *_remarks(hit))
        if hit.found.snippet.field != "title" or not isinstance(hit, FoundEntity):
            yield Padding(_marked(hit.found.snippet.pieces), (0, 0, 0, 4), expand=False)
        yield Padding(Text(_where(hit), style="dim"), (0, 0, 0, 4), expand=False)
    if not found:
        yield Text("\nNothing of the sort was known then.")


def _remarks(hit: Hit) -> Iterator[tuple[str, str]]:
    if isinstance(hit, FoundEntity):
        yield f"  {hit.kind}", "dim"
    elif isinstance(hit, FoundDevelopment):
        yield f"  {hit.occurred}, {hit.standing}", "dim"
    else:
        span = f"since {hit.since}" if hit.until is None else f"{hit.since} to {hit.until}"
        yield f"  {span}, {hit.standing.value}", "dim"


def _where(hit: Hit) -> str:
    """What to ask next to see all of it."""
    if isinstance(hit, FoundEntity):
        return f"entity {hit.slug}"
    if isinstance(hit, FoundDevelopment):
        return f"{hit.kind} {hit.slug}, version {hit.version}"
    return f"fact in {hit.slug}, version {hit.version}"


def _marked(pieces: Sequence[Piece]) -> Text:
    return Text.assemble(*((piece.text, _MARKED if piece.is_match else "") for piece in pieces))
