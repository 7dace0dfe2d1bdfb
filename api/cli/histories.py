"""`timeline history` and `timeline entity`: what became of values, and all there is about one party, at a terminal."""

import json
from typing import Annotated

import typer

from api.cli import entity_page, history_page
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
from projections.history.asking import Wanted
from projections.history.keys import histories_at
from projections.profiles import profile_at


def history(  # noqa: PLR0913 - Typer takes options one by one
    timeline: TimelineName,
    *,
    subject: Annotated[str | None, typer.Option(metavar="SLUG", help="Only values about this entity.")] = None,
    attribute: Annotated[str | None, typer.Option(metavar="NAME", help="Only values of this attribute.")] = None,
    object: Annotated[  # noqa: A002 - the word of the model
        str | None, typer.Option("--object", metavar="SLUG", help="Only values with this object.")
    ] = None,
    entity: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Only keys of which it is subject, object or was the value.")
    ] = None,
    section: Annotated[str | None, typer.Option(metavar="NAME", help="Only values of this section.")] = None,
    known: KnownOption = None,
    revision: RevisionOption = None,
    standing: StandingOption = "reported",
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show every value that attributes had, and how each stopped being true or being believed."""
    wanted = Wanted(subject, attribute, object, entity, section)
    with opened_for_reading(database) as service, service.archive.snapshot() as snapshot:
        title = described(snapshot, timeline).title
        basis = snapshot.basis(None, known, revision, standing)
        histories = histories_at(snapshot, timeline, basis, wanted, limit=None)
    if as_json:
        clocks = {name: value for name, value in basis.as_json().items() if name != "at"}
        body = {"timeline": timeline, "basis": clocks, "items": histories.as_json()}
        typer.echo(json.dumps(body, indent=2, ensure_ascii=False))
    else:
        console().print(history_page.page(histories, basis, title))


def entity(
    timeline: TimelineName,
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="The slug of the entity.")],
    *,
    at: AtOption = None,
    known: KnownOption = None,
    revision: RevisionOption = None,
    standing: StandingOption = "reported",
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show everything about one party: what holds about it, its relations to others, its developments."""
    with opened_for_reading(database) as service, service.archive.snapshot() as snapshot:
        title = described(snapshot, timeline).title
        profile = profile_at(snapshot, timeline, entity, snapshot.basis(at, known, revision, standing))
        vocabulary = service.archive.vocabulary
    if as_json:
        typer.echo(json.dumps(profile.as_json(), indent=2, ensure_ascii=False))
    else:
        sections = {section.name: section.title for section in vocabulary.sections}
        labels = {name: attribute.label for name, attribute in vocabulary.attributes.items()}
        console().print(entity_page.page(profile, title, sections, labels))
