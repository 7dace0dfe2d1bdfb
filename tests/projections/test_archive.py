"""The basis that a question names, and what it is when it names less."""

from __future__ import annotations

import pytest

from tests.projections.recorded import ceo
from tests.timeline.recording import NOW
from tests.timeline.telling import TIMELINE
from timeline.basis import At, Basis, Known, Revision
from timeline.dates import parse_date
from timeline.errors import FutureKnown, InvalidInput, UnknownRevision
from timeline.standing import Floor


def basis(kept, **question) -> Basis:
    with kept.archive.snapshot() as snapshot:
        return snapshot.basis(**question)


def test_what_is_left_out_is_now_the_newest_and_reported(kept):
    assert basis(kept) == Basis(At(NOW), Known(NOW), Revision(6), Floor.REPORTED)


def test_a_day_a_month_or_a_year_is_asked_about_through_its_end(kept):
    for text in ("2023-11-17", "2023-11", "2023"):
        found = basis(kept, at=text, known=text)
        assert (found.at, found.known) == (parse_date(text).latest, parse_date(text).latest)
    assert basis(kept, at="2023-11-17T20:28Z").at == parse_date("2023-11-17T20:28Z").earliest


def test_of_a_known_that_is_not_over_what_is_known_so_far(kept):
    assert basis(kept, known="2025").known == basis(kept, known="2025-06-01").known == NOW


def test_the_future_can_be_asked_about_but_is_not_known(kept):
    assert basis(kept, at="2032").at == parse_date("2032").latest
    with pytest.raises(FutureKnown) as caught:
        basis(kept, known="2025-06-02")
    assert caught.value.field == "known"


@pytest.mark.parametrize("standing", ["confirmed", "reported", "alleged"])
def test_the_floor_is_named_as_in_answers(kept, standing):
    assert basis(kept, standing=standing).as_json()["standing"] == standing


@pytest.mark.parametrize(
    ("question", "error", "field"),
    [
        ({"at": "soon"}, InvalidInput, "at"),
        ({"at": "2023~"}, InvalidInput, "at"),
        ({"known": "2023/2024"}, InvalidInput, "known"),
        ({"revision": 7}, UnknownRevision, "revision"),
        ({"revision": -1}, UnknownRevision, "revision"),
        ({"standing": "denied"}, InvalidInput, "standing"),
        ({"standing": ""}, InvalidInput, "standing"),
    ],
    ids=lambda case: "-".join(f"{k}={v}" for k, v in case.items()) if isinstance(case, dict) else None,
)
def test_a_question_that_cannot_be_asked_names_its_field(kept, question, error, field):
    with pytest.raises(error) as caught:
        basis(kept, **question)
    assert caught.value.field == field


def test_the_empty_log_is_revision_nought(empty_archive):
    with empty_archive.snapshot() as snapshot:
        assert snapshot.basis().revision == snapshot.head == 0


@pytest.fixture
def empty_archive(database_url):
    from tests.timeline.recording import opened

    with opened(database_url) as (_, archive):
        yield archive


def test_a_snapshot_does_not_see_what_comes_after_it(kept_anywhere):
    kept_anywhere.tell("jane", ceo("jane"), occurred="2020-01-01")
    with kept_anywhere.archive.snapshot() as snapshot:
        before = snapshot.basis()
        kept_anywhere.tell("john", ceo("john"), occurred="2021-01-01")
        assert snapshot.basis() == before
        assert [fact.value["id"] for fact in snapshot.state(TIMELINE, before).facts] == ["jane"]
    assert kept_anywhere.who() == "john"
