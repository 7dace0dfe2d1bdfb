"""The page of examples has one of each kind, and each reads as the page says."""

import re

import pytest

from projections.service import Service, opened
from tests.timeline.datasets.pages import text_of, written_out
from timeline.datasets.format import DevelopmentRecord
from timeline.datasets.loader import load
from timeline.dates import format_moment
from timeline.developments.kinds import KINDS
from timeline.settings import Settings

PAGE = text_of("kinds.md")
SECTIONS = dict(re.findall(r"^## `(.+?)`\n(.+?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture
def examples(tmp_path) -> dict[str, DevelopmentRecord]:
    folder = written_out("kinds.md", tmp_path / "brightwater-fernhill")
    return {record.content.kind: record for record in folder.dataset().developments}


def said_by(service: Service, record: DevelopmentRecord) -> list[str]:
    """The sentences that the state has from a development, on the day on which it became known."""
    day = format_moment(record.known.latest)
    facts = service.archive.state("brightwater-fernhill", at=day, known=day, standing="alleged").facts
    return [fact.text for fact in facts if fact.evidence.development == record.slug]


def test_the_page_has_every_kind_in_the_order_of_the_reference():
    assert list(SECTIONS) == list(KINDS)


def test_the_examples_are_a_data_set_without_findings(tmp_path):
    folder = written_out("kinds.md", tmp_path / "brightwater-fernhill")
    assert [str(finding) for finding in folder.findings()] == []


def test_each_kind_has_one_example_in_a_file_of_its_name(examples):
    assert set(examples) == set(KINDS)
    assert {record.spot.document.file for record in examples.values()} == {
        f"developments/{kind}.yaml" for kind in KINDS
    }


def test_each_example_reads_as_the_page_says(sqlite_url, tmp_path, examples):
    with opened(Settings(database_url=sqlite_url)) as service:
        load(service.record, written_out("kinds.md", tmp_path / "brightwater-fernhill").dataset())
        for kind, record in examples.items():
            (told,) = re.findall(r"^```text\n(.+?)^```$", SECTIONS[kind], re.MULTILINE | re.DOTALL)
            assert said_by(service, record) == told.splitlines(), kind
