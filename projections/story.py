"""What differs between two states as one page of text: the story that the changes tell.

Section by section in the order of the vocabulary, and within a section by date. What one development changed in a
section is one entry: the change that says most, and how many more there are. A fact whose sources alone are others,
or those who contest it, is counted and not told. Nothing is left out unsaid: what is not told is counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from textwrap import wrap
from typing import Final, NamedTuple

from projections.briefing.wording import listed, moment_text, short_date
from projections.causes import Cause
from projections.comparison import Comparison, Line
from projections.prose import value_text
from timeline.basis import Basis
from timeline.dates import parse_date
from timeline.standing import Floor
from timeline.vocabulary import Vocabulary

WIDTH: Final = 120
MOST_ENTRIES: Final = 6
"""How many entries a section has at most; the others are counted."""

_DATES: Final = 13
_FLOORS: Final = {
    Floor.CONFIRMED: "what is confirmed",
    Floor.REPORTED: "what is confirmed or reported",
    Floor.ALLEGED: "what is confirmed, reported or alleged",
}
_BECAUSE: Final[Mapping[Cause, str]] = {
    Cause.CORRECTION: "corrected",
    Cause.FINER_DATE: "dated more precisely",
    Cause.SOURCE_WITHDRAWN: "a source took it back",
    Cause.STANDING: "stands otherwise",
    Cause.RETRACTION: "retracted",
    Cause.CLERICAL: "a slip of this record mended",
    Cause.SOURCE: "another source",
    Cause.RIVAL: "contested otherwise",
    Cause.EXPIRED: "ran out",
    Cause.TIME: "the date has passed",
    Cause.DESCRIPTION: "called otherwise",
}
_ABOUT_THE_SAME: Final = frozenset({"since", "until", "text", "known_since", "development", "sources", "contested_by"})


class Entry(NamedTuple):
    """What one development changed in one section, the change that says most first."""

    lines: tuple[Line, ...]

    @property
    def date(self) -> str:
        """When that was, as it is written: in the world, or, where knowledge moved, when it became known."""
        return date_of(self.lines[0])


def page(found: Comparison, title: str, vocabulary: Vocabulary, *, width: int = WIDTH, is_whole: bool = False) -> str:
    """The page; `is_whole` tells every change, however long that gets."""
    told = {name: [line for line in lines if is_told(line)] for name, lines in found.sections.items()}
    rows = [f"{title}: what changed", *wrap(bases_text(found.before.basis, found.after.basis), width)]
    rows += wrap(counted(found), width)
    for section in vocabulary.sections:
        entries = entries_of(told[section.name], vocabulary)
        if entries:
            rows += ["", section.title]
            rows += _section(entries, found, width, is_whole=is_whole)
    quiet = [line for line in found.lines if not is_told(line)]
    if quiet:
        rows += ["", *wrap(_quiet(quiet), width)]
    return "\n".join(rows) + "\n"


def bases_text(before: Basis, after: Basis) -> str:
    """Between which bases: the clocks that moved, then those that stood still."""
    moved, still = [], []
    for name, first, last in (("", before.at, after.at), ("as known on ", before.known, after.known)):
        if first == last:
            still.append(f"{name or 'on '}{moment_text(first)}")
        else:
            moved.append(f"{name and 'knowledge '}from {moment_text(first)} to {moment_text(last)}")
    revisions = f"revision {after.revision}"
    if before.revision != after.revision:
        moved.append(f"revision {before.revision} to {after.revision}")
        revisions = ""
    text = ", ".join([*moved, *still]) + f": {_FLOORS[after.floor]}" + (f" ({revisions})." if revisions else ".")
    return text[:1].upper() + text[1:]


def counted(found: Comparison) -> str:
    """How many facts came, went and changed, and by how many developments."""
    lines = found.lines
    if not lines:
        return "Nothing differs."
    came = sum(line.change.before is None for line in lines)
    went = sum(line.change.after is None for line in lines)
    developments = len({line.event.development for line in lines if line.event.development})
    parts = [(came, "came"), (went, "went"), (len(lines) - came - went, "changed")]
    some = listed([f"{number} {verb}" for number, verb in parts if number])
    return f"Of the facts, {some}, by {_number(developments, 'development')}."


def is_told(line: Line) -> bool:
    """Whether a change belongs to the story: not if the fact says what it said, as surely as before."""
    return not line.fields or not _ABOUT_THE_SAME.issuperset(line.fields) or line.cause is Cause.FINER_DATE


def date_of(line: Line) -> str:
    """The date of a change as it is written: in the world, or, where knowledge moved, when it became known."""
    fact = line.change.after or line.change.before
    return line.happened or line.event.known or (fact.since if fact else "")


def entries_of(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Entry]:
    """The changes of one section by the development and the date behind them, in the order of the dates."""
    order = {name: place for place, name in enumerate(vocabulary.attributes)}

    def source(line: Line) -> tuple[int, str, str]:
        return (parse_date(date_of(line)).earliest, date_of(line), line.event.development or "")

    def weight(line: Line) -> tuple[int, int]:
        kind = 0 if line.fields else 1 if line.change.after else 2
        return (kind, order[line.change.identity.attribute])

    return [Entry(tuple(sorted(some, key=weight))) for _, some in groupby(sorted(lines, key=source), key=source)]


def change_text(line: Line, names: Mapping[str, str]) -> str:
    """A change as a sentence: what holds now and what held before it, or what no longer holds."""
    before, after = line.change.before, line.change.after
    if after is None:
        return f"no longer: {before.text if before else ''}"
    possible = "" if after.is_certain else "possibly: "
    text = f"{possible}{after.text}"
    if before is None:
        return text
    if "value" in line.fields:
        return f"{text} (before: {value_text(before.value, lambda name: names.get(name, name))})"
    was = []
    if "standing" in line.fields:
        was.append(f"{after.standing}, before {before.standing}")
    if "certainty" in line.fields and after.is_certain:
        was.append("before only possibly")
    if "since" in line.fields and line.cause in {Cause.FINER_DATE, Cause.CORRECTION, Cause.CLERICAL}:
        was.append(f"since {after.since}, before {before.since}")
    return f"{text} ({'; '.join(was)})" if was else text


def _section(entries: Sequence[Entry], found: Comparison, width: int, *, is_whole: bool) -> Iterator[str]:
    kept = list(entries)
    if not is_whole and len(entries) > MOST_ENTRIES:
        heaviest = sorted(entries, key=lambda entry: -len(entry.lines))[:MOST_ENTRIES]
        kept = [entry for entry in entries if entry in heaviest]
    for entry in kept:
        if is_whole:
            for line in entry.lines:
                yield from _row(line, found, width, more=0, is_whole=True)
        else:
            yield from _row(entry.lines[0], found, width, more=len(entry.lines) - 1, is_whole=False)
    rest = [entry for entry in entries if entry not in kept]
    if rest:
        changes = _number(sum(len(entry.lines) for entry in rest), "change")
        yield f"  … and {changes} by {_number(len(rest), 'other development')}"


def _row(line: Line, found: Comparison, width: int, *, more: int, is_whole: bool) -> list[str]:
    """A change on one row, or on two where a value took the place of another; `is_whole` cuts nothing."""
    sign = "+" if line.change.before is None else "−" if line.change.after is None else "~"
    head = f"  {short_date(date_of(line)):<{_DATES - 1}}{sign} "
    wrapped = partial(wrap, width=width, initial_indent=head, subsequent_indent=" " * len(head))
    because = _BECAUSE.get(line.cause)
    tail = (f" [{because}]" if because else "") + (f" (and {more} more)" if more else "")
    text, publishers = change_text(line, found.before.names), _publishers(line)
    if is_whole:
        return wrapped(f"{text}{tail}{publishers}")
    rows = 2 if "value" in line.fields else 1
    whole = wrapped(f"{text}{tail}{publishers}")
    if len(whole) > rows:
        whole = wrapped(f"{text}{tail}")
    room = rows * (width - len(head)) - len(tail)
    while len(whole) > rows:
        room -= 4
        whole = wrapped(f"{text[:room].rstrip(' ,;:(')}…{tail}")
    return whole


def _publishers(line: Line) -> str:
    """Who says so, at its shortest: the first publisher and how many others."""
    fact = line.change.after
    sources = line.event.sources if fact is None else fact.evidence.sources
    names = list(dict.fromkeys(source["publisher"].partition(" (")[0] for source in sources))
    if not names:
        return ""
    return f" – {names[0]}" + (f" +{len(names) - 1}" if len(names) > 1 else "")


def _quiet(lines: Sequence[Line]) -> str:
    """The changes that are not told, in one line."""
    evidence = sum(line.is_evidence for line in lines)
    anew = len(lines) - evidence
    parts = []
    if anew:
        parts.append(f"{_number(anew, 'fact')} told anew with the same value")
    if evidence:
        parts.append(f"{_number(evidence, 'fact')} with other sources or rivals only")
    return f"Not told above: {listed(parts)}."


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
