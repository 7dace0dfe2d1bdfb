import pytest

from timeline.datasets.files import read_document


@pytest.fixture
def read(tmp_path):
    def read(text):
        (tmp_path / "file.yaml").write_text(text, encoding="utf-8")
        document, findings = read_document(tmp_path, tmp_path / "file.yaml")
        return document, [str(finding) for finding in findings]

    return read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2023-11-17", "2023-11-17"),
        ("2023", "2023"),
        ("2023-11~", "2023-11~"),
        ("2023-11-17T20:28Z", "2023-11-17T20:28Z"),
        ("13.750", "13.750"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        ("12:30", "12:30"),
        ("no", "no"),
        ("true", True),
        ("False", False),
        ('"true"', "true"),
        ("~", None),
        ("", None),
        ("'2023'", "2023"),
    ],
)
def test_a_scalar_stays_as_written_unless_it_is_a_boolean_or_null(read, written, value):
    document, findings = read(f"field: {written}\n")
    assert document.content == {"field": value}
    assert findings == []


def test_every_part_has_the_line_on_which_it_begins(read):
    document, _ = read("- id: one\n  list:\n    - a\n    - {b: c,\n       d: e}\n- id: two\n")
    assert document.line((0,)) == 1
    assert document.line((0, "list", 1, "d")) == 5
    assert document.line((1, "id")) == 6


def test_a_part_that_is_missing_has_the_line_of_what_should_hold_it(read):
    document, _ = read("- id: one\n- id: two\n  known: 2023\n")
    assert document.line((1, "sources", 0, "url")) == 2


def test_a_text_is_found_below_a_part(read):
    document, _ = read("- {a: x}\n- a: y\n  b: [z,\n    x]\n")
    assert document.way_to("x", (1,)) == (1, "b", 1)
    assert document.line(document.way_to("x", (1,))) == 4
    assert document.way_to("nowhere", (1,)) == (1,)


def test_a_field_given_twice_is_found_on_its_second_line(read):
    document, findings = read("title: One\nsummary: Two\ntitle: Three\n")
    assert findings == ['file.yaml:3: "title" stands here twice. Keep one of the two.']
    assert document.content["title"] == "One"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("title: One: Two\n", "file.yaml:1: this is not YAML: mapping values are not allowed in this context."),
        ("a: [1,\nb: 2\n", "file.yaml:3: this is not YAML: "),
        ("a: &x 1\nb: *x\n", "file.yaml:1: anchors and aliases are not read."),
        ("a: *x\n", "file.yaml:1: this is not YAML: "),
        (
            "a: !!python/name:os.system x\n",
            'file.yaml:1: the tag "tag:yaml.org,2002:python/name:os.system" is not read.',
        ),
        ("", "file.yaml:1: the file is empty."),
    ],
)
def test_what_cannot_be_read_is_found_with_its_line(read, text, finding):
    _, (found,) = read(text)
    assert found.startswith(finding)


def test_a_file_that_is_not_utf_8_is_told_of(tmp_path):
    (tmp_path / "file.yaml").write_bytes(b"title: caf\xe9\n")
    document, (finding,) = read_document(tmp_path, tmp_path / "file.yaml")
    assert document.content is None
    assert finding.remedy == "Save it as UTF-8 text."
