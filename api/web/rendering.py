"""Pages out of templates: escaped, with the headers that every page has, an ETag, and packed where that is understood.

Templates get `addresses` and `asset` besides what a view tells. Whatever they are given is text: nothing in the record
is ever taken for markup.
"""

import gzip
from functools import cache
from hashlib import blake2b
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from api.conditional import REVALIDATE, not_modified
from api.context import Context
from api.web.addresses import Addresses
from api.web.assets import asset_name
from api.web.security import security_headers
from api.web.showing import FILTERS, TESTS, isolated

HTML: Final = "text/html; charset=utf-8"
_WORTH_PACKING: Final = 1_000


@cache
def templates() -> Environment:
    """The templates of the pages, read when they are first used."""
    environment = Environment(
        loader=PackageLoader("api.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS, bdi=isolated)
    environment.tests.update(TESTS)
    return environment


def rendered(addresses: Addresses, template: str, **told: Any) -> bytes:
    """A template with what it is told, in UTF-8; lone surrogates, which are no text, are shown as marks."""

    def asset(name: str) -> str:
        return addresses.static(asset_name(name))

    text = templates().get_template(template).render(addresses=addresses, asset=asset, **told)
    return text.encode(errors="replace")


def page(
    request: Request,
    context: Context,
    template: str,
    *,
    status: int = 200,
    is_embedded: bool = False,
    is_private: bool = False,
    headers: dict[str, str] | None = None,
    **told: Any,
) -> Response:
    """The answer to a request for a page.

    Args:
        request: what was asked.
        context: the running app.
        template: the name of the template, such as ``state.html``.
        status: of the answer.
        is_embedded: whether the page is made to stand in the frame of another.
        is_private: whether no cache may keep it.
        headers: more headers.
        told: what the template shows.
    """
    addresses = Addresses(context.settings.base_url)
    body = rendered(addresses, template, **told)
    return html_response(
        request,
        body,
        status=status,
        is_private=is_private,
        headers={**security_headers(is_embedded=is_embedded), **(headers or {})},
    )


def html_response(request: Request, body: bytes, *, status: int, is_private: bool, headers: dict[str, str]) -> Response:
    """A page that is rendered, or 304 where the browser has it already."""
    packs = len(body) > _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        **headers,
        "Cache-Control": "no-store" if is_private else REVALIDATE,
        "Vary": "Accept, Accept-Encoding",
        "Content-Type": HTML,
    }
    if status == 200 and not is_private:
        headers["ETag"] = f'"{blake2b(body, digest_size=12).hexdigest()}{"-gzip" if packs else ""}"'
        known_already = not_modified(request, headers["ETag"], headers)
        if known_already is not None:
            return known_already
    if packs:
        body = gzip.compress(body, compresslevel=5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, status, headers=headers)
