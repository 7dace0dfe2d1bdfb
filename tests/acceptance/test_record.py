"""How good the bundled record is, counted: from the data set where it is about how it is written, else over HTTP."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import Ask
from timeline.datasets.format import AddedSource, Correction, Dataset, DevelopmentRecord
from timeline.datasets.reading import bundled, read_dataset
from timeline.datasets.validator import validate
from timeline.dates import EdtfDate
from timeline.sources import Source, SourceKind
from timeline.standing import Standing

SLUG = "microsoft-openai"
HOME = f"/v1/timelines/{SLUG}"

YEAR = 365 * 24 * 60 * 60 * 1_000_000
"""In microseconds, as instants are counted."""

REASONS = {"new-information", "finer-date", "clerical", "source-withdrawn"}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(bundled()[SLUG]).checked()


@pytest.fixture(scope="module")
def events(client: TestClient) -> list[dict[str, Any]]:
    """The whole log of the timeline, page by page."""

    def pages() -> Iterator[list[dict[str, Any]]]:
        address = f"{HOME}/events?limit=500"
        while address:
            page = client.get(address).json()
            yield page["items"]
            address = page["links"].get("next", "")

    return list(chain.from_iterable(pages()))


def sources_of(record: DevelopmentRecord) -> list[Source]:
    """Every document that a development was ever told from, those that came later included."""
    found = list(record.content.sources)
    for entry in record.then:
        if isinstance(entry, AddedSource):
            found.append(entry.source)
        elif isinstance(entry, Correction):
            found += [Source.model_validate(source) for source in entry.changes.get("sources", ())]
    return found


def test_it_holds_at_least_255_developments_from_2015_to_2026(dataset: Dataset):
    assert len(dataset.developments) >= 255
    years = Counter(str(record.content.occurred)[:4] for record in dataset.developments)
    assert years.keys() >= {str(year) for year in range(2015, 2027)}


@pytest.mark.parametrize("slug", bundled())
def test_it_passes_validation_without_an_error(slug: str):
    assert [str(finding) for finding in validate(read_dataset(bundled()[slug])) if finding.is_error] == []


def test_every_development_has_a_source_with_an_address(dataset: Dataset):
    for record in dataset.developments:
        assert record.content.sources, record.slug
        for source in sources_of(record):
            assert source.url.startswith(("https://", "http://")), record.slug
            assert source.publisher, record.slug
            assert source.title, record.slug


def test_a_third_of_the_developments_stand_on_a_document_of_a_party_a_court_or_a_regulator(
    dataset: Dataset, capsys: pytest.CaptureFixture[str]
):
    by_kind = {
        kind: sum(any(source.kind is kind for source in sources_of(record)) for record in dataset.developments)
        for kind in SourceKind
    }
    first_hand = {SourceKind.PRIMARY, SourceKind.COURT, SourceKind.REGULATOR}
    count = sum(bool(first_hand & {source.kind for source in sources_of(record)}) for record in dataset.developments)
    with capsys.disabled():
        told = ", ".join(f"{kind.value} {number}" for kind, number in by_kind.items())
        print(  # noqa: T201 - the number is asked for
            f"\n{SLUG}: {count} of {len(dataset.developments)} developments have a primary, court or regulator source"
            f" (developments by kind of source: {told})"
        )
    assert count >= 95


def test_what_is_confirmed_rests_on_a_first_hand_document_or_two_reports(dataset: Dataset):
    for record in dataset.developments:
        if record.content.standing is Standing.CONFIRMED:
            found = sources_of(record)
            first_hand = any(source.kind not in {SourceKind.PRESS, SourceKind.ANALYSIS} for source in found)
            assert first_hand or len({source.publisher for source in found}) >= 2, record.slug


def late(known: EdtfDate, occurred: EdtfDate) -> bool:
    """Whether something was known a year or more after the last moment at which it can have happened."""
    return known.latest - occurred.latest >= YEAR


def test_at_least_25_developments_came_out_a_year_or_more_after_they_happened(dataset: Dataset):
    found = [r.slug for r in dataset.developments if late(r.known, r.content.occurred)]
    assert len(found) >= 25, found


def test_nothing_is_known_before_it_happened(dataset: Dataset):
    early = [r.slug for r in dataset.developments if r.known.latest < r.content.occurred.earliest]
    assert early == []


def test_the_log_holds_at_least_20_corrections_of_all_four_reasons(events: list[dict[str, Any]]):
    reasons = Counter(event["reason"] for event in events if event["event"] == "DevelopmentCorrected")
    assert reasons.total() >= 20
    assert reasons.keys() == REASONS


def test_every_correction_says_why_and_since_when(events: list[dict[str, Any]]):
    for event in events:
        if event["event"] in {"DevelopmentCorrected", "DevelopmentRetracted", "StandingChanged"}:
            assert event["payload"]["note"], event["position"]
            assert event["known"] or event["reason"] == "clerical", event["position"]


def test_corrections_came_out_after_what_they_correct(dataset: Dataset):
    for record in dataset.developments:
        for entry in record.then:
            if isinstance(entry, Correction) and entry.correction.value == "new-information":
                assert entry.known is not None
                assert entry.known.latest > record.known.latest, record.slug


def test_at_least_15_facts_are_contested_at_one_time_or_another(state: Ask):
    contested = {
        (fact["subject"]["id"], fact["attribute"], fact["object"] and fact["object"]["id"])
        for year in range(2015, 2027)
        for section in state(at=f"{year}-12-31", standing="alleged")["sections"].values()
        for fact in section["facts"]
        if fact["contested_by"]
    }
    assert len(contested) >= 15, contested


def test_denials_are_among_the_rivals_and_never_in_the_state(state: Ask):
    denials = 0
    for year in range(2015, 2027):
        for section in state(at=f"{year}-12-31", standing="alleged")["sections"].values():
            for fact in section["facts"]:
                assert fact["standing"] != "denied"
                denials += sum(rival["standing"] == "denied" for rival in fact["contested_by"])
    assert denials >= 5
