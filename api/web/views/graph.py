"""The parties and their relations at a basis: drawn, and told party by party."""

from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.parameters import (
    EntityParameter,
    TimelineSlug,
)
from api.web.addresses import Addresses, naming
from api.web.asked_basis import BasisParameters
from api.web.frame import Frame
from api.web.graph.bundles import Bundle, bundled, by_party
from api.web.graph.casting import Company
from api.web.graph.looks import looks_of
from api.web.graph.picture import picture_of
from api.web.page_route import PageRoute
from api.web.rendering import page
from projections.archive import Snapshot
from projections.entities import entity_at, require_entity
from projections.history.asking import require_section
from projections.relations import around, relations

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_MOST_SECTIONS: Final = 50
_LONGEST_NAME: Final = 120


@router.get("/t/{timeline}/graph")
def show_graph(
    request: Request,
    timeline: TimelineSlug,
    asked: BasisParameters,
    focus: Annotated[EntityParameter, Query()] = None,
    section: Annotated[
        list[Annotated[str, Query(max_length=_LONGEST_NAME)]] | None, Query(max_length=_MOST_SECTIONS)
    ] = None,
) -> Response:
    """Who is related to whom at `at`, as it was known at `known`: all of it, some sections, or around one entity."""
    context = context_of(request)
    addresses = Addresses(context.settings.base_url)
    chosen = list(dict.fromkeys(section or ()))
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, asked)
        vocabulary = snapshot.vocabulary
        for name in chosen:
            require_section(vocabulary, name)
        if focus is not None:
            require_entity(snapshot, timeline, focus, frame.basis.revision, field="focus")
        focused = "" if focus is None else _name(snapshot, frame, focus)
        state, neighbours = snapshot.state_and_neighbours(timeline, frame.basis)
        whole = relations(state, chosen)
        graph = whole if focus is None else around(whole, focus)
        bundles, parties = bundled(graph, vocabulary), tuple(slug for slug, _ in frame.timeline.parties)
        looks, everyone = looks_of(vocabulary), relations(state)
        sections = [("section", name) for name in chosen]

        def address(bundle: Bundle) -> str:
            """Where a bundle leads: to the history of its fact, or to all of its facts in the list."""
            if len(bundle.facts) > 1:
                return f"#relation-{bundle.number}"
            fact = bundle.facts[0]
            return addresses.facts(
                timeline, [*naming(fact.subject, fact.attribute, fact.object), *frame.asking(at=None)]
            )

        return page(
            request,
            context,
            "graph.html",
            frame=frame,
            picture=picture_of(bundles, Company(graph.nodes, timeline, parties, focus or ""), vocabulary, looks),
            related=by_party(bundles, (*((focus,) if focus else ()), *parties, timeline), graph.nodes),
            relations=sum(len(bundle.facts) for bundle in bundles),
            names=graph.nodes,
            looks=looks,
            present={vocabulary.attributes[edge.fact.attribute].section for edge in everyone.edges},
            everyone=everyone.nodes,
            choices=sorted(everyone.nodes.items(), key=lambda item: (item[1].casefold(), item[0])),
            focus=focus or "",
            focused=focused,
            chosen=chosen,
            sections=sections,
            narrowed=[*(("focus", one) for one in (focus,) if one), *sections],
            steps=frame.steps(neighbours),
            address=address,
            naming=naming,
            graphml=addresses.api.timeline(timeline, "/export", [("format", "graphml"), *frame.asking()]),
        )


def _name(snapshot: Snapshot, frame: Frame, entity: str) -> str:
    """The name of an entity that is described, or the title of the timeline."""
    if entity == frame.slug:
        return frame.timeline.title
    return entity_at(snapshot, frame.slug, entity, frame.basis.revision).name
