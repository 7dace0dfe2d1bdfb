"""The page on the format is a data set, and its table of values is what the reader makes of them."""

import re

import pytest
import yaml

from tests.timeline.datasets.pages import text_of, written_out
from timeline.datasets.format import THEN
from timeline.datasets.shorthand import VALUES, expand
from timeline.entities import EntityKind
from timeline.values import Value

PAGE = text_of("format.md")
ROWS = re.findall(r"^\| `(\{.+?\})` \| .*? ?\| `(\{.+?\})` \|$", PAGE, re.MULTILINE)


def test_the_examples_are_a_data_set_without_findings(tmp_path):
    folder = written_out("format.md", tmp_path / "lighthouse")
    assert [str(finding) for finding in folder.findings()] == []
    assert len(folder.dataset().developments) == 2


def test_every_type_of_value_stands_in_the_table():
    assert {written.split(":")[0].removeprefix("{") for written, _ in ROWS} == set(VALUES)


@pytest.mark.parametrize(("short", "long"), ROWS)
def test_a_short_value_of_the_table_says_the_same_as_its_long_form(short, long):
    given, meant = (yaml.load(text, Loader=yaml.BaseLoader) for text in (short, long))  # noqa: S506 - plain texts
    assert expand(given, Value) == (meant, [])


def test_every_entry_of_then_and_every_kind_of_entity_is_explained():
    assert set(re.findall(r"^\| `([a-z-]+)(?:: [a-z-]+)?` \|", PAGE, re.MULTILINE)) == set(THEN)
    assert all(f"`{kind}`" in PAGE for kind in EntityKind if kind is not EntityKind.TIMELINE)
