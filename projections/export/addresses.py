"""The addresses by which exports name things: absolute, since a file leads nowhere by itself."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from timeline.basis import Basis

NOWHERE: Final = "https://timeline.invalid"
"""What stands for a service whose public address nobody has set (RFC 2606): no link leads astray."""

_UNESCAPED: Final = ":/,"


class Addresses:
    """The addresses of a service; `base` is its public address, None if it is not known."""

    def __init__(self, base: str | None) -> None:
        self.base = (base or NOWHERE).rstrip("/")

    def timeline(self, timeline: str, part: str = "", asked: Iterable[tuple[str, str]] = ()) -> str:
        """A timeline, or a part of it such as ``/state``."""
        query = urlencode(list(asked), safe=_UNESCAPED)
        path = f"{self.base}/v1/timelines/{timeline}{part}"
        return f"{path}?{query}" if query else path

    def state(self, timeline: str, basis: Basis) -> str:
        """The state at a basis, with every clock pinned: the address to cite."""
        return self.timeline(timeline, "/state", basis.as_query().items())

    def development(self, timeline: str, development: str, basis: Basis) -> str:
        """A development as it was known at a basis, with both clocks pinned that it depends on."""
        clocks = {name: value for name, value in basis.as_query().items() if name in {"known", "revision"}}
        return self.timeline(timeline, f"/developments/{development}", clocks.items())

    def entity(self, timeline: str, entity: str) -> str:
        """An entity, or the timeline itself where that is spoken of."""
        return self.timeline(timeline, "" if entity == timeline else f"/entities/{entity}")

    def term(self, name: str = "") -> str:
        """A word of the vocabulary: an attribute, or what exports need besides."""
        return f"{self.base}/v1/vocabulary#{name}"
