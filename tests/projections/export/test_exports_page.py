"""`docs/exports.md` lists every format and every column, as they are."""

from __future__ import annotations

import re
from pathlib import Path

from projections.export.formats import FORMATS
from projections.export.table import COLUMNS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")


def test_every_format_is_on_the_page_with_its_file():
    rows = re.findall(r"^\| `([\w-]+)` \| .+ \| `\.([\w.]+)` \| (.+) \|$", PAGE, re.MULTILINE)
    assert [(name, suffix) for name, suffix, _ in rows] == [(one.name, one.suffix) for one in FORMATS.values()]


def test_every_column_is_on_the_page_with_its_type_and_meaning():
    rows = re.findall(r"^\| `(\w+)` \| (name|text|number|count|instant|flag|sources) \| (.+) \|$", PAGE, re.MULTILINE)
    assert rows == [(column.name, column.type, column.meaning) for column in COLUMNS]


def test_every_format_says_which_reader_proves_it():
    tests = {path.name: path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")}
    everything = "\n".join(text for name, text in tests.items() if name != Path(__file__).name)
    for name in set(FORMATS) - {"log"}:
        assert f'exported("{name}"' in everything or f'"{name}"' in everything, name
