"""Rules about facts that contradict each other. Rivals are welcome in a record, as long as it says that they are.

A rival of another development has a source of its own, and a denial says that it is one. What an editor has to look
for are contradictions that nobody has marked: two values from one record, or a report that begins in the middle of
the time for which a party or a document has confirmed something else.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from timeline.content import Content
from timeline.datasets.checked import Checked, Told
from timeline.datasets.findings import Finding
from timeline.dates import MAX_INSTANT
from timeline.facts import Statement
from timeline.standing import Standing
from timeline.values import Value


def rivals_of_one_record(checked: Checked) -> Iterator[Finding]:
    """A development that gives two values for one key says by notes, standings or dates what keeps them apart."""
    for told in checked.by_key.values():
        seen = set()
        for one, other in combinations(told, 2):
            pair = (one.at, other.at)
            if one.history is not other.history or pair in seen or not _known_together(one, other):
                continue
            if _unmarked(one.stated.statement, other.stated.statement):
                seen.add(pair)
                message = f"two values of {_name(other)} at one time: {_shown(one)} and {_shown(other)}."
                remedy = "Say in a note of each whose account it is, or give the dates that keep them apart."
                yield other.history.record.spot.error("rivals-of-one-record", message, remedy, at=other.at)


def _unmarked(one: Statement, other: Statement) -> bool:
    if one.value is None or other.value is None or one.standing is not other.standing:
        return False
    return one.value.note == other.value.note and _differ(one.value, other.value) and _at_one_time(one, other)


def contradicted_facts(checked: Checked) -> Iterator[Finding]:
    """No fact says otherwise than a confirmed one without a mark: a source of its own, a note, a denial, a change.

    Looked at is what the record says by all that is known.
    """
    for told in checked.by_key.values():
        now = [one for one in told if one.stated.known_until == MAX_INSTANT]
        confirmed = [one for one in now if one.stated.statement.standing is Standing.CONFIRMED]
        for base in confirmed:
            for other in now:
                if _contradicts(other, base) and not _superseded(base, confirmed):
                    message = (
                        f"{_name(other)} is {_shown(other)} here, but "
                        f"{base.history.record.slug} has {_shown(base)} confirmed for that time."
                    )
                    remedy = "Say in a note whose account it is, mend the dates, or record what changed."
                    spot = other.history.record.spot
                    yield spot.warning("contradicted-facts", message, remedy, at=other.at)


def _contradicts(told: Told, base: Told) -> bool:
    """Whether what is told goes silently against what was confirmed before."""
    fact, held = told.stated.statement, base.stated.statement
    if fact.value is None or held.value is None or fact.standing is Standing.DENIED or fact.value.note:
        return False
    if told.history is base.history or told.stated.known_since < base.stated.known_since:
        return False
    if not _differ(fact.value, held.value):
        return False
    if _at_one_time(fact, held):
        return fact.standing is Standing.CONFIRMED or not _own_sources(told.history.now, base.history.now)
    is_change = fact.standing is Standing.CONFIRMED or held.until is None
    return not is_change and held.since.latest < fact.since.earliest and fact.since.latest < _ends(held)


def _superseded(base: Told, confirmed: Sequence[Told]) -> bool:
    """Whether something else was confirmed to begin while what was confirmed should still hold."""
    held = base.stated.statement
    return held.until is not None and any(
        held.since.latest < one.stated.statement.since.earliest <= held.until.latest for one in confirmed
    )


def _own_sources(content: Content | None, other: Content | None) -> bool:
    mine, theirs = ({source.url for source in one.sources} if one else set() for one in (content, other))
    return not mine <= theirs


def _at_one_time(one: Statement, other: Statement) -> bool:
    """Whether two statements may begin at the same moment, and neither is over before the other begins."""
    begins_together = one.since.earliest <= other.since.latest and other.since.earliest <= one.since.latest
    return begins_together and one.since.latest < _ends(other) and other.since.latest < _ends(one)


def _ends(statement: Statement) -> int:
    return MAX_INSTANT if statement.until is None else max(statement.until.earliest, statement.since.latest + 1)


def _known_together(one: Told, other: Told) -> bool:
    return max(one.stated.known_from, other.stated.known_from) < min(one.stated.known_until, other.stated.known_until)


def _differ(one: Value, other: Value) -> bool:
    """Whether two values say different things; what their notes say does not count."""
    return one.model_copy(update={"note": None}) != other.model_copy(update={"note": None})


def contested(told: Sequence[Told]) -> bool:
    """Whether statements of one key were ever rivals: other values or a denial about the same time, known at once."""
    return any(
        _known_together(one, other) and _are_rivals(one.stated.statement, other.stated.statement)
        for one, other in combinations(told, 2)
    )


def _are_rivals(one: Statement, other: Statement) -> bool:
    if one.value is None or other.value is None:
        return False
    denials = (one.standing is Standing.DENIED) + (other.standing is Standing.DENIED)
    together = one.since.earliest <= other.since.latest and other.since.earliest <= one.since.latest
    differ = _differ(one.value, other.value)
    return (denials == 1 and (together or not differ)) or (denials == 0 and together and differ)


def _name(told: Told) -> str:
    key = told.stated.statement.key
    return " ".join((key.subject, f'"{key.attribute}"', *(("→", key.object) if key.object else ())))


def _shown(told: Told) -> str:
    value = told.stated.statement.value
    if value is None:
        return "nothing"
    fields = value.model_dump(mode="json", exclude={"type", "note"}, exclude_none=True)
    return f'"{" ".join(str(item) for item in fields.values())}"'
