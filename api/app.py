"""The web application: `create_app` puts routes, problems and transport together.

Nothing is opened here: the service is opened when the app starts and closed when it stops, unless the caller has one
open already.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from api import openapi
from api.context import Context
from api.failures import answer_failures
from api.routes import (
    briefing,
    check,
    developments,
    diff,
    entities,
    events,
    export,
    facts,
    recording,
    replay,
    search,
    series,
    service,
    state,
    timelines,
)
from api.transport import BodyLimit, HeadRequests, RequestLog, request_log
from api.web import assets
from api.web.failing import ReadableProblems
from api.web.views import PAGES
from projections.service import Service, opened
from timeline.clock import Clock, SystemClock
from timeline.settings import Settings

_ROUTERS = (
    state.remembered,  # first: routes are tried in this order
    state.router,
    diff.router,
    briefing.router,
    developments.router,
    entities.router,
    facts.router,
    series.router,
    check.router,
    search.router,
    events.router,
    replay.router,
    export.router,
    timelines.router,
    service.router,
    recording.router,
    timelines.writer,
    entities.writer,
)


class TimelineAPI(FastAPI):
    """FastAPI with our OpenAPI document, and without pages that fetch their scripts from elsewhere."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = dict(openapi.document(self))
        return self.openapi_schema


def create_app(settings: Settings, *, service: Service | None = None, clock: Clock | None = None) -> TimelineAPI:
    """The app for these settings.

    Args:
        settings: where the database is, who may write, how much is read.
        service: a service that is open; it stays the caller's to close. Left out, the app opens one when it starts.
        clock: what time it is, where the app opens the service itself.

    Raises:
        InvalidInput: a setting cannot be used; the database is only looked at when the app starts.
    """
    running_clock = service.archive.clock if service is not None else clock or SystemClock()
    log = request_log(settings.log_level, running_clock)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if service is not None:
            yield
            app.state.context.pulse.close()
            return
        with opened(settings, clock=running_clock) as running:
            context = app.state.context = Context.of(settings, running)
            try:
                yield
            finally:
                app.state.context = None
                context.pulse.close()

    app = TimelineAPI(
        title=openapi.TITLE,
        version=openapi.VERSION,
        description=openapi.DESCRIPTION,
        openapi_tags=[dict(tag) for tag in openapi.TAGS],
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=[
            Middleware(ReadableProblems, base_url=settings.base_url),  # outermost: it reads what all others answer
            Middleware(RequestLog, log=log),
            Middleware(HeadRequests),
            Middleware(BodyLimit, limit=settings.max_body_bytes),
        ],
    )
    app.state.context = None if service is None else Context.of(settings, service)
    for router in (*_ROUTERS, *PAGES):
        app.router.routes.extend(router.routes)
    app.router.routes.append(assets.ROUTE)
    answer_failures(app)
    return app
