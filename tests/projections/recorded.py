"""A small record to ask questions of: Acme, its people, and developments told in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from projections.archive import Archive
from projections.state import Held, State
from tests.timeline.recording import engine_of
from tests.timeline.telling import REMARK, TIMELINE, url
from timeline.application import Receipt, Record
from timeline.content import Content
from timeline.dates import parse_date


def ceo(person: str, **more: Any) -> dict[str, Any]:
    """That somebody is chief executive of Acme."""
    return {
        "subject": "acme",
        "attribute": "chief_executive",
        "value": {"type": "entity", "id": person, **({"note": more.pop("note")} if "note" in more else {})},
        **more,
    }


def no_ceo(**more: Any) -> dict[str, Any]:
    """That Acme has no chief executive any more."""
    return {"subject": "acme", "attribute": "chief_executive", "end": True, **more}


def told(
    *facts: dict[str, Any], occurred: str, standing: str = "confirmed", sources: Sequence[Any] = ("a",)
) -> Content:
    """A content. A source is a name, or a name and when it was published."""
    pairs = [(source, None) if isinstance(source, str) else source for source in sources]
    return Content.model_validate(
        {
            "title": "Acme says something",
            "occurred": occurred,
            "standing": standing,
            "detail": REMARK,
            "facts": facts,
            "sources": [
                {"publisher": "P", "title": name, "url": url(name), **({"published": date} if date else {})}
                for name, date in pairs
            ],
        }
    )


@dataclass(frozen=True)
class Kept:
    """A record and the archive that reads it."""

    record: Record
    archive: Archive

    @property
    def engine(self) -> Engine:
        return engine_of(self.record)

    def tell(self, slug: str, *facts: dict[str, Any], occurred: str, known: str | None = None, **more: Any) -> Receipt:
        """Record a development, known by default when it occurred."""
        content = told(*facts, occurred=occurred, **more)
        return self.record.record(TIMELINE, slug, known=parse_date(known or occurred), content=content)

    def state(self, at: str | None = None, **more: Any) -> State:
        return self.archive.state(TIMELINE, at=at, **more)

    def ceo(self, at: str | None = None, **more: Any) -> Held | None:
        """The fact that the state shows of Acme's chief executive."""
        return next((f for f in self.state(at, **more).facts if f.attribute == "chief_executive"), None)

    def who(self, at: str | None = None, **more: Any) -> str | None:
        """The chief executive; with a question mark where that is only possible."""
        found = self.ceo(at, **more)
        return None if found is None else found.value["id"] + ("" if found.is_certain else "?")

    def rivals(self, at: str | None = None, **more: Any) -> list[str]:
        """Who contests the chief executive; a denial has an exclamation mark."""
        found = self.ceo(at, **more)
        assert found is not None
        return [rival.value["id"] + ("!" if rival.standing == "denied" else "") for rival in found.contested_by]
