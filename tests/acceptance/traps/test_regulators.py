"""The regulators: who examined what, and what was found."""

from tests.acceptance.conftest import Ask
from tests.acceptance.traps.asking import read
from tests.acceptance.values import rivals, shown


def test_the_uk_authority_found_no_merger_and_cleared_nothing(state: Ask):
    (inquiry,) = read(state, "2025-03-05", "inquiry", "cma", "cma-microsoft-openai")
    assert shown(inquiry["value"]) == "closed"
    (finding,) = read(state, "2025-03-05", "finding", "cma", "cma-microsoft-openai")
    assert "no relevant merger situation" in finding["value"]["text"]
    assert "material influence" in finding["value"]["text"]
    assert any("cleared" in rival for rival in rivals(finding, "denied"))


def test_the_uk_authority_invited_comments_in_december_2023_and_opened_no_inquiry(state: Ask):
    assert read(state, "2023-12-31", "inquiry", "cma") == []
    (finding,) = read(state, "2023-12-31", "finding", "cma", "cma-microsoft-openai")
    assert "comments invited" in finding["value"]["text"]


def test_the_three_matters_of_the_ftc_stand_apart(state: Ask):
    stages = {
        day: {fact["object"]["id"]: shown(fact["value"]) for fact in read(state, day, "inquiry", "ftc")}
        for day in ("2023-12-31", "2024-02-01", "2024-12-31", "2025-02-01")
    }
    consumer, partnerships, antitrust = "ftc-openai-consumer", "ftc-ai-partnerships", "ftc-microsoft-antitrust"
    assert stages["2023-12-31"] == {consumer: "opened"}
    assert stages["2024-02-01"] == {consumer: "opened", partnerships: "opened"}
    assert stages["2024-12-31"].items() >= {(consumer, "opened"), (partnerships, "opened"), (antitrust, "opened")}
    assert stages["2025-02-01"].items() >= {(consumer, "opened"), (partnerships, "closed"), (antitrust, "opened")}
    (target,) = read(state, "2024-12-31", "inquiry_target", antitrust)
    assert target["object"]["id"] == "microsoft"
    (target,) = read(state, "2024-12-31", "inquiry_target", consumer)
    assert target["object"]["id"] == "openai"


def test_the_test_of_the_eu_was_control_and_its_question_about_exclusivity_another(state: Ask):
    found = {
        fact["object"]["id"]: shown(fact["value"])
        for fact in read(state, "2024-06-30", "inquiry", "european-commission")
    }
    assert sorted(found.values()) == ["closed", "opened"]
    (finding,) = read(state, "2024-06-30", "finding", "european-commission")
    assert "not acquired control" in finding["value"]["text"]
    assert found[finding["object"]["id"]] == "closed"
