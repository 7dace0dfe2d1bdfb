"""`timeline history` and `timeline entity`, as people read them."""

import json

import pytest
from inline_snapshot import snapshot

from projections.history.asking import Wanted
from projections.history.keys import histories_at
from projections.profiles import profile_at
from projections.service import opened
from timeline.settings import Settings


def test_the_history_of_a_key_tells_both_ways_of_stopping_apart(loaded):
    page = loaded.says(
        "history", "tiny", "--subject", "tidewater", "--attribute", "chief_executive", "--known", "2011-12-31"
    )
    assert page == snapshot("""\
Northwind Ferries and Tidewater Yard
As known on 2011-12-31: what is confirmed or reported (revision 35).

Chief executive: Tidewater Yard
  2010-03     Ada Holm is chief executive of Tidewater Yard                               confirmed  1 source
                known since 2010-03-02, by 2010-03-01-board-seat
                no longer believed since 2010-04-10: dated more precisely (The register
                gives the day); now since 2010-03-01
  2010-03-01  Ada Holm is chief executive of Tidewater Yard                               confirmed  1 source
                known since 2010-04-10, by 2010-03-01-board-seat
                replaced 2011-02-11, by 2011-02-11-holm-leaves
  2011-02-11  Bela Krog (interim) is chief executive of Tidewater Yard                    reported   1 source
                known since 2011-02-11T08:30:00Z, by 2011-02-11-holm-leaves
                no longer believed since 2011-02-12: its standing changed (The yard says
                so itself); now confirmed
  2011-02-11  Bela Krog (interim) is chief executive of Tidewater Yard                    confirmed  2 sources
                known since 2011-02-12, by 2011-02-11-holm-leaves\
""")


def test_denials_and_what_is_no_longer_believed_stay_in_the_history(loaded):
    page = loaded.says("history", "tiny", "--section", "ownership", "--known", "2010-12-31")
    assert page == snapshot("""\
Northwind Ferries and Tidewater Yard
As known on 2010-12-31: what is confirmed or reported (revision 35).

Equity stake: Northwind Ferries → Tidewater Yard
  2010-09-01  Northwind Ferries owns about 30% to 35% of Tidewater Yard                     reported  1 source
                known since 2010-09-02, by 2010-09-01-stake-rumour
                no longer believed since 2010-11-15: its source withdrawn (The paper took
                its report back)
  2010-09-01  denied: Northwind Ferries owns about 30% to 35% of Tidewater Yard             denied    1 source
                known since 2010-09-05, by 2010-09-05-stake-denied\
""")


def test_what_was_not_known_yet_is_not_in_the_history(loaded):
    page = loaded.says("history", "tiny", "--section", "ownership", "--known", "2010-09-03")
    assert "no longer believed" not in page
    assert "denied" not in page
    assert "The record has nothing to show here." in loaded.says("history", "tiny", "--known", "2009")


def test_the_history_in_json_is_what_the_archive_answers(loaded):
    answer = json.loads(loaded.says("history", "tiny", "--entity", "ada-holm", "--known", "2011-12", "--json"))
    with opened(Settings(database_url=loaded.url)) as service, service.archive.snapshot() as record:
        basis = record.basis(known="2011-12")
        found = histories_at(record, "tiny", basis, Wanted(entity="ada-holm"), limit=None)
    assert answer["items"] == found.as_json()
    assert answer["basis"] == {"known": "2011-12-31T23:59:59.999999Z", "revision": 35, "standing": "reported"}


def test_an_entity_is_one_page(loaded):
    page = loaded.says("entity", "tiny", "ada-holm", "--at", "2010-09-10", "--known", "2010-09-10")
    assert page == snapshot("""\
Ada Holm (person; Northwind Ferries and Tidewater Yard)
Founded the yard and led it until 2011.
On 2010-09-10, as known on 2010-09-10: what is confirmed or reported (revision 35).

Leadership
  Ada Holm is chief executive of Tidewater Yard  since 2010-03-01  confirmed  1 source
  Ada Holm chairs the board of Tidewater Yard    since 2010-03-01  confirmed  1 source

Board
  Ada Holm sits on the board of Tidewater Yard as founder  since 2010-03-01  confirmed  1 source

Relations
  ← Tidewater Yard  Chief executive     since 2010-03-01  confirmed
  ← Tidewater Yard  Chair of the board  since 2010-03-01  confirmed
  ← Tidewater Yard  Board member        since 2010-03-01  confirmed

Developments, the latest first
  2010-03-01  Cato Lind joins the board of the yard  confirmed
                2010-03-01-board-seat\
""")


def test_an_entity_in_json_is_what_the_archive_answers(loaded):
    answer = json.loads(loaded.says("entity", "tiny", "ada-holm", "--at", "2010-09", "--known", "2010-09", "--json"))
    with opened(Settings(database_url=loaded.url)) as service, service.archive.snapshot() as record:
        assert answer == profile_at(record, "tiny", "ada-holm", record.basis("2010-09", "2010-09")).as_json()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("history", "tiny", "--attribute", "chief_exec"), 2, "Error: --attribute: the vocabulary has no attribute"),
        (("history", "tiny", "--section", "captial"), 2, 'Error: --section: there is no section "captial". Did you'),
        (("history", "tiny", "--entity", "ada"), 2, 'Error: --entity: the timeline "tiny" has no entity "ada".'),
        (("history", "tiny", "--known", "9000"), 2, 'Error: --known: "9000" lies in the future'),
        (("history", "tinny"), 1, 'Error: There is no timeline "tinny". Did you mean "tiny"?'),
        (("entity", "tiny", "ada"), 1, 'Error: The timeline "tiny" has no entity "ada". Did you mean "ada-holm"?'),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_remedy(loaded, arguments, code, told):
    assert loaded.refuses(*arguments, code=code).startswith(told)
