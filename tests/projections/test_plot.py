"""Charts as SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from projections.plot import Chart, Dot, Trace, short, svg
from timeline.dates import parse_date

SVG = "{http://www.w3.org/2000/svg}"


def day(text: str) -> int:
    return parse_date(text).earliest


def drawn(*traces: Trace, **more) -> ET.Element:
    return ET.fromstring(svg(Chart("Stakes & <more>", "Who holds what.", traces, **more)))  # noqa: S314 - our own


def paths(root: ET.Element) -> list[str]:
    return [item.attrib["d"] for item in root.iter(f"{SVG}path")]


def test_a_chart_tells_what_it_shows_to_those_who_do_not_see_it():
    root = drawn(Trace("a", (Dot(day("2020"), 1.0), Dot(day("2021"), 2.0))))
    labelled = root.attrib["aria-labelledby"].split()
    told = {item.attrib["id"]: item.text for item in root if "id" in item.attrib}
    assert root.attrib["role"] == "img"
    assert [told[name] for name in labelled] == ["Stakes & <more>", "Who holds what."]


def test_a_step_stays_until_the_next_and_a_line_goes_there_straight():
    dots = (Dot(day("2020"), 1.0), Dot(day("2021"), 3.0))
    [step] = paths(drawn(Trace("a", dots), end=day("2021")))
    [line] = paths(drawn(Trace("a", dots, is_step=False), end=day("2021")))
    assert re.sub(r"[\d.,]+", "", step) == "M H V"
    assert re.sub(r"[\d.,]+", "", line) == "M L"


def test_where_there_is_no_value_the_line_breaks():
    dots = (Dot(day("2020"), 1.0), Dot(day("2021"), None), Dot(day("2022"), 2.0))
    assert len(paths(drawn(Trace("a", dots)))) == 2


def test_a_range_is_a_band():
    dots = (Dot(day("2020"), 1.5, 1.0, 2.0), Dot(day("2021"), 3.0))
    root = drawn(Trace("a", dots))
    [band] = [item for item in root.iter(f"{SVG}rect") if "band" in item.attrib["class"]]
    assert float(band.attrib["height"]) > 0
    assert [item.tag for item in drawn(Trace("a", dots[:1] * 2, is_step=False)).iter(f"{SVG}polygon")]


def test_what_is_only_possible_is_drawn_otherwise():
    dots = (Dot(day("2020"), 1.0, is_certain=False), Dot(day("2021"), 1.0), Dot(day("2022"), 1.0))
    classes = [item.attrib["class"] for item in drawn(Trace("a", dots)).iter(f"{SVG}path")]
    assert classes == ["line c0 maybe", "line c0"]


def test_several_lines_have_a_legend_and_a_ninth_is_dashed():
    root = drawn(*(Trace(f"line {number}", (Dot(day("2020"), number), Dot(day("2021"), 1.0))) for number in range(9)))
    texts = [item.text for item in root.iter(f"{SVG}text")]
    assert [text for text in texts if text and text.startswith("line ")] == [f"line {number}" for number in range(9)]
    assert "line c0 more" in {item.attrib["class"] for item in root.iter(f"{SVG}path")}


def test_there_are_colours_for_light_and_for_dark_pages():
    style = next(item.text for item in drawn().iter(f"{SVG}style"))
    assert style
    light, dark = style.split("@media (prefers-color-scheme:dark)")
    assert ".plot .c7{stroke:" in light
    assert ".plot .c7{stroke:" in dark


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        ("2015", "2025", {"2020"}),
        ("2023-01", "2024-01", {"2023-04", "2023-07"}),
        ("2023-11-17", "2023-11-24", {"2023-11-20"}),
    ],
)
def test_the_axis_is_marked_in_years_months_or_days(first, last, marks):
    root = drawn(Trace("a", (Dot(day(first), 1.0), Dot(day(last), 2.0))), end=day(last))
    assert marks <= {item.text for item in root.iter(f"{SVG}text")}


def test_the_axis_of_values_has_round_numbers_around_them():
    root = drawn(Trace("a", (Dot(day("2020"), 13_750_000_000.0), Dot(day("2021"), -2e9))))
    texts = [item.text for item in root.iter(f"{SVG}text")]
    assert {"-5 bn", "0", "5 bn", "10 bn", "15 bn"} <= set(texts)


@pytest.mark.parametrize(
    "dots", [(), (Dot(day("2020"), 0.0),), (Dot(day("2020"), None),), (Dot(day("2020"), 5.0), Dot(day("2020"), 5.0))]
)
def test_even_what_is_hardly_there_can_be_drawn(dots):
    root = drawn(Trace("a", tuple(dots)))
    assert root.tag == f"{SVG}svg"
    assert "nan" not in ET.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0, "0"), (27.5, "27.5"), (1500.0, "1.5 k"), (2e6, "2 m"), (1.375e10, "13.75 bn"), (-3e12, "-3 tn")],
)
def test_numbers_are_short(number, text):
    assert short(number) == text
