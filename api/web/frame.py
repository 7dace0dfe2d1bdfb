"""What stands around the content of every page about a timeline: whose it is, and on which basis."""

from dataclasses import dataclass
from typing import Self

from api.web.asked_basis import CLOCKS, AskedBasis
from projections.archive import Snapshot
from projections.briefing.stating import COUNTED
from projections.briefing.wording import moment_text
from projections.neighbours import Neighbours
from projections.timelines import DescribedTimeline, timeline_at
from timeline.basis import Basis
from timeline.dates import format_moment


@dataclass(frozen=True, slots=True)
class Frame:
    """A timeline at a basis, and how the basis was asked for; what is left out follows now."""

    timeline: DescribedTimeline
    basis: Basis
    asked: tuple[tuple[str, str], ...]
    now: int

    @classmethod
    def of(cls, snapshot: Snapshot, timeline: str, asked: AskedBasis) -> Self:
        """The frame of a question.

        Raises:
            UnknownTimeline: there was no such timeline at that revision.
            InvalidInput, FutureKnown, UnknownRevision: as `Snapshot.basis` does.
        """
        basis = asked.basis(snapshot)
        return cls(timeline_at(snapshot, timeline, basis.revision), basis, asked.parameters, snapshot.now)

    @property
    def slug(self) -> str:
        """The slug of the timeline."""
        return self.timeline.slug

    @property
    def pinned(self) -> list[tuple[str, str]]:
        """The parameters that name this basis for good."""
        return list(self.basis.as_query().items())

    def given(self, name: str) -> str:
        """A clock as it was asked for; empty where it was left out."""
        return dict(self.asked).get(name, "")

    def asking(self, **changed: str | int | None) -> list[tuple[str, str]]:
        """The parameters of the same question with some of the clocks changed, or left out where None."""
        values = {**dict(self.asked), **changed}
        return [(name, str(values[name])) for name in CLOCKS if values.get(name) not in {None, ""}]

    @property
    def at_text(self) -> str:
        """The date in the world: 19 November 2023, or today."""
        return moment_text(self.basis.at) if self.given("at") else "today"

    @property
    def known_text(self) -> str:
        """The date of knowledge, told by the other where it is the same: known that day, known today."""
        if not self.given("known"):
            return "known today"
        if self.given("at") and int(self.basis.known) == int(self.basis.at):
            return "known that day" if len(format_moment(self.basis.at)) == 10 else "known at that moment"
        return f"known on {moment_text(self.basis.known)}"

    @property
    def is_as_known_then(self) -> bool:
        """Whether both dates are the same."""
        return int(self.basis.known) == int(self.basis.at)

    @property
    def counted_text(self) -> str:
        """What counts on the floor of trust: what is confirmed or reported."""
        return COUNTED[self.basis.floor]

    def steps(self, neighbours: Neighbours) -> dict[str, list[tuple[str, str]] | None]:
        """The same question about the neighbouring moments at which the state differs."""
        return {"previous": self._at(neighbours.previous), "next": self._at(neighbours.next)}

    def _at(self, moment: int | None) -> list[tuple[str, str]] | None:
        try:
            return None if moment is None else self.asking(at=format_moment(moment))
        except ValueError:  # beyond the years that can be asked about
            return None
