"""Whole keys, on both backends: which there are, what was stated under them, and what they show along each clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from projections.index import keyed
from projections.index.keyed import KeyReader
from tests.projections.recorded import Kept, ceo, no_ceo, told
from tests.timeline.telling import CLERICAL, NEWS, TIMELINE
from timeline.dates import MAX_INSTANT, parse_date
from timeline.events import RetractionReason


def seat(person: str, **more: Any) -> dict[str, Any]:
    value = {"type": "text", "text": "director"}
    return {"subject": "acme", "attribute": "board_member", "object": person, "value": value, **more}


@contextmanager
def reading(kept: Kept, **asked: Any) -> Iterator[KeyReader]:
    with kept.archive.snapshot() as snapshot:
        basis = snapshot.basis(**asked)
        number, _ = snapshot.timeline(TIMELINE, basis.revision)
        yield KeyReader(snapshot.connection, number, basis, head=snapshot.head)


def names(reader: KeyReader, **wanted: Any) -> list[str]:
    return [" ".join(part for part in key[1:5] if part) for key in reader.keys(**wanted)]


def day(text: str) -> int:
    return parse_date(text).earliest


def end(text: str) -> int:
    return parse_date(text).latest


def test_keys_are_found_by_subject_attribute_object_and_by_whoever_they_speak_of(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), seat("jane"), seat("mary"), occurred="2020-01-01")
    kept_anywhere.tell("two", {**ceo("jane"), "subject": "globex"}, occurred="2021-01-01")
    with reading(kept_anywhere) as reader:
        everything = ["acme board_member jane", "acme board_member mary", "acme chief_executive"]
        assert names(reader) == [*everything, "globex chief_executive"]
        assert names(reader, subject="acme") == everything
        assert names(reader, attributes=["chief_executive"]) == ["acme chief_executive", "globex chief_executive"]
        assert names(reader, attributes=["president"]) == names(reader, attributes=[]) == []
        assert names(reader, object="jane") == ["acme board_member jane"]
        assert names(reader, subject="acme", object="") == ["acme chief_executive"]
        assert names(reader, entity="jane") == ["acme board_member jane", "globex chief_executive"]
        assert names(reader, entity="john") == ["acme chief_executive"]
        assert names(reader, entity="acme", attributes=["chief_executive"]) == ["acme chief_executive"]
        assert names(reader, entity="nobody") == names(reader, subject="nobody") == []


def test_a_key_is_there_once_something_was_stated_that_the_basis_admits(kept_anywhere):
    first = kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01", standing="alleged")
    kept_anywhere.tell("two", seat("jane"), occurred="2021-01-01")
    with reading(kept_anywhere) as reader:
        assert names(reader) == ["acme board_member jane"]
    with reading(kept_anywhere, standing="alleged") as reader:
        assert names(reader) == ["acme board_member jane", "acme chief_executive"]
    with reading(kept_anywhere, standing="alleged", known="2020") as reader:
        assert names(reader) == ["acme chief_executive"]
        assert names(reader, entity="jane") == []
    with reading(kept_anywhere, standing="alleged", revision=first.revision) as reader:
        assert names(reader) == ["acme chief_executive"]
    with reading(kept_anywhere, standing="alleged", revision=first.revision - 1) as reader:
        assert names(reader) == []


def test_a_statement_is_kept_with_the_knowledge_over_which_it_is_in_force(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    kept_anywhere.record.correct(
        TIMELINE, "one", reason=NEWS, content=told(ceo("jane"), occurred="2020-01-01"), known=parse_date("2022")
    )

    def found(moment: str | None = None, **asked: Any) -> list[tuple[str, int, int]]:
        with reading(kept_anywhere, **asked) as reader:
            facts = reader.facts(reader.keys(), None if moment is None else end(moment))
        return [
            ("john" if "john" in fact.payload else "jane", since, until)
            for some in facts.values()
            for fact, since, until in some
        ]

    john, jane = ("john", end("2020-01-01"), end("2022")), ("jane", end("2022"), MAX_INSTANT)
    assert found() == [john, jane]
    assert found("2021") == [john]
    assert found("2023") == [jane]
    assert found(known="2021") == [("john", end("2020-01-01"), MAX_INSTANT)], "what will end it is not known yet"


def test_along_valid_time_winners_follow_each_other(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    kept_anywhere.tell("two", ceo("jane"), occurred="2021-01-01")
    kept_anywhere.tell("gone", no_ceo(), occurred="2022-03")
    with reading(kept_anywhere) as reader:
        [spans] = reader.over_at(reader.keys()).values()
        assert [(span.start, span.until, span.fact.development, span.winner.development) for span in spans] == [
            (day("2020-01-01"), day("2021-01-01"), "one", "one"),
            (day("2021-01-01"), day("2022-03"), "two", "two"),
            (day("2022-03"), end("2022-03"), "two", "gone"),
        ]
        assert reader.over_at(reader.keys(), end("2019")) == {}


def test_along_knowledge_time_an_earlier_belief_gives_way_at_every_revision(kept_anywhere):
    of = (TIMELINE, "one")
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    kept_anywhere.tell("two", ceo("jane"), occurred="2021-01-01", known="2023")
    before = kept_anywhere.record.retract(*of, reason=RetractionReason.WITHDRAWN, known=parse_date("2022")).revision
    after = kept_anywhere.record.correct(
        *of, reason=CLERICAL, content=told(ceo("mary"), occurred="2020-01-01"), version=1
    ).revision

    def believed(revision: int) -> list[tuple[str, int, int]]:
        with reading(kept_anywhere, at="2024", revision=revision) as reader:
            [spans] = reader.over_known(reader.keys()).values()
        return [(json_id(span.fact.payload), span.start, span.until) for span in spans]

    jane = ("jane", end("2023"), MAX_INSTANT)
    assert believed(before) == [("john", end("2020-01-01"), end("2022")), jane]
    assert believed(after) == [("mary", end("2020-01-01"), end("2022")), jane]


def json_id(payload: str) -> str:
    return next(name for name in ("john", "jane", "mary") if f'"{name}"' in payload)


def test_many_keys_are_read_in_portions(kept_anywhere, monkeypatch):
    monkeypatch.setattr(keyed, "_IN_LIST", 2)
    people = ("jane", "john", "mary")
    kept_anywhere.tell("one", *(seat(person) for person in people), ceo("jane"), occurred="2020-01-01")
    with reading(kept_anywhere) as reader:
        keys = reader.keys()
        assert len(keys) == len(reader.facts(keys)) == len(reader.over_at(keys)) == len(reader.over_known(keys)) == 4
