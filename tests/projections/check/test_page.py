"""The page on the fact check names every verdict, every cause and every rating."""

from pathlib import Path

from projections.check.checker import LONGEST_TEXT, MOST_SENTENCES
from projections.check.claimreview import RATINGS
from projections.check.judgement import Cause, Verdict

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "check.md").read_text(encoding="utf-8")


def test_every_verdict_has_its_row_in_the_order_in_which_they_apply():
    rows = [line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    assert rows == [verdict.value for verdict in Verdict]


def test_every_cause_is_named():
    assert [cause for cause in Cause if f"`{cause}`" not in PAGE] == []


def test_every_rating_is_given():
    told = PAGE.partition("## ClaimReview")[2]
    assert set(RATINGS) == set(Verdict)
    assert [verdict for verdict in Verdict if f"`{verdict}`" not in told] == []
    for number in {number for number, _ in RATINGS.values() if number is not None}:
        assert f"{number} `" in told


def test_the_limits_are_those_of_the_code():
    assert f"{LONGEST_TEXT:,} characters and {MOST_SENTENCES:,} sentences" in PAGE
