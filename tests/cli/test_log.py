import json
import signal

from inline_snapshot import snapshot

from projections.service import opened
from timeline.dates import parse_date
from timeline.settings import Settings
from timeline.standing import Standing


def test_the_log_is_a_table_of_events(loaded):
    assert loaded.says("log", "tiny", "--after", "14", "--limit", "9") == snapshot("""\
position  known              event                 what
      15  2010-03-02         DevelopmentRecorded   2010-03-01-first-investment  Northwind puts money into
                                                   Tidewater
      16  2010-03-02         DevelopmentRecorded   2010-03-01-board-seat  Cato Lind joins the board of the
                                                   yard
      17  2010-04-10         DevelopmentCorrected  2010-03-01-board-seat  finer-date: The register gives the
                                                   day.
      18  2010-05-20T09:00Z  DevelopmentRecorded   2010-05-20-supply-agreement  Supply agreement signed
      19  2010-06-30         SourceAdded           2010-03-01-first-investment  Northwind Ferries: Annual
                                                   report
      20  2010-06-30         DevelopmentCorrected  2010-03-01-first-investment  new-information: The annual
                                                   report gives the sum.
      21                     DevelopmentCorrected  2010-03-01-first-investment  clerical of version 1: The
                                                   first report said "nearly", not "about".
      22  2010-09-02         DevelopmentRecorded   2010-09-01-stake-rumour  Northwind said to own a third of
                                                   the yard
      23  2010-09-05         DevelopmentRecorded   2010-09-05-stake-denied  Tidewater denies the stake\
""")


def test_every_type_of_event_says_what_it_is_about(loaded):
    table = loaded.says("log", "tiny", columns=200)
    assert "TimelineOpened        tiny  Northwind Ferries and Tidewater Yard" in table
    assert "EntityDescribed       ada-holm  Ada Holm" in table
    assert "DevelopmentRetracted  2011-04-01-second-ferry-talks  withdrawn: Both sides say" in table
    assert "StandingChanged       2011-02-11-holm-leaves  now confirmed: The yard says so itself." in table
    assert "source-withdrawn: https://gazette.example/third" in table


def test_a_page_that_is_not_the_last_says_how_to_go_on(loaded):
    assert loaded("log", "tiny", "--limit", "5").stderr.strip() == "There are more: --after 5"
    assert loaded("log", "tiny", "--limit", "35").stderr == ""
    assert loaded.says("log", "tiny", "--after", "35") == ""


def test_in_json_every_event_is_a_line(loaded):
    lines = [json.loads(line) for line in loaded.says("log", "tiny", "--json").splitlines()]
    assert [line["position"] for line in lines] == list(range(1, 36))
    assert lines[0]["event"] == "TimelineOpened"
    assert {line["timeline"] for line in lines} == {"tiny"}


def test_following_shows_events_as_they_come_and_ends_with_an_interrupt(loaded):
    with (
        opened(Settings(database_url=loaded.url)) as service,
        loaded.running("log", "tiny", "--after", "34", "--follow", "--json") as child,
    ):
        assert json.loads(child.stdout.readline())["position"] == 35
        service.record.change_standing(
            "tiny", "2010-09-05-stake-denied", standing=Standing.REPORTED, known=parse_date("2010-12")
        )
        event = json.loads(child.stdout.readline())
        assert (event["position"], event["event"]) == (36, "StandingChanged")
        child.send_signal(signal.SIGINT)
        code = child.wait(timeout=30)
        assert (code, child.stderr.read()) == (0, "")


def test_an_unknown_timeline_is_told_of(loaded):
    assert loaded.refuses("log", "tinny") == 'Error: There is no timeline "tinny". Did you mean "tiny"?'
