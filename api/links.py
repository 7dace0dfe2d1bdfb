"""The addresses of the service: relative to its root, or absolute where its public address is known."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from timeline.basis import Basis

Asked = Iterable[tuple[str, str]]
"""Query parameters in the order in which they are written."""


def given(*pairs: tuple[str, object], **parameters: object) -> list[tuple[str, str]]:
    """The parameters that have a value, as texts in the order given; what is None was left out."""
    return [(name, str(value)) for name, value in (*pairs, *parameters.items()) if value is not None]


_UNESCAPED: Final = ":/,"
_PLAIN: Final = re.compile(r"[0-9A-Za-z:._-]+")  # nearly all values: dates, slugs, numbers


class Links:
    """Writes addresses. `base` is the public address of the service, or empty."""

    def __init__(self, base: str | None) -> None:
        self._base = (base or "").rstrip("/")

    def to(self, path: str, asked: Asked = ()) -> str:
        """The address of a path with a query; parameters in the order given."""
        query = "&".join(
            f"{name}={value}" if _PLAIN.fullmatch(value) else urlencode({name: value}, safe=_UNESCAPED)
            for name, value in asked
        )
        return f"{self._base}{path}?{query}" if query else f"{self._base}{path}"

    def timelines(self) -> str:
        """The list of timelines."""
        return self.to("/v1/timelines")

    def timeline(self, timeline: str, part: str = "", asked: Asked = ()) -> str:
        """A timeline, or a part of it such as ``/developments``."""
        return self.to(f"/v1/timelines/{timeline}{part}", asked)

    def state(self, timeline: str, asked: Asked = ()) -> str:
        """The state of a timeline."""
        return self.timeline(timeline, "/state", asked)

    def state_at(self, timeline: str, basis: Basis) -> str:
        """The state of a timeline at a basis, for good."""
        return self.state(timeline, basis.as_query().items())

    def diff(self, timeline: str, asked: Asked = ()) -> str:
        """What differs between two states of a timeline."""
        return self.timeline(timeline, "/diff", asked)

    def briefing(self, timeline: str, asked: Asked = ()) -> str:
        """A state of a timeline, or what differs between two, as prose."""
        return self.timeline(timeline, "/briefing", asked)

    def timemap(self, timeline: str, asked: Asked = ()) -> str:
        """The map of the moments at which knowledge about a timeline changed."""
        return self.timeline(timeline, "/state/timemap", asked)

    def development(self, timeline: str, slug: str, asked: Asked = ()) -> str:
        """A development."""
        return self.timeline(timeline, f"/developments/{slug}", asked)

    def entity(self, timeline: str, slug: str, asked: Asked = ()) -> str:
        """An entity."""
        return self.timeline(timeline, f"/entities/{slug}", asked)

    def facts(self, timeline: str, asked: Asked = ()) -> str:
        """The history of keys."""
        return self.timeline(timeline, "/facts", asked)

    def replay(self, timeline: str, asked: Asked = ()) -> str:
        """The history of a timeline, run forward."""
        return self.timeline(timeline, "/replay", asked)

    def series(self, timeline: str, asked: Asked = ()) -> str:
        """A numeric attribute of a timeline over time."""
        return self.timeline(timeline, "/series", asked)
