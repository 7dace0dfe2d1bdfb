"""The app on a real server, for what a client in the same process cannot see: answers that do not end."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from api.app import create_app
from tests.http.story import NOW, settings_of
from timeline.clock import FixedClock

_PATIENCE_S = 30


class LiveServer:
    """A server on this machine."""

    def __init__(self, port: int) -> None:
        self.port = port

    @contextmanager
    def stream(self, path: str, headers: dict[str, str] | None = None) -> Iterator[Iterator[str]]:
        """The lines of a stream of server-sent events, as they come; leaving closes the connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_S)
        try:
            connection.request("GET", path, headers={"Accept": "text/event-stream", **(headers or {})})
            answer = connection.getresponse()
            assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, "text/event-stream")
            yield (line.decode().rstrip("\n") for line in answer)
        finally:
            connection.close()


@contextmanager
def running_server(url: str) -> Iterator[LiveServer]:
    """The app on that database, on a port of its own, stopped at the end."""
    config = uvicorn.Config(
        create_app(settings_of(url), clock=FixedClock(NOW)),
        host="127.0.0.1",
        port=0,
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + _PATIENCE_S
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server did not start in time"
            time.sleep(0.01)
        yield LiveServer(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(timeout=_PATIENCE_S)
        assert not thread.is_alive(), "the server did not stop"


def next_events(lines: Iterator[str], count: int) -> list[tuple[int, Any]]:
    """The id and the data of the next events of a stream, comments left out."""
    found: list[tuple[int, Any]] = []
    identity = 0
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "id":
            identity = int(value)
        elif name == "data":
            found.append((identity, json.loads(value)))
            if len(found) == count:
                break
    return found
