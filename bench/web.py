"""The HTTP routes against a constant-bytes route of the same app: one real server, one keep-alive connection."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import uvicorn
from starlette.responses import Response

from api.app import create_app
from bench import histories, timing
from bench.report import Report
from timeline.basis import Revision
from timeline.dates import format_instant
from timeline.settings import Settings

_REQUESTS = 1_500
_WARM_UP = 100


@contextmanager
def _server(url: str) -> Iterator[tuple[int, int]]:
    """The port of a running server, and the length of a state there."""
    app = create_app(Settings(database_url=url, log_level="ERROR"))
    constant: dict[str, bytes] = {"body": b""}

    async def constant_bytes() -> Response:
        return Response(constant["body"], media_type="application/json")

    app.add_api_route("/bench/constant", constant_bytes, include_in_schema=False)
    app.router.routes.insert(0, app.router.routes.pop())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    constant["body"] = _get(connection, f"/v1/timelines/{histories.TIMELINE}/state?at=2015-01-01&known=2020-01-01")
    try:
        yield port, int(json.loads(constant["body"])["basis"]["revision"])
    finally:
        server.should_exit = True
        thread.join(timeout=20)


def _get(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        message = f"{path} answered {answer.status}: {body[:200]!r}"
        raise RuntimeError(message)
    return body


def measure(url: str, report: Report) -> None:
    """Requests per second of each route, and how far the slowest are from the middle."""
    with _server(url) as (port, revision):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        state = f"/v1/timelines/{histories.TIMELINE}/state?"
        random = [
            state + urlencode({"at": format_instant(b.at), "known": format_instant(b.known), "revision": revision})
            for b in histories.random_bases(_REQUESTS, Revision(revision), seed=3)
        ]
        repeated = [random[0]] * _REQUESTS
        for name, paths in (
            ("constant bytes", ["/bench/constant"] * _REQUESTS),
            ("state, repeated basis", repeated),
            ("state, random basis", random),
        ):
            timing.each(lambda path: _get(connection, path), paths[:_WARM_UP])
            taken = timing.each(lambda path: _get(connection, path), paths)
            report.add(f"{name}, requests/s", "http", 0, "1/s", 1e3 / timing.middle(taken))
            report.add(f"{name}, p99/p50", "http", 0, "ratio", timing.p99(taken) / timing.middle(taken))
