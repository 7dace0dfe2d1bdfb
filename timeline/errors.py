"""The errors of the domain, as one small tree.

    TimelineError
    ├── InvalidInput            what was sent cannot be accepted; names the field and the remedy
    │   ├── UnknownAttribute    the vocabulary has no such attribute
    │   ├── UndescribedEntity   an entity that nobody described
    │   └── FutureKnown         a `known` that lies in the future
    ├── NotFound                nothing has that name
    │   ├── UnknownTimeline
    │   ├── UnknownDevelopment
    │   ├── UnknownEntity
    │   └── UnknownRevision     the log has not come that far
    ├── Conflict                the log already says otherwise
    │   ├── AlreadyExists
    │   └── StaleVersion        somebody else changed it meanwhile
    ├── DatasetError            a data set cannot be loaded; names file, record and field
    └── NotInstalled            what was asked for needs an extra that this installation lacks

Every error carries `field` (where, as a path such as ``detail.money.currency``) and `remedy` (what to do).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar


class TimelineError(Exception):
    """Base of every error this service raises on purpose.

    `problem` is the slug of the documented problem type, `title` its fixed human-readable name.
    """

    problem: ClassVar[str] = "error"
    title: ClassVar[str] = "Something is wrong"

    def __init__(self, message: str, *, field: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        what_to_do = f" {self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{what_to_do}"


class InvalidInput(TimelineError):
    """What was sent breaks a rule of the domain."""

    problem = "invalid-input"
    title = "The input is not valid"


class UnknownAttribute(InvalidInput):
    """The vocabulary has no attribute of that name."""

    problem = "unknown-attribute"
    title = "The attribute is not in the vocabulary"


class UndescribedEntity(InvalidInput):
    """A development names an entity that the timeline has not described."""

    problem = "undescribed-entity"
    title = "An entity has not been described"


class FutureKnown(InvalidInput):
    """Nobody can say what will be known: `known` must not lie in the future."""

    problem = "future-known"
    title = "The knowledge date lies in the future"


class NotFound(TimelineError):
    """Nothing has that name."""

    problem = "not-found"
    title = "Not found"


class UnknownTimeline(NotFound):
    """No timeline has that slug."""

    problem = "unknown-timeline"
    title = "The timeline does not exist"


class UnknownDevelopment(NotFound):
    """The timeline has no development of that slug."""

    problem = "unknown-development"
    title = "The development does not exist"


class UnknownEntity(NotFound):
    """The timeline has no entity of that slug."""

    problem = "unknown-entity"
    title = "The entity does not exist"


class UnknownRevision(NotFound):
    """The log has not come to that revision yet."""

    problem = "unknown-revision"
    title = "The revision does not exist"


class Conflict(TimelineError):
    """The log already says otherwise."""

    problem = "conflict"
    title = "The request conflicts with the log"


class AlreadyExists(Conflict):
    """Something of that name is recorded already."""

    problem = "already-exists"
    title = "It exists already"


class StaleVersion(Conflict):
    """It was changed since it was read; read it again and decide anew."""

    problem = "stale-version"
    title = "It was changed meanwhile"


class DatasetError(TimelineError):
    """A data set cannot be loaded. `field` names file, record and field."""

    problem = "dataset-error"
    title = "The data set is not valid"


class NotInstalled(TimelineError):
    """What was asked for needs an optional package that this installation does not have."""

    problem = "not-installed"
    title = "An optional package is missing"


@contextmanager
def asked_as(name: str, *, instead_of: str) -> Iterator[None]:
    """Errors about one field name another: that of the parameter by which it was asked."""
    try:
        yield
    except TimelineError as error:
        if error.field == instead_of:
            error.field = name
        raise


@contextmanager
def read_from(field: str) -> Iterator[None]:
    """What cannot be read (a ValueError, as of a date) is invalid input in that field."""
    try:
        yield
    except ValueError as error:
        raise InvalidInput(str(error), field=field) from None
