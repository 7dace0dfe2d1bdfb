import pytest

from timeline.clock import FixedClock
from timeline.datasets.reading import bundled, read_dataset
from timeline.datasets.validator import validate
from timeline.dates import parse_moment

EARLY, LATE = "developments/2010.yaml", "developments/2011.yaml"


def test_the_tiny_data_set_is_without_findings(tiny):
    assert tiny.findings() == ()


@pytest.mark.parametrize("slug", bundled())
def test_a_bundled_data_set_is_without_errors(slug):
    found = validate(read_dataset(bundled()[slug]))
    assert [str(finding) for finding in found if finding.is_error] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        pytest.param(
            EARLY,
            "chair: ada-holm",
            "chair: ada-hol",
            f'{EARLY}:39 (2010-03-01-board-seat detail.chair): nobody has described the entity "ada-hol".',
            id="an entity that nobody described, in a detail",
        ),
        pytest.param(
            "timeline.yaml",
            "[northwind, tidewater]",
            "[northwind, tidwater]",
            'timeline.yaml:3 (parties.1): nobody has described the entity "tidwater".',
            id="a party that nobody described",
        ),
        pytest.param(
            EARLY,
            "changes: {occurred: 2010-03-01}",
            "changes: {occurred: 2010-03-01, facts: [{subject: tidewater, attribute: chief_executive, value: {entity: bela}}]}",
            f"{EARLY}:49 (2010-03-01-board-seat then.0.changes.facts.0.value.id): a finer date leaves everything else as it was",
            id="a finer date that changes more",
        ),
        pytest.param(
            EARLY,
            "changes: {occurred: 2010-03-01}",
            "changes: {occurred: 2010-04}",
            f"{EARLY}:49 (2010-03-01-board-seat then.0.changes.occurred): a finer date leaves everything else as it was",
            id="a finer date outside the one it replaces",
        ),
        pytest.param(
            EARLY,
            "known: 2010-04-10",
            "known: 2010-02-10",
            f'{EARLY}:47 (2010-03-01-board-seat then.0.known): "2010-02-10" lies before the development itself became known.',
            id="a correction known before the development",
        ),
        pytest.param(
            EARLY,
            "version: 1\n",
            "version: 9\n",
            f"{EARLY}:23 (2010-03-01-first-investment then.2.version): the development has no version 9.",
            id="a version that does not exist",
        ),
        pytest.param(
            EARLY,
            "withdrawn-source: https://gazette.example/third",
            "withdrawn-source: https://gazette.example/fourth",
            f"{EARLY}:74 (2010-09-01-stake-rumour then.0.source): at 2010-11-15 the development does not rest on https://gazette.example/fourth.",
            id="a source that never was one",
        ),
        pytest.param(
            EARLY,
            "detail: {money: {money: 11.5 million EUR, form: cash}, committed_total: {money: 40 million EUR}}",
            "detail: {investee: null}",
            f'{EARLY}:21 (2010-03-01-first-investment then.1.changes.detail.investee): "investee" is missing.',
            id="a change that takes away what is needed",
        ),
        pytest.param(
            LATE,
            "standing: confirmed\n      known: 2011-02-12",
            "standing: reported\n      known: 2011-02-12",
            f'{LATE}:17 (2011-02-11-holm-leaves then.0.standing): the development is "reported" already.',
            id="a standing it has already",
        ),
        pytest.param(
            EARLY,
            "attribute: chief_executive",
            "attribute: chief_exec",
            f'{EARLY}:42 (2010-03-01-board-seat facts.0.attribute): the vocabulary has no attribute "chief_exec". Did you mean "chief_executive"?',
            id="an attribute that the vocabulary does not have",
        ),
        pytest.param(
            EARLY,
            "value: {entity: ada-holm}",
            "value: {text: Ada Holm}",
            f'{EARLY}:42 (2010-03-01-board-seat facts.0.value.type): "chief_executive" takes a value of type "entity", not "text".',
            id="a value of the wrong type",
        ),
        pytest.param(
            EARLY,
            "value: {entity: ada-holm}",
            "value: {entity: ada-holm}, until: 2009",
            f'{EARLY}:42 (2010-03-01-board-seat facts.0.until): "until" (2009) lies before "since" (2010-03)',
            id="an end before the beginning",
        ),
        pytest.param(
            EARLY,
            "subject: tidewater, attribute: chief_executive, value: {entity: ada-holm}",
            "subject: northwind, attribute: investment, object: tidewater, end: true, development: 2010-03-01-first",
            f'{EARLY}:42 (2010-03-01-board-seat facts.0.development): there is no development "2010-03-01-first".',
            id="the end of a fact of no development",
        ),
        pytest.param(
            LATE,
            "- id: 2011-04-01-second-ferry-talks-again",
            "- id: 2011-04-01-second-ferry-talks",
            f'{LATE}:40 (2011-04-01-second-ferry-talks id): the development "2011-04-01-second-ferry-talks" stands already in {LATE}:22.',
            id="a development twice",
        ),
        pytest.param(
            "entities/matters.yaml",
            "- {id: port-office,",
            "- {id: quayside, name: Quayside, kind: organisation}\n- {id: port-office,",
            'entities/parties.yaml:3 (quayside id): the entity "quayside" is described already in entities/matters.yaml:5.',
            id="an entity twice",
        ),
        pytest.param(
            "entities/matters.yaml",
            "- {id: port-office,",
            "- {id: tiny, name: Tiny, kind: topic}\n- {id: port-office,",
            'entities/matters.yaml:5 (tiny id): "tiny" is the timeline itself.',
            id="the timeline as an entity",
        ),
        pytest.param(
            LATE,
            "  sources:\n    - {publisher: Port Office, title: Notice 7, url: https://port.example/7, published: 2011-08-01, kind: regulator}\n",
            "",
            f"{LATE}:75 (2011-08-01-review-opened): no source says so.",
            id="no source",
        ),
        pytest.param(
            LATE,
            "kind: regulator}",
            "kind: press}",
            f"{LATE}:79 (2011-08-01-review-opened standing): confirmed, but by no document of first hand",
            id="confirmed by one report",
        ),
    ],
)
def test_an_error_is_found_with_its_line(tiny, file, old, new, finding):
    tiny.change(file, old, new)
    (found,) = tiny.errors()
    assert found.startswith(finding)


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        pytest.param(
            LATE,
            "known: 2011-08-01\n",
            "known: 2011-07-20\n",
            f"{LATE}:76 (2011-08-01-review-opened known): known at 2011-07-20, before it occurred (2011-08-01).",
            id="known before it occurred",
        ),
        pytest.param(
            "entities/matters.yaml",
            "- {id: port-office,",
            "- {id: lighthouse, name: Lighthouse, kind: product}\n- {id: port-office,",
            'entities/matters.yaml:5 (lighthouse): nothing names the entity "lighthouse".',
            id="an entity that nothing names",
        ),
    ],
)
def test_what_looks_wrong_is_a_warning(tiny, file, old, new, finding):
    tiny.change(file, old, new)
    assert tiny.errors() == []
    (found,) = tiny.warnings()
    assert found.startswith(finding)


