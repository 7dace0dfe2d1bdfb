"""The history of keys: every value there was, and how it stopped being true or being believed."""

from __future__ import annotations

from typing import Any

import pytest

from projections.history.asking import Wanted
from projections.history.keys import Histories, histories_at
from tests.projections.recorded import Kept, ceo, no_ceo, told
from tests.timeline.telling import CLERICAL, FINER, NEWS, TIMELINE, source, url
from timeline.dates import parse_date
from timeline.errors import InvalidInput, UndescribedEntity, UnknownAttribute, UnknownTimeline
from timeline.events import RetractionReason
from timeline.standing import Standing


def seat(person: str, **more: Any) -> dict[str, Any]:
    value = {"type": "text", "text": "director"}
    return {"subject": "acme", "attribute": "board_member", "object": person, "value": value, **more}


def asked(kept: Kept, wanted: Wanted | None = None, *, after: Any = None, limit: int = 50, **basis: Any) -> Histories:
    with kept.archive.snapshot() as snapshot:
        found = snapshot.basis(None, basis.get("known"), basis.get("revision"), basis.get("standing"))
        return histories_at(snapshot, TIMELINE, found, wanted or Wanted(), after=after, limit=limit)


def values(kept: Kept, **basis: Any) -> list[dict[str, Any]]:
    """The values of Acme's chief executive."""
    [key] = asked(kept, Wanted(subject="acme", attribute="chief_executive"), **basis).as_json()
    found: list[dict[str, Any]] = key["values"]
    return found


def ends(value: dict[str, Any]) -> tuple[str | None, str | None]:
    """How a value stopped holding and how it stopped being believed."""
    return tuple(value[stop] and value[stop]["how"] for stop in ("stopped_holding", "stopped_being_believed"))


def known(text: str) -> Any:
    return parse_date(text)


def test_values_come_in_the_order_in_which_they_began_and_say_how_they_stopped(kept_anywhere):
    kept_anywhere.tell("two", ceo("jane"), occurred="2021-01-01")
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01", known="2022")
    kept_anywhere.tell("gone", no_ceo(), occurred="2023-05-01")
    john, jane, end = values(kept_anywhere)
    assert (john["text"], john["since"], john["known_since"]) == (
        "John Roe is chief executive of Acme",
        "2020-01-01",
        "2022-12-31T23:59:59.999999Z",
    )
    assert john["stopped_holding"] == {
        "how": "replaced",
        "date": "2021-01-01",
        "development": "two",
        "text": "Jane Doe is chief executive of Acme",
        "standing": "confirmed",
    }
    assert john["held"] == {"from": "2020-01-01T00:00:00Z", "until": "2021-01-01T00:00:00Z"}
    assert jane["stopped_holding"]["how"] == "ended"
    assert (jane["stopped_holding"]["date"], jane["stopped_holding"]["development"]) == ("2023-05-01", "gone")
    assert (end["status"], end["value"], end["text"]) == ("end", None, "Acme has no chief executive")
    assert [ends(value)[1] for value in (john, jane, end)] == [None] * 3


def test_a_value_that_runs_to_its_own_date_ends_by_itself(kept):
    kept.tell("one", {**ceo("john"), "until": "2022"}, occurred="2020-01-01")
    [john] = values(kept)
    assert (john["until"], john["stopped_holding"]["how"], john["stopped_holding"]["date"]) == ("2022", "ended", "2022")
    assert john["bounds"] == {
        "since": {"earliest": "2020-01-01T00:00:00Z", "latest": "2020-01-01T23:59:59.999999Z"},
        "until": {"earliest": "2022-01-01T00:00:00Z", "latest": "2022-12-31T23:59:59.999999Z"},
    }


