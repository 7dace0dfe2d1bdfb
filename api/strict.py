"""Routes that take a request literally: what they do not know is an error, not ignored.

A query parameter that is misspelt or given twice would otherwise be dropped without a word, and the answer would be to
another question than the one asked.
"""

import hmac
import json
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final, get_args, get_origin
from urllib.parse import unquote_to_bytes

from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.problems import FieldError, Problem
from api.validation import close_to

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

_JSON: Final = "application/json"
_NULL: Final = b"\\u0000"


class StrictRoute(APIRoute):
    """A route that refuses query parameters it does not have, repeated ones, and text that is none."""

    def get_route_handler(self) -> Handler:
        """FastAPI's handler, behind the check."""
        handle = super().get_route_handler()
        once, several = self._parameters()

        async def strictly(request: Request) -> Response:
            if request.scope["query_string"]:
                check_query(request, once, several)
            return await handle(request)

        return strictly

    def _parameters(self) -> tuple[frozenset[str], frozenset[str]]:
        """The names of the query parameters with one value, and of those with several; dependencies have some too."""
        once, several = set[str](), set[str]()
        for field in get_flat_params(self.dependant):
            if isinstance(field.field_info, Query):
                (several if _is_list(field.field_info.annotation) else once).add(field.alias)
        return frozenset(once), frozenset(several)


class LeanRoute(StrictRoute):
    """A strict route of single parameters and no body, whose parameters are read without FastAPI's general machinery.

    For each parameter of each request that looks at the types again, which takes longer than a small answer. The fields
    that validate are the same ones, so nothing else differs.
    """

    def get_route_handler(self) -> Handler:
        """Checks, reads the parameters, and calls the endpoint in a thread."""
        once, several = self._parameters()
        fields = [
            (field, kind)
            for kind, found in (
                ("path", self.dependant.path_params),
                ("query", self.dependant.query_params),
                ("header", self.dependant.header_params),
            )
            for field in found
        ]

        async def leanly(request: Request) -> Response:
            if request.scope["query_string"]:
                check_query(request, once, several)
            sources: dict[str, Mapping[str, Any]] = {
                "path": request.path_params,
                "query": request.query_params,
                "header": request.headers,
            }
            values: dict[str, Any] = {}
            errors: list[Any] = []
            for field, kind in fields:
                given = sources[kind].get(field.alias)
                if given is None:
                    values[field.name] = field.default
                    continue
                values[field.name], wrong = field.validate(given, {}, loc=(kind, field.alias))
                errors += wrong
            if errors:
                raise RequestValidationError(errors)
            return await run_in_threadpool(self.endpoint, request, **values)

        return leanly


class WritingRoute(StrictRoute):
    """A route that writes: it asks for the token before it reads the body, and takes JSON only."""

    def get_route_handler(self) -> Handler:
        """The strict handler, behind the token and the media type."""
        handle = super().get_route_handler()

        async def allowed(request: Request) -> Response:
            check_token(request, context_of(request).settings.write_token)
            check_media_type(request)
            await check_text(request)
            return await handle(request)

        return allowed


class AskingRoute(StrictRoute):
    """A route that reads, and whose question is a body: JSON only, and nobody needs a token."""

    def get_route_handler(self) -> Handler:
        """The strict handler, behind the media type."""
        handle = super().get_route_handler()

        async def asked(request: Request) -> Response:
            check_media_type(request)
            await check_text(request)
            return await handle(request)

        return asked


def check_media_type(request: Request) -> None:
    """Make sure that the body is declared as JSON.

    Raises:
        Problem: it is not.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != _JSON and not (media_type.startswith("application/") and media_type.endswith("+json")):
        raise Problem(
            "unsupported-media-type",
            f'The body is declared as "{media_type}", not as JSON. Send Content-Type: {_JSON}.'
            if media_type
            else f"The body is not declared as JSON. Send Content-Type: {_JSON}.",
            headers={"Accept": _JSON},
        )


def check_query(request: Request, once: frozenset[str], several: frozenset[str]) -> None:
    """Make sure that the query has only the parameters named, and those of `once` no more than once.

    Raises:
        Problem: it has others, or repeats one, or is no text.
    """
    try:
        unquote_to_bytes(request.scope["query_string"]).decode()
    except UnicodeDecodeError:
        raise Problem(
            "malformed-request",
            "The query of the address holds bytes that are not UTF-8. Percent-encode it as UTF-8.",
        ) from None
    seen = set[str]()
    for name, value in request.query_params.multi_items():
        if name not in once and name not in several:
            remedy = close_to(name, once | several)
            raise Problem(
                "unknown-parameter",
                f'There is no parameter "{name}" here. {remedy}',
                errors=[FieldError(name, "There is no such parameter here.", remedy)],
            )
        if name in seen and name in once:
            raise Problem(
                "repeated-parameter",
                f'The parameter "{name}" is given more than once. Give it once.',
                errors=[FieldError(name, "It is given more than once.", "Give it once.")],
            )
        if "\x00" in value:
            raise Problem(
                "invalid-input",
                f'The parameter "{name}" holds a null character. Take it out.',
                errors=[FieldError(name, "It holds a null character.", "Take it out.")],
            )
        seen.add(name)


async def check_text(request: Request) -> None:
    """Make sure that no text in the body holds a null character: databases cut there, or refuse.

    Raises:
        Problem: one does; its field is named.
    """
    body = await request.body()
    if _NULL not in body:
        return
    try:
        field = _field_with_null(json.loads(body))
    except (ValueError, RecursionError):
        return  # no JSON: whoever reads it next says so
    if field is not None:
        raise Problem(
            "invalid-input",
            f"{field}: The text holds a null character. Take it out.",
            errors=[FieldError(field, "The text holds a null character.", "Take it out.")],
        )


def _field_with_null(node: Any, path: str = "") -> str | None:
    """The path of the first text or name with a null character in it."""
    if isinstance(node, str):
        return path if "\x00" in node else None
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, part in parts:
        if "\x00" in str(name):
            return path or "body"
        found = _field_with_null(part, f"{path}.{name}" if path else str(name))
        if found is not None:
            return found
    return None


def check_token(request: Request, token: str | None) -> None:
    """Make sure that the request may write.

    Raises:
        Problem: nobody may, or the request does not carry the token.
    """
    if token is None:
        raise Problem(
            "writing-disabled",
            "Writing over HTTP is switched off. Start the service with TIMELINE_WRITE_TOKEN set to a secret of your "
            "own, and send it in the header Authorization: Bearer.",
        )
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Problem(
            "unauthorized",
            "Writing asks for a token. Send the header Authorization: Bearer and the token of the service.",
            headers={"WWW-Authenticate": 'Bearer realm="timeline"'},
        )
    if not hmac.compare_digest(given.strip().encode(), token.encode()):
        raise Problem(
            "unauthorized",
            "The token is not the one that the service was started with. Send the right one.",
            headers={"WWW-Authenticate": 'Bearer realm="timeline", error="invalid_token"'},
        )


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is list or any(_is_list(part) for part in get_args(annotation))
