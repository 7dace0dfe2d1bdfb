"""Facts: the statements about the world that a development makes, and the keys they are rivals about."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from timeline.dates import MAX_INSTANT, EdtfDate, parse_date
from timeline.names import AttributeName, EntityId, Slug
from timeline.standing import STANDINGS, Standing
from timeline.values import Value

_new: Final = tuple.__new__
"""Makes a named tuple in half the time its own constructor takes."""


class Fact(BaseModel):
    """*subject, attribute, object?, value*, holding from `since` until `until`.

    `since` defaults to the day on which the development occurred, `standing` to that of the development.
    With `end` the fact has no value: it says that what held under this key no longer does from `since` on.
    An end of an attribute of cardinality `each` names in `development` whose fact it closes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: EntityId
    attribute: AttributeName
    object: EntityId | None = None
    value: Value | None = None
    since: EdtfDate | None = None
    until: EdtfDate | None = None
    standing: Standing | None = None
    end: bool = False
    development: Slug | None = Field(default=None, description="only on an end: the development whose fact ends")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.end and (self.value is not None or self.until is not None):
            raise ValueError('an end closes what held: leave out "value" and "until"')
        if not self.end and self.value is None:
            raise ValueError('a fact needs a "value" (or "end": true, to close what held)')
        if self.development is not None and not self.end:
            raise ValueError('"development" belongs on an end only: leave it out')
        if self.end and self.standing is Standing.DENIED:
            raise ValueError("an end cannot be denied: deny the value that it would have closed")
        if self.since is not None and self.until is not None:
            check_order(self.since, self.until)
        return self


class RecordedValue(NamedTuple):
    """A value as the log has it: what tells values apart, and its canonical JSON."""

    type: str
    stage: str | None
    fields: Mapping[str, Any]


class RecordedFact(NamedTuple):
    """A `Fact` as the log has it. It was validated when it was recorded, and is only read here: in half the time."""

    subject: str
    attribute: str
    object: str | None
    value: RecordedValue | None
    since: EdtfDate | None
    until: EdtfDate | None
    standing: Standing | None
    end: bool
    development: str | None

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """The fact that is stored as this JSON.

        Raises:
            KeyError: it is no such fact, or there is no such standing.
            ValueError: a date cannot be read.
        """
        given = stored.get
        value, since, until, standing = given("value"), given("since"), given("until"), given("standing")
        fields = (
            stored["subject"],
            stored["attribute"],
            given("object"),
            None if value is None else _new(RecordedValue, (value["type"], value.get("stage"), value)),
            None if since is None else parse_date(since),
            None if until is None else parse_date(until),
            None if standing is None else STANDINGS[standing],
            bool(given("end")),
            given("development"),
        )
        return _new(cls, fields)

    @property
    def entities(self) -> list[str]:
        """The entities that it names."""
        named = [self.subject] if self.object is None else [self.subject, self.object]
        if self.value is not None and self.value.type == "entity":
            named.append(self.value.fields["id"])
        return named


def check_order(since: EdtfDate, until: EdtfDate) -> None:
    """Raise `ValueError` unless what begins at `since` can end at `until`."""
    if until.latest < since.earliest:
        raise ValueError(f'"until" ({until}) lies before "since" ({since}): swap them or mend one')


class Key(NamedTuple):
    """What two rival facts are rivals about. `development` is part of the key for cardinality `each` only."""

    timeline: str
    subject: str
    attribute: str
    object: str | None
    development: str | None


class Statement(NamedTuple):
    """A fact with its defaults filled in: what the index stores and what state is chosen from."""

    key: Key
    value: Value | None
    since: EdtfDate
    until: EdtfDate | None
    standing: Standing

    @property
    def is_end(self) -> bool:
        """Whether the statement closes the key instead of giving it a value."""
        return self.value is None

    @property
    def gone_from(self) -> int:
        """The instant from which the statement certainly no longer holds (MAX_INSTANT if it has no end)."""
        return MAX_INSTANT if self.until is None else self.until.latest