def test_a_correction_ends_a_belief_and_says_what_it_became(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    receipt = kept_anywhere.record.correct(
        TIMELINE,
        "one",
        reason=NEWS,
        content=told(ceo("jane"), occurred="2020-01-01"),
        known=known("2022-03-01"),
        note="It was Jane.",
    )
    john, jane = values(kept_anywhere)
    assert john["stopped_being_believed"] == {
        "how": "corrected",
        "known": "2022-03-01T23:59:59.999999Z",
        "development": "one",
        "event": receipt.revision,
        "reason": "new-information",
        "note": "It was Jane.",
        "became": {
            "development": "one",
            "text": "Jane Doe is chief executive of Acme",
            "standing": "confirmed",
            "since": "2020-01-01",
            "until": None,
        },
    }
    assert (john["known_until"], john["stopped_holding"]) == ("2022-03-01T23:59:59.999999Z", None)
    assert ends(jane) == (None, None)


def test_each_way_of_no_longer_being_believed_has_its_name(kept_anywhere):
    def changes(slug: str, change: Any) -> tuple[str, str | None]:
        kept_anywhere.tell(slug, {**ceo("john"), "subject": slug}, occurred="2020-01", sources=("a",))
        change(TIMELINE, slug)
        [key] = asked(kept_anywhere, Wanted(subject=slug)).as_json()
        stop = key["values"][0]["stopped_being_believed"]
        return stop["how"], stop["became"] and f"{stop['became']['standing']} {stop['became']['since']}"

    record, then = kept_anywhere.record, known("2022")
    finer = told({**ceo("john"), "subject": "acme"}, occurred="2020-01-05")
    assert changes("globex", lambda *of: record.retract(*of, reason=RetractionReason.WITHDRAWN, known=then)) == (
        "retracted",
        None,
    )
    assert changes("acme", lambda *of: record.correct(*of, reason=FINER, content=finer, known=then)) == (
        "finer-date",
        "confirmed 2020-01-05",
    )
    assert changes("jane", lambda *of: record.withdraw_source(*of, url=url("a"), known=then)) == (
        "source-withdrawn",
        None,
    )
    assert changes("mary", lambda *of: record.change_standing(*of, standing=Standing.REPORTED, known=then)) == (
        "standing-changed",
        "reported 2020-01",
    )


def test_of_several_changes_on_one_day_it_is_the_one_that_dropped_the_statement(kept_anywhere):
    of, day = (TIMELINE, "one"), known("2022")
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01", standing="reported")
    change = kept_anywhere.record.change_standing(*of, standing=Standing.CONFIRMED, known=day)
    kept_anywhere.record.add_source(*of, source=source("b"), known=day)
    reported, confirmed = values(kept_anywhere)
    stop = reported["stopped_being_believed"]
    assert (stop["how"], stop["event"]) == ("standing-changed", change.revision)
    assert (len(confirmed["sources"]), ends(confirmed)) == (2, (None, None))


def test_a_version_that_a_slip_left_as_it_was_takes_over_again(kept_anywhere):
    of, jane = (TIMELINE, "one"), told(ceo("jane"), occurred="2020-01-01")
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    kept_anywhere.record.add_source(*of, source=source("b"), known=known("2022"))
    kept_anywhere.record.correct(*of, reason=CLERICAL, content=jane, version=1)
    found = {value["value"]["id"]: ends(value) for value in values(kept_anywhere)}
    assert found == {"jane": (None, "superseded"), "john": (None, None)}


def test_one_more_source_ends_nothing(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    kept_anywhere.record.add_source(TIMELINE, "one", source=source("b"), known=known("2022"))
    [john] = values(kept_anywhere)
    assert (len(john["sources"]), john["known_since"], ends(john)) == (2, "2020-01-01T23:59:59.999999Z", (None, None))


def test_a_slip_of_ours_leaves_no_trace_but_at_the_earlier_revision(kept_anywhere):
    first = kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    jane = told(ceo("jane"), occurred="2020-01-01")
    kept_anywhere.record.correct(TIMELINE, "one", reason=CLERICAL, content=jane)
    assert [value["text"] for value in values(kept_anywhere)] == ["Jane Doe is chief executive of Acme"]
    assert [value["text"] for value in values(kept_anywhere, revision=first.revision)] == [
        "John Roe is chief executive of Acme"
    ]


def test_what_was_not_known_yet_is_not_told(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    kept_anywhere.tell("two", ceo("jane"), occurred="2021-01-01", known="2023")
    kept_anywhere.record.retract(TIMELINE, "one", reason=RetractionReason.WITHDRAWN, known=known("2022"))
    assert [ends(value) for value in values(kept_anywhere)] == [(None, "retracted"), (None, None)]
    [john] = values(kept_anywhere, known="2021")
    assert (john["known_until"], ends(john)) == (None, (None, None))


def test_rivals_and_denials_are_told_and_marked(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01", standing="reported")
    kept_anywhere.tell("two", ceo("jane"), occurred="2020-01-01", known="2021")
    kept_anywhere.tell("three", ceo("jane"), occurred="2020-01-01", known="2022", standing="denied")
    john, jane, denial = values(kept_anywhere)
    assert [value["status"] for value in (john, jane, denial)] == ["rival", "held", "denial"]
    assert john["outranked_by"] == {
        "development": "two",
        "text": "Jane Doe is chief executive of Acme",
        "standing": "confirmed",
        "known": "2021-12-31T23:59:59.999999Z",
    }
    assert [rival["development"] for rival in jane["contested_by"]] == ["one", "three"]
    assert [value["status"] for value in values(kept_anywhere, standing="confirmed")] == ["held", "denial"]


def test_each_development_has_a_key_of_its_own_where_the_vocabulary_says_so(kept):
    def money(amount: str) -> dict[str, Any]:
        value = {"type": "money", "amount": amount, "currency": "USD"}
        return {"subject": "globex", "attribute": "investment", "object": "acme", "value": value}

    kept.tell("first", money("1"), occurred="2020-01-01")
    kept.tell("second", money("2"), occurred="2021-01-01")
    keys = asked(kept, Wanted(subject="globex", attribute="investment", object="acme")).as_json()
    assert [(key["development"], len(key["values"])) for key in keys] == [("first", 1), ("second", 1)]


def test_a_key_an_entity_or_a_section_can_be_asked_for(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), seat("jane"), seat("john"), occurred="2020-01-01")

    def found(**wanted: Any) -> list[str]:
        keys = asked(kept_anywhere, Wanted(**wanted)).keys
        return [f"{history.key.attribute} {history.key.object}".strip() for history in keys]

    everything = ["chief_executive", "board_member jane", "board_member john"]
    assert found() == found(subject="acme") == found(entity="acme") == everything
    assert found(attribute="board_member", object="jane") == ["board_member jane"]
    assert found(entity="john") == ["chief_executive", "board_member john"]
    assert found(section="leadership") == ["chief_executive"]
    assert found(section="board", entity="john") == ["board_member john"]
    assert found(subject="globex") == found(section="capital") == []


def test_pages_of_keys_follow_each_other(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), seat("jane"), seat("john"), occurred="2020-01-01")
    first = asked(kept_anywhere, limit=2)
    second = asked(kept_anywhere, after=first.following, limit=2)
    assert [history.key.object for history in (*first.keys, *second.keys)] == ["", "jane", "john"]
    assert second.following is None
    assert asked(kept_anywhere, limit=3).following is None


@pytest.mark.parametrize(
    ("wanted", "error", "field", "remedy"),
    [
        (Wanted(attribute="chief_executiv"), UnknownAttribute, "attribute", 'Did you mean "chief_executive"'),
        (Wanted(attribute="ceo"), UnknownAttribute, "attribute", '"chief_executive"'),
        (Wanted(section="leadrship"), InvalidInput, "section", 'Did you mean "leadership"?'),
        (Wanted(section="x"), InvalidInput, "section", "There are: leadership, board,"),
        (Wanted(section="board", attribute="chief_executive"), InvalidInput, "section", "Leave the section out."),
        (Wanted(subject="acmes"), UndescribedEntity, "subject", 'Did you mean "acme"?'),
        (Wanted(object="doe"), UndescribedEntity, "object", 'Did you mean "jane"'),
        (Wanted(entity="xyz"), UndescribedEntity, "entity", "See /v1/timelines/acme-globex/entities"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_may_have_been_meant(kept, wanted, error, field, remedy):
    with pytest.raises(error) as caught:
        asked(kept, wanted)
    assert caught.value.field == field
    assert remedy in caught.value.remedy


def test_a_timeline_that_is_not_there_has_no_history(kept):
    with kept.archive.snapshot() as snapshot, pytest.raises(UnknownTimeline):
        histories_at(snapshot, "nothing", snapshot.basis(), Wanted())
