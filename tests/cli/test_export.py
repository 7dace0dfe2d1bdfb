"""`timeline export`, `timeline import` and `timeline digest`."""

from __future__ import annotations

import json
import os
import stat

import pytest

from projections.export.formats import FORMATS
from projections.service import opened
from tests.cli.running import Timeline
from tests.timeline.datasets.folders import TINY
from timeline.datasets.loader import load
from timeline.datasets.reading import read_dataset
from timeline.settings import Settings

AT = ("--at", "2012", "--known", "2012")


@pytest.fixture(scope="module")
def embedded(sqlite_databases, tmp_path_factory) -> Timeline:
    """The command line, on an embedded database with the tiny timeline; nothing here writes to it."""
    url = sqlite_databases.copy_to(tmp_path_factory.mktemp("embedded") / "timeline.db")
    with opened(Settings(database_url=url)) as service:
        load(service.record, read_dataset(TINY).checked())
    return Timeline(url)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_to_a_file(embedded, tmp_path, name):
    file = tmp_path / "out"
    result = embedded("export", "tiny", "--format", name, "-o", str(file), *(() if name == "log" else AT))
    assert result.stdout == ""
    assert file.stat().st_size > 100
    assert not list(tmp_path.glob(".out*")), "nothing is left of the way there"


def test_left_out_the_file_is_standard_output(embedded):
    assert embedded("export", "tiny", "--format", "csv", *AT).stdout.startswith("timeline,at,known,")


def test_a_file_is_not_replaced_unasked(embedded, tmp_path):
    file = tmp_path / "facts.csv"
    file.write_text("mine")
    told = embedded.refuses("export", "tiny", "--format", "csv", "-o", str(file))
    assert told.startswith("Error: The file ")
    assert "is there already. Name another file, or replace it with --force." in told
    assert file.read_text() == "mine"
    embedded("export", "tiny", "--format", "csv", "-o", str(file), "--force")
    assert file.read_text("utf-8").startswith("timeline,")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~umask


def test_what_fails_leaves_no_file_and_the_old_one_alone(embedded, tmp_path):
    file = tmp_path / "cite.bib"
    arguments = (
        "export",
        "tiny",
        "--format",
        "bibtex",
        "--development",
        "2011-04-01-second-ferry-talks",
        "-o",
        str(file),
    )
    assert "retracted" in embedded.refuses(*arguments, code=2)
    assert not file.exists()
    file.write_text("mine")
    assert "retracted" in embedded.refuses(*arguments, "--force", code=2)
    assert file.read_text() == "mine"
    assert not list(tmp_path.glob(".cite*"))


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("tiny", "--format", "xlsx"), 2, f'--format: there is no format "xlsx". Give one of: {", ".join(FORMATS)}.'),
        (("tiny", "--format", "log", "--at", "2012"), 2, '--at: the export "log" holds every event'),
        (("tiny", "--format", "csv", "--known", "2099"), 2, "--known:"),
        (("tyni", "--format", "csv"), 1, 'There is no timeline "tyni". There are: tiny.'),
        (("tiny", "--format", "csv", "-o", "/nowhere/at/all.csv"), 2, "there is no folder /nowhere/at"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_line(embedded, arguments, code, told):
    message = embedded.refuses("export", *arguments, code=code)
    assert told in message
    assert len(message.splitlines()) == 1


def test_links_lead_nowhere_until_the_public_address_is_known(embedded):
    without = embedded("export", "tiny", "--format", "bibtex", *AT)
    assert "https://timeline.invalid/v1/timelines/tiny/state?at=2012-12-31" in without.stdout
    assert "Set TIMELINE_BASE_URL" in without.stderr
    known = embedded("export", "tiny", "--format", "bibtex", *AT, TIMELINE_BASE_URL="https://timeline.example")
    assert "https://timeline.example/v1/timelines/tiny/state?at=2012-12-31" in known.stdout
    assert known.stderr == ""


def test_export_import_and_the_digest_is_the_same(loaded, tmp_path):
    file = tmp_path / "tiny.log.ndjson"
    loaded("export", "tiny", "--format", "log", "-o", str(file))
    other = Timeline(f"sqlite:///{tmp_path / 'other.db'}")
    said = other.says("import", str(file))
    digest = loaded.says("digest", "tiny")
    assert digest.endswith("tiny, 35 events up to revision 35")
    assert said == f"tiny: 35 events imported (revision 35), digest {digest.split()[0]}."
    assert other.says("digest", "tiny") == digest
    assert json.loads(other("digest", "tiny", "--json").stdout) == {
        "timeline": "tiny",
        "revision": 35,
        "events": 35,
        "digest": digest.split()[0],
    }
    assert loaded.says("digest", "tiny", "--revision", "20") != digest
    assert other.says("state", "tiny", *AT) == loaded.says("state", "tiny", *AT)


def test_an_import_in_json(embedded, tmp_path):
    file = tmp_path / "tiny.log.ndjson"
    embedded("export", "tiny", "--format", "log", "-o", str(file))
    body = json.loads(Timeline(f"sqlite:///{tmp_path / 'other.db'}")("import", str(file), "--json").stdout)
    assert (body["timeline"], body["events"], body["revision"]) == ("tiny", 35, 35)


def test_what_cannot_be_imported_is_told_in_one_line(embedded, tmp_path):
    file = tmp_path / "tiny.log.ndjson"
    embedded("export", "tiny", "--format", "log", "-o", str(file))
    assert "kept already" in embedded.refuses("import", str(file))
    file.write_bytes(file.read_bytes()[:-30])
    other = Timeline(f"sqlite:///{tmp_path / 'other.db'}")
    told = other.refuses("import", str(file))
    assert told == (
        "Error: line 37: the file breaks off in the middle of the line. Export the timeline again, and import the file "
        "as it is."
    )
    assert "cannot be read: No such file" in other.refuses("import", str(tmp_path / "nothing"))
    assert "cannot be read: Is a directory" in other.refuses("import", str(tmp_path))
    assert "holds no timeline" in other.refuses("digest", "tiny")
