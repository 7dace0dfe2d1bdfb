import json

import pytest
from inline_snapshot import snapshot


def test_hits_read_like_a_page(loaded):
    page = loaded.says("search", "tiny", "chief executive", "--known", "2010-09-10", "--limit", "2")
    assert page == snapshot("""\
Northwind Ferries and Tidewater Yard
As known on 2010-09-10 (revision 35).

Ada Holm is chief executive of Tidewater Yard  since 2010-03-01, confirmed
    Cato Lind joins the board of the yard
    fact in 2010-03-01-board-seat, version 2

Cato Lind joins the board of the yard  2010-03-01, confirmed
    Ada Holm is chief executive of Tidewater Yard
    board 2010-03-01-board-seat, version 2\
""")


def test_what_was_not_known_then_is_not_found(loaded):
    page = loaded.says("search", "tiny", "chief executive", "--known", "2009")
    assert page.endswith("Nothing of the sort was known then.")


def test_hits_in_json(loaded):
    answer = json.loads(loaded.says("search", "tiny", "holm", "--type", "entity", "--json"))
    assert [(item["type"], item["entity"]) for item in answer["items"]] == [("entity", "ada-holm")]
    assert answer["basis"].keys() == {"known", "revision"}


def test_options_narrow_what_is_found(loaded):
    def slugs(*options):
        answer = loaded.says(
            "search", "tiny", "tidewater", "--type", "development", "--limit", "50", "--json", *options
        )
        return {item["development"] for item in json.loads(answer)["items"]}

    every = slugs()
    for options in (
        ("--kind", "investment"),
        ("--party", "cato-lind"),
        ("--from", "2010-09"),
        ("--until", "2010-04"),
        ("--at", "2010-06"),
        ("--revision", "20"),
    ):
        assert slugs(*options) < every, options


def test_a_standing_is_the_least_that_counts(loaded):
    arguments = ("search", "tiny", "owns", "--type", "fact", "--known", "2010-09-10", "--json")
    found = {item["standing"] for item in json.loads(loaded.says(*arguments))["items"]}
    assert found > {"reported"}
    answer = json.loads(loaded.says(*arguments, "--standing", "reported"))
    assert {item["standing"] for item in answer["items"]} < found


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (
            ('"abc',),
            1,
            "Error: A quotation mark has no partner. Close the phrase with another one, or leave the mark out.",
        ),
        (("the",), 1, "Error: The query has only words that nearly every text has."),
        (
            ("a1", "--type", "event"),
            2,
            'Error: --type: there is no type "event". There are: development, fact, entity.',
        ),
        (("a1", "--kind", "law"), 2, 'Error: --kind: there is no kind "law". There are: '),
        (("a1", "--from", "2010-13"), 2, "Error: --from: '2010-13': there is no month 13"),
        (("a1", "--from", "2011", "--until", "2010"), 2, 'Error: --from: "2011" lies after "2010"'),
        (("a1", "--party", "nobody"), 2, 'Error: --party: the timeline "tiny" has no entity "nobody".'),
    ],
)
def test_what_cannot_be_asked_says_what_to_do(loaded, arguments, code, told):
    assert loaded.refuses("search", "tiny", *arguments, code=code).startswith(told)
