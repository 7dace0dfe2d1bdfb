"""`timeline state` and `timeline log`: the record, read at a terminal."""

import json
from typing import Annotated

import typer

from api.cli import event_table, state_page
from api.cli.opening import described, opened_for_reading
from api.cli.options import (
    AsJson,
    AtOption,
    Database,
    KnownOption,
    RevisionOption,
    StandingOption,
    TimelineName,
    console,
)
from projections.log import Logged, events_after
from projections.service import Service
from timeline.errors import InvalidInput
from timeline.events import Event


def state(
    timeline: TimelineName,
    *,
    at: AtOption = None,
    known: KnownOption = None,
    revision: RevisionOption = None,
    standing: StandingOption = "reported",
    section: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this section; can be given several times.")
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show what held on a date, as it was known on a date."""
    with opened_for_reading(database) as service, service.archive.snapshot() as snapshot:
        title = described(snapshot, timeline).title
        sections = _sections(service, section)
        basis = snapshot.basis(at, known, revision, standing)
        found, neighbours = snapshot.state_and_neighbours(timeline, basis)
        vocabulary = service.archive.vocabulary
    if as_json:
        body = found.as_json()
        body["sections"] = {name: item for name, item in body["sections"].items() if name in sections}
        typer.echo(json.dumps(body, indent=2, ensure_ascii=False))
    else:
        titles = {one.name: one.title for one in vocabulary.sections if one.name in sections}
        console().print(state_page.page(found, neighbours, title, titles))


def _sections(service: Service, wanted: list[str] | None) -> set[str]:
    names = [section.name for section in service.archive.vocabulary.sections]
    for name in wanted or ():
        if name not in names:
            raise InvalidInput(
                f'there is no section "{name}".', field="section", remedy=f"There are: {', '.join(names)}."
            )
    return set(wanted or names)


def log(
    timeline: TimelineName,
    *,
    after: Annotated[int, typer.Option(metavar="N", min=0, help="Only events at positions after this one.")] = 0,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many events to show at most.")] = 100,
    follow: Annotated[
        bool, typer.Option("--follow", help="Then wait for further events and show them as they come.")
    ] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show the events of a timeline in the order of the log; in JSON, one event a line."""
    with opened_for_reading(database) as service:
        table = event_table.EventTable(console(), as_json=as_json)
        last, more = _print_page(service, timeline, after, limit, table)
        if follow:
            _follow(service, timeline, last, table)
        elif more and not as_json:
            console(stderr=True).print(f"There are more: --after {last}", style="dim")


def _print_page(
    service: Service, timeline: str, after: int, limit: int, table: event_table.EventTable
) -> tuple[int, bool]:
    """Print one page; answers the position to go on after, and whether there is more."""
    last, shown = after, 0
    with service.archive.snapshot() as snapshot:
        described(snapshot, timeline)
        while shown < limit:
            found, following = events_after(snapshot, timeline, after=last, revision=snapshot.head, limit=limit - shown)
            table.show(found)
            shown += len(found)
            if following is None:
                return snapshot.head, False
            last = following
    return last, True


def _follow(service: Service, timeline: str, after: int, table: event_table.EventTable) -> None:
    record = service.record
    with record.recorder.subscribe(gt=after) as subscription:
        try:
            for notification in subscription:
                event = record.mapper.to_domain_event(notification)
                if isinstance(event, Event) and event.timeline == timeline:
                    table.show([Logged(notification.id, event)])
        except KeyboardInterrupt:
            subscription.stop()
