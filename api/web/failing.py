"""Problems as pages: whoever asks for a page and fails is told so on a page, with the same status.

Stands around the whole service, so that it meets every failure wherever it comes from; the problems themselves are made
in one place only, as JSON (see `api.problems`).
"""

import json
import re
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import MEDIA_TYPE
from api.web.addresses import Addresses
from api.web.rendering import html_response, rendered
from api.web.security import security_headers

_FOR_PROGRAMS: Final = ("/v1", "/openapi.json", "/oembed", "/health", "/problems", "/static/")
_TIMELINE: Final = re.compile(r"/(?:t|embed)/([a-z0-9-]{1,120})(?:/|$)")
_NOT_KEPT: Final = ("content-length", "content-type", "cache-control")


class ReadableProblems:
    """Turns problems into pages for browsers."""

    def __init__(self, app: ASGIApp, base_url: str | None) -> None:
        self._app = app
        self._addresses = Addresses(base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or not _wants_page(scope):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def watched(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message
                return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._answer(scope, receive, send, start, body)

        await self._app(scope, receive, watched)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, start: Message, body: bytes) -> None:
        problem: dict[str, Any] = {"title": "", "detail": "", "errors": [], **(json.loads(body) if body else {})}
        named = _TIMELINE.match(scope["path"])
        is_known = named is not None and not str(problem.get("type", "")).endswith("/unknown-timeline")
        html = rendered(
            self._addresses,
            "problem.html",
            problem=problem,
            status=start["status"],
            timeline=named[1] if named is not None and is_known else None,
        )
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in _NOT_KEPT:
            del headers[name]
        answer = html_response(
            Request(scope), html, status=start["status"], is_private=True, headers={**headers, **security_headers()}
        )
        if scope["method"] == "HEAD":
            answer.body = b""
        await answer(scope, receive, send)


def _wants_page(scope: Scope) -> bool:
    return not scope["path"].startswith(_FOR_PROGRAMS) and "text/html" in Headers(scope=scope).get("accept", "")


def _is_problem(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return headers.get("content-type", "").startswith(MEDIA_TYPE)
