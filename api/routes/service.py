"""The service itself: where to begin, its vocabulary, its health, its problems."""

from html import escape
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.answers import answer, json_bytes
from api.basis_headers import log_headers
from api.conditional import entity_tag
from api.context import context_of
from api.openapi import NOT_MODIFIED, READING, problems
from api.parameters import ProblemSlug
from api.problems import PROBLEMS, Problem, ProblemType
from api.schemas.service import HealthBody, ProblemTypeBody, ProblemTypes, ServiceBody, VocabularyBody
from api.strict import StrictRoute
from api.web.security import security_headers
from timeline.developments.kinds import KINDS
from timeline.vocabulary import Attribute

router = APIRouter(tags=["service"], route_class=StrictRoute)

_FROM_MEMORY: Final = tuple(slug for slug in READING if slug != "unavailable")
_HTML: Final = "text/html"


@router.get(
    "/v1/",
    operation_id="readService",
    summary="Where to begin",
    response_model=ServiceBody,
    responses={**NOT_MODIFIED, **problems(*READING)},
)
def read_service(request: Request) -> Response:
    """The newest revision of the log, and links to everything else."""
    context = context_of(request)
    with context.service.archive.snapshot() as snapshot:
        head = snapshot.head
    links = context.links

    def make() -> dict[str, Any]:
        return {
            "service": "timeline",
            "api": "v1",
            "basis": {"revision": head},
            "writing": context.settings.write_token is not None,
            "links": {
                "self": links.to("/v1/"),
                "timelines": links.timelines(),
                "vocabulary": links.to("/v1/vocabulary"),
                "problems": links.to("/problems"),
                "openapi": links.to("/openapi.json"),
                "health": links.to("/health"),
            },
        }

    etag = entity_tag("service", head, context.settings.write_token is not None)
    return answer(request, make, etag=etag, headers=log_headers(head))


@router.get("/v1", include_in_schema=False)
async def lead_to_service(request: Request) -> Response:
    """Whoever comes without the slash is shown where to begin."""
    return RedirectResponse(context_of(request).links.to("/v1/"), 308)


@router.get(
    "/v1/vocabulary",
    operation_id="readVocabulary",
    summary="The vocabulary of facts",
    response_model=VocabularyBody,
    responses={**NOT_MODIFIED, **problems(*_FROM_MEMORY)},
)
async def read_vocabulary(request: Request) -> Response:
    """The sections of the state, all attributes that facts can have, and all kinds of development."""
    context = context_of(request)
    vocabulary = context.service.archive.vocabulary

    def make() -> dict[str, Any]:
        return {
            "sections": [section.model_dump(mode="json") for section in vocabulary.sections],
            "attributes": [_attribute(item) for item in vocabulary.attributes.values()],
            "wordings": dict(vocabulary.wordings),
            "kinds": [
                {"kind": kind, "definition": (model.__doc__ or "").strip().splitlines()[0]}
                for kind, model in KINDS.items()
            ],
        }

    return answer(request, make, etag=entity_tag("vocabulary", context.vocabulary_tag))


@router.get(
    "/health",
    operation_id="checkHealth",
    summary="Whether the service works",
    response_model=HealthBody,
    responses={**problems(*READING)},
)
def check_health(request: Request) -> Response:
    """The service runs, and its database answers."""
    with context_of(request).service.archive.snapshot() as snapshot:
        body = {"status": "ok", "revision": snapshot.head}
    return Response(json_bytes(body), headers={"Cache-Control": "no-store"}, media_type="application/json")


@router.get(
    "/problems",
    operation_id="listProblems",
    summary="All types of problem",
    response_model=ProblemTypes,
    responses={
        200: {
            "content": {
                "application/json": {},
                _HTML: {"schema": {"type": "string"}},
            }
        },
        **NOT_MODIFIED,
        **problems(*_FROM_MEMORY),
    },
)
async def list_problems(request: Request) -> Response:
    """Every way in which a request can fail: JSON with `Accept: application/json`, else a page to read."""
    types = sorted(PROBLEMS.values(), key=lambda problem: problem.slug)
    if _wants_json(request):
        return _documented(request, json_bytes({"items": [_type(item) for item in types]}), "application/json")
    items = "".join(f'<li><a href="{item.uri}">{escape(item.title)}</a> ({item.status})</li>' for item in types)
    return _documented(request, _page("Problems", f"<ul>{items}</ul>"), _HTML)


@router.get(
    "/problems/{problem}",
    operation_id="readProblem",
    summary="One type of problem",
    response_model=ProblemTypeBody,
    responses={
        200: {
            "content": {
                "application/json": {},
                _HTML: {"schema": {"type": "string"}},
            }
        },
        **NOT_MODIFIED,
        **problems(*_FROM_MEMORY, "not-found"),
    },
)
async def read_problem(request: Request, problem: ProblemSlug) -> Response:
    """What a type of problem means and what to do: JSON with `Accept: application/json`, else a page to read."""
    found = PROBLEMS.get(problem)
    if found is None:
        raise Problem("not-found", "There is no such type of problem. See /problems for all of them.")
    if _wants_json(request):
        return _documented(request, json_bytes(_type(found)), "application/json")
    text = (
        f"<p>Status {found.status}, type <code>{found.uri}</code></p>"
        f"<p>{escape(found.meaning)}</p><p><strong>What to do:</strong> {escape(found.remedy)}</p>"
        '<p><a href="/problems">All problems</a></p>'
    )
    return _documented(request, _page(found.title, text), _HTML)


def _attribute(attribute: Attribute) -> dict[str, Any]:
    """An attribute as answers carry it: its phrases say only what they do not leave to the default."""
    phrases = [phrase.model_dump(mode="json", exclude_defaults=True) for phrase in attribute.phrases]
    return {**attribute.model_dump(mode="json", exclude={"phrases"}), "phrases": phrases}


def _wants_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "").lower()
    return "json" in accepted and _HTML not in accepted


def _type(problem: ProblemType) -> dict[str, Any]:
    return {
        "type": problem.uri,
        "slug": problem.slug,
        "title": problem.title,
        "status": problem.status,
        "meaning": problem.meaning,
        "remedy": problem.remedy,
    }


def _page(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<h1>{escape(title)}</h1>{body}</html>"
    ).encode()


def _documented(request: Request, body: bytes, media_type: str) -> Response:
    etag = entity_tag("problems", body.hex())
    guard = security_headers() if media_type == _HTML else {}
    return answer(request, lambda: body, etag=etag, headers={"Vary": "Accept", **guard}, media_type=media_type)
