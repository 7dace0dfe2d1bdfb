"""Small data sets about a ferry line, a yard and a case, to be looked at by one rule."""

import json
from pathlib import Path
from typing import Any

from tests.timeline.datasets.folders import Folder

Entry = dict[str, Any]

_ENTITIES = """\
- {id: ferry, name: Ferry, kind: organisation}
- {id: yard, name: Yard, kind: organisation}
- {id: ada, name: Ada, kind: person}
- {id: bela, name: Bela, kind: person}
- {id: ada-v-yard, name: Ada v. Yard, kind: case}
"""


def source(name: str = "gazette", published: str | None = None, **fields: Any) -> Entry:
    """A report of a paper, unless `kind` says otherwise."""
    dated = {"published": published} if published else {}
    return {"publisher": name, "title": "News", "url": f"https://{name}.example/{published}", **dated, **fields}


def development(slug: str, known: str, **fields: Any) -> Entry:
    """A reported remark, unless the fields say otherwise; it occurred when it became known."""
    remark = {"speaker": "ferry", "topic": "tides", "claim": f"{slug} is true"}
    given = {"occurred": known, "kind": "statement", "standing": "reported", "title": slug.capitalize(), **fields}
    return {"id": slug, "known": known, "detail": remark, "sources": [source(slug, known)], **given}


def stake(value: str, **fields: Any) -> Entry:
    """A fact on what the ferry line owns of the yard."""
    note = {"note": fields.pop("note")} if "note" in fields else {}
    percent = {"percent": value, **note}
    return {"subject": "ferry", "attribute": "equity_stake", "object": "yard", "value": percent, **fields}


def filed(slug: str, known: str, stage: str = "filed", **fields: Any) -> Entry:
    """The case of Ada against the yard reaches a stage."""
    return development(slug, known, kind="lawsuit", detail={"case": "ada-v-yard", "stage": stage}, **fields)


def findings(parent: Path, rule: str, *developments: Entry) -> list[str]:
    """What one rule finds in a data set of these developments: severity, record, field and message."""
    folder = Folder(parent / "sound")
    folder.write("timeline.yaml", "{title: Sound, parties: [ferry, yard]}")
    folder.write("entities/all.yaml", _ENTITIES)
    folder.write("developments/all.yaml", json.dumps(developments, indent=1))
    found = folder.findings()
    assert not [str(finding) for finding in found if finding.rule in {"yaml", "format", "statements", "later-entries"}]
    return [
        f"{finding.severity.value} {finding.place.record} {finding.place.field}: {finding.message}"
        for finding in found
        if finding.rule == rule
    ]
