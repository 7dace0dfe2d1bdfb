"""`/series`: numeric attributes over time."""

from __future__ import annotations

import csv
from io import StringIO
from xml.etree import ElementTree as ET

import pytest

from api.schemas.series import SeriesBody
from tests.http.story import HOME

SERIES = f"{HOME}/series"
INVESTED = {"attribute": "investment", "known": "2024-04-10"}


def test_a_series_along_valid_time(client):
    answer = client.get(SERIES, params=INVESTED)
    SeriesBody.model_validate(answer.json())
    [line] = answer.json()["items"]
    assert (line["subject"]["id"], line["object"]["id"], line["unit"]) == ("globex", "acme", "USD")
    assert [
        (point["from"][:10], point["value"], point["qualifier"], point["certainty"]) for point in line["points"]
    ] == [
        ("2024-04-01", "2000000000", "about", "possible"),
        ("2024-04-30", "2000000000", "about", "definite"),
    ]
    assert answer.headers["timeline-known"] == "2024-04-10T23:59:59.999999Z"


def test_a_series_along_knowledge(client):
    body = client.get(SERIES, params={"attribute": "investment", "clock": "known"}).json()
    [line] = body["items"]
    assert [(point["from"][:10], (point["until"] or "")[:10]) for point in line["points"]] == [
        ("2024-04-02", "2024-04-20")
    ]


def test_a_series_as_a_table_and_as_a_picture(client):
    table = client.get(SERIES, params=INVESTED, headers={"Accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert [row["value"] for row in csv.DictReader(StringIO(table.text))] == ["2000000000"] * 2
    picture = client.get(SERIES, params={**INVESTED, "format": "svg", "unit": "USD"})
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert ET.fromstring(picture.text).attrib["role"] == "img"  # noqa: S314 - our own
    plain = client.get(SERIES, params=INVESTED)
    assert len({one.headers["etag"] for one in (table, picture, plain)}) == 3


def test_a_pinned_series_is_for_good(client):
    asked = {**INVESTED, "to": "2024-05-01", "revision": 10}
    answer = client.get(SERIES, params=asked)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get(SERIES, params=asked, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert client.get(SERIES, params=INVESTED).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("asked", "problem", "field", "remedy"),
    [
        ({}, "invalid-input", "attribute", ""),
        ({"attribute": "chief_executive"}, "invalid-input", "attribute", "Give one whose values are"),
        ({"attribute": "investmnt"}, "unknown-attribute", "attribute", "investment"),
        ({"attribute": "investment", "subject": "globe"}, "undescribed-entity", "subject", "globex"),
        ({"attribute": "investment", "clock": "recorded"}, "invalid-input", "clock", "at"),
        ({"attribute": "investment", "at": "2024"}, "invalid-input", "at", "Leave it out"),
        ({"attribute": "investment", "to": "soon"}, "invalid-input", "to", ""),
        ({"attribute": "investment", "clock": "known", "to": "2031"}, "future-known", "to", ""),
        ({**INVESTED, "format": "svg", "unit": "EUR"}, "invalid-input", "unit", "USD"),
        ({"attribute": "investment", "format": "pdf"}, "invalid-input", "format", "json"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_with_a_remedy(on_sqlite, asked, problem, field, remedy):
    answer = on_sqlite.get(SERIES, params=asked)
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")
    [error] = answer.json()["errors"]
    assert error["field"] == field
    assert remedy in error["message"] + error["remedy"]
