import pytest

from tests.timeline.datasets.rules.telling import development, filed, findings

LAST = development("last", "2016-01-01")


def test_a_case_that_is_not_heard_of_for_two_years_is_looked_at_again(tmp_path):
    assert findings(tmp_path, "lawsuits-that-end", filed("a", "2013-05-01"), LAST) == [
        'warning a detail: the case "ada-v-yard" stays at the stage "filed"; nothing is told of it for two years.'
    ]


def test_the_last_stage_is_named(tmp_path):
    stages = filed("a", "2012-05-01"), filed("b", "2013-05-01", "trial")
    (found,) = findings(tmp_path, "lawsuits-that-end", *stages, LAST)
    assert found.startswith('warning b detail: the case "ada-v-yard" stays at the stage "trial"')


@pytest.mark.parametrize("stage", ["dismissed", "withdrawn", "settled", "closed"])
def test_a_final_stage_ends_it(tmp_path, stage):
    stages = filed("a", "2012-05-01"), filed("b", "2013-05-01", stage)
    assert findings(tmp_path, "lawsuits-that-end", *stages, LAST) == []


def test_so_does_an_end(tmp_path):
    end = {"subject": "ada-v-yard", "attribute": "lawsuit", "end": True}
    over = development("b", "2013-05-01", facts=[end])
    assert findings(tmp_path, "lawsuits-that-end", filed("a", "2012-05-01"), over, LAST) == []


def test_a_case_that_was_told_of_lately_is_open(tmp_path):
    assert findings(tmp_path, "lawsuits-that-end", filed("a", "2014-05-01"), LAST) == []
    hearing = development("b", "2015-05-01", parties=[{"entity": "ada-v-yard"}])
    assert findings(tmp_path, "lawsuits-that-end", filed("a", "2012-05-01"), hearing, LAST) == []


def test_a_case_that_was_taken_back_need_not_end(tmp_path):
    never = filed("a", "2012-05-01", then=[{"retraction": "clerical"}])
    assert findings(tmp_path, "lawsuits-that-end", never, LAST) == []
