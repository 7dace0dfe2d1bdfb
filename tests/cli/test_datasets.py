import json

import pytest
from inline_snapshot import snapshot

from tests.timeline.datasets.folders import TINY, Folder
from timeline.datasets.figures import figures
from timeline.datasets.reading import bundled, read_dataset


@pytest.fixture
def tiny(tmp_path):
    return Folder.tiny(tmp_path)


def test_loading_says_what_it_added_and_the_second_time_that_nothing_was(timeline):
    assert (
        timeline.says("load", str(TINY)) == "tiny: 11 developments, 10 later events, 13 entities added (revision 35)."
    )
    assert timeline.says("load", str(TINY)) == "tiny: nothing to do, 11 developments unchanged (revision 35)."


def test_loading_makes_the_schema_of_an_empty_database(empty_database_url):
    from tests.cli.running import Timeline

    assert "13 entities added" in Timeline(empty_database_url).says("load", str(TINY))


def test_loading_again_says_what_changed(loaded, tiny):
    tiny.change(
        "developments/2011.yaml",
        "damages_sought: {money: 250 thousand EUR}",
        "damages_sought: {money: 270 thousand EUR}",
    )
    assert loaded.says("load", str(tiny.path)) == "tiny: 1 later event added, 10 developments unchanged (revision 36)."


def test_the_counts_of_a_load_in_json(timeline):
    assert json.loads(timeline.says("load", str(TINY), "--json")) == {
        "items": [
            {
                "timeline": "tiny",
                "revision": 35,
                "events": 35,
                "entities": 13,
                "developments": 11,
                "later_events": 10,
                "unchanged": 0,
                "kept": [],
            }
        ]
    }


def test_a_data_set_with_errors_is_not_loaded_and_every_error_is_shown(timeline, tiny):
    tiny.change("developments/2010.yaml", "kind: investment", "kind: invest")
    tiny.change("developments/2011.yaml", "stage: filed", "stage: fild")
    told = timeline.says("load", str(tiny.path), code=1)
    assert "tiny: 2 errors, no warnings" in told
    assert "The database holds no timeline" in timeline.refuses("state", "tiny")


def test_what_is_no_data_set_is_told_of_with_those_that_are(timeline, tmp_path):
    slug = next(iter(bundled()))
    assert timeline.refuses("load", f"{slug}s") == f'Error: There is no data set "{slug}s". Did you mean "{slug}"?'
    assert "has no timeline.yaml. Name a folder with a timeline.yaml. Bundled are:" in timeline.refuses(
        "load", str(tmp_path)
    )


def test_validating_names_every_mistake_with_file_line_record_and_field(nowhere, tiny):
    tiny.change("developments/2010.yaml", "kind: investment", "kind: invest")
    tiny.change("developments/2011.yaml", "known: 2011-08-01\n", "known: 2011-07-20\n")
    told = nowhere.says("validate", str(tiny.path), code=1)
    assert told.partition("  developments ")[0] == snapshot("""\
tiny/developments/2010.yaml:4  error  2010-03-01-first-investment kind
    there is no kind "invest". Did you mean "investment"? The kinds are leadership, board, investment, funding-round, valuation, equity, agreement, term, cloud-deal, license, product, restructuring, negotiation, lawsuit, regulatory, competition, statement, people, safety, research.
tiny/developments/2011.yaml:76  warning  2011-08-01-review-opened known
    known at 2011-07-20, before it occurred (2011-08-01). Mend one of them, unless it was announced beforehand.
tiny: 1 error, 1 warning
""")


def test_numbers_say_how_well_a_data_set_is_founded(nowhere):
    assert nowhere.says("validate", str(TINY)) == snapshot("""\
tiny: no errors, no warnings
  developments                                        11
  with a source                                       11  100.0%
  with a source of a party, court or regulator         8  72.7%
  known a year or more after they occurred             0
  corrections                                          5  1 new-information, 1 finer-date, 2 clerical, 1 source-withdrawn
  retractions                                          2  1 withdrawn, 1 clerical
  contested keys                                       1
  entities                                            13\
""")


def test_a_folder_that_cannot_be_read_has_no_numbers(nowhere, tiny):
    tiny.write("timeline.yaml", "[tiny]")
    assert nowhere.says("validate", str(tiny.path), code=1).endswith("tiny: 1 error, no warnings")
    assert json.loads(nowhere.says("validate", str(tiny.path), "--json", code=1))["figures"] == []


def test_warnings_alone_do_not_fail(nowhere, tiny):
    tiny.change("developments/2011.yaml", "known: 2011-08-01\n", "known: 2011-07-20\n")
    assert "tiny: no errors, 1 warning\n" in nowhere.says("validate", str(tiny.path))


def test_what_is_confirmed_by_one_paper_fails(nowhere, tiny):
    tiny.change("developments/2011.yaml", "kind: regulator}", "kind: press}")
    assert "tiny: 1 error, no warnings\n" in nowhere.says("validate", str(tiny.path), code=1)


def test_findings_in_json(nowhere, tiny):
    tiny.change("developments/2010.yaml", "kind: investment", "kind: invest")
    (item,) = json.loads(nowhere.says("validate", str(tiny.path), "--json", code=1))["items"]
    assert {name: item[name] for name in ("dataset", "severity", "file", "line", "record", "field")} == {
        "dataset": "tiny",
        "severity": "error",
        "file": "developments/2010.yaml",
        "line": 4,
        "record": "2010-03-01-first-investment",
        "field": "kind",
    }


def test_the_numbers_in_json(nowhere):
    (numbers,) = json.loads(nowhere.says("validate", str(TINY), "--json"))["figures"]
    assert numbers == {"dataset": "tiny", **figures(read_dataset(TINY).checked()).as_json()}


def test_validating_needs_no_database(nowhere, tmp_path):
    nowhere("validate", str(TINY))
    assert list(tmp_path.iterdir()) == []
