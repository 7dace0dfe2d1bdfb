"""The addresses of the pages: paths for links, whole addresses for what is cited, copied or embedded."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from api.links import Links, given

Asked = Iterable[tuple[str, str]]
"""Query parameters in the order in which they are written."""

PARTS: Final = ("state", "facts", "compare", "plots", "graph", "drawing", "check", "search")


class Addresses:
    """Writes the addresses of pages. `base` is the public address of the service, or empty."""

    def __init__(self, base: str | None) -> None:
        self.base = (base or "").rstrip("/")
        # a page links by path: it works by whatever name the service was reached
        self._links = Links(urlsplit(self.base).path)

    @property
    def api(self) -> Links:
        """The addresses of the same things as JSON."""
        return self._links

    def home(self) -> str:
        """All timelines."""
        return self._links.to("/")

    def timeline(self, timeline: str, asked: Asked = (), *, part: str = "") -> str:
        """The page of a timeline, or one of its `PARTS`."""
        return self._links.to(f"/t/{timeline}/{part}" if part else f"/t/{timeline}", asked)

    def state(self, timeline: str, asked: Asked = ()) -> str:
        """The state as a brief."""
        return self.timeline(timeline, asked, part="state")

    def facts(self, timeline: str, asked: Asked = ()) -> str:
        """The history of keys."""
        return self.timeline(timeline, asked, part="facts")

    def compare(self, timeline: str, asked: Asked = ()) -> str:
        """Two states side by side."""
        return self.timeline(timeline, asked, part="compare")

    def graph(self, timeline: str, asked: Asked = ()) -> str:
        """The parties and their relations."""
        return self.timeline(timeline, asked, part="graph")

    def check(self, timeline: str, asked: Asked = ()) -> str:
        """The fact check of a draft."""
        return self.timeline(timeline, asked, part="check")

    def search(self, timeline: str, asked: Asked = ()) -> str:
        """The search."""
        return self.timeline(timeline, asked, part="search")

    def development(self, timeline: str, slug: str, asked: Asked = ()) -> str:
        """A development with its history."""
        return self.timeline(timeline, asked, part=f"developments/{slug}")

    def entity(self, timeline: str, slug: str, asked: Asked = ()) -> str:
        """Everything about one party; the timeline itself where that is spoken of."""
        return self.timeline(timeline, asked, part="" if slug == timeline else f"entities/{slug}")

    def embedded(self, timeline: str, asked: Asked = ()) -> str:
        """The light view of a state, for a frame in another page."""
        return self._links.to(f"/embed/{timeline}/state", asked)

    def oembed(self, url: str) -> str:
        """Where a page tells how it is embedded."""
        return self._links.to("/oembed", [("url", url)])

    def static(self, served_as: str) -> str:
        """A style sheet, script, font or picture."""
        return self._links.to(f"/static/{served_as}")

    def whole(self, request: Request, path: str) -> str:
        """The whole address of a path: under the public address if that is set, else as the request came."""
        if self.base:
            public = urlsplit(self.base)
            return f"{public.scheme}://{public.netloc}{path}"
        return f"{str(request.base_url).rstrip('/')}{path}"


def naming(subject: str, attribute: str, object_: str | None) -> list[tuple[str, str]]:
    """The parameters that ask for the history of a key."""
    return given(subject=subject, attribute=attribute, object=object_ or None)
