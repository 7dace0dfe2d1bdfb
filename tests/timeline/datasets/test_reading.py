from pathlib import Path
from typing import Any

import pytest

from tests.timeline.datasets.folders import TINY, Folder
from timeline.datasets.findings import InvalidDataset
from timeline.datasets.format import AddedSource, Correction, Retraction, StandingChange, WithdrawnSource
from timeline.datasets.reading import BUNDLED, bundled, folder_of, read_dataset
from timeline.errors import DatasetError
from timeline.events import Reason, RetractionReason

DEVELOPMENTS = "developments/2010.yaml"


def test_a_data_set_is_read_in_the_order_of_its_files():
    dataset = read_dataset(TINY).checked()
    assert dataset.slug == "tiny"
    assert dataset.timeline.parties == ("northwind", "tidewater")
    assert [record.slug for record in dataset.developments][:2] == [
        "2010-03-01-first-investment",
        "2010-03-01-board-seat",
    ]
    assert len(dataset.entities) == 13


def test_the_tiny_data_set_has_everything_that_can_happen_to_a_record():
    then = [entry for record in read_dataset(TINY).checked().developments for entry in record.then]
    assert {type(entry) for entry in then} == {Correction, AddedSource, StandingChange, WithdrawnSource, Retraction}
    assert {entry.correction for entry in then if isinstance(entry, Correction)} == {
        Reason.NEW_INFORMATION,
        Reason.FINER_DATE,
        Reason.CLERICAL,
    }
    assert {entry.retraction for entry in then if isinstance(entry, Retraction)} == set(RetractionReason)


def test_a_short_value_is_written_out_in_details_facts_and_changes():
    first: Any = read_dataset(TINY).checked().developments[0]
    assert first.content.detail.money.low == 10_000_000
    assert first.then[1].changes["detail"]["money"]["amount"] == "11500000"


def test_a_record_knows_its_file_and_line():
    record = read_dataset(TINY).checked().developments[1]
    lines = (TINY / DEVELOPMENTS).read_text(encoding="utf-8").splitlines()
    assert lines[record.spot.place(("detail", "joins", 1)).line - 1].strip().startswith("- {entity: cato-lind")
    assert str(record.spot.place(("occurred",))) == f"{DEVELOPMENTS}:30 (2010-03-01-board-seat occurred)"


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "standing: reported\n  title: Northwind puts",
            "standing: rumoured\n  title: Northwind puts",
            f"{DEVELOPMENTS}:5 (2010-03-01-first-investment standing): input should be 'confirmed', 'reported', 'alleged' or 'denied'.",
        ),
        (
            "kind: investment",
            "kind: investmnt",
            f'{DEVELOPMENTS}:4 (2010-03-01-first-investment kind): there is no kind "investmnt". Did you mean "investment"?',
        ),
        (
            "    investee: tidewater\n",
            "",
            f'{DEVELOPMENTS}:8 (2010-03-01-first-investment detail.investee): "investee" is missing.',
        ),
        (
            "    investee: tidewater\n",
            "    investee: Tidewater Yard\n",
            f'{DEVELOPMENTS}:10 (2010-03-01-first-investment detail.investee): "Tidewater Yard" is not a slug.',
        ),
        (
            "    investee: tidewater\n",
            "    investee: tidewater\n    invester: northwind\n",
            f'{DEVELOPMENTS}:11 (2010-03-01-first-investment detail.invester): there is no field "invester" here. The fields are investor, investee,',
        ),
        (
            "occurred: 2010-03-01\n  kind: investment",
            "occurred: 2010-3-1\n  kind: investment",
            f"{DEVELOPMENTS}:3 (2010-03-01-first-investment occurred): '2010-3-1': write month and day with two digits",
        ),
        (
            "summary: The ferry line invests in the yard that is to build its ferries.",
            "sumary: The ferry line invests.",
            f'{DEVELOPMENTS}:7 (2010-03-01-first-investment sumary): there is no field "sumary" here. The fields are id, known, kind, title,',
        ),
        (
            "{money: 10-12 million EUR, qualifier: about, form: cash}",
            "{money: ten million EUR}",
            f'{DEVELOPMENTS}:11 (2010-03-01-first-investment detail.money.money): "ten million EUR" cannot be read as money.',
        ),
        (
            "url: https://gazette.example/ferry-line",
            "url: gazette.example/ferry-line",
            f"{DEVELOPMENTS}:13 (2010-03-01-first-investment sources.0.url): write a complete web address",
        ),
        (
            "correction: new-information",
            "corection: new-information",
            f"{DEVELOPMENTS}:16 (2010-03-01-first-investment then.1): this says nothing that can happen. Give one of correction, source,",
        ),
        (
            "correction: new-information",
            "correction: source-withdrawn",
            f"{DEVELOPMENTS}:16 (2010-03-01-first-investment then.1.correction): input should be",
        ),
        (
            "        standing: confirmed\n        detail: {money",
            "        know: 2010\n        detail: {money",
            f'{DEVELOPMENTS}:20 (2010-03-01-first-investment then.1.changes.know): "know" cannot be changed.',
        ),
        (
            "detail: {money: {money: 11.5 million EUR",
            "detail: {mony: {money: 11.5 million EUR",
            f'{DEVELOPMENTS}:21 (2010-03-01-first-investment then.1.changes.detail.mony): there is no field "mony" here.',
        ),
        (
            "value: {entity: ada-holm}",
            "value: {entity: ada-holm, text: Ada}",
            f"{DEVELOPMENTS}:42 (2010-03-01-board-seat facts.0.value): this says entity and text at once.",
        ),
        (
            "- id: 2010-03-01-first-investment",
            "- id: First Investment",
            f'{DEVELOPMENTS}:1 (First Investment id): "First Investment" is not a slug.',
        ),
    ],
)
def test_a_mistake_is_found_with_file_line_record_and_field(tiny, old, new, finding):
    tiny.change(DEVELOPMENTS, old, new)
    (found,) = tiny.errors()
    assert found.startswith(finding)


