"""`csv`: the table of facts as RFC 4180 has it: a header, commas, quotes where needed, CR LF; in UTF-8 without a mark.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and what is in the record was
written by many hands. So text that begins like this, or with a tab or carriage return, gets an apostrophe in front.
Numbers, dates and slugs are never touched. Who needs every text as it is recorded takes `ndjson` or `parquet`.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Final, cast

from projections.export.material import Material
from projections.export.table import COLUMNS, Cell, Type, rows, urls
from timeline.dates import format_instant

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_ROWS_AT_ONCE: Final = 500


def table(material: Material) -> Iterator[bytes]:
    """The table, some rows at a time."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    for number, row in enumerate(rows(material), start=1):
        writer.writerow([_written(row[column.name], column.type) for column in COLUMNS])
        if number % _ROWS_AT_ONCE == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _written(cell: Cell, kind: Type) -> str:  # noqa: PLR0911 - one return for each type reads best
    if cell is None:
        return ""
    match kind:
        case Type.TEXT:
            text = cast("str", cell)
            return f"'{text}" if text.startswith(FORMULA) else text
        case Type.NUMBER:
            return format(cast("Decimal", cell), "f")
        case Type.INSTANT:
            return format_instant(cast("int", cell))
        case Type.FLAG:
            return "true" if cell else "false"
        case Type.SOURCES:
            return urls(cast("tuple[dict[str, str], ...]", cell))
        case _:
            return str(cell)
