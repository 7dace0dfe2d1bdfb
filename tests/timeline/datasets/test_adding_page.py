"""The page on adding a timeline makes one that is without findings, and explains every rule."""

import re
from typing import Any

from projections.service import opened
from tests.timeline.datasets.pages import text_of, written_out
from timeline.datasets.loader import load
from timeline.datasets.rules import RULES
from timeline.settings import Settings

PAGE = text_of("adding-a-timeline.md")
TABLE = re.findall(r"^\| (`.+?`) \| .+? \| (error|warning) \|$", PAGE, re.MULTILINE)


def test_the_timeline_of_the_page_is_without_findings(tmp_path):
    folder = written_out("adding-a-timeline.md", tmp_path / "the-corner")
    assert [str(finding) for finding in folder.findings()] == []
    assert f"\ntimeline state {folder.path.name} " in PAGE


def test_it_answers_as_the_page_says(sqlite_url, tmp_path):
    with opened(Settings(database_url=sqlite_url)) as service:
        load(service.record, written_out("adding-a-timeline.md", tmp_path / "the-corner").dataset())

        def texts(**basis: Any) -> list[str]:
            return [fact.text for fact in service.archive.state("the-corner", **basis).facts]

        lund = ["Ida Lund is chief executive of Corner Theatre", "Ida Lund is chief executive at Corner Theatre"]
        assert texts(at="2012-12-31") == [*lund, "Hill Brewery invested €85,000 in cash in Corner Theatre"]
        assert texts(at="2012-12-31", known="2012-03-31") == lund
        (name,) = (fact for fact in service.archive.state("the-corner").facts if fact.attribute == "term")
        assert [rival.standing for rival in name.contested_by] == ["denied"]


def test_every_rule_is_explained():
    named = [rule for names, _ in TABLE for rule in re.findall(r"`(.+?)`", names)]
    assert named == ["yaml", "files", "format", *(rule.__name__.replace("_", "-") for rule in RULES)]
