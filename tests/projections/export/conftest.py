"""A record to export: the tiny timeline, and one development whose every text wants to break a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from projections.export.addresses import Addresses
from projections.export.formats import FORMATS
from projections.export.material import Material
from projections.service import Service, open_service
from tests.timeline.datasets.folders import TINY
from timeline.clock import FixedClock
from timeline.content import Content
from timeline.datasets.loader import load
from timeline.datasets.reading import read_dataset
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.settings import Settings

NOW = parse_date("2025-06-01T12:00Z").latest
BASE = "https://timeline.example"
TITLE = '=HYPERLINK("https://evil.example";"free") <script>alert(1)</script> & \\emph{50%} #1 _x_ ~ ^ Zürich 日本'
SUMMARY = 'Two lines, "quoted"; with, commas\nand <img src=x onerror="alert(2)"> {braces} 🛳️ and a bell \x07 inside.'
NOTE = "@SUM(1+1), then\nmore"
NASTY = "2012-01-nasty"
HEAD = 37
"""The newest revision."""


def nasty() -> Content:
    return Content.model_validate(
        {
            "title": TITLE,
            "summary": SUMMARY,
            "occurred": "2012-01~",
            "standing": "reported",
            "detail": {"kind": "statement", "speaker": "evil", "topic": "the yard", "claim": TITLE},
            "facts": [
                {
                    "subject": "evil",
                    "attribute": "legal_form",
                    "value": {"type": "text", "text": '-2+3"', "note": NOTE},
                },
                {
                    "subject": "evil",
                    "attribute": "founder",
                    "object": "ada-holm",
                    "value": {"type": "text", "text": "<b>"},
                },
                {
                    "subject": "evil",
                    "attribute": "net_result",
                    "value": {"type": "money", "amount": "-123456789012345678.0123456789", "currency": "EUR"},
                    "since": "201X",
                },
            ],
            "sources": [
                {
                    "publisher": "O'Neill & <Sons>",
                    "title": '"A" <i>title</i>; b, c',
                    "url": "https://o.example/?a=1&b=2,3",
                }
            ],
        }
    )


def open_tiny(url: str) -> Service:
    """The service on a database, with the record of these tests."""
    service = open_service(Settings(database_url=url), clock=FixedClock(NOW))
    load(service.record, read_dataset(TINY).checked())
    evil = Entity(id="evil", name='=cmd|"<Evil> & Sons, Ltd', kind=EntityKind.ORGANISATION, aliases=("@evil",))
    service.record.describe_entity("tiny", evil)
    service.record.record("tiny", NASTY, known=parse_date("2012-02-01"), content=nasty())
    return service


@pytest.fixture(scope="package")
def service(sqlite_databases, tmp_path_factory) -> Iterator[Service]:
    """The record, in an embedded database; nothing writes to it."""
    found = open_tiny(sqlite_databases.copy_to(tmp_path_factory.mktemp("exported") / "timeline.db"))
    yield found
    found.close()


MaterialAt = Callable[..., Material]


@pytest.fixture(scope="package")
def material_at(service) -> MaterialAt:
    """The material of an export at a basis."""

    def at(
        at: str | None = "2013", known: str | None = "2013", development: str | None = None, **more: Any
    ) -> Material:
        with service.archive.snapshot() as snapshot:
            basis = snapshot.basis(at, known, more.get("revision"), more.get("standing"))
        return Material(service.archive, "tiny", basis, Addresses(BASE), development)

    return at


@pytest.fixture
def exported(material_at, tmp_path) -> Callable[..., Path]:
    """A file in a format, at a basis."""

    def write(name: str, at: str | None = "2013", known: str | None = "2013", **more: Any) -> Path:
        material = material_at(at, known, **more)
        chosen = FORMATS[name]
        file = tmp_path / chosen.filename(material)
        file.write_bytes(b"".join(chosen.chunks(material)))
        return Path(file)

    return write
