"""A state as prose: what holds, how surely, who says so, who disagrees; facts of one kind together."""

from __future__ import annotations

from typing import Any

import pytest

from projections.briefing.document import Document
from projections.briefing.stating import briefing
from projections.state import Evidence, Held, State
from timeline.basis import At, Basis, Known, Revision
from timeline.dates import parse_moment
from timeline.standing import Floor, Standing
from timeline.vocabulary import default_vocabulary

NAMES = {"acme": "Acme", "globex": "Globex", "jane": "Jane Doe", "john": "John Roe", "mary": "Mary Major", "xco": "xCo"}
VOCABULARY = default_vocabulary()
BASIS = Basis(At(parse_moment("2024-05-01")), Known(parse_moment("2024-05-01")), Revision(7), Floor.REPORTED)


def text(value: str) -> dict[str, Any]:
    return {"type": "text", "text": value}


def money(amount: str, **more: Any) -> dict[str, Any]:
    return {"type": "money", "amount": amount, "currency": "USD", **more}


def fact(attribute: str, subject: str, object_: str | None, value: dict[str, Any], **more: Any) -> Held:
    publisher = more.pop("publisher", "The Gazette")
    source = {"publisher": publisher, "title": "t", "url": f"https://example.org/{publisher}", **more.pop("source", {})}
    given: dict[str, Any] = {
        "key_development": None,
        "text": "",
        "since": "2024-03-04",
        "until": None,
        "is_certain": True,
        "standing": Standing.CONFIRMED,
        "known_since": 0,
        "evidence": Evidence(more.pop("development", "first"), (source,)),
        **more,
    }
    return Held(subject=subject, attribute=attribute, object=object_, value=value, **given)


def told(*facts: Held, basis: Basis = BASIS) -> Document:
    sections: dict[str, tuple[Held, ...]] = {section.name: () for section in VOCABULARY.sections}
    for one in facts:
        section = VOCABULARY.attributes[one.attribute].section
        sections[section] = (*sections[section], one)
    return briefing(State("t", basis, sections, NAMES), "Acme and Globex", VOCABULARY)


def sentences(*facts: Held) -> list[str]:
    chapters = told(*facts).chapters
    return [one.text for chapter in chapters for part in chapter.paragraphs for one in part.sentences]


def seat(person: str, capacity: str, since: str = "2024-03-04", **more: Any) -> Held:
    return fact("board_member", "acme", person, text(capacity), since=since, **more)


def test_the_head_says_what_the_briefing_rests_on():
    assert [one.text for one in told(seat("jane", "chair")).lead] == [
        "As of 1 May 2024, as known then, revision 7: what is confirmed or reported."
    ]
    later = Basis(BASIS.at, Known(parse_moment("2025-01-01")), Revision(9), Floor.CONFIRMED)
    assert told(basis=later).lead[0].text == (
        "As of 1 May 2024, as known on 1 January 2025, revision 9: what is confirmed."
    )


def test_a_fact_is_a_sentence_with_its_date_and_its_sources():
    document = told(seat("jane", "chair"))
    (chapter,) = document.chapters
    assert chapter.title == "Board"
    assert [one.text for one in chapter.paragraphs[0].sentences] == [
        "Jane Doe sits on the board of Acme as chair, since 4 March 2024."
    ]
    assert chapter.paragraphs[0].sentences[0].notes == (1,)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            (seat("jane", "chair", "2020"), seat("john", "member"), seat("mary", "member")),
            (
                "Jane Doe sits on the board of Acme as chair (since 2020), John Roe as member (since 4 March 2024), "
                "and Mary Major as member (since 4 March 2024)."
            ),
        ),
        (
            (seat("jane", "member"), seat("john", "member"), seat("mary", "member")),
            "Jane Doe sits on the board of Acme as member, and likewise John Roe and Mary Major, all since 4 March 2024.",
        ),
        (
            (
                fact("role", "jane", "acme", text("president")),
                fact("role", "john", "acme", text("head of research"), since="2023"),
            ),
            "Jane Doe is president at Acme (since 4 March 2024) and John Roe head of research (since 2023).",
        ),
        (
            (
                fact("investment", "globex", "acme", money("1000000000"), since="2019-07"),
                fact("investment", "globex", "acme", money("2000000000", qualifier="about"), since="2021~"),
            ),
            "Globex invested $1 billion in Acme (in July 2019) and about $2 billion (in or about 2021).",
        ),
        (
            (
                fact("uses", "acme", "globex", text("in search"), since="2020"),
                fact("uses", "acme", "xco", text("in mail"), since="2021"),
            ),
            "Acme uses Globex: in search (since 2020); and xCo: in mail (since 2021).",
        ),
        (
            (
                fact("stake_value", "globex", "acme", money("1000000")),
                fact("stake_value", "xco", "acme", money("2000000")),
            ),
            "The stake of Globex in Acme is worth $1 million, since 4 March 2024.",
        ),
    ],
    ids=["a verb said once", "alike but for who", "with an object", "only the value", "listed", "not to be joined"],
)
def test_facts_of_one_kind_are_told_together_where_that_reads_well(facts, said):
    assert sentences(*facts)[0] == said


