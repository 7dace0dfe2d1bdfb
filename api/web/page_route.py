"""Routes of pages: a form that was sent becomes an address that can be shared."""

from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.strict import Handler, StrictRoute
from api.web.typed_dates import as_query

DATES: Final = frozenset({"at", "known", "from", "to", "until", "known_from", "known_to"})
"""The parameters that are dates; each is read as people type dates."""

_UNESCAPED: Final = ":/,"


class PageRoute(StrictRoute):
    """A strict route that first leads from the address a form makes to the one that means the same in short.

    Fields that were left empty are left out, and dates are written as queries have them.
    """

    def get_route_handler(self) -> Handler:
        """The strict handler, behind the tidying."""
        handle = super().get_route_handler()

        async def tidily(request: Request) -> Response:
            given = request.query_params.multi_items() if request.scope["query_string"] else []
            wanted = tidied(given)
            if wanted != given:
                # relative to this page: it works under whatever path the service is reached
                own = quote(request.url.path.rpartition("/")[2]) or "./"
                query = urlencode(wanted, safe=_UNESCAPED)
                return RedirectResponse(f"{own}?{query}" if query else own, 303)
            return await handle(request)

        return tidily


def tidied(given: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters of a query without the empty ones, with dates as queries have them."""
    read = [(name, as_query(value) if name in DATES else value.strip()) for name, value in given]
    return [(name, value) for name, value in read if value]