def test_nothing_can_be_known_in_the_future(tiny):
    clock = FixedClock(parse_moment("2011-02-11"))
    found = [finding for finding in validate(read_dataset(tiny.path), clock=clock) if finding.is_error]
    assert {finding.rule for finding in found} == {"known-by-now"}
    assert str(found[0]) == (
        f'{LATE}:18 (2011-02-11-holm-leaves then.0.known): "2011-02-12" lies in the future '
        "(now is 2011-02-11T23:59:59.999999Z). Give the date on which it became public."
    )


def test_findings_come_by_file_and_line(tiny):
    tiny.change(LATE, "stage: filed", "stage: fild")
    tiny.change(EARLY, "chair: ada-holm", "chair: ada-hol")
    places = [(finding.place.file, finding.place.line) for finding in tiny.findings()]
    assert places == sorted(places)
    assert len(places) == 2


def test_a_finding_is_json_too(tiny):
    tiny.change(EARLY, "chair: ada-holm", "chair: ada-hol")
    (finding,) = tiny.findings()
    assert finding.as_json() == {
        "severity": "error",
        "rule": "described-entities",
        "file": EARLY,
        "line": 39,
        "record": "2010-03-01-board-seat",
        "field": "detail.chair",
        "message": 'nobody has described the entity "ada-hol".',
        "remedy": "Describe it in entities/, or mend the slug.",
    }
