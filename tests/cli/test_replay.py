"""`timeline replay`."""

from __future__ import annotations

import json


def steps(timeline, *more):
    return [json.loads(line) for line in timeline.says("replay", "tiny", "--json", *more).splitlines()]


def test_a_replay_says_what_happened_and_which_facts_changed(loaded):
    told = loaded.says(
        "replay", "tiny", "--from", "2010-03-01", "--to", "2010-05-31", "--at", "2010-06-01", columns=200
    )
    lines = told.splitlines()
    assert lines[0] == "2010-03-02"
    assert "  15: Northwind puts money into Tidewater  (development)" in lines
    assert any(line.startswith("    + ") and "[development]" in line for line in lines)
    assert any(line.startswith("    ~ ") and "[finer-date]" in line for line in lines)
    assert lines[-1] == "The end is at --from 2010-05-20T09:00:00Z."


def test_its_end_is_where_the_next_one_begins(loaded):
    whole = steps(loaded, "--at", "2012")
    token = whole[3]["token"]
    assert steps(loaded, "--at", "2012", "--from", token) == whole[4:]
    assert steps(loaded, "--at", "2012", "--to", token) == whole[:4]


def test_the_last_state_is_that_of_the_state_command(loaded):
    for clock in ("at", "known", "recorded"):
        last = steps(loaded, "--clock", clock, "--state")[-1]["state"]
        asked = json.loads(loaded.says("state", "tiny", "--json", "--known", "2025", "--at", "2025"))
        assert last["sections"] == asked["sections"]


def test_steps_at_which_no_fact_changes_can_be_left_out(loaded):
    asked = ("--clock", "recorded", "--at", "2012", "--known", "2012")
    assert [step for step in steps(loaded, *asked) if step["changes"]] == steps(loaded, *asked, "--changes")


def test_step_by_step_it_waits_for_the_return_key(loaded):
    from typer.testing import CliRunner

    from api.cli.program import app

    environment = {"TIMELINE_DATABASE_URL": loaded.url, "COLUMNS": "110"}
    ask = ["replay", "tiny", "--step", "--to", "2010-05-31"]
    done = CliRunner(env=environment).invoke(app, ask, input="\n" * 50)
    stopped = CliRunner(env=environment).invoke(app, ask, input="\n")
    assert done.exit_code == 0
    assert "The end is at" in done.stdout
    assert stopped.exit_code == 1, "nobody presses the key any more"


def test_nothing_may_have_happened(loaded):
    assert loaded.says("replay", "tiny", "--to", "1999") == "Nothing happens."


def test_what_cannot_be_replayed_is_told_in_one_line(loaded):
    assert loaded.refuses("replay", "tiny", "--speed", "quickly", code=2).startswith(
        'Error: --speed: "quickly" is no speed.'
    )
    assert loaded.refuses("replay", "tiny", "--to", "2010", "--from", "2011", code=2).startswith("Error: --from: ")
    assert loaded.refuses("replay", "tiny", "--known", "2010", code=2).startswith("Error: --known: ")
    assert loaded.refuses("replay", "tinny").startswith('Error: There is no timeline "tinny". Did you mean "tiny"?')
