import json

import pytest
from inline_snapshot import snapshot

from projections.comparison import compare
from projections.service import opened
from timeline.settings import Settings

YEAR = ("--from", "2010-01-01", "--to", "2010-12-31", "--known", "2012-01-01")


def test_the_difference_is_a_page_that_tells_the_year(loaded):
    assert loaded.says("diff", "tiny", *YEAR) == snapshot("""\
Northwind Ferries and Tidewater Yard: what changed
From 1 January 2010 to 31 December 2010, as known on 1 January 2012: what is confirmed or reported (revision 35).
Of the facts, 9 came, by 4 developments.

Leadership
  2010-03-01  + Ada Holm is chief executive of Tidewater Yard (and 1 more) – Tidewater Yard

Board
  2010-03-01  + Ada Holm sits on the board of Tidewater Yard as founder (and 1 more) – Tidewater Yard

Capital
  2010-03-01  + Northwind Ferries invested €11.5 million in cash in Tidewater Yard (and 1 more) – Harbour Gazette +1

Agreements and terms
  2010-05-20  + The term "Licence of the hull design" reads: 2020-12-31 (in force) (and 1 more) – Northwind Ferries

Statements
  2010-09-01  + Tidewater Yard said that Northwind does not own a third of the yard (the stake) – Tidewater Yard\
""")


def test_all_of_it_is_told_on_demand(loaded):
    page, whole = loaded.says("diff", "tiny", *YEAR), loaded.says("diff", "tiny", *YEAR, "--all")
    assert "more)" in page
    assert "more)" not in whole
    assert len(whole.splitlines()) > len(page.splitlines())


def test_the_difference_in_json_is_what_the_comparison_answers(loaded):
    answer = json.loads(loaded.says("diff", "tiny", *YEAR, "--json"))
    with opened(Settings(database_url=loaded.url)) as service, service.archive.snapshot() as snapshot:
        bases = (snapshot.basis(at, "2012-01-01") for at in ("2010-01-01", "2010-12-31"))
        assert answer == json.loads(json.dumps(compare(snapshot, "tiny", *bases).as_json()))


def test_knowledge_and_the_record_can_move_instead(loaded):
    assert "as known" not in loaded.says("diff", "tiny", "--known-from", "2010", "--known-to", "2012", "--at", "2010")
    page = loaded.says("diff", "tiny", "--revision-from", "14", "--revision-to", "35")
    assert "Revision 14 to 35" in page


def test_a_state_is_told_as_prose_with_its_sources(loaded):
    page = loaded.says("brief", "tiny", "--at", "2010-09-10", "--known", "2010-09-10")
    assert page == snapshot("""\
NORTHWIND FERRIES AND TIDEWATER YARD

As of 10 September 2010, as known then, revision 35: what is confirmed or reported.

Leadership
----------

Ada Holm is chief executive of Tidewater Yard, since 1 March 2010. [1]

Ada Holm chairs the board of Tidewater Yard, since 1 March 2010. [1]

Board
-----

Ada Holm sits on the board of Tidewater Yard as founder and Cato Lind as director for
Northwind, both since 1 March 2010. [1]

Capital
-------

Northwind Ferries invested €11.5 million in cash in Tidewater Yard on 1 March 2010. [2,
3]

Northwind Ferries has committed €40 million to Tidewater Yard in all, since 1 March
2010. [2, 3]

Ownership and economic rights
-----------------------------

Reportedly, Northwind Ferries owns about 30% to 35% of Tidewater Yard, since 1 September
2010, though Tidewater Yard denies it. [4, 5]

Agreements and terms
--------------------

The term "Licence of the hull design" reads: 31 December 2020 (in force), since 20 May
2010. [6]

The agreement "Supply agreement" is signed, since 20 May 2010. [6]

Statements
----------

Tidewater Yard said that Northwind does not own a third of the yard (the stake), on 1
September 2010. [5]

Sources
-------

[1] Tidewater Yard, New board, 2 March 2010. https://tidewater.example/board
[2] Harbour Gazette, Ferry line buys into yard, 2 March 2010.
    https://gazette.example/ferry-line
[3] Northwind Ferries, Annual report, 30 June 2010. https://northwind.example/report
[4] Harbour Gazette, A third of the yard, 2 September 2010.
    https://gazette.example/third
[5] Tidewater Yard, On the stake, 5 September 2010. https://tidewater.example/stake
[6] Northwind Ferries, Agreement with Tidewater, 20 May 2010.
    https://northwind.example/agreement\
""")


def test_a_difference_is_told_as_prose(loaded):
    page = loaded.says("brief", "tiny", *YEAR)
    assert page.startswith("NORTHWIND FERRIES AND TIDEWATER YARD\n\nFrom 1 January 2010 to 31 December 2010,")
    assert "Sources\n-------" in page


def test_prose_comes_as_markdown_and_html_too(loaded):
    assert loaded.says("brief", "tiny", "--format", "markdown").startswith("# Northwind Ferries and Tidewater Yard\n")
    assert loaded.says("brief", "tiny", "--format", "html").startswith("<!doctype html>")
    assert loaded.says("brief", "tiny", "--format", "html-fragment").startswith('<article class="briefing">')


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "Error: --from: it is not said between what to compare."),
        (("--from", "2010"), 2, 'Error: --to: "from" is given without "to".'),
        (("--from", "2011", "--to", "2010"), 2, 'Error: --from: "from" (2011-12-31T23:59:59.999999Z) lies after "to"'),
        (("--known-from", "2010", "--known-to", "9000"), 2, 'Error: --known-to: "9000" lies in the future'),
        (("--from", "2010-13", "--to", "2011"), 2, "Error: --from: '2010-13': there is no month 13"),
        (("--revision-from", "1", "--revision-to", "99"), 1, "Error: --revision-to: the log has no revision 99"),
        (("--from", "2010", "--to", "2011", "--at", "2010"), 2, 'Error: --at: "at" is given beside "from" and "to".'),
    ],
)
def test_what_cannot_be_compared_is_told_with_the_remedy(loaded, arguments, code, told):
    assert loaded.refuses("diff", "tiny", *arguments, code=code).startswith(told)
    if arguments:
        assert loaded.refuses("brief", "tiny", *arguments, code=code).startswith(told)


def test_an_unknown_timeline_is_told_of_with_the_one_that_was_meant(loaded):
    for command in ("diff", "brief"):
        assert loaded.refuses(command, "tinny", *YEAR) == 'Error: There is no timeline "tinny". Did you mean "tiny"?'
