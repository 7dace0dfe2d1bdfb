"""The record, taken home over HTTP: every format, its headers, and what is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pandas as pd
import pytest
from starlette.testclient import TestClient

from api.examples import DEVELOPMENT
from projections.export.formats import FORMATS
from projections.service import opened
from tests.http.story import HOME, client_of, head, tell
from timeline.errors import NotInstalled
from timeline.importing import import_log
from timeline.settings import Settings
from timeline.store import SQLApplicationRecorder

EXPORT = f"{HOME}/export"
PINNED = "at=2024-03-10&known=2024-03-31&revision=8"


@pytest.fixture(scope="module")
def on_sqlite(sqlite_databases, tmp_path_factory) -> Iterator[TestClient]:
    """A client of an app to which the whole story was told; nothing here writes to it."""
    with client_of(sqlite_databases.copy_to(tmp_path_factory.mktemp("story") / "timeline.db")) as client:
        tell(client)
        yield client


def of_state(name: str) -> str:
    return f"{EXPORT}?format={name}" + ("&revision=8" if FORMATS[name].is_of_log else f"&{PINNED}")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_a_file_that_names_its_basis(on_sqlite, name):
    answer = on_sqlite.get(of_state(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[name].media_type
    basis = "" if FORMATS[name].is_of_log else "_at-2024-03-10_known-2024-03-31_reported"
    file = f"acme-globex{basis}_r8.{FORMATS[name].suffix}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
    assert answer.headers["timeline-revision"] == "8"
    assert answer.content


@pytest.mark.parametrize("name", FORMATS)
def test_a_pinned_export_may_be_kept_for_good_and_is_not_sent_twice(on_sqlite, name):
    first = on_sqlite.get(of_state(name))
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = on_sqlite.get(of_state(name), headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert on_sqlite.get(of_state(name)).content == first.content
    shown = on_sqlite.head(of_state(name))
    assert (shown.status_code, shown.content, shown.headers["etag"]) == (200, b"", first.headers["etag"])


def test_what_is_not_pinned_is_to_be_asked_for_again(on_sqlite):
    for query in ("format=csv", "format=csv&at=2024-03-10&known=2024-03-31", "format=csv&revision=8", "format=log"):
        assert on_sqlite.get(f"{EXPORT}?{query}").headers["cache-control"] == "no-cache", query


def test_formats_and_bases_have_etags_of_their_own(on_sqlite):
    addresses = [*(of_state(name) for name in FORMATS), f"{EXPORT}?format=csv&{PINNED}&standing=alleged"]
    addresses += [f"{EXPORT}?format=bibtex&{PINNED}&development={DEVELOPMENT}", f"{EXPORT}?format=log&revision=7"]
    assert len({on_sqlite.get(address).headers["etag"] for address in addresses}) == len(addresses)


def test_a_csv_is_the_state_that_the_service_answers(client):
    from io import BytesIO

    table = pd.read_csv(BytesIO(client.get(f"{EXPORT}?format=csv&{PINNED}").content), dtype=str, keep_default_na=False)
    state = client.get(f"{HOME}/state?{PINNED}").json()
    assert list(table.text) == [fact["text"] for section in state["sections"].values() for fact in section["facts"]]


def test_a_log_is_imported_by_another_store_and_is_the_same_there(client, sqlite_databases, tmp_path):
    answer = client.get(f"{EXPORT}?format=log")
    file = tmp_path / "log.ndjson"
    file.write_bytes(answer.content)
    other = sqlite_databases.copy_to(tmp_path / "other.db")
    with opened(Settings(database_url=other)) as service, file.open("rb") as lines:
        recorder = service.record.recorder
        assert isinstance(recorder, SQLApplicationRecorder)
        import_log(recorder, lines)
    with client_of(other) as importer:
        assert importer.get(f"{EXPORT}?format=log").content == answer.content
        assert importer.get(f"{HOME}/state?{PINNED}").json() == client.get(f"{HOME}/state?{PINNED}").json()
    lines = answer.content.splitlines(keepends=True)
    assert json.loads(lines[-1])["digest"] == f"sha256:{hashlib.sha256(b''.join(lines[1:-1])).hexdigest()}"


def test_links_begin_with_the_public_address(on_sqlite, sqlite_url):
    assert "url = {http://testserver/v1/timelines/acme-globex/state?" in on_sqlite.get(of_state("bibtex")).text
    with client_of(sqlite_url, base_url="https://timeline.example/base/") as client:
        tell(client)
        told = client.get(of_state("bibtex")).text
        assert "url = {https://timeline.example/base/v1/timelines/acme-globex/state?at=2024-03-10&known" in told


def test_the_permalink_of_a_citation_answers_what_is_cited(on_sqlite):
    [cited] = on_sqlite.get(of_state("csl-json")).json()
    answer = on_sqlite.get(cited["URL"])
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.json()["basis"]["revision"] == 8
    [cited] = on_sqlite.get(f"{of_state('csl-json')}&development={DEVELOPMENT}").json()
    assert on_sqlite.get(cited["URL"]).json()["content"]["title"] == cited["title"]


@pytest.mark.parametrize(
    ("query", "status", "slug", "field", "told"),
    [
        ("", 422, "invalid-input", "format", ", ".join(FORMATS)),
        ("format=xlsx", 422, "invalid-input", "format", ", ".join(FORMATS)),
        ("format=", 422, "invalid-input", "format", ", ".join(FORMATS)),
        ("format=log&at=2024", 422, "invalid-input", "at", "Leave it out"),
        ("format=log&standing=alleged", 422, "invalid-input", "standing", "Leave it out"),
        ("format=csv&development=x", 422, "invalid-input", "development", "csl-json or bibtex"),
        ("format=bibtex&development=x", 404, "unknown-development", "development", "developments"),
        ("format=bibtex&known=2023&development=" + DEVELOPMENT, 422, "invalid-input", "development", "known"),
        ("format=csv&at=never", 422, "invalid-input", "at", ""),
        ("format=csv&known=2031", 422, "future-known", "known", ""),
        ("format=csv&revision=999", 404, "unknown-revision", "revision", ""),
        ("format=csv&formt=csv", 422, "unknown-parameter", "formt", "format"),
    ],
)
def test_what_cannot_be_exported_is_told_with_the_remedy(on_sqlite, query, status, slug, field, told):
    answer = on_sqlite.get(f"{EXPORT}?{query}")
    assert answer.status_code == status
    problem = answer.json()
    assert problem["type"] == f"/problems/{slug}"
    assert problem["errors"][0]["field"] == field
    assert told in problem["errors"][0]["remedy"]


def test_a_timeline_that_there_is_not_has_no_log_either(on_sqlite):
    for name in FORMATS:
        answer = on_sqlite.get(f"/v1/timelines/acme-initech/export?format={name}")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-timeline")
    assert on_sqlite.get(f"{EXPORT}?format=log&revision=0").status_code == 404


def test_without_the_extra_parquet_says_what_to_install(on_sqlite, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    answer = on_sqlite.get(of_state("parquet"))
    assert (answer.status_code, answer.json()["type"]) == (501, f"/problems/{NotInstalled.problem}")
    assert "timeline-service[parquet]" in answer.json()["errors"][0]["remedy"]
    assert on_sqlite.get(of_state("csv")).status_code == 200


def test_an_export_at_an_early_revision_knows_nothing_of_later_events(on_sqlite):
    newest = head(on_sqlite)
    early = on_sqlite.get(f"{EXPORT}?format=log&revision=5").content.splitlines()
    late = on_sqlite.get(f"{EXPORT}?format=log&revision={newest}").content.splitlines()
    assert early[1:-1] == late[1:6]
    assert len(late) == newest + 2
