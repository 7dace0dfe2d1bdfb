"""Writes the reference pages on the HTTP interface and its problems: ``python -m tests.http.reference``.

The pages are committed, so that they can be read without running anything; a test keeps them equal to what this
module writes from the OpenAPI document.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from api.app import create_app
from api.openapi import READING
from api.problems import MEDIA_TYPE, PROBLEMS
from projections.causes import Cause
from timeline.settings import Settings

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "reference"

_HTTP_HEAD: Final = """\
# HTTP

Everything under `/v1/` is a contract: paths, parameters, fields, headers and the types of problems. The machine-readable
form is at `/openapi.json`, with an example of every request and every answer.

## The basis

An answer depends on up to three clocks: `at` (the date in the world that is asked about), `known` (only what had become
public by then counts) and `revision` (only the log up to this position counts). Together they are its *basis*, and the
same basis gives the same answer for good. The basis leaves in the body, in the headers `Timeline-At`, `Timeline-Known`,
`Timeline-Revision` and `Timeline-Standing`, as far as an answer depends on them, and in the ETag.

A date is written in EDTF: `2024-03-04`, `2024-03` and `2024` are meant through their end, UTC; `2024-03-04T12:00:00Z` is
that instant. In an address the `+` of an offset is `%2B`. What is left out is now, and the newest revision. A day that is
not over is known so far: the answer says up to when.

Of a state, `links.permalink` pins all three clocks: it is the address to cite.

## Differences

A difference has two bases. `from` and `to` move the clock of the world, `known_from` and `known_to` that of knowledge,
`revision_from` and `revision_to` that of the record; what is not moved stands still at `at`, `known` and `revision`. A
difference is told forwards: no clock may go back. Applied to the facts of the state before, its changes give those of the
state after; a fact is the same fact as long as it has the same subject, attribute and object (and, where each development
has a fact of its own, the same development).

Each change has one `cause` and the event behind it. Where several clocks move, the record moves first, then knowledge,
then the world, and the cause is what the last step did that made a difference.

| cause | what made the difference |
|---|---|
@causes@

`happened` is the date in the world on which a change came about, where that clock made it; `event.known` says when it
became known.

## Caching

Every answer that depends on a basis has a strong ETag. Sent back as `If-None-Match`, it is answered by 304 without the
work being done. An answer whose address pins every clock it depends on may be kept for good (`immutable`); the others are
to be asked for again (`no-cache`). Every GET answers HEAD as well.

## Memento

The clock `known` speaks Memento ([RFC 7089](https://www.rfc-editor.org/rfc/rfc7089)). The address of a state without
`known` is the original resource and its own timegate: with `Accept-Datetime` it answers at once with what was known then,
and `Content-Location` and `Memento-Datetime` say what it is. `Link` leads to the original and to the TimeMap, which lists
every moment at which knowledge changed. In an address with `known`, the header is ignored.

## Lists

A list answers `{"items": […], "next": …, "basis": {…}, "links": {"self": …, "next": …}}`. Follow `links.next` (the same as
the header `Link` with `rel="next"`), or send `next` as `cursor`, until it is null. A cursor carries the basis of the first
page, so all pages are of one piece however much is recorded meanwhile. Filters may be repeated beside it, not changed.

## Writing

A request that writes carries `Authorization: Bearer` and the token that the service was started with
(`TIMELINE_WRITE_TOKEN`, see [settings](settings.md)), and a body declared as `application/json`. It is answered by 201 with
`Location` and a receipt: the revision from which on the change counts, and the events that were appended. A request that
fails appends nothing.

To write only if nobody else has changed a development since it was read, send its ETag as `If-Match` (else 412), or how
many events of it you have seen as `expected` (else 409).

## Problems

A request that fails is answered by a problem ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) in
`application/problem+json`: `type`, `title`, `status`, `detail`, `instance`, and in `errors` what is wrong with each field
and what to do about it. The types are told [on a page of their own](problems.md). Parameters that an operation does not
have, and parameters given twice, are problems too; a misspelt one is told what may have been meant.

All operations can end in @common@; those are not repeated below.
"""

_PROBLEMS_HEAD: Final = """\
# Problems

Every request that fails is answered in `application/problem+json` (RFC 9457). Its `type` is the address of a page that
says what is said here. Types are never renamed, and new ones may come; the status tells a program what sort of failure
it is.
"""


def pages() -> dict[Path, str]:
    """The text of each page, by its path."""
    document = create_app(Settings()).openapi()
    head = _HTTP_HEAD.replace("@common@", ", ".join(_link(slug) for slug in READING))
    head = head.replace("@causes@", "\n".join(f"| `{cause.value}` | {cause.meaning} |" for cause in Cause))
    return {
        FOLDER / "http.md": "\n".join([head, *_operations(document)]),
        FOLDER / "problems.md": "\n".join([_PROBLEMS_HEAD, *_problems()]),
    }


def _operations(document: dict[str, Any]) -> Iterator[str]:
    for tag in document["tags"]:
        yield f"## {tag['name'].capitalize()}\n"
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if operation["tags"] == [tag["name"]]:
                    yield f"### `{method.upper()} {path}`\n"
                    yield from _operation(operation, document)


def _operation(operation: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    yield f"`{operation['operationId']}`. {operation['summary']}. {operation['description']}\n"
    parameters = operation.get("parameters", [])
    if parameters:
        yield "| parameter | in | meaning |\n|---|---|---|"
        for parameter in parameters:
            yield f"| `{parameter['name']}` | {parameter['in']} | {_told(parameter, document)} |"
        yield ""
    if "requestBody" in operation:
        schema = _resolved(operation["requestBody"]["content"]["application/json"]["schema"], document)
        yield f"{_line(schema['description'])}\n"
        yield "| field of the body | meaning |\n|---|---|"
        for name, field in schema["properties"].items():
            required = " (required)" if name in schema.get("required", ()) else ""
            yield f"| `{name}`{required} | {_told(field, document)} |"
        yield ""
    slugs = [slug for slug in _slugs(operation) if slug not in READING]
    if slugs:
        yield f"Problems: {', '.join(_link(slug) for slug in slugs)}.\n"


def _slugs(operation: dict[str, Any]) -> Iterator[str]:
    for response in operation["responses"].values():
        yield from response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", ())


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _told(item: dict[str, Any], document: dict[str, Any]) -> str:
    schema = item.get("schema", item)
    words = _line(item.get("description", "") or _meant(schema, document)).replace("|", "\\|")
    default = schema.get("default")
    return f"{words} Left out: {default}." if isinstance(default, int) else words


def _meant(schema: dict[str, Any], document: dict[str, Any]) -> str:
    """What the type of a field says of itself; a dash where even that is silent."""
    return str(_resolved(schema, document).get("description", "–")) if "$ref" in schema else "–"


def _line(text: str) -> str:
    return " ".join(text.split())


def _problems() -> Iterator[str]:
    for problem in sorted(PROBLEMS.values(), key=lambda problem: (problem.status, problem.slug)):
        yield f"## `{problem.slug}`\n"
        yield f"**{problem.status}** · {problem.title}\n"
        yield f"{problem.meaning} {problem.remedy}\n"


def _link(slug: str) -> str:
    return f"[`{slug}`](problems.md#{slug})"


def main() -> None:
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
