from tests.timeline.datasets.rules.telling import development, filed, findings, source, stake

REMARK = {"speaker": "ferry", "topic": "tides", "claim": "the tide is high"}


def test_the_same_twice_is_an_error(tmp_path):
    twice = (development(slug, "2010-05-01", title=slug * 9, detail=REMARK) for slug in ("a", "b"))
    assert findings(tmp_path, "told-once", *twice) == ["error b id: says the same of the same date as a."]


def test_whatever_the_precision_of_the_date(tmp_path):
    twice = (development(slug, "2010", title=slug * 9, detail=REMARK) for slug in ("a", "b"))
    assert findings(tmp_path, "told-once", *twice) == ["error b id: says the same of the same date as a."]


def test_unless_one_was_taken_back(tmp_path):
    first = development("a", "2010-05-01", detail=REMARK)
    again = development("b", "2010-05-01", detail=REMARK, then=[{"retraction": "clerical"}])
    assert findings(tmp_path, "told-once", first, again) == []


def test_another_date_is_another_development(tmp_path):
    twice = (development(slug, day, detail=REMARK) for slug, day in (("a", "2010-05-01"), ("b", "2010-05-02")))
    assert findings(tmp_path, "told-once", *twice) == []


def test_almost_the_same_title_on_one_day_is_looked_at_again(tmp_path):
    first = development("a", "2010-05-01", title="Ada sues the yard over wages")
    again = development("b", "2010-05-01", title="Ada sues the Yard over her wages")
    assert findings(tmp_path, "told-once", first, again) == [
        "warning b title: almost the same title, kind and day as a."
    ]
    assert findings(tmp_path, "told-once", first, {**again, "title": "The yard answers"}) == []
    month = ({**entry, "occurred": "2010-05"} for entry in (first, again))
    assert findings(tmp_path, "told-once", *month) == []


def test_so_are_the_same_sources_for_the_same_keys(tmp_path):
    sources = [source("gazette", "2010-05-01")]
    first = filed("a", "2010-05-01", sources=sources)
    again = filed("b", "2010-05-01", "amended", sources=sources)
    assert findings(tmp_path, "told-once", first, again) == ["warning b id: the same kind, day, sources and keys as a."]
    assert findings(tmp_path, "told-once", first, filed("b", "2010-05-01", "amended")) == []


def test_one_source_may_tell_of_several_things(tmp_path):
    sources = [source("gazette", "2010-05-01")]
    several = (
        development(slug, "2010-05-01", title=slug * 9, sources=sources, detail={**REMARK, "speaker": who}, facts=facts)
        for slug, who, facts in (("a", "ferry", [stake("30")]), ("b", "yard", []))
    )
    assert findings(tmp_path, "told-once", *several) == []
