"""`timeline project` and `timeline series`."""

from __future__ import annotations

import csv
import json
from io import StringIO
from xml.etree import ElementTree as ET

import pytest

from projections.service import opened
from timeline.dates import parse_date
from timeline.settings import Settings
from timeline.sources import Source

MINE = """
from projections import Projection
from projections.plot import Chart, Dot, Trace


class Kinds(Projection):
    title = "Developments by kind"

    def on_development_recorded(self, state, event):
        kind = event.data["content"]["detail"]["kind"]
        state[kind] = state.get(kind, 0) + 1

    def plot(self, state):
        return Chart(self.title, "How many.", (Trace("all", (Dot(0, float(sum(state.values()))),)),))


class Bad(Projection):
    def on_source_added(self, state, event):
        raise LookupError("no such thing")
"""


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(MINE)
    return f"{path}:Kinds"


@pytest.fixture
def bad(mine):
    return mine.replace("Kinds", "Bad")


def test_a_projection_in_a_file_is_run(loaded, mine):
    found = json.loads(loaded.says("project", mine, "tiny"))
    assert found["investment"] >= 1
    body = json.loads(loaded.says("project", mine, "tiny", "--revision", "15", "--json"))
    assert (body["projection"], body["result"], body["basis"]["revision"]) == ("kinds", {"investment": 1}, 15)


def test_a_projection_can_be_drawn(loaded, mine, tmp_path):
    loaded("project", mine, "tiny", "--svg", "-o", str(tmp_path / "mine.svg"))
    assert ET.parse(tmp_path / "mine.svg").getroot().attrib["role"] == "img"  # noqa: S314 - our own
    assert "cannot be drawn" in loaded.refuses(
        "project", mine.replace("Kinds", "Bad"), "tiny", "--revision", "9", "--svg"
    )


def test_what_is_stored_is_shown_with_how_far_it_has_come(loaded, mine):
    assert loaded.says("project", "--status") == "The database keeps no projection."
    assert loaded.says("project", mine, "tiny", "--store") == "kinds of tiny is kept, up to event 35 of the log."
    assert loaded.says("project", mine, "tiny", "--stored") == loaded.says("project", mine, "tiny")
    with opened(Settings(database_url=loaded.url)) as service:
        said = Source(publisher="P", title="One more", url="https://example.org/one-more")
        service.record.add_source("tiny", "2010-05-20-supply-agreement", source=said, known=parse_date("2012-01-01"))
    assert loaded.says("project", "--status").splitlines()[1].split() == ["kinds", "tiny", "1", "35", "behind"]
    assert "It is behind since event 35." in loaded("project", mine, "tiny", "--stored").stderr


def test_one_that_fails_in_an_append_is_told_of_and_the_append_stands(loaded, bad, mine):
    settings = Settings(database_url=loaded.url, projections=bad)
    said = Source(publisher="P", title="One more", url="https://example.org/one-more")
    with opened(settings) as service:
        service.record.add_source("tiny", "2010-05-20-supply-agreement", source=said, known=parse_date("2012-01-01"))
    status = loaded.says("project", "--status")
    assert "disabled" in status
    assert "bad of tiny failed at event 19 (2010-03-01-first-investment):" in status
    assert "LookupError: no such thing" in status
    [row] = json.loads(loaded.says("project", "--status", "--json"))["items"]
    assert (row["status"], row["position"], row["error"]["position"]) == ("disabled", 18, 19)
    assert json.loads(loaded.says("log", "tiny", "--after", "35", "--json"))["event"] == "SourceAdded"


def test_one_that_fails_is_told_with_its_traceback(loaded, bad):
    told = loaded.refuses("project", bad, "tiny")
    assert told.startswith('Error: The projection "bad" failed at event 19 (2010-03-01-first-investment).')
    assert told.endswith("LookupError: no such thing")


def test_what_cannot_be_projected_is_refused(loaded, mine, tmp_path):
    assert "there is no file" in loaded.refuses("project", str(tmp_path / "none.py"), "tiny")
    assert "no projection is registered" in loaded.refuses("project", "unheard-of", "tiny")
    assert "nothing is kept" in loaded.refuses("project", mine, "tiny", "--stored")
    assert loaded("project", mine, code=2).stdout == ""
    assert loaded("project", mine, "tiny", "--store", "--at", "2010", code=2).stdout == ""


# series


def test_a_series_is_shown_written_and_drawn(loaded, tmp_path):
    shown = loaded.says("series", "tiny", "investment", columns=160)
    assert "Northwind" in shown
    rows = list(csv.DictReader(StringIO(loaded("series", "tiny", "investment", "--csv").stdout)))
    body = json.loads(loaded.says("series", "tiny", "investment", "--json"))
    assert len(rows) == sum(len(line["points"]) for line in body["items"]) > 0
    loaded("series", "tiny", "investment", "--svg", "-o", str(tmp_path / "x.svg"))
    assert ET.parse(tmp_path / "x.svg").getroot().attrib["role"] == "img"  # noqa: S314 - our own


def test_a_series_that_cannot_be_is_refused(loaded, tmp_path):
    assert "are no numbers. Give one" in loaded.refuses("series", "tiny", "chief_executive", code=2)
    assert "no value is in" in loaded.refuses("series", "tiny", "investment", "--svg", "--unit", "XYZ", code=2)
    assert "cannot be written" in loaded.refuses(
        "series", "tiny", "investment", "--csv", "-o", str(tmp_path / "a" / "b"), code=2
    )
    assert loaded("series", "tiny", "investment", "--csv", "--svg", code=2).stdout == ""
    assert loaded.says("series", "tiny", "investment", "--to", "1999").endswith("The record has no such value.")
