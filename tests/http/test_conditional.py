"""ETag, If-None-Match, Cache-Control and HEAD. The framework ignores If-None-Match and refuses HEAD; here both work."""

from __future__ import annotations

import pytest

from api.conditional import development_tag, entity_tag, events_seen, matches
from tests.http.story import HOME, REMOVAL, STATE, write

PINNED = f"{STATE}?at=2024-03-10&known=2024-03-31&revision=8"

ADDRESSES = [
    "/v1/",
    "/v1/vocabulary",
    "/v1/timelines",
    HOME,
    f"{STATE}?at=2024-03-10&known=2024-03-31",
    PINNED,
    f"{STATE}/timemap",
    f"{HOME}/developments?known=2024-03-31",
    f"{REMOVAL}?known=2024-03-31",
    f"{HOME}/entities",
    f"{HOME}/entities/acme",
    f"{HOME}/facts",
    f"{HOME}/events",
    "/problems",
    "/problems/unknown-timeline",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_the_answer_already_is_told_so(on_sqlite, address):
    for _ in range(2):  # the second time it may come from memory
        first = on_sqlite.get(address)
        etag = first.headers["etag"]
        assert not etag.startswith("W/"), "the same basis gives the same bytes: the tag is strong"
        again = on_sqlite.get(address, headers={"If-None-Match": f'"other", {etag}'})
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "cache-control", "vary", "link", "content-location", "timeline-revision"):
            if name != "link" or "timemap" in first.headers.get(name, ""):
                assert again.headers.get(name) == first.headers.get(name), name
        assert on_sqlite.get(address, headers={"If-None-Match": '"other"'}).content == first.content


@pytest.mark.parametrize("address", [*ADDRESSES, "/health", "/openapi.json"])
def test_head_answers_like_get_without_the_body(on_sqlite, address):
    shown = on_sqlite.get(address)
    told = on_sqlite.head(address)
    assert (told.status_code, told.content) == (200, b"")
    assert dict(told.headers) == dict(shown.headers)


def test_head_of_what_cannot_be_read_is_refused_like_get(on_sqlite):
    answer = on_sqlite.head(f"{REMOVAL}/corrections")
    assert (answer.status_code, answer.content, answer.headers["allow"]) == (405, b"", "POST")


def test_an_answer_whose_address_pins_its_basis_may_be_kept_for_good(on_sqlite):
    for address in (
        PINNED,
        f"{REMOVAL}?known=2024-03-31&revision=8",
        f"{HOME}/developments?known=2024-03-31&revision=8",
        f"{HOME}/entities?revision=8",
        f"{HOME}/entities/acme?at=2024-03-10&known=2024-03-31&revision=8",
        f"{HOME}/facts?known=2024-03-31&revision=8",
        f"{HOME}/events?revision=8",
        f"{HOME}?revision=8",
        "/v1/timelines?revision=8",
        f"{STATE}/timemap?revision=8",
    ):
        assert on_sqlite.get(address).headers["cache-control"] == "public, max-age=31536000, immutable", address


@pytest.mark.parametrize(
    "address",
    [
        STATE,
        f"{STATE}?revision=8",
        f"{STATE}?at=2024-03-10&known=2024-03-31",
        f"{STATE}?at=2024-03-10&revision=8",
        f"{STATE}?known=2024-03-31&revision=8",
        f"{STATE}?at=2024-03-10&known=2024-06-01&revision=8",
        f"{REMOVAL}?revision=8",
        f"{HOME}/developments?revision=8",
        f"{HOME}/entities",
        f"{HOME}/entities/acme?revision=8",
        f"{HOME}/facts?revision=8",
    ],
)
def test_other_answers_are_to_be_asked_for_again(on_sqlite, address):
    assert on_sqlite.get(address).headers["cache-control"] == "no-cache"


def test_problems_are_not_kept(on_sqlite):
    assert on_sqlite.get("/v1/timelines/nobody").headers["cache-control"] == "no-store"


def test_an_event_changes_the_tags_of_what_it_may_have_changed(told):
    address = f"{STATE}?at=2024-03-10&known=2024-03-31"
    before, pinned = told.get(address), told.get(PINNED)
    write(told, f"{REMOVAL}/retraction", {"reason": "clerical"})
    assert told.get(address, headers={"If-None-Match": before.headers["etag"]}).status_code == 200
    assert told.get(PINNED, headers={"If-None-Match": pinned.headers["etag"]}).status_code == 304


def test_each_part_of_the_basis_is_in_the_tag(on_sqlite):
    asked = {"at": "2024-03-10", "known": "2024-03-31", "revision": "8", "standing": "reported"}
    others = {"at": "2024-03-11", "known": "2024-03-30", "revision": "9", "standing": "alleged"}
    questions = [asked, *({**asked, name: other} for name, other in others.items())]
    assert len({on_sqlite.get(STATE, params=question).headers["etag"] for question in questions}) == 5


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ("", False),
        ('"A"', False),
    ],
)
def test_if_none_match_compares_weakly(condition, is_met):
    assert matches(condition, '"a"') is is_met


def test_tags_do_not_run_their_parts_together():
    assert entity_tag("a", "bc") != entity_tag("ab", "c")


def test_the_tag_of_a_development_says_how_many_events_were_seen():
    tag = development_tag("t", "d", 3, "basis")
    assert events_seen(f'"x", {tag}', "t", "d") == frozenset({3})
    assert events_seen(tag, "t", "other") == frozenset()
    assert events_seen("*", "t", "d") is None
    assert events_seen('"99999999999999999999-0"', "t", "d") == frozenset()
