"""Everything about one entity as one page of text."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.state_page import STYLES, basis_line, facts_table
from projections.developments import Listed
from projections.profiles import Profile
from projections.relations import RelationOf
from timeline.standing import Standing


def page(profile: Profile, title: str, sections: Mapping[str, str], labels: Mapping[str, str]) -> RenderableType:
    """The page: who it is, the basis, facts by section, relations, developments; titles and labels by name."""
    return Group(*_parts(profile, title, sections, labels))


def _parts(
    profile: Profile, title: str, sections: Mapping[str, str], labels: Mapping[str, str]
) -> Iterator[RenderableType]:
    entity = profile.entity
    yield Text(entity.name, style="bold").append(f" ({entity.kind.value}; {title})", style="not bold")
    if entity.description:
        yield Text(entity.description)
    if entity.aliases:
        yield Text(f"Also: {', '.join(entity.aliases)}", style="dim")
    yield Text(basis_line(profile.basis))
    for name, facts in profile.sections.items():
        yield from (Text(), Text(sections[name], style="bold underline"), facts_table(facts))
    if not profile.sections:
        yield Text("\nNothing holds about it here.")
    if profile.relations:
        yield from (Text(), Text("Relations", style="bold underline"), _relations(profile, labels))
    if profile.latest:
        yield from (Text(), Text("Developments, the latest first", style="bold underline"), _latest(profile.latest))
    if profile.has_more:
        yield Text("  and earlier ones", style="dim")


def _relations(profile: Profile, labels: Mapping[str, str]) -> RenderableType:
    table = _grid(4)
    for relation in profile.relations:
        fact = relation.relation.fact
        contested = Text(" contested", style="italic") if fact.contested_by else Text()
        table.add_row(
            Text(_arrow(relation, profile.names)),
            Text(labels[fact.attribute]),
            Text(f"since {fact.since}"),
            Text(fact.standing.value, style=STYLES[fact.standing]).append(contested),
        )
    return Padding(table, (0, 0, 0, 2), expand=False)


def _arrow(relation: RelationOf, names: Mapping[str, str]) -> str:
    name = names.get(relation.other, relation.other)
    return f"→ {name}" if relation.is_outward else f"← {name}"


def _latest(developments: Sequence[Listed]) -> RenderableType:
    table = _grid(3)
    for development in developments:
        standing = Standing(development.content["standing"])
        table.add_row(
            Text(development.content["occurred"], no_wrap=True),
            Text(development.content["title"]).append(f"\n  {development.slug}", style="dim"),
            Text(standing.value, style=STYLES[standing]),
        )
    return Padding(table, (0, 0, 0, 2), expand=False)


def _grid(columns: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=False)
    for _ in range(columns):
        table.add_column()
    return table
