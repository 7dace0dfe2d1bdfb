"""The app on a real server, for what a client in the same process cannot see: answers that do not end."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from api.app import create_app
from tests.http.story import NOW, settings_of
from tests.listening import PATIENCE_S, listening
from timeline.clock import FixedClock


class LiveServer:
    """A server on this machine."""

    def __init__(self, port: int) -> None:
        self.port = port

    @contextmanager
    def stream(self, path: str, headers: dict[str, str] | None = None) -> Iterator[Iterator[str]]:
        """The lines of a stream of server-sent events, as they come; leaving closes the connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
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
    with listening(create_app(settings_of(url), clock=FixedClock(NOW))) as port:
        yield LiveServer(port)


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
