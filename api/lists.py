"""Lists: pages of one piece, with cursors that carry the basis of the first page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import json_bytes
from api.basis_headers import knowledge_headers, log_headers
from api.conditional import cache_control, entity_tag, not_modified
from api.context import context_of
from api.links import given
from api.pages import Cursor, invalid_cursor, read_cursor, require_same_basis
from projections.archive import Snapshot
from timeline.basis import At, Known, Revision
from timeline.dates import format_instant, parse_date, parse_moment
from timeline.standing import Floor

_FIRST: Final = parse_date("0001").earliest

Page = Callable[[], tuple[Sequence[Mapping[str, Any]], tuple[int | str, ...] | None]]
"""Makes the items of a page, and the place to go on after, if more follow."""


@dataclass(frozen=True, slots=True)
class ListBasis:
    """The basis of a page, and the place it begins after; `known` is None where a list does not depend on it."""

    revision: Revision
    known: Known | None
    place: tuple[int | str, ...]
    cursor: str | None
    is_pinned: bool
    floor: Floor | None = None
    """The floor of trust, where a list depends on it."""
    at: At | None = None
    """The date in the world, where a list depends on it."""

    @property
    def known_at(self) -> Known:
        """The knowledge time of a list that depends on it."""
        if self.known is None:
            raise TypeError("this list does not depend on what was known")
        return self.known

    def as_json(self) -> dict[str, Any]:
        """The basis as answers carry it."""
        if self.known is None:
            return {"revision": self.revision}
        clocks: dict[str, Any] = {"known": format_instant(self.known), "revision": self.revision}
        if self.at is not None:
            clocks = {"at": format_instant(self.at), **clocks}
        return clocks if self.floor is None else {**clocks, "standing": self.floor.label}


def log_basis(
    snapshot: Snapshot,
    question: Mapping[str, object],
    cursor: str | None,
    revision: int | None,
    place: type[int | str] = str,
) -> ListBasis:
    """The basis of a page of descriptions or events.

    Raises:
        UnknownRevision: the log has not come that far.
        Problem: the cursor does not fit.
    """
    if cursor is None:
        return ListBasis(snapshot.basis(revision=revision).revision, None, (), None, revision is not None)
    read = read_cursor(cursor, question, (place,))
    require_same_basis(read, known=None, revision=revision)
    return ListBasis(snapshot.basis(revision=read.revision).revision, None, read.place, cursor, is_pinned=True)


def knowledge_basis(
    snapshot: Snapshot,
    question: Mapping[str, object],
    cursor: str | None,
    known: str | None,
    revision: int | None,
    places: Sequence[type[int | str]] = (int, str),
) -> ListBasis:
    """The basis of a page of developments; `places` are the types of the parts of a place in the list.

    Raises:
        FutureKnown: `known` lies in the future.
        UnknownRevision: the log has not come that far.
        Problem: the cursor does not fit.
    """
    if cursor is None:
        basis = snapshot.basis(known=known, revision=revision)
        is_pinned = known is not None and revision is not None and parse_moment(known) == basis.known
        return ListBasis(basis.revision, basis.known, (), None, is_pinned)
    read = read_cursor(cursor, question, places)
    require_same_basis(read, known=known, revision=revision)
    # The check sum of a cursor is no secret: its basis is checked like any other.
    if read.known is None or not _FIRST <= read.known <= snapshot.now:
        raise invalid_cursor("The cursor goes on at no knowledge date that can be asked about.")
    basis = snapshot.basis(known=format_instant(read.known), revision=read.revision)
    return ListBasis(basis.revision, basis.known, read.place, cursor, is_pinned=True)


def answer_list(
    request: Request,
    path: str,
    page: Page,
    *,
    basis: ListBasis,
    question: Mapping[str, object],
    asked: Sequence[tuple[str, str]],
    known: str | None = None,
    revision: int | None = None,
) -> Response:
    """A page of a list at `path`, with links to itself and to the page after it, in the body and as RFC 8288 Link.

    `asked` are the parameters that filter; those of the basis travel in the cursor from the second page on.
    """
    context = context_of(request)
    clocks = [("known", known), ("revision", revision)] if basis.cursor is None else []
    own = [*asked, *given(*clocks)]
    if basis.cursor is not None:
        own.append(("cursor", basis.cursor))
    address = context.links.to(path, own)
    headers = {
        "Cache-Control": cache_control(pinned=basis.is_pinned),
        **(log_headers(basis.revision) if basis.known is None else knowledge_headers(basis.known, basis.revision)),
    }
    if basis.at is not None:
        headers["Timeline-At"] = format_instant(basis.at)
    if basis.floor is not None:
        headers["Timeline-Standing"] = basis.floor.label
    etag = entity_tag("list", address, basis.revision, basis.known, context.vocabulary_tag)
    known_already = not_modified(request, etag, headers)
    if known_already is not None:
        return known_already
    items, last = page()
    cursor = None if last is None else Cursor(last, basis.revision, basis.known).text(question)
    following = None if cursor is None else context.links.to(path, [*asked, ("cursor", cursor)])
    body = {
        "items": items,
        "next": cursor,
        "basis": basis.as_json(),
        "links": {"self": address, "next": following},
    }
    if following is not None:
        headers["Link"] = f'<{following}>; rel="next"'
    return Response(json_bytes(body), headers={**headers, "ETag": etag}, media_type="application/json")