def test_what_stands_or_holds_otherwise_has_a_sentence_of_its_own():
    found = sentences(
        seat("jane", "chair"),
        seat("john", "member", standing=Standing.REPORTED),
        seat("mary", "member", is_certain=False, since="2024-05"),
        seat("xco", "observer", standing=Standing.ALLEGED),
    )
    assert found == [
        "Jane Doe sits on the board of Acme as chair, since 4 March 2024.",
        "Reportedly, John Roe sits on the board of Acme as member, since 4 March 2024.",
        "Possibly, Mary Major sits on the board of Acme as member, if it has begun in May 2024.",
        "As is alleged, xCo sits on the board of Acme as observer, since 4 March 2024.",
    ]


def test_a_template_that_begins_with_words_goes_on_in_lower_case():
    value = fact("stake_value", "globex", "acme", money("1000000"), standing=Standing.REPORTED)
    assert sentences(value) == ["Reportedly, the stake of Globex in Acme is worth $1 million, since 4 March 2024."]


def test_a_name_in_lower_case_stays_so_at_the_beginning_of_a_sentence():
    assert sentences(fact("legal_form", "xco", None, text("a company")))[0].startswith("xCo is constituted")


def test_an_office_is_not_told_again_as_a_role():
    facts = (
        fact("chief_executive", "acme", None, {"type": "entity", "id": "jane"}),
        fact("role", "jane", "acme", text("chief executive")),
        fact("role", "jane", "globex", text("chief executive")),
    )
    assert sentences(*facts) == [
        "Jane Doe is chief executive of Acme, since 4 March 2024.",
        "Jane Doe is chief executive at Globex, since 4 March 2024.",
    ]


def test_an_end_that_is_known_is_told():
    assert sentences(seat("jane", "chair", until="2025-03-31"))[0].endswith("from 4 March 2024 to 31 March 2025.")


@pytest.mark.parametrize(
    ("rivals", "said"),
    [
        ([{"value": money("3000000"), "publisher": "The Herald"}], "though The Herald reports $3 million"),
        ([{"value": money("3000000"), "publisher": "P (copy)"}], "though P reports $3 million"),
        (
            [{"value": money("3000000"), "development": "first"}, {"value": money("4000000"), "development": "first"}],
            "though other accounts say $3 million or $4 million",
        ),
        (
            [{"standing": Standing.DENIED, "publisher": "Globex", "source": {"kind": "primary"}}],
            "though Globex denies it",
        ),
        (
            [{"standing": Standing.DENIED, "publisher": "The Herald", "source": {"kind": "press"}}],
            "though it is denied, as The Herald reports",
        ),
        (
            [{"value": money("3000000"), "standing": Standing.ALLEGED, "publisher": "Acme"}],
            "though Acme alleges $3 million",
        ),
    ],
)
def test_who_says_otherwise_is_told_in_the_same_sentence(rivals, said):
    contested = tuple(
        fact(
            "valuation",
            "acme",
            None,
            **{"value": money("2000000"), "standing": Standing.REPORTED, "development": "second", **rival},
        )
        for rival in rivals
    )
    (found,) = sentences(fact("valuation", "acme", None, money("2000000"), contested_by=contested))
    assert found == f"Acme is valued at $2 million, since 4 March 2024, {said}."


def test_every_source_of_a_sentence_is_noted_those_of_rivals_too():
    rival = fact("valuation", "acme", None, money("3"), publisher="The Herald", development="second")
    document = told(fact("valuation", "acme", None, money("2"), contested_by=(rival,)), seat("jane", "chair"))
    assert [note.publisher for note in document.notes] == ["The Gazette", "The Herald"]
    assert [one.notes for chapter in document.chapters for part in chapter.paragraphs for one in part.sentences] == [
        (1,),
        (1, 2),
    ]
