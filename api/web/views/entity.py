"""Everything about one party at a basis."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.parameters import (
    EntitySlug,
    TimelineSlug,
)
from api.web.asked_basis import BasisParameters
from api.web.brief import Section, groups_of
from api.web.chronicle import years_of
from api.web.footnotes import Footnotes
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.rendering import page
from projections.corrected import mended_at
from projections.profiles import profile_at

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/t/{timeline}/entities/{entity}")
def show_entity(
    request: Request,
    timeline: TimelineSlug,
    entity: EntitySlug,
    asked: BasisParameters,
) -> Response:
    """What a party is, what holds about it, its relations to others, and what it last took part in."""
    context = context_of(request)
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, asked)
        profile = profile_at(snapshot, timeline, entity, frame.basis)
        mended = mended_at(snapshot, timeline, known=frame.basis.known, revision=frame.basis.revision)
        notes, titles = Footnotes(), {section.name: section.title for section in snapshot.vocabulary.sections}
        sections = tuple(
            Section(name, titles[name], tuple(groups_of(facts, snapshot.vocabulary, mended, notes)))
            for name, facts in profile.sections.items()
        )
        others = sorted({(profile.names.get(one.other, one.other), one.other) for one in profile.relations})
        return page(
            request,
            context,
            "entity.html",
            frame=frame,
            entity=profile.entity,
            sections=sections,
            notes=notes.all(),
            others=others,
            years=years_of(profile.latest, frame.basis.at),
            has_more=profile.has_more,
        )
