"""What happens around every request, whatever it asks: the log line, HEAD, and the limit of the body.

Plain ASGI: nothing here holds a body in memory or starts a task.
"""

import logging
import sys
import time
import traceback
from typing import Any, Final

import structlog
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import PROBLEMS, Problem
from timeline.clock import Clock
from timeline.dates import format_instant
from timeline.errors import InvalidInput

_MILLISECOND: Final = 1_000_000


def request_log(level: str, clock: Clock) -> Any:
    """A logger that writes one line of JSON for each event to the standard error stream.

    Raises:
        InvalidInput: there is no such level.
    """
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise InvalidInput(
            f'there is no log level "{level}".',
            field="log_level",
            remedy="Use DEBUG, INFO, WARNING or ERROR.",
        )

    def stamp(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        event["time"] = format_instant(clock.now())
        return event

    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[structlog.processors.add_log_level, stamp, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(number),
    )


class RequestLog:
    """Writes one line for each request: method, path, status and milliseconds; never a query or a body.

    It also stands last between a failure and the caller: what nobody expected becomes a problem of status 500, and
    the log says where it came from. The message of the error stays out of both, since it may quote what was sent.
    """

    def __init__(self, app: ASGIApp, log: Any) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter_ns(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the last that can
            self._log.error(
                "failure",
                error=type(error).__qualname__,
                at=[f"{frame.name} ({frame.lineno})" for frame in traceback.extract_tb(error.__traceback__)],
            )
            if status == 0:
                problem = PROBLEMS["internal-error"]
                answer = Problem(problem.slug, f"{problem.meaning} {problem.remedy}").response(scope["path"])
                await answer(scope, receive, watched)
        finally:
            self._log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=status,
                ms=round((time.perf_counter_ns() - began) / _MILLISECOND, 2),
            )


class HeadRequests:
    """Answers HEAD as GET without the body, for every route at once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, without_body)


class BodyLimit:
    """Refuses bodies over a limit: by their declared length at once, and otherwise as soon as they pass it."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        detail = f"The body is longer than {self._limit} bytes. {PROBLEMS['body-too-large'].remedy}"
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared[:20]) > self._limit:
            refusal = Problem("body-too-large", detail).response(scope["path"])
            await refusal(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise HTTPException(413, detail)
            return message

        await self._app(scope, counted, send)
