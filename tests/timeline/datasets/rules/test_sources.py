import pytest

from tests.timeline.datasets.rules.telling import development, findings, source, stake

GAZETTE, POST = source("gazette", "2010-05-01"), source("post", "2010-05-01")
CONFIRMED = {"correction": "new-information", "known": "2010-06-01", "changes": {"standing": "confirmed"}}


def test_a_development_needs_a_source(tmp_path):
    assert findings(tmp_path, "has-a-source", development("a", "2010-05-01", sources=[])) == [
        "error a sources: no source says so."
    ]
    assert findings(tmp_path, "has-a-source", development("a", "2010-05-01")) == []


def test_a_correction_does_not_take_the_sources_away(tmp_path):
    bare = {"correction": "new-information", "known": "2010-06-01", "changes": {"sources": []}}
    assert findings(tmp_path, "has-a-source", development("a", "2010-05-01", then=[bare])) == [
        "error a then.0.changes.sources: no source says so."
    ]


@pytest.mark.parametrize("sources", [[GAZETTE], [source("blog", kind="analysis"), GAZETTE]])
def test_one_paper_does_not_confirm(tmp_path, sources):
    (found,) = findings(
        tmp_path, "confirmed-by-whom", development("a", "2010-05-01", standing="confirmed", sources=sources)
    )
    assert found.startswith("error a standing: confirmed, but by no document of first hand")


def test_nor_does_the_same_paper_twice(tmp_path):
    sources = [GAZETTE, {**GAZETTE, "publisher": "Gazette", "url": "https://gazette.example/again"}]
    assert findings(
        tmp_path, "confirmed-by-whom", development("a", "2010-05-01", standing="confirmed", sources=sources)
    )


@pytest.mark.parametrize(
    "sources", [[GAZETTE, POST], *([source("x", kind=kind)] for kind in ("primary", "court", "regulator"))]
)
def test_two_papers_a_party_a_court_or_a_regulator_confirm(tmp_path, sources):
    confirmed = development("a", "2010-05-01", standing="confirmed", sources=sources)
    assert findings(tmp_path, "confirmed-by-whom", confirmed) == []


def test_what_is_confirmed_later_needs_its_sources_then(tmp_path):
    told = development("a", "2010-05-01", sources=[GAZETTE], then=[CONFIRMED])
    (found,) = findings(tmp_path, "confirmed-by-whom", told)
    assert found.startswith("error a then.0.changes.standing: ")
    told["then"].insert(0, {"source": {"known": "2010-06-01", **POST}})
    assert findings(tmp_path, "confirmed-by-whom", told) == []


def test_a_change_of_standing_is_looked_at_too(tmp_path):
    change = {"standing": "confirmed", "known": "2010-06-01"}
    (found,) = findings(tmp_path, "confirmed-by-whom", development("a", "2010-05-01", then=[change]))
    assert found.startswith("error a then.0.standing: ")


def test_so_is_the_standing_of_one_fact(tmp_path):
    told = development("a", "2010-05-01", sources=[GAZETTE], facts=[stake("30", standing="confirmed")])
    (found,) = findings(tmp_path, "confirmed-by-whom", told)
    assert found.startswith("error a facts.0.standing: ")
    told["sources"].append(POST)
    assert findings(tmp_path, "confirmed-by-whom", told) == []
