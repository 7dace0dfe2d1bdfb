"""The bodies of requests that write."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from timeline.content import Content
from timeline.dates import EdtfDate
from timeline.events import Reason, Remark, RetractionReason
from timeline.names import EntityId, Slug
from timeline.sources import Line, Source, WebAddress
from timeline.standing import Standing

KnownDate = Annotated[EdtfDate | None, Field(description="when this became public; not in the future")]
Expected = Annotated[
    int | None,
    Field(
        ge=1,
        description="how many events of the development you have seen: if it has others by now, nothing is written",
    ),
]
Note = Annotated[Remark, Field(description="a remark for whoever reads the history")]


class Request(BaseModel):
    """Base of all bodies: what they do not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NewTimeline(Request):
    """A history begins to be kept."""

    slug: Annotated[Slug, Field(description="the name of the timeline in addresses; it stays")]
    title: Annotated[Line, Field(description="what readers call it")]
    summary: Annotated[Remark, Field(description="what it is about, in a few sentences")] = ""
    parties: Annotated[
        tuple[EntityId, ...], Field(description="the slugs of those whose relationship it tells, to be described after")
    ] = ()


class NewDevelopment(Request):
    """A development as it was first publicly known."""

    slug: Annotated[Slug, Field(description="the name of the development in addresses; it stays")]
    known: Annotated[EdtfDate, Field(description="when it was first publicly reported; not in the future")]
    content: Annotated[Content, Field(description="what happened: title, date, standing, detail, facts, sources")]


class Correction(Request):
    """A development reads differently: give the whole `content`, or only its `changes`.

    In `changes` each field given replaces the one there is, `detail` is merged field by field, and null takes a field
    away. They apply to the version in force at `known`; of a clerical correction, to the version it rewrites. The
    reason `source-withdrawn` takes `source` instead, the url of the source that took its report back.
    """

    reason: Annotated[
        Reason, Field(description="why: `new-information`, `finer-date`, `clerical` or `source-withdrawn`")
    ]
    content: Annotated[Content | None, Field(description="the whole content as it now reads")] = None
    changes: Annotated[
        dict[str, JsonValue] | None, Field(min_length=1, description="only those fields of the content that change")
    ] = None
    source: Annotated[
        WebAddress | None, Field(description="`source-withdrawn` only: the url of the source, as it was recorded")
    ] = None
    known: KnownDate = None
    version: Annotated[
        int | None, Field(ge=1, description="clerical only: the version to rewrite; left out, the latest")
    ] = None
    note: Note = ""
    expected: Expected = None


class Retraction(Request):
    """A development is taken back: by the world (`withdrawn`, with `known`), or as our mistake (`clerical`)."""

    reason: Annotated[RetractionReason, Field(description="who takes it back: `withdrawn` or `clerical`")]
    known: KnownDate = None
    note: Note = ""
    expected: Expected = None


class NewSource(Request):
    """One more document says so. Without `known` it counts from the day it was published."""

    source: Annotated[Source, Field(description="the document")]
    known: KnownDate = None
    expected: Expected = None


class NewStanding(Request):
    """A development stands better or worse from `known` on."""

    standing: Annotated[Standing, Field(description="`confirmed`, `reported`, `alleged` or `denied`")]
    known: Annotated[EdtfDate, Field(description="since when it stands so; not in the future")]
    note: Note = ""
    expected: Expected = None
