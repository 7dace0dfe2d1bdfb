from tests.timeline.datasets.rules.telling import development, findings, source


def test_a_source_cannot_be_published_in_the_future(tmp_path):
    (found,) = findings(
        tmp_path, "known-by-now", development("a", "2010-05-01", sources=[source("gazette", "2910-05-01")])
    )
    assert found.startswith('error a sources.0.published: "2910-05-01" lies in the future')


def test_what_is_known_before_it_occurs_is_looked_at_again(tmp_path):
    plan = development("a", "2010-05-01", occurred="2010-06")
    (found,) = findings(tmp_path, "known-after-it-occurred", plan)
    assert found == "warning a known: known at 2010-05-01, before it occurred (2010-06)."


def test_so_is_a_correction_that_moves_it_past_what_was_known(tmp_path):
    later = {"correction": "new-information", "known": "2010-05-03", "changes": {"occurred": "2010-06"}}
    (found,) = findings(tmp_path, "known-after-it-occurred", development("a", "2010-05-01", then=[later]))
    assert found.startswith("warning a then.0.known: known at 2010-05-03")


def test_what_may_have_occurred_by_then_is_in_order(tmp_path):
    assert findings(tmp_path, "known-after-it-occurred", development("a", "2010-05-01", occurred="2010-05")) == []


def test_entries_stand_in_the_order_in_which_they_became_known(tmp_path):
    entries = [
        {"correction": "new-information", "known": known, "changes": {"summary": known}}
        for known in ("2010-07-01", "2010-06-01")
    ]
    (found,) = findings(tmp_path, "entries-in-order", development("a", "2010-05-01", then=entries))
    assert found == "warning a then.1.known: known at 2010-06-01, but the entry before it at 2010-07-01."
    assert findings(tmp_path, "entries-in-order", development("a", "2010-05-01", then=entries[::-1])) == []


def test_a_clerical_correction_mends_an_earlier_known_and_stands_anywhere(tmp_path):
    entries = [
        {"correction": "new-information", "known": "2010-07-01", "changes": {"summary": "More."}},
        {"correction": "clerical", "version": 1, "known": "2010-04-30", "changes": {}},
    ]
    assert findings(tmp_path, "entries-in-order", development("a", "2010-05-01", then=entries)) == []


def test_somebody_has_to_have_told_of_it_when_it_is_said_to_be_known(tmp_path):
    late = development("a", "2010-05-01", sources=[source("gazette", "2010-08"), source("post", "2011")])
    (found,) = findings(tmp_path, "sources-in-time", late)
    assert found == "warning a known: known at 2010-05-01, but no source is from before 2010-08."


def test_one_source_of_that_time_or_without_a_date_is_enough(tmp_path):
    for early in (source("post", "2010-05-20"), source("post")):
        told = development("a", "2010-05-01", sources=[source("gazette", "2010-08"), early])
        assert findings(tmp_path, "sources-in-time", told) == []


def test_what_occurred_is_told_of_afterwards(tmp_path):
    before = development("a", "2010-05-01", sources=[source("gazette", "2010-04-30")])
    (found,) = findings(tmp_path, "sources-in-time", before)
    assert found == "warning a occurred: it occurred at 2010-05-01, but no source is from after 2010-04-30."


def test_a_source_is_read_after_it_was_published(tmp_path):
    read = development("a", "2010-05-01", sources=[source("gazette", "2010-05-01", retrieved="2010-04")])
    (found,) = findings(tmp_path, "sources-in-time", read)
    assert found.startswith("error a sources.0.retrieved: retrieved at 2010-04")
    read["sources"][0]["retrieved"] = "2020-01-01"
    assert findings(tmp_path, "sources-in-time", read) == []
