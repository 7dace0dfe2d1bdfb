"""The tutorials are executable: their blocks run one after the other, and what they print is compared.

A block of the language `text` is what the block of Python before it prints.
"""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "tutorials"
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_a_tutorial_prints_what_it_says(page: Path, bundled_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIMELINE_DATABASE_URL", bundled_url)
    names: dict[str, Any] = {"__name__": "tutorial"}
    printed = ""
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    assert len(blocks) > 10
    for number, (language, text) in enumerate(blocks):
        if language == "text":
            assert printed.strip("\n") == text.strip("\n")
            printed = ""
            continue
        assert not printed, "what a block prints stands below it"
        with redirect_stdout(io.StringIO()) as out:
            exec(compile(text, f"{page.name}, block {number}", "exec"), names)  # noqa: S102 - our own page
        printed = out.getvalue()
    assert not printed
    for picture in ("valuation.svg", "seats.svg"):
        assert ET.parse(tmp_path / picture).getroot().attrib["role"] == "img"  # noqa: S314 - our own
