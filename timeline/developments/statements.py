"""What people and organisations say. That it was said is the fact; whether it is true, other facts tell."""

from typing import Annotated, Literal

from pydantic import Field

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import TextValue


class Remark(Detail):
    """Somebody says or writes something, in public or not. Of kind `statement`."""

    kind: Literal["statement"] = "statement"
    speaker: Annotated[EntityId, Field(description="who says it")]
    topic: Annotated[Line, Field(description="what it is about, in a few words", examples=["the merger"])]
    claim: Annotated[
        Line | None,
        Field(description='what is said, worded to follow "said that"; left out, other facts carry it'),
    ] = None
    since: Since = None

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """The statement, with its topic as the note, where a claim is given."""
        if not self.claim:
            return ()
        claim = TextValue(text=self.claim, note=self.topic)
        return (Fact(subject=self.speaker, attribute="statement", value=claim, since=self.since),)
