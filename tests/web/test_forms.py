"""Forms: what is typed becomes an address that can be shared."""

from __future__ import annotations

import pytest

from api.examples import TIMELINE
from api.web.page_route import tidied
from api.web.typed_dates import as_query

STATE = f"/t/{TIMELINE}/state"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("19 November 2023", "2023-11-19"),
        ("19th of November 2023", "2023-11-19"),
        ("on 19 nov 2023", "2023-11-19"),
        ("19. November 2023", "2023-11-19"),
        ("November 19, 2023", "2023-11-19"),
        ("Nov. 9 2023", "2023-11-09"),
        ("november 2023", "2023-11"),
        ("in Sept. 2023", "2023-09"),
        ("2023/11/9", "2023-11-09"),
        ("2023-1-9", "2023-01-09"),
        ("20 November 2023, 07:53 UTC", "2023-11-20T07:53Z"),
        (" 2023 ", "2023"),
        ("2023-11-20T18:00Z", "2023-11-20T18:00Z"),
        ("today", ""),
        ("Now", ""),
    ],
)
def test_dates_are_read_as_people_type_them(typed, read):
    assert as_query(typed) == read


@pytest.mark.parametrize("typed", ["4/5/2024", "31 February 2024", "last Tuesday", "19 Brumaire 1799", ""])
def test_a_date_that_could_mean_two_things_or_none_stays_as_it_was_typed(typed):
    assert as_query(typed) == typed


def test_what_is_tidy_stays_as_it_is():
    once = tidied([("at", " 5 May 2024 "), ("known", ""), ("q", " board  observer ")])
    assert once == [("at", "2024-05-05"), ("q", "board  observer")]
    assert tidied(once) == once


@pytest.mark.parametrize(
    ("sent", "shared"),
    [
        (f"{STATE}?at=10+March+2024&known=&standing=", f"{STATE}?at=2024-03-10"),
        (f"{STATE}?at=&known=today", STATE),
        ("/?at=", "/"),
    ],
)
def test_a_form_leads_to_the_address_that_means_the_same_in_short(on_sqlite, sent, shared):
    answer = on_sqlite.get(sent, follow_redirects=False)
    assert answer.status_code == 303
    assert str(on_sqlite.get(sent).url) == f"http://testserver{shared}"


def test_a_form_never_leads_elsewhere(on_sqlite):
    answer = on_sqlite.get("//example.org/t/x/state?at=", follow_redirects=False)
    assert answer.headers["location"] == "state"


def test_comparing_from_one_date_on_goes_to_today(on_sqlite):
    answer = on_sqlite.get(f"/t/{TIMELINE}/compare?from=2024-01")
    assert "31 January 2024 to 1 June 2024" in " ".join(answer.text.replace('<span class="moment">', "").split())
