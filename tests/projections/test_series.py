"""Numeric attributes over time."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

import pytest

from projections.history.asking import Wanted
from projections.plot import svg
from projections.replay import Replaying
from projections.series import series_at
from projections.series_table import COLUMNS, series_csv
from tests.projections.recorded import ceo
from tests.timeline.telling import TIMELINE
from timeline.dates import format_instant
from timeline.errors import InvalidInput, UndescribedEntity, UnknownAttribute


def worth(amount=None, currency="USD", **more):
    value = {"type": "money", "currency": currency, **({"amount": amount} if amount else {})}
    value |= {name: more.pop(name) for name in ("low", "high", "qualifier") if name in more}
    return {"subject": "acme", "attribute": "valuation", "value": value, **more}


@pytest.fixture
def history(kept_anywhere):
    """Acme is worth 10 since 2020, 20 to 30 since June 2021 (known a year later), and somebody says 15 of 2020."""
    kept_anywhere.tell("ten", worth("10"), occurred="2020-01-01", sources=["a"])
    kept_anywhere.tell("range", worth(low="20", high="30", qualifier="about"), occurred="2021-06", known="2022-06-01")
    kept_anywhere.tell("fifteen", worth("15"), occurred="2020-01-01", known="2020-03-01", standing="reported")
    kept_anywhere.tell("euros", worth("40", "EUR"), occurred="2023-01-01")
    return kept_anywhere


def read(kept, attribute="valuation", subject=None, object_=None, **asked):
    with kept.archive.snapshot() as snapshot:
        bounds = Replaying(**{"clock": "at", **asked}).bounds(snapshot)
        return series_at(snapshot, TIMELINE, bounds, Wanted(subject, attribute, object_, None, None))


def points(series):
    return [
        (line.unit, format_instant(point.start)[:10], str(point.number), point.is_certain)
        for line in series.lines
        for point in line.points
    ]


def test_how_it_went_in_the_world(history):
    assert points(read(history)) == [
        ("USD", "2020-01-01", "10", False),
        ("USD", "2020-01-01", "10", True),
        ("USD", "2021-06-01", "25", False),
        ("USD", "2021-06-30", "25", True),
        ("EUR", "2023-01-01", "40", False),
        ("EUR", "2023-01-01", "40", True),
    ]


def test_what_was_believed_on_each_date(history):
    assert points(read(history, clock="known", at="2021-12-31")) == [
        ("USD", "2020-01-01", "10", True),
        ("USD", "2020-03-01", "10", True),
        ("USD", "2022-06-01", "25", True),
    ]


def test_the_points_are_what_the_state_says(history):
    for asked in ({"known": "2021-12-31"}, {}, {"standing": "confirmed"}):
        for line in read(history, **asked).lines:
            for point in line.points:
                [fact] = [
                    fact
                    for fact in history.state(format_instant(point.start), **asked).facts
                    if fact.attribute == "valuation"
                ]
                assert fact.text == point.text
                assert (fact.value, fact.standing, fact.is_certain) == (point.value, point.standing, point.is_certain)
                assert fact.evidence.sources == point.sources
                assert [rival.text for rival in fact.contested_by if rival.since[:4] == fact.since[:4]] == [
                    rival.text for rival in point.rivals
                ]


def test_a_value_has_its_range_its_qualifier_and_its_rivals(history):
    [usd, eur] = read(history).lines
    first, _, ranged, _ = usd.points
    assert [rival.text for rival in first.rivals] == ["Acme is valued at $15"]
    assert (ranged.exact, ranged.low, ranged.high, ranged.value["qualifier"]) == (
        None,
        Decimal(20),
        Decimal(30),
        "about",
    )
    assert ranged.as_json()["low"] == "20"
    assert (usd.points[-1].until, eur.points[-1].until) == (eur.points[0].start, None)
    assert read(history, clock="known", at="2020-06-01").lines[0].points[0].rivals == (), "nobody said so yet"


def test_a_series_is_cut_to_what_was_asked_for(history):
    assert points(read(history, start="2021-12-31", end="2022-12-31")) == [("USD", "2021-12-31", "25", True)]
    assert points(read(history, end="2019")) == []


def test_as_csv_a_value_is_a_row(history):
    rows = list(csv.DictReader(StringIO(series_csv(read(history)))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["value"] for row in rows] == ["10", "10", "", "", "40", "40"]
    assert (rows[2]["low"], rows[2]["high"], rows[2]["qualifier"]) == ("20", "30", "about")
    assert rows[0]["rivals"] == "Acme is valued at $15 (reported)"
    assert rows[0]["sources"] == "https://example.org/a"


def test_each_unit_has_a_chart(history):
    charts = read(history).charts()
    assert [chart.unit for chart in charts] == ["USD", "EUR"]
    assert "Acme" in charts[0].title
    assert 'class="band f0"' in svg(charts[0])
    assert read(history, end="2019").charts()[0].traces == ()


@pytest.mark.parametrize(
    ("asked", "error", "field", "remedy"),
    [
        ({"attribute": "chief_executive"}, InvalidInput, "attribute", "Give one whose values are"),
        ({"attribute": "valuatoin"}, UnknownAttribute, "attribute", "valuation"),
        ({"subject": "acmee"}, UndescribedEntity, "subject", "acme"),
        ({"clock": "recorded"}, InvalidInput, "clock", '"at" or "known"'),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_remedy(kept, asked, error, field, remedy):
    kept.tell("jane", ceo("jane"), occurred="2020")
    with pytest.raises(error) as refused:
        read(kept, **asked)
    assert refused.value.field == field
    assert remedy in str(refused.value)
