"""Where a statement comes from."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from timeline.dates import EdtfDate


class SourceKind(StrEnum):
    """What sort of document a source is."""

    PRIMARY = "primary"
    PRESS = "press"
    COURT = "court"
    REGULATOR = "regulator"
    ANALYSIS = "analysis"


_ADDRESS = re.compile(r"https?://(?:[^\s/?#@:\[\]]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)


def _web_address(url: str) -> str:
    if not _ADDRESS.fullmatch(url) or not url.isprintable():
        raise ValueError("write a complete web address that begins with https:// or http://")
    return url


WebAddress = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=2000),
    AfterValidator(_web_address),
    Field(json_schema_extra={"format": "uri"}, examples=["https://example.org/page"]),
]
"""An http(s) address; no other scheme can get into the record."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Source(BaseModel):
    """One document that says so. Within a development a source is named by its `url`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    publisher: Line
    title: Line
    url: WebAddress
    published: EdtfDate | None = None
    kind: SourceKind = SourceKind.PRESS
    archive_url: WebAddress | None = None
    retrieved: EdtfDate | None = None
