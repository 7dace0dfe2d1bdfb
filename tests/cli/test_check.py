import json

import pytest
from inline_snapshot import snapshot

BASIS = ("--at", "2010-09-10", "--known", "2010-09-10")


def test_a_verdict_is_told_with_its_reason_its_facts_and_its_sources(loaded):
    assert loaded.says("check", "tiny", "Ada Holm is the chief executive of Tidewater Yard.", *BASIS) == snapshot("""\
Northwind Ferries and Tidewater Yard
On 2010-09-10, as known on 2010-09-10: what is confirmed or reported (revision 35).

supported
The record says so: Ada Holm is chief executive of Tidewater Yard, since 1 March 2010 (confirmed).

It held since 1 March 2010.

Ada Holm is chief executive of Tidewater Yard, since 1 March 2010 confirmed
    Tidewater Yard: New board
    https://tidewater.example/board\
""")


def test_a_sentence_that_is_not_right_ends_with_exit_code_1(loaded):
    told = loaded.says("check", "tiny", "Cato Lind is the chief executive of Tidewater Yard.", *BASIS, code=1)
    assert "\ncontradicted\nThe record has something else: Ada Holm is chief executive of Tidewater Yard" in told


def test_what_is_not_understood_is_said_to_be(loaded):
    told = loaded.says("check", "tiny", "Ada Holm is a fine captain.", *BASIS)
    assert "\nundecidable\n" in told


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text(
        "The yard\n\nAda Holm is the chief executive of Tidewater Yard. Cato Lind is the chief executive of Tidewater "
        "Yard. She is good.",
        encoding="utf-8",
    )
    return path


def test_a_draft_has_every_sentence_judged(loaded, draft):
    assert loaded.says("check", "tiny", "--file", str(draft), *BASIS, code=1) == snapshot("""\
Northwind Ferries and Tidewater Yard
On 2010-09-10, as known on 2010-09-10: what is confirmed or reported (revision 35).

undecidable: The yard
    It names nobody and nothing that the record knows.

supported: Ada Holm is the chief executive of Tidewater Yard.
    The record says so: Ada Holm is chief executive of Tidewater Yard, since 1 March 2010 (confirmed).

contradicted: Cato Lind is the chief executive of Tidewater Yard.
    The record has something else: Ada Holm is chief executive of Tidewater Yard, since 1 March 2010
    (confirmed).

undecidable: She is good.
    It gives an opinion or a guess ("good"), not a fact that can be checked.

4 sentences: 2 undecidable, 1 supported, 1 contradicted.\
""")


def test_in_json_the_answer_is_that_of_the_service(loaded, draft):
    answer = json.loads(loaded.says("check", "tiny", "--file", str(draft), *BASIS, "--json", "--claim-review", code=1))
    assert [item["verdict"] for item in answer["items"]] == ["undecidable", "supported", "contradicted", "undecidable"]
    text = draft.read_text(encoding="utf-8")
    assert text[answer["items"][1]["start"] : answer["items"][1]["end"]] == answer["items"][1]["understood"]["sentence"]
    assert answer["items"][1]["review"]["@type"] == "ClaimReview"
    assert answer["basis"]["known"] == "2010-09-10T23:59:59.999999Z"


def test_exactly_one_thing_is_checked_at_a_time(loaded, draft):
    assert "one of the two" in loaded.refuses("check", "tiny", code=2)
    assert "one of the two" in loaded.refuses("check", "tiny", "A.", "--file", str(draft), code=2)


def test_a_draft_that_cannot_be_read_is_an_error_of_the_command_line(loaded, tmp_path):
    told = loaded.refuses("check", "tiny", "--file", str(tmp_path / "none.txt"), code=2)
    assert "cannot be read: No such file or directory. Name a file of text." in told
    (tmp_path / "picture.txt").write_bytes(b"\xff\xfe\x00")
    assert "it is not text in UTF-8" in loaded.refuses("check", "tiny", "--file", str(tmp_path / "picture.txt"), code=2)
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    assert "there is nothing in it" in loaded.refuses("check", "tiny", "--file", str(tmp_path / "empty.txt"), code=2)
    (tmp_path / "long.txt").write_text("a" * 100_001, encoding="utf-8")
    assert "at most 100,000 at once" in loaded.refuses("check", "tiny", "--file", str(tmp_path / "long.txt"), code=2)


def test_a_timeline_that_there_is_not_is_told_of(loaded):
    assert loaded.refuses("check", "tinny", "A.") == 'Error: There is no timeline "tinny". Did you mean "tiny"?'
