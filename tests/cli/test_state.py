import json
import re

import pytest
from inline_snapshot import snapshot

from projections.service import opened
from timeline.settings import Settings


def test_the_state_reads_like_a_page(loaded):
    page = loaded.says("state", "tiny", "--at", "2010-09-10", "--known", "2010-09-10")
    assert page == snapshot("""\
Northwind Ferries and Tidewater Yard
On 2010-09-10, as known on 2010-09-10: what is confirmed or reported (revision 35).

Leadership
  Ada Holm is chief executive of Tidewater Yard  since 2010-03-01  confirmed  1 source
  Ada Holm chairs the board of Tidewater Yard    since 2010-03-01  confirmed  1 source

Board
  Ada Holm sits on the board of Tidewater Yard as founder                since 2010-03-01  confirmed  1 source
  Cato Lind sits on the board of Tidewater Yard as director for          since 2010-03-01  confirmed  1 source
  Northwind

Capital
  Northwind Ferries invested €11.5 million in cash in Tidewater Yard    since 2010-03-01  confirmed  2 sources
  Northwind Ferries has committed €40 million to Tidewater Yard in all  since 2010-03-01  confirmed  2 sources

Ownership and economic rights
  Northwind Ferries owns about 30% to 35% of Tidewater Yard           since 2010-09-01  reported  1 source
      but: Northwind Ferries owns about 30% to 35% of Tidewater Yard  since 2010-09-01  denied    1 source

Agreements and terms
  The term "Licence of the hull design" reads: 2020-12-31 (in force)  since 2010-05-20  confirmed  1 source
  The agreement "Supply agreement" is signed                          since 2010-05-20  confirmed  1 source

Statements
  Tidewater Yard said that Northwind does not own a third of the yard    since 2010-09-01  confirmed  1 source
  (the stake)

It last changed on 2010-09-01 and it next changes on 2011-01-01.\
""")


def test_a_fact_is_only_possible_where_the_dates_leave_it_open(loaded):
    page = loaded.says("state", "tiny", "--at", "2010-03-15", "--known", "2010-03-15", "--section", "leadership")
    assert page == snapshot("""\
Northwind Ferries and Tidewater Yard
On 2010-03-15, as known on 2010-03-15: what is confirmed or reported (revision 35).

Leadership
  possibly: Ada Holm is chief executive of Tidewater Yard  since 2010-03  confirmed  1 source
  possibly: Ada Holm chairs the board of Tidewater Yard    since 2010-03  confirmed  1 source\
""")


def test_at_the_floor_of_what_is_confirmed_less_holds(loaded):
    arguments = ("state", "tiny", "--at", "2010-09-10", "--known", "2010-09-10", "--section", "ownership")
    assert "owns about 30% to 35%" in loaded.says(*arguments)
    assert loaded.says(*arguments, "--standing", "confirmed") == snapshot("""\
Northwind Ferries and Tidewater Yard
On 2010-09-10, as known on 2010-09-10: what is confirmed (revision 35).

The record has nothing to show here.\
""")


def test_at_an_earlier_revision_the_record_had_less(loaded):
    assert "invested" not in loaded.says("state", "tiny", "--revision", "14")


def test_without_dates_the_state_is_that_of_now(loaded):
    second_line = loaded.says("state", "tiny").splitlines()[1]
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
    assert re.fullmatch(
        rf"On {moment}, as known on {moment}: what is confirmed or reported \(revision 35\)\.", second_line
    )


def test_the_state_in_json_is_what_the_archive_answers(loaded):
    answer = json.loads(loaded.says("state", "tiny", "--at", "2011-12-31", "--known", "2011-11", "--json"))
    with opened(Settings(database_url=loaded.url)) as service:
        assert answer == service.archive.state("tiny", at="2011-12-31", known="2011-11").as_json()


def test_sections_narrow_the_json_too(loaded):
    answer = json.loads(loaded.says("state", "tiny", "--section", "capital", "--section", "cloud", "--json"))
    assert list(answer["sections"]) == ["capital", "cloud"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--at", "2010-13"), "Error: --at: '2010-13': there is no month 13; months run from 01 to 12"),
        (("--known", "soon"), "Error: --known: 'soon': use digits; write year, month and day in this order"),
        (("--known", "9000"), 'Error: --known: "9000" lies in the future'),
        (("--section", "captial"), 'Error: --section: there is no section "captial". There are: leadership, board,'),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_the_command_line(loaded, arguments, told):
    assert loaded.refuses("state", "tiny", *arguments, code=2).startswith(told)


def test_a_standing_that_does_not_exist_is_refused_with_those_that_do(loaded):
    told = loaded.refuses("state", "tiny", "--standing", "denied", code=2)
    assert "'denied' is not one of 'confirmed', 'reported', 'alleged'" in told


def test_a_revision_that_the_log_has_not_reached_is_told_of(loaded):
    told = loaded.refuses("state", "tiny", "--revision", "36")
    assert told == "Error: --revision: the log has no revision 36; the newest is 35. Leave it out for the newest."


def test_an_unknown_timeline_is_told_of_with_the_one_that_was_meant(loaded):
    assert loaded.refuses("state", "tinny") == 'Error: There is no timeline "tinny". Did you mean "tiny"?'
    assert loaded.refuses("state", "x") == 'Error: There is no timeline "x". There are: tiny.'


def test_a_database_without_timelines_says_how_to_fill_it(timeline):
    told = timeline.refuses("state", "tiny")
    assert told == "Error: The database holds no timeline. Fill it with `timeline load`."


def test_a_database_that_does_not_exist_is_not_made_by_asking(nowhere, tmp_path):
    told = nowhere.refuses("state", "tiny")
    assert told == (
        f"Error: The database {nowhere.url} is empty. Fill it with `timeline load`, or name another one with --database."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_is_empty_too(empty_postgresql_url):
    from tests.cli.running import Timeline

    assert "is empty. Fill it with `timeline load`" in Timeline(empty_postgresql_url).refuses("state", "tiny")
