"""Cursors: where a list goes on, and at which basis, as one opaque text.

A cursor carries the basis of the first page, so that all pages are of one piece however much is recorded while somebody
reads. It is not secret and not signed; a check sum tells a mistake from a cursor, and everything in it is checked
like any other input.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from api.problems import FieldError, Problem
from timeline.dates import MAX_INSTANT, parse_date, parse_moment

_CHECK_SUM: Final = 6
_LONGEST: Final = 1000
_REMEDY: Final = "Follow links.next as it is, or begin again without a cursor."


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a list goes on: after `place`, at the basis of its first page. `known` is None where a list has none."""

    place: tuple[int | str, ...]
    revision: int
    known: int | None = None

    def text(self, question: Mapping[str, object]) -> str:
        """The cursor as links carry it, good for this question only: the list and its filters."""
        packed = json.dumps([self.revision, self.known, *self.place], separators=(",", ":")).encode()
        return urlsafe_b64encode(_sum(packed, question) + packed).decode().rstrip("=")


def read_cursor(text: str, question: Mapping[str, object], places: Sequence[type[int | str]]) -> Cursor:
    """The cursor in a text, made for the same question, whose place has parts of these types.

    Raises:
        Problem: it was changed, or made for another question.
    """
    try:
        return _unpacked(text, question, places)
    except (ValueError, TypeError, RecursionError):
        raise invalid_cursor("The cursor was changed, or made for another question.") from None


def _unpacked(text: str, question: Mapping[str, object], places: Sequence[type[int | str]]) -> Cursor:
    if len(text) > _LONGEST:
        raise ValueError("too long")
    raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    packed = raw[_CHECK_SUM:]
    if _sum(packed, question) != raw[:_CHECK_SUM]:
        raise ValueError("changed, or of another question")
    revision, known, *place = json.loads(packed)
    if not (_is_number(revision) and (known is None or _is_number(known)) and _fits(place, places)):
        raise ValueError("not a place in this list")
    return Cursor(tuple(place), revision, known)


def require_same_basis(cursor: Cursor, *, known: str | None, revision: int | None) -> None:
    """Make sure that `known` and `revision`, where a request repeats them, are those of the cursor.

    Raises:
        Problem: they are others.
    """
    if revision is not None and revision != cursor.revision:
        raise invalid_cursor(f"The cursor goes on at revision {cursor.revision}, not {revision}.")
    if known is not None and cursor.known is not None:
        asked = parse_moment(known)
        # Of a day that was not over, the first page told what was known so far.
        if asked != cursor.known and not parse_date(known).earliest <= cursor.known <= asked:
            raise invalid_cursor(f'The cursor goes on at another knowledge date than "{known}".')


def invalid_cursor(message: str) -> Problem:
    """The problem of a cursor that does not fit."""
    return Problem("invalid-cursor", f"{message} {_REMEDY}", errors=[FieldError("cursor", message, _REMEDY)])


def _sum(packed: bytes, question: Mapping[str, object]) -> bytes:
    asked = json.dumps(question, sort_keys=True).encode()
    return blake2b(packed, digest_size=_CHECK_SUM, key=blake2b(asked, digest_size=32).digest()).digest()


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INSTANT


def _fits(place: Sequence[Any], places: Sequence[type[int | str]]) -> bool:
    return len(place) == len(places) and all(
        _is_number(part) if wanted is int else isinstance(part, str) and "\x00" not in part
        for part, wanted in zip(place, places, strict=True)
    )
