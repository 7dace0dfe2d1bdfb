"""Cursors: opaque, checked, and good for one question."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages import Cursor, read_cursor, require_same_basis
from api.problems import Problem
from tests.http.story import HOME
from timeline.dates import parse_moment

QUESTION = {"list": "developments", "filters": [["board"], None]}


@given(
    st.integers(-(2**62), 2**62),
    st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=80),
    st.integers(0, 2**62),
    st.none() | st.integers(-(2**62), 2**62),
)
def test_a_cursor_is_read_as_it_was_written(place, slug, revision, known):
    cursor = Cursor((place, slug), revision, known)
    assert read_cursor(cursor.text(QUESTION), QUESTION, (int, str)) == cursor


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: urlsafe_b64encode(raw).decode()))
def test_what_is_no_cursor_is_a_problem(text):
    with pytest.raises(Problem) as caught:
        read_cursor(text, QUESTION, (int, str))
    assert caught.value.type.slug == "invalid-cursor"
    assert caught.value.errors[0].field == "cursor"


@given(st.data())
def test_a_changed_cursor_is_a_problem(data):
    text = Cursor((5, "a"), 7, 9).text(QUESTION)
    place = data.draw(st.integers(0, len(text) - 2))
    other = data.draw(st.sampled_from("ABCxyz019-_").filter(lambda letter: letter != text[place]))
    with pytest.raises(Problem):
        read_cursor(text[:place] + other + text[place + 1 :], QUESTION, (int, str))


def test_a_cursor_of_another_question_is_a_problem():
    text = Cursor((5, "a"), 7, 9).text(QUESTION)
    with pytest.raises(Problem):
        read_cursor(text, {**QUESTION, "filters": [[], None]}, (int, str))


def forged(payload, question=QUESTION):
    """What somebody makes who knows how: the sum is right, the content is not."""
    packed = json.dumps(payload).encode()
    key = blake2b(json.dumps(question, sort_keys=True).encode(), digest_size=32).digest()
    return urlsafe_b64encode(blake2b(packed, digest_size=6, key=key).digest() + packed).decode().rstrip("=")


@pytest.mark.parametrize(
    "payload",
    [
        {},
        [],
        [1],
        [1, None],
        [1, None, 5],
        [1, None, "a", 5],
        [1, None, 5, "a", 6],
        [True, None, 5, "a"],
        [1, None, 2**63, "a"],
        [2**63, None, 5, "a"],
        [1, "now", 5, "a"],
        [1, None, 5.0, "a"],
        [1, None, 5, "a\x00"],
    ],
)
def test_a_forged_cursor_is_a_problem(payload):
    with pytest.raises(Problem):
        read_cursor(forged(payload), QUESTION, (int, str))


@pytest.mark.parametrize(
    ("revision", "known", "status"),
    [(10**6, 0, 404), (-1, 0, 404), (3, 2**62, 422), (3, -(2**62), 422), (3, None, 422), (3, 0, 200)],
)
def test_the_basis_of_a_forged_cursor_is_checked_like_any_other(on_sqlite, revision, known, status):
    first = on_sqlite.get(f"{HOME}/developments?limit=1&known=2024-04-19").json()["next"]
    assert len(urlsafe_b64decode(first + "==")) > 6
    question: dict[str, object] = {
        "list": "developments",
        "timeline": "acme-globex",
        "filters": [[], None, -(2**62), 2**62],
    }
    cursor = forged([revision, known, 0, "a"], question)
    assert on_sqlite.get(f"{HOME}/developments", params={"cursor": cursor}).status_code == status


def test_the_basis_may_be_repeated_beside_its_cursor():
    cursor = Cursor((), 7, parse_moment("2024-03-05T12:00:00Z"))
    require_same_basis(cursor, known="2024-03-05T12:00:00Z", revision=7)
    require_same_basis(cursor, known="2024-03-05", revision=None)  # the day was not over
    for known, revision in (("2024-03-04", None), ("2024-03-06", None), (None, 8)):
        with pytest.raises(Problem):
            require_same_basis(cursor, known=known, revision=revision)
