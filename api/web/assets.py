"""Style sheets, scripts, fonts and pictures of the pages, each under an address that names its content.

What is named `site.css` in the folder is served as `site.<digest>.css`: the address changes with the content, so
whoever has it may keep it for good. Where one file refers to another as ``"./name"``, that address is put in.
"""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.conditional import IMMUTABLE, not_modified
from api.problems import PROBLEMS, Problem

_MEDIA_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}
_PACKED: Final = frozenset({"css", "js", "svg"})
_REFERENCE: Final = re.compile(rb"\./([a-z0-9-]+\.(?:css|js|svg|woff2))(?=[\"')])")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served; `packed` are its bytes in gzip where that is worth it."""

    served_as: str
    media_type: str
    body: bytes
    packed: bytes | None


def asset_name(name: str) -> str:
    """The name under which a file of the folder is served.

    Raises:
        KeyError: there is no such file.
    """
    return _by_name()[name].served_as


def read_asset(request: Request) -> Response:
    """A file, for good; only under the name that its present content gives it."""
    asset = _served().get(request.path_params["name"])
    if asset is None:
        raise Problem("not-found", f'There is nothing at "{request.url.path}". {PROBLEMS["not-found"].remedy}')
    headers = {"Cache-Control": IMMUTABLE, "X-Content-Type-Options": "nosniff"}
    if asset.packed is not None:
        headers["Vary"] = "Accept-Encoding"
    etag = f'"{asset.served_as}"'
    known_already = not_modified(request, etag, headers)
    if known_already is not None:
        return known_already
    body = asset.body
    if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body = asset.packed
        headers["Content-Encoding"] = "gzip"
    return Response(body, headers={**headers, "ETag": etag, "Content-Type": asset.media_type})


ROUTE: Final = Route("/static/{name}", read_asset, methods=["GET"], include_in_schema=False)


@cache
def _served() -> Mapping[str, Asset]:
    return {asset.served_as: asset for asset in _by_name().values()}


@cache
def _by_name() -> Mapping[str, Asset]:
    """Every file, read once; those that others refer to first."""
    folder = files("api.web") / "static"
    found = {item.name: item.read_bytes() for item in folder.iterdir() if _ending(item.name) in _MEDIA_TYPES}
    made: dict[str, Asset] = {}

    def make(name: str, within: tuple[str, ...] = ()) -> Asset:
        if name in within:
            raise ValueError(f"static files refer to each other in a circle: {' > '.join((*within, name))}")
        if name not in made:
            body = found[name]
            if _ending(name) in _PACKED:
                body = _REFERENCE.sub(
                    lambda match: b"./" + make(match[1].decode(), (*within, name)).served_as.encode(), body
                )
            made[name] = _asset(name, body)
        return made[name]

    for name in found:
        make(name)
    return made


def _asset(name: str, body: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    digest = blake2b(body, digest_size=6).hexdigest()
    packed = gzip.compress(body, mtime=0) if ending in _PACKED else None
    return Asset(f"{stem}.{digest}.{ending}", _MEDIA_TYPES[ending], body, packed)


def _ending(name: str) -> str:
    return name.rpartition(".")[2]
