"""Checked sentences as a page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from api.web.footnotes import Footnote, Footnotes, Reference
from projections.briefing.wording import date_text, on_text, since_text, span_text
from projections.check.answer import Checked, Interval
from projections.check.checker import CheckedSentence
from projections.check.judgement import Verdict
from projections.state import Held

WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.SUPPORTED: "Supported",
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.DISPUTED: "Disputed",
    Verdict.BELIEVED_THEN_CORRECTED: "Believed, then corrected",
    Verdict.WAS_TRUE: "Was true",
    Verdict.NOT_YET_TRUE: "Not yet true",
    Verdict.UNSUPPORTED: "Nothing on record",
    Verdict.UNDECIDABLE: "Cannot be decided",
}
"""What a verdict is called on a page."""


@dataclass(frozen=True, slots=True)
class Decisive:
    """A fact that decided, with the mentions of its sources."""

    fact: Held
    notes: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """A sentence with what is said of it; `held` are the times over which it did hold, in words."""

    text: str
    checked: Checked
    facts: tuple[Decisive, ...]
    held: tuple[str, ...]

    @property
    def verdict(self) -> tuple[str, str]:
        """The name of the verdict, which is that of its mark too, and what it is called."""
        return self.checked.verdict.value, WORDS[self.checked.verdict]


def told(checked: Iterable[CheckedSentence]) -> tuple[tuple[ToldSentence, ...], tuple[Footnote, ...]]:
    """Checked sentences as a page shows them, and the sources they name."""
    notes = Footnotes()
    found = tuple(
        ToldSentence(
            text=one.sentence.text,
            checked=one.checked,
            facts=tuple(Decisive(fact, notes.cite(fact.evidence.sources)) for fact in one.checked.facts),
            held=tuple(map(_interval, one.checked.held)),
        )
        for one in checked
    )
    return found, notes.all()


def _interval(interval: Interval) -> str:
    possibly, since, until = "" if interval.is_certain else "possibly ", interval.since, interval.until
    if since is None:
        return possibly + ("at all times" if until is None else f"until {date_text(until)}")
    if until is None:
        return possibly + since_text(since)
    return possibly + (on_text(since) if since == until else span_text(since, until))