def test_all_mistakes_are_found_at_once(tiny):
    tiny.change(DEVELOPMENTS, "kind: investment", "kind: invest")
    tiny.change("developments/2011.yaml", "stage: filed", "stage: fild")
    tiny.change("entities/parties.yaml", "kind: organisation, aliases", "kind: company, aliases")
    assert [finding.place.file for finding in tiny.findings() if finding.is_error] == [
        "developments/2010.yaml",
        "developments/2011.yaml",
        "entities/parties.yaml",
    ]


def test_what_cannot_be_read_is_no_undescribed_entity_besides(tiny):
    tiny.change("entities/parties.yaml", "kind: organisation, aliases", "kind: company, aliases")
    assert len(tiny.errors()) == 1


@pytest.mark.parametrize(
    ("file", "text", "finding"),
    [
        ("timeline.yaml", "- title", "timeline.yaml:1: this is not a mapping."),
        ("timeline.yaml", "{title: x, partys: []}", 'timeline.yaml:1 (partys): there is no field "partys" here.'),
        (DEVELOPMENTS, "id: x\n", f"{DEVELOPMENTS}:1: this is not a list."),
        (DEVELOPMENTS, "- one\n", f"{DEVELOPMENTS}:1: this is not an entry."),
        (DEVELOPMENTS, "- {title: x}\n", f'{DEVELOPMENTS}:1 (entry 1 id): "id" is missing.'),
    ],
)
def test_a_file_of_another_shape_is_told_of(tiny, file, text, finding):
    tiny.write(file, text)
    assert any(error.startswith(finding) for error in tiny.errors())


def test_without_a_timeline_there_is_no_data_set(tiny):
    (tiny.path / "timeline.yaml").unlink()
    reading = read_dataset(tiny.path)
    assert reading.dataset is None
    with pytest.raises(InvalidDataset, match=r'"tiny" has no timeline\.yaml'):
        reading.checked()


def test_the_error_names_the_first_place_and_how_many_there_are(tiny):
    tiny.change(DEVELOPMENTS, "kind: investment", "kind: invest")
    tiny.change("developments/2011.yaml", "stage: filed", "stage: fild")
    with pytest.raises(InvalidDataset) as caught:
        tiny.dataset()
    assert caught.value.field == f"{DEVELOPMENTS}:4 (2010-03-01-first-investment kind)"
    assert caught.value.message == 'the data set "tiny" has errors: there is no kind "invest". (and 1 more)'
    assert len(caught.value.findings) == 2


def test_the_bundled_data_sets_are_the_folders_beside_the_code():
    assert bundled() == {path.parent.name: path.parent for path in BUNDLED.glob("*/timeline.yaml")}
    assert bundled()


def test_a_data_set_is_named_by_slug_or_by_folder(tiny):
    slug, folder = next(iter(bundled().items()))
    assert folder_of(slug) == folder
    assert folder_of(str(tiny.path)) == tiny.path


def test_a_data_set_that_is_not_there_is_told_of(tmp_path):
    slug = next(iter(bundled()))
    with pytest.raises(DatasetError, match=f'there is no data set "{slug}x". Did you mean "{slug}"?'):
        folder_of(f"{slug}x")
    with pytest.raises(DatasetError, match=r"has no timeline\.yaml"):
        folder_of(str(tmp_path))


def test_folders_of_any_size_can_be_made(tmp_path: Path):
    assert len(Folder.many(tmp_path, 25).dataset().developments) == 25
