"""A series as CSV (RFC 4180): one value a row, for spreadsheets and data frames.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, so text that begins like this
gets an apostrophe in front. Numbers are never touched.
"""

import csv
from io import StringIO
from typing import Final

from projections.series import Line, Point, Series
from timeline.dates import format_instant

COLUMNS: Final = (
    "subject",
    "object",
    "unit",
    "from",
    "until",
    "value",
    "low",
    "high",
    "qualifier",
    "certainty",
    "standing",
    "since",
    "ends",
    "known_since",
    "development",
    "text",
    "rivals",
    "sources",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def series_csv(series: Series) -> str:
    """The table, with a header; rivals are sentences with semicolons between, sources addresses with spaces between."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in series.lines:
        writer.writerows(_row(line, point) for point in line.points)
    return buffer.getvalue()


def _row(line: Line, point: Point) -> tuple[str, ...]:
    told = point.as_json()
    return (
        line.subject,
        line.object or "",
        _text(line.unit),
        *(told[name] or "" for name in ("from", "until", "value", "low", "high", "qualifier", "certainty", "standing")),
        point.since,
        point.ends or "",
        format_instant(point.known_since),
        point.development,
        _text(point.text),
        _text("; ".join(f"{rival.text} ({rival.standing})" for rival in point.rivals)),
        _text(" ".join(source["url"] for source in point.sources)),
    )


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
