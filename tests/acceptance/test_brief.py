"""The page on the founding brief names what the record holds, and says of it what the service answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import Ask, facts
from tests.acceptance.values import shown
from timeline.content import Content, statements_of
from timeline.vocabulary import default_vocabulary

PAGE = Path(__file__).parents[2] / "docs" / "data" / "brief.md"
HOME = "/v1/timelines/microsoft-openai"
VOCABULARY = default_vocabulary()


@dataclass(frozen=True)
class Row:
    """One statement of the brief: what it says, where the record answers it, and where the record differs."""

    statement: str
    where: str
    differs: str

    @property
    def named(self) -> list[str]:
        return re.findall(r"`([^`]+)`", f"{self.where} {self.differs}")

    @property
    def developments(self) -> list[str]:
        return [name for name in self.named if name[:2] == "20"]

    @property
    def attributes(self) -> list[str]:
        return [name for name in self.named if name in VOCABULARY.attributes]


def rows() -> list[Row]:
    table = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in table[1:]]


ROWS = rows()

every_row = pytest.mark.parametrize("row", ROWS, ids=[row.statement[:40] for row in ROWS])


@dataclass(frozen=True)
class Answer:
    """A question about a statement, the value it is answered with, and the rivals that stand against that.

    `day` is both `at` and `known`; `key` is attribute, subject, object; of a text the value is a part, and None says
    that nothing holds. `says` are words of the row that the answer bears out.
    """

    day: str
    key: str
    value: str | None
    standing: str = "reported"
    rivals: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    floor: str = "reported"


ANSWERS = [
    [
        Answer("2023-11-18", "chief_executive openai", "mira-murati", "confirmed"),
        Answer(
            *("2023-12-01", "notice microsoft altman-removal", "20", "reported", ("1", "a few minutes")),
            says=("one minute, some minutes or about twenty",),
        ),
        Answer(
            *(
                "2023-11-21",
                "position microsoft board-representation",
                "OpenAI's governance has to change",
                "confirmed",
            ),
            says=("a call for other governance",),
        ),
        Answer(
            *("2023-11-29", "board_observer openai microsoft", "non-voting observer", "confirmed"),
            says=("an observer without a vote",),
        ),
    ],
    [
        Answer("2024-08-06", "lawsuit musk-v-altman-federal", "filed", "confirmed", says=("confirmed",)),
        Answer("2024-11-13", "defendant musk-v-altman-federal microsoft", None),
        Answer(
            *("2024-11-15", "defendant musk-v-altman-federal microsoft", "defendant", "confirmed"),
            says=("Microsoft is a defendant from November 2024",),
        ),
        Answer(
            *("2024-11-15", "allegation musk-v-altman-federal microsoft", "a merger in fact with OpenAI", "alleged"),
            says=("its content alleged",),
            floor="alleged",
        ),
        Answer("2026-05-18", "lawsuit musk-v-altman-federal", "dismissed", "confirmed", says=("In May 2026",)),
        Answer(
            *("2026-05-18", "outcome musk-v-altman-federal", "filed too late; the founding promise", "confirmed"),
            says=("dismissed as too late", "was not decided"),
        ),
    ],
    [
        *(
            Answer(
                *("2025-10-28", f"finding {authority} ag-openai-restructuring", "no objection", "confirmed"),
                says=("did not object in October 2025, on conditions", "charitable assets and control"),
            )
            for authority in ("delaware-ag", "california-ag")
        ),
        Answer(
            *("2025-03-13", "inquiry ftc ftc-microsoft-antitrust", "opened"),
            says=("competition (Federal Trade Commission)",),
        ),
    ],
    [
        Answer("2025-05-06", "planned_legal_form openai", "controlled by the nonprofit", "confirmed"),
        Answer("2025-05-06", "term microsoft-openai conversion-consent", "needs Microsoft's consent"),
        Answer(
            *("2025-10-28", "legal_form openai", "public benefit corporation", "confirmed"),
            says=("Done on 28 October 2025",),
        ),
        Answer(
            *("2025-10-28", "controlled_by openai", "openai-foundation", "confirmed"),
            says=("the nonprofit keeps control",),
        ),
        Answer(
            "2025-10-28", "term microsoft-openai conversion-consent", None, says=("the consent is no longer needed",)
        ),
        Answer("2025-10-28", "return_cap", None, says=("the cap on returns is gone",)),
    ],
    [
        Answer("2024-10-20", "invested_total microsoft openai", "13.75", says=("13.75 billion is a sum of the press",)),
        Answer("2025-10-29", "invested_total microsoft openai", "13", "confirmed", ("13.75",)),
        Answer("2025-08-01", "committed_total microsoft openai", "13", "confirmed", says=("13 billion committed",)),
        *(
            Answer(day, "funded_total microsoft openai", billions, "confirmed", says=(f"{billions} {words}",))
            for day, billions, words in [
                ("2025-10-29", "11.6", "billion had been paid by September 2025"),
                ("2026-04-29", "11.8", "by March 2026"),
                ("2026-07-29", "11.9", "by June 2026"),
            ]
        ),
    ],
    [
        Answer("2025-05-07", "revenue_share openai microsoft", "20", says=("20 percent is from the press",)),
        Answer(
            *("2025-05-07", "revenue_share openai microsoft", None),
            says=("no company confirmed it",),
            floor="confirmed",
        ),
        Answer("2025-05-07", "expected_revenue_share openai microsoft", "10", says=("projections of 10",)),
        Answer("2025-09-30", "expected_revenue_share openai microsoft", "8", says=("and 8 percent",)),
        Answer("2026-04-27", "expected_revenue_share openai microsoft", None, says=("did not come about",)),
        Answer(
            *("2025-10-28", "term microsoft-openai revenue-share", "goes on until the panel", "confirmed"),
            says=("the share was kept in October 2025",),
        ),
        Answer(
            *("2026-04-27", "term microsoft-openai revenue-share", "the same percentage as before", "confirmed"),
            says=("in April 2026 the rate stayed, under a cap and one way only",),
        ),
        Answer("2026-05-11", "revenue_share_cap openai microsoft", "38"),
        Answer("2026-04-27", "licence microsoft openai", "for models and products", "confirmed"),
    ],
    [
        Answer("2025-06-24", "competitor microsoft openai", "assistants for companies"),
        Answer(
            *("2025-10-28", "term microsoft-openai government-access", "through its API on any cloud", "confirmed"),
            says=("serve US national security through its API on any cloud",),
        ),
        Answer("2026-03-18", "position microsoft frontier-on-aws", "breaches the exclusivity of Azure"),
        Answer("2026-04-27", "term microsoft-openai api-exclusivity", None, says=("since April 2026 everybody",)),
    ],
    [
        Answer(
            *("2025-08-01", "term microsoft-openai agi-clause", "OpenAI's board determines", "confirmed"),
            rivals=("Microsoft loses some of its rights",),
            says=("the board's finding", "accounts differ on what Microsoft would lose"),
        ),
        Answer("2025-08-01", "term microsoft-openai sufficient-agi-test", "100", says=("a sum of profits",)),
        Answer(
            *("2025-08-01", "term microsoft-openai ip-license", "may use OpenAI's intellectual property", "confirmed"),
            rivals=("access ends in 2030 or with AGI",),
        ),
        Answer("2025-08-08", "uses copilot-365 gpt-5", "from the day of its release"),
        Answer("2025-08-01", "negotiation microsoft-openai agi-clause", "open"),
        Answer(
            *("2025-10-28", "term microsoft-openai agi-clause", "verified by an independent panel", "confirmed"),
            says=("From October 2025 a panel has to verify AGI",),
        ),
        Answer(
            *("2025-10-28", "term microsoft-openai ip-license", "through 2032, also after AGI", "confirmed"),
            says=("access runs through 2032 in any case",),
        ),
        Answer(
            *("2026-04-27", "term microsoft-openai agi-clause", "payments no longer depend on AGI", "confirmed"),
            rivals=("removed altogether",),
            says=("payments no longer depend on it", "stays contested"),
        ),
    ],
    [
        Answer("2025-07-31", "cloud_provider openai google-cloud", "capacity for ChatGPT", "confirmed"),
        Answer("2025-07-31", "cloud_provider openai oracle", "data centres"),
        Answer("2025-07-31", "cloud_provider openai coreweave", "over five years", "confirmed"),
        Answer(
            *("2025-01-21", "cloud_exclusivity openai", "right-of-first-refusal", "confirmed"),
            says=("a right of first refusal in January 2025",),
        ),
        Answer("2025-10-28", "cloud_exclusivity openai", "none", "confirmed", says=("ended in October 2025",)),
        Answer("2026-04-26", "term microsoft-openai api-exclusivity", "Azure is the only cloud", "confirmed"),
        Answer(
            *("2026-04-27", "term microsoft-openai api-exclusivity", None),
            says=("the API stayed exclusive until April 2026",),
        ),
    ],
    [
        Answer("2025-07-31", "compute_capacity openai oracle", "4.5", says=("announced gigawatts",)),
        Answer(
            *("2025-09-30", "cloud_commitment openai oracle", "300"),
            says=("300 billion in all are reports of the press",),
        ),
    ],
    [
        Answer("2025-08-01", "negotiation microsoft-openai restructuring", "open"),
        Answer(
            *("2025-09-11", "negotiation microsoft-openai restructuring", "agreed-in-principle", "confirmed"),
            says=("A memorandum that does not bind came in September",),
        ),
        Answer(
            *("2025-10-28", "negotiation microsoft-openai agi-clause", "concluded", "confirmed"),
            says=("the agreement three months after the report",),
        ),
        Answer("2025-10-28", "agreement microsoft-openai agreement-2025", "signed", "confirmed"),
    ],
    [
        Answer("2025-07-31", "expected_stake microsoft openai", "30-35"),
        Answer(
            *("2025-10-28", "equity_stake microsoft openai", "27", "confirmed"),
            says=("about 27 percent as converted and diluted",),
        ),
        Answer("2026-07-31", "equity_stake microsoft openai", "25", "confirmed", says=("In mid-2026 it was about 25",)),
        Answer(
            *("2023-12-31", "profit_share microsoft openai", "49", "reported", ("75",)),
            says=("The 49 percent of older reports were a share of profits",),
        ),
    ],
    [
        Answer("2025-08-01", "position openai ip-license", "assurance that Microsoft uses its technology safely"),
        Answer(
            *("2025-10-28", "term microsoft-openai ip-license", "with safety guardrails", "confirmed"),
            says=("safety guardrails for models made after AGI",),
        ),
        Answer(
            *("2025-10-28", "term microsoft-openai research-ip", "or through 2030", "confirmed"),
            says=("an end to the rights to research methods by 2030",),
        ),
    ],
]
"""What is asked about each row of the page, in its order."""


def told_by(answer: Answer, state: Ask) -> list[Any]:
    return facts(state(at=answer.day, known=answer.day, standing=answer.floor), *answer.key.split())


def agrees(value: dict[str, Any], expected: str) -> bool:
    return expected in shown(value) if value["type"] == "text" else expected == shown(value)


@pytest.fixture(scope="module")
def told(client: TestClient) -> dict[str, set[str]]:
    """The attributes of which each development has ever told, in any of its versions."""
    found: dict[str, set[str]] = {}
    for event in every_event(client):
        if "content" in event["payload"]:
            slug = event["development"]
            content = Content.model_validate(event["payload"]["content"])
            statements = statements_of(content, timeline="microsoft-openai", development=slug, vocabulary=VOCABULARY)
            found.setdefault(slug, set()).update(statement.key.attribute for statement in statements)
    return found


def every_event(client: TestClient) -> Iterator[dict[str, Any]]:
    address = f"{HOME}/events?limit=500"
    while address:
        page = client.get(address).json()
        yield from page["items"]
        address = page["links"].get("next", "")


def test_all_thirteen_statements_of_the_brief_are_there():
    assert len(ROWS) == len(ANSWERS) == 13
    assert all(row.statement and row.developments and row.attributes and row.differs for row in ROWS)


@every_row
def test_a_row_names_only_what_the_record_knows(client: TestClient, told: dict[str, set[str]], row: Row):
    for name in row.named:
        if name not in told and name not in VOCABULARY.attributes:
            assert client.get(f"{HOME}/entities/{name}").status_code == 200, name


@every_row
def test_the_attributes_of_a_row_are_those_of_its_developments(told: dict[str, set[str]], row: Row):
    attributes = set().union(*(told[development] for development in row.developments))
    assert set(row.attributes) <= attributes


@pytest.mark.parametrize(
    ("row", "answer"),
    [(row, answer) for row, answers in zip(ROWS, ANSWERS, strict=True) for answer in answers],
    ids=lambda part: f"{part.key} {part.day} {part.floor}" if isinstance(part, Answer) else part.statement[:20],
)
def test_what_the_page_says_is_what_the_service_answers(state: Ask, row: Row, answer: Answer):
    for words in answer.says:
        assert words in row.differs
    found = told_by(answer, state)
    if answer.value is None:
        assert found == []
        return
    (fact,) = found
    assert agrees(fact["value"], answer.value), fact["text"]
    assert fact["standing"] == answer.standing
    for rival in answer.rivals:
        assert any(agrees(other["value"], rival) for other in fact["contested_by"]), fact["contested_by"]


@pytest.mark.parametrize(
    ("row", "answers"), list(zip(ROWS, ANSWERS, strict=True)), ids=[row.statement[:40] for row in ROWS]
)
def test_every_row_is_borne_out_by_developments_and_attributes_that_it_names(
    state: Ask, row: Row, answers: list[Answer]
):
    found = [fact for answer in answers for fact in told_by(answer, state)]
    assert {fact["development"] for fact in found} & set(row.developments)
    assert {fact["attribute"] for fact in found} & set(row.attributes)
    assert any(answer.says for answer in answers)
