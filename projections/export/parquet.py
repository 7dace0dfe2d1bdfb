"""`parquet`: the table of facts with types: exact decimals, timestamps in UTC by microseconds, sources as structures.

Needs the extra `parquet` (pyarrow). The basis is in the metadata of the file as well.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from projections.export.material import Material
from projections.export.table import COLUMNS, Type, rows
from timeline.errors import NotInstalled

EXTRA: Final = "timeline-service[parquet]"
_SOURCE: Final = ("publisher", "title", "url", "published", "kind", "archive_url", "retrieved")
_DIGITS: Final = (28, 10)
"""As many as a number of the record can have, and how many of them after the point."""


def table(material: Material) -> Iterator[bytes]:
    """The file, in one piece.

    Raises:
        NotInstalled: pyarrow is not there.
    """
    arrow = _arrow()
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    metadata = {"timeline": material.timeline, "basis": json.dumps(material.basis.as_json())}
    schema = arrow.schema([(column.name, _type(arrow, column.type)) for column in COLUMNS], metadata=metadata)
    columns: dict[str, list[Any]] = {column.name: [] for column in COLUMNS}
    for row in rows(material):
        for name, cell in row.items():
            columns[name].append(cell)
    columns["sources"] = [[{name: one.get(name) for name in _SOURCE} for one in some] for some in columns["sources"]]
    found = arrow.table(columns, schema=schema)
    buffer = BytesIO()
    parquet.write_table(found, buffer, compression="zstd")
    yield buffer.getvalue()


def writer_version() -> str:
    """Which release of pyarrow writes: another one may write other bytes.

    Raises:
        NotInstalled: pyarrow is not there.
    """
    version: str = _arrow().__version__
    return version


def _arrow() -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
    except ImportError:
        raise NotInstalled(
            "this installation cannot write Parquet: the package pyarrow is missing.",
            field="format",
            remedy=f"Install {EXTRA} where the service runs, or take csv or ndjson.",
        ) from None
    return pa


def _type(arrow: Any, kind: Type) -> Any:
    match kind:
        case Type.NUMBER:
            return arrow.decimal128(*_DIGITS)
        case Type.COUNT:
            return arrow.int64()
        case Type.INSTANT:
            return arrow.timestamp("us", tz="UTC")
        case Type.FLAG:
            return arrow.bool_()
        case Type.SOURCES:
            return arrow.list_(arrow.struct([(name, arrow.string()) for name in _SOURCE]))
        case _:
            return arrow.string()
