"""Ten ways in which accounts of this partnership go wrong, each asked of the service."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import Ask, facts
from tests.acceptance.values import rivals, shown, values

YEAR_ENDS = [f"{year}-12-31" for year in range(2015, 2027)]
FLOORS = ["confirmed", "reported", "alleged"]


def told_of(client: TestClient, development: str, known: str) -> bool:
    """Whether a development was public by a date."""
    answer = client.get(f"/v1/timelines/microsoft-openai/developments/{development}", params={"known": known})
    status = answer.json()["status"]
    assert status in {"in-force", "not-yet-known"}
    return status == "in-force"


def read(state: Ask, day: str, *key: str, **query: str) -> list[Any]:
    """What held on a day under a key, as it was known then."""
    return facts(state(at=day, known=day, **query), *key)


def looked_back(state: Ask, day: str, *key: str, **query: str) -> list[Any]:
    """What held on a day under a key, as it is known now."""
    return facts(state(at=day, **query), *key)


def term(name: str) -> tuple[str, str, str]:
    return "term", "microsoft-openai", name


# 1. money

FROM_MICROSOFT = ("microsoft", "openai")


def test_in_october_2024_the_13_75_billion_of_the_press_and_the_13_billion_committed_are_rivals(state: Ask):
    (fact,) = read(state, "2024-10-20", "committed_total", *FROM_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"], rivals(fact)) == ("13.75", "reported", {"13"})
    (fact,) = looked_back(state, "2024-12-31", "invested_total", *FROM_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"], rivals(fact)) == ("13", "confirmed", {"13.75"})


@pytest.mark.parametrize("at", ["2024-12-31", "2025-12-31", "2026-07-31"])
def test_microsoft_itself_states_13_billion_committed(state: Ask, at: str):
    (fact,) = looked_back(state, at, "committed_total", *FROM_MICROSOFT, standing="confirmed")
    assert shown(fact["value"]) == "13"


@pytest.mark.parametrize(
    ("at", "known", "billions"),
    [
        ("2025-09-29", "2026-08-01", []),
        ("2025-09-30", "2025-10-28", []),
        ("2025-09-30", "2025-10-29", ["11.6"]),
        ("2026-03-31", "2026-04-28", ["11.6"]),
        ("2026-03-31", "2026-04-29", ["11.8"]),
        ("2026-06-30", "2026-07-28", ["11.8"]),
        ("2026-06-30", "2026-07-29", ["11.9"]),
    ],
)
def test_what_was_paid_is_told_apart_from_what_was_promised_filing_by_filing(
    state: Ask, at: str, known: str, billions: list[str]
):
    body = state(at=at, known=known, standing="confirmed")
    assert values(facts(body, "funded_total", *FROM_MICROSOFT)) == billions
    assert values(facts(body, "committed_total", *FROM_MICROSOFT)) == ["13"]


def test_the_summary_adds_neither_promises_to_payments_nor_rivals_to_each_other(state: Ask):
    (total,) = [
        total
        for total in state(at="2026-07-31")["sections"]["capital"]["summary"]["totals"]
        if (total["investor"]["id"], total["investee"]["id"]) == FROM_MICROSOFT
    ]
    assert [shown(total[name]) for name in ("committed_total", "funded_total")] == ["13", "11.9"]
    assert total["investments"]["high"] == "13750000000"


def test_the_10_billion_of_january_2023_came_in_tranches_and_partly_as_computing(state: Ask):
    def of_2023(known: str) -> dict[str, Any]:
        found = facts(state(at="2023-02-01", known=known), "investment", *FROM_MICROSOFT)
        (fact,) = [fact for fact in found if fact["since"].startswith("2023")]
        return fact

    first, later = of_2023("2023-01-24"), of_2023("2023-11-30")
    assert shown(first["value"]) == shown(later["value"]) == "10"
    assert (first["value"].get("form"), later["value"]["form"]) == (None, "mixed")
    assert "tranches" in later["value"]["note"]
    assert {first["standing"], later["standing"]} == {"reported"}


@pytest.mark.parametrize(("known", "billions"), [("2022-12-31", ["1"]), ("2023-01-10", ["1"]), ("2023-01-11", ["3"])])
def test_the_2_billion_of_2021_became_public_in_january_2023(state: Ask, known: str, billions: list[str]):
    body = state(at="2022-06-30", known=known)
    assert values(facts(body, "invested_total", *FROM_MICROSOFT)) == billions
    assert len(facts(body, "investment", *FROM_MICROSOFT)) == (2 if billions == ["3"] else 1)


@pytest.mark.parametrize(("known", "forms"), [("2019-12-31", {"cash"}), ("2020-02-29", {"cash", "mixed"})])
def test_whether_the_first_billion_was_cash_or_half_credits_stays_open(state: Ask, known: str, forms: set[str]):
    (fact,) = facts(state(at="2019-12-31", known=known), "investment", *FROM_MICROSOFT)
    assert {rival["value"]["form"] for rival in fact["contested_by"]} == forms
    assert "form" not in fact["value"]


# 2. the stake


@pytest.mark.parametrize("at", [*(day for day in YEAR_ENDS if day < "2025"), "2025-10-27"])
@pytest.mark.parametrize("floor", FLOORS)
def test_before_the_recapitalisation_nobody_could_have_read_that_microsoft_owned_shares(
    state: Ask, at: str, floor: str
):
    assert read(state, at, "equity_stake", *FROM_MICROSOFT, standing=floor) == []


def test_the_49_percent_are_a_capped_share_of_profits_and_never_confirmed(state: Ask):
    (fact,) = read(state, "2023-12-31", "profit_share", *FROM_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"]) == ("49", "reported")
    assert "no shares" in fact["value"]["note"]
    assert "75" in rivals(fact)
    for at in YEAR_ENDS:
        assert looked_back(state, at, "profit_share", *FROM_MICROSOFT, standing="confirmed") == []
        assert "49" not in values(looked_back(state, at, "equity_stake", *FROM_MICROSOFT, standing="alleged"))
    (own_words,) = read(state, "2023-12-31", "interest", *FROM_MICROSOFT, standing="confirmed")
    assert "no ownership" in own_words["value"]["text"]


@pytest.mark.parametrize(
    ("at", "known", "percent"),
    [
        ("2025-10-27", "2025-10-28", "32.5"),
        ("2025-10-28", "2025-10-28", "27"),
        ("2026-06-30", "2026-07-28", "27"),
        ("2026-06-30", "2026-07-29", "25"),
        ("2026-07-31", "2026-07-31", "25"),
    ],
)
def test_the_stake_fell_from_32_5_over_27_to_25_percent(state: Ask, at: str, known: str, percent: str):
    (fact,) = facts(state(at=at, known=known, standing="confirmed"), "equity_stake", *FROM_MICROSOFT)
    assert shown(fact["value"]) == percent
    assert "as converted" in fact["value"]["note"]


def test_an_expected_stake_is_not_a_stake_and_is_over_once_there_is_one(state: Ask):
    (fact,) = read(state, "2025-07-31", "expected_stake", *FROM_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"]) == ("30-35", "reported")
    assert read(state, "2025-10-28", "expected_stake", *FROM_MICROSOFT) == []
    assert read(state, "2025-10-28", "profit_share", *FROM_MICROSOFT) == []


# 3. exclusivity


@pytest.mark.parametrize(
    ("day", "duty", "api"),
    [
        ("2019-07-21", "none", False),
        ("2019-07-22", "exclusive", False),
        ("2023-01-23", "exclusive", True),
        ("2024-12-31", "exclusive", True),
        ("2025-01-21", "right-of-first-refusal", True),
        ("2025-10-27", "right-of-first-refusal", True),
        ("2025-10-28", "none", True),
        ("2026-04-26", "none", True),
        ("2026-04-27", "none", False),
    ],
)
def test_exclusivity_over_computing_and_over_the_api_go_their_own_ways(state: Ask, day: str, duty: str, api: bool):
    assert values(read(state, day, "cloud_exclusivity", "openai")) == [duty]
    assert bool(read(state, day, *term("api-exclusivity"), standing="confirmed")) is api


def test_oracle_in_2024_was_an_exception_and_not_the_end_of_exclusivity(state: Ask):
    (fact,) = read(state, "2024-12-31", *term("azure-exclusivity"))
    assert "exception for Oracle" in fact["value"]["text"]
    providers = {fact["object"]["id"] for fact in read(state, "2024-12-31", "cloud_provider", "openai")}
    assert {"microsoft", "oracle"} <= providers
    (oracle,) = read(state, "2024-06-30", "cloud_provider", "openai", "oracle")
    assert "no pre-training" in oracle["value"]["text"]
    assert any("train and run" in rival for rival in rivals(oracle))


def test_the_right_of_first_refusal_lasted_from_january_to_october_2025(state: Ask):
    days = ["2025-01-20", "2025-01-21", "2025-10-27", "2025-10-28"]
    found = [bool(read(state, day, *term("right-of-first-refusal"))) for day in days]
    assert found == [False, True, True, False]
    assert read(state, "2025-01-21", *term("azure-exclusivity")) == []


# 4. the AGI clause


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2019-12-31", "short of AGI is licensed"),
        ("2023-06-30", "OpenAI's board determines"),
        ("2025-10-28", "independent panel of experts"),
        ("2026-04-27", "payments no longer depend on AGI"),
    ],
)
def test_the_agi_clause_has_read_four_ways(state: Ask, day: str, words: str):
    (fact,) = read(state, day, *term("agi-clause"), standing="confirmed")
    assert words in fact["value"]["text"]


def test_the_press_noticed_the_clause_months_after_it_stood_on_openais_page(client: TestClient, state: Ask):
    (clause,) = read(state, "2023-10-31", *term("agi-clause"))
    assert clause["known_since"].startswith("2023-06-28")
    assert [told_of(client, "2023-10-board-decides-agi-noticed", known) for known in ("2023-09-30", "2023-10-31")] == [
        False,
        True,
    ]


def test_the_test_of_100_billion_was_agreed_in_2023_and_reported_in_december_2024(state: Ask):
    def test_of(known: str) -> list[Any]:
        return facts(state(at="2023-12-31", known=known), *term("sufficient-agi-test"))

    assert test_of("2024-12-25") == []
    (fact,) = test_of("2024-12-26")
    assert (shown(fact["value"]), fact["standing"]) == ("100", "reported")
    assert {(rival["value"]["qualifier"], rival["value"]["note"]) for rival in fact["contested_by"]} >= {
        ("about", "of returns owed to the early investors")
    }
    assert read(state, "2025-10-28", *term("sufficient-agi-test")) == []


def test_whether_the_clause_is_wholly_gone_since_april_2026_stays_open(state: Ask):
    (fact,) = looked_back(state, "2026-05-31", *term("agi-clause"))
    assert fact["standing"] == "confirmed"
    assert any("removed altogether" in rival for rival in rivals(fact, "reported"))


# 5. the revenue share

TO_MICROSOFT = ("openai", "microsoft")


@pytest.mark.parametrize("at", ["2023-12-31", "2024-12-31", "2025-12-31", "2026-08-31"])
def test_the_20_percent_were_reported_and_never_confirmed(state: Ask, at: str):
    (fact,) = looked_back(state, at, "revenue_share", *TO_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"]) == ("20", "reported")
    assert looked_back(state, at, "revenue_share", *TO_MICROSOFT, standing="confirmed") == []


def test_the_20_percent_of_2023_were_not_public_before_october_2024(state: Ask):
    assert facts(state(at="2023-12-31", known="2024-10-08"), "revenue_share", *TO_MICROSOFT) == []
    assert values(facts(state(at="2023-12-31", known="2024-10-09"), "revenue_share", *TO_MICROSOFT)) == ["20"]


@pytest.mark.parametrize(("day", "percent"), [("2025-05-31", "10"), ("2025-09-30", "8")])
def test_the_projections_of_10_and_then_8_percent_are_kept_apart_from_the_share(state: Ask, day: str, percent: str):
    assert values(read(state, day, "expected_revenue_share", *TO_MICROSOFT)) == [percent]
    assert values(read(state, day, "revenue_share", *TO_MICROSOFT)) == ["20"]


def test_the_share_was_kept_in_october_2025_and_capped_and_made_one_way_in_april_2026(state: Ask):
    (kept,) = read(state, "2025-10-28", *term("revenue-share"), standing="confirmed")
    assert "goes on until the panel" in kept["value"]["text"]
    (capped,) = read(state, "2026-04-27", *term("revenue-share"), standing="confirmed")
    for words in ("same percentage", "total cap", "Microsoft pays nothing"):
        assert words in capped["value"]["text"]
    assert capped["until"] == "2030-12-31"
    assert read(state, "2026-04-27", "expected_revenue_share", *TO_MICROSOFT) == []
    payers = {at: {fact["subject"]["id"] for fact in looked_back(state, at, "revenue_share")} for at in YEAR_ENDS}
    assert payers["2025-12-31"] == {"openai", "microsoft"}
    assert payers["2026-12-31"] == {"openai"}


# 6. the weekend of November 2023


@pytest.mark.parametrize(
    ("known", "notice", "others"),
    [
        ("2023-11-18", "a few minutes", set()),
        ("2023-11-30", "1", {"a few minutes"}),
        ("2023-12-01", "20", {"a few minutes", "1"}),
    ],
)
def test_microsofts_notice_was_a_few_minutes_or_one_or_twenty(state: Ask, known: str, notice: str, others: set[str]):
    (fact,) = facts(state(at="2023-11-18", known=known), "notice", "microsoft", "altman-removal")
    assert (shown(fact["value"]), fact["standing"], rivals(fact)) == (notice, "reported", others)
    assert looked_back(state, "2023-11-18", "notice", standing="confirmed") == []


def test_the_hire_of_altman_was_announced_and_never_happened(state: Ask):
    key = ("employment", "sam-altman", "microsoft")
    assert values(read(state, "2023-11-20", *key)) == ["announced"]
    assert values(looked_back(state, "2023-11-20", *key)) == ["offered"]
    assert read(state, "2023-11-23", *key) == []
    stages = [values(looked_back(state, day, *key, standing="alleged")) for day in ("2023-11-20", "2023-11-21")]
    assert all("employed" not in found for found in stages)


def test_the_counts_of_the_letter_run_from_490_to_747(state: Ask):
    (first,) = read(state, "2023-11-20", "signatories", "employee-letter-2023")
    assert {shown(first["value"]), *rivals(first)} == {"490", "505"}
    (last,) = read(state, "2023-11-21", "signatories", "employee-letter-2023")
    counts = {float(count) for count in {shown(last["value"]), *rivals(last)}}
    assert (min(counts), max(counts)) == (490, 747)
    assert float(shown(last["value"])) >= 740


def test_no_seat_on_the_board_became_an_observer_without_a_vote_a_day_later(state: Ask):
    (refused,) = read(state, "2023-11-28", "position", "openai", "board-representation")
    assert "no place on the board for Microsoft" in refused["value"]["text"]
    assert read(state, "2023-11-28", "board_observer", "openai") == []
    (observer,) = read(state, "2023-11-29", "board_observer", "openai", "microsoft")
    assert "non-voting" in observer["value"]["text"]
    for at in YEAR_ENDS:
        assert looked_back(state, at, "board_member", "openai", "microsoft", standing="alleged") == []


# 7. the regulators


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
    assert "comments are invited" in finding["value"]["text"]


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


# 8. deals reported as done


def test_apple_never_had_a_seat_as_observer(state: Ask):
    key = ("board_observer", "openai", "apple")
    (reported,) = read(state, "2024-07-03", *key)
    assert (reported["standing"], reported["certainty"]) == ("reported", "possible")
    assert read(state, "2024-07-10", *key) == []
    assert looked_back(state, "2024-07-03", *key, standing="alleged") == []


def test_windsurf_was_agreed_on_and_never_bought(state: Ask):
    key = ("acquisition", "openai", "windsurf")
    days = ["2025-05-31", "2025-07-11", "2025-12-31"]
    assert [values(read(state, day, *key)) for day in days] == [["agreed"], ["abandoned"], ["abandoned"]]


def test_chatgpt_does_not_run_on_googles_chips(state: Ask):
    (reported,) = read(state, "2025-06-29", "uses", "chatgpt", "google-tpu")
    assert reported["standing"] == "reported"
    assert read(state, "2025-07-01", "uses", "chatgpt", "google-tpu", standing="alleged") == []
    (tested,) = read(state, "2025-07-01", "uses", "openai", "google-tpu", standing="confirmed")
    assert "early tests" in tested["value"]["text"]


def test_coreweave_denies_that_microsoft_walked_away(state: Ask):
    (first,) = read(state, "2025-03-15", "cloud_provider", "microsoft", "coreweave")
    assert any("dropped" in rival for rival in rivals(first, "denied"))
    (later,) = read(state, "2025-04-15", "cloud_provider", "microsoft", "coreweave")
    assert "option" in later["value"]["text"]
    assert rivals(later, "denied")


# 9. fabrications


@pytest.mark.parametrize("attribute", ["investment", "invested_total", "committed_total", "funded_total"])
def test_no_investment_of_50_billion_by_microsoft_is_on_record(state: Ask, attribute: str):
    for at in YEAR_ENDS:
        for fact in looked_back(state, at, attribute, *FROM_MICROSOFT, standing="alleged"):
            assert all(float(billions) <= 13.75 for billions in (shown(fact["value"]), *rivals(fact)))


def test_the_38_billion_of_the_aws_contract_are_not_the_38_billion_of_the_cap(state: Ask):
    (contract,) = read(state, "2025-11-03", "cloud_commitment", "openai", "amazon-web-services")
    (cap,) = looked_back(state, "2026-05-31", "revenue_share_cap", *TO_MICROSOFT)
    assert shown(contract["value"]) == shown(cap["value"]) == "38"
    assert (contract["standing"], cap["standing"]) == ("confirmed", "reported")
    assert contract["development"] != cap["development"]
    for known in ("2025-11-03", "2026-05-10"):
        before = facts(state(at="2026-05-31", known=known, standing="alleged"), "revenue_share_cap", *TO_MICROSOFT)
        assert "38" not in values(before)


def test_the_size_of_chatgpts_model_is_gone_with_the_paper_that_gave_it(state: Ask):
    assert len(read(state, "2023-10-31", "statement", "codefusion-authors")) == 1
    assert read(state, "2023-11-30", "statement", "codefusion-authors", standing="alleged") == []
    assert len(facts(state(at="2023-12-31", known="2023-10-31"), "statement", "codefusion-authors")) == 1


# 10. known only in hindsight


@pytest.mark.parametrize(
    ("development", "at", "before", "after"),
    [
        ("2015-12-12-nadella-asks-why-not-microsoft", "2016-01-01", "2026-01-19", "2026-01-20"),
        ("2016-09-musk-azure-terms", "2016-10-15", "2024-11-13", "2024-11-14"),
        ("2018-01-microsoft-fears-amazon-defection", "2018-02-01", "2026-05-07", "2026-05-08"),
        ("2019-06-12-scott-thoughts-on-openai", "2019-06-30", "2024-04-29", "2024-04-30"),
        ("2022-04-nadella-ibm-fear", "2022-05-01", "2026-05-10", "2026-05-11"),
        ("2025-11-06-microsoft-superintelligence-team", "2024-12-31", "2025-11-05", "2025-11-06"),
        ("2026-07-29-related-party-revenue-disclosed", "2026-06-01", "2026-07-28", "2026-07-29"),
    ],
)
def test_what_came_out_later_is_seen_from_then_on_and_not_before(
    client: TestClient, state: Ask, development: str, at: str, before: str, after: str
):
    assert [told_of(client, development, known) for known in (at, before, after)] == [False, False, True]
    for known in (at, before):
        sections = state(at=at, known=known, standing="alleged")["sections"].values()
        assert development not in {fact["development"] for section in sections for fact in section["facts"]}


@pytest.mark.parametrize(
    ("at", "key", "development", "before", "after"),
    [
        (
            *("2016-12-31", ("cloud_commitment", "openai", "microsoft")),
            *("2016-09-musk-azure-terms", "2024-11-13", "2024-11-14"),
        ),
        (
            *("2019-12-31", term("funding-option")),
            *("2019-07-22-option-for-second-billion", "2026-01-19", "2026-01-20"),
        ),
        (
            *("2024-12-31", term("agi-pursuit-bar")),
            *("2023-agi-pursuit-bar", "2025-06-26", "2025-06-27"),
        ),
        (
            *("2026-06-01", ("revenue_from", "microsoft", "openai")),
            *("2026-07-29-related-party-revenue-disclosed", "2026-07-28", "2026-07-29"),
        ),
    ],
)
def test_what_held_in_silence_is_in_the_state_only_once_it_was_told(
    state: Ask, at: str, key: tuple[str, str, str], development: str, before: str, after: str
):
    def held(known: str) -> bool:
        return development in {fact["development"] for fact in facts(state(at=at, known=known), *key)}

    assert [held(known) for known in (at, before, after)] == [False, False, True]


def test_the_cap_on_training_held_from_2023_and_was_told_after_it_had_ended(state: Ask):
    (fact,) = looked_back(state, "2024-12-31", *term("agi-pursuit-bar"))
    assert "computing" in fact["value"]["text"]
    assert "capped" in fact["value"]["text"]
    assert fact["until"] == "2025-10-28"
    assert fact["known_since"].startswith("2025-11-06")
    assert any("2030" in rival for rival in rivals(fact, "reported"))
