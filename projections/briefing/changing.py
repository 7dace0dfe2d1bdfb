"""What differs between two states as a briefing: what happened, or what became known, in the order of the dates."""

from collections.abc import Iterator, Sequence

from projections.briefing.clauses import Words, groups, unrepeated
from projections.briefing.document import Chapter, Document, Notes, Paragraph, Sentence
from projections.briefing.stating import qualified
from projections.briefing.wording import date_text, sentence
from projections.causes import Cause
from projections.comparison import Comparison, Line
from projections.state import Held
from projections.story import Entry, bases_text, counted, date_of, entries_of, is_told
from timeline.standing import Standing
from timeline.vocabulary import Vocabulary

_WHY = {
    Cause.CORRECTION: "corrected",
    Cause.FINER_DATE: "dated more precisely",
    Cause.SOURCE_WITHDRAWN: "a source took it back",
    Cause.STANDING: "it stands otherwise",
    Cause.RETRACTION: "retracted",
    Cause.CLERICAL: "a slip of this record, mended",
}


def briefing(found: Comparison, title: str, vocabulary: Vocabulary) -> Document:
    """The difference as prose: a chapter a section, a paragraph for what each development changed in it."""
    notes = Notes()
    before, after = (Words(vocabulary, state.names) for state in (found.before, found.after))
    chapters = []
    for section in vocabulary.sections:
        told = [line for line in found.sections[section.name] if is_told(line)]
        paragraphs = tuple(_paragraph(entry, before, after, notes) for entry in entries_of(told, vocabulary))
        if paragraphs:
            chapters.append(Chapter(section.title, paragraphs))
    lead: tuple[Sentence, ...] = (Sentence(bases_text(found.before.basis, found.after.basis)), Sentence(counted(found)))
    quiet = sum(not is_told(line) for line in found.lines)
    if quiet:
        facts = "one fact is" if quiet == 1 else f"{quiet} facts are"
        lead += (
            Sentence(f"Of these, {facts} told anew with the same value, or with other sources, and left out here."),
        )
    return Document(title, lead, tuple(chapters), notes.all())


def _paragraph(entry: Entry, before: Words, after: Words, notes: Notes) -> Paragraph:
    first = entry.lines[0]
    title = first.event.title or "Called otherwise"
    why = _WHY.get(first.cause)
    head = f"{date_text(date_of(first))}: {title}" + (f" ({why})" if why else "")
    return Paragraph(tuple(_sentences(entry, before, after, notes)), sentence(head))


def _sentences(entry: Entry, before: Words, after: Words, notes: Notes) -> Iterator[Sentence]:
    changed = [line for line in entry.lines if line.fields]
    came = [line.change.after for line in entry.lines if line.change.after and not line.change.before]
    went = [line for line in entry.lines if line.change.before and not line.change.after]
    for line in changed:
        yield _changed(line, before, after, notes)
    for group in groups(unrepeated(came, after), after):
        text = qualified(group[0], after.clause(group, _dated), after)
        yield Sentence(
            sentence(text, names=after.slots(group[0])),
            notes.cite(source for fact in group for source in fact.evidence.sources),
        )
    yield from _went(went, before, notes)


def _changed(line: Line, before: Words, after: Words, notes: Notes) -> Sentence:
    old, new = line.change.before, line.change.after
    if old is None or new is None:
        raise ValueError("a fact that changed was there before and after")
    was = []
    if "value" in line.fields:
        was.append(f"{'until then' if line.happened else 'before'}: {before.value(old)}")
    if "standing" in line.fields and old.value == new.value:
        was.append(f"{_stands(new)}, before only {_stands(old)}")
    if "certainty" in line.fields and old.value == new.value:
        was.append("now for sure" if new.is_certain else "now only possibly")
    if "since" in line.fields and not line.happened:
        was.append(f"since {date_text(new.since)}, not {date_text(old.since)}")
    text = qualified(new, after.clause([new], _dated), after)
    told = "; ".join([text, *was])
    return Sentence(sentence(told, names=after.slots(new)), notes.cite(new.evidence.sources))


def _went(lines: Sequence[Line], words: Words, notes: Notes) -> Iterator[Sentence]:
    for line in lines:
        fact = line.change.before
        if fact is None:
            continue
        if line.cause is Cause.EXPIRED:
            text = f"it ran out that {words.in_sentence(fact, fact.text)}"
        elif line.happened:
            text = f"{words.end_clause(fact)}; until then: {words.value(fact)}"
        else:
            text = f"it is no longer held that {words.in_sentence(fact, fact.text)}"
        yield Sentence(sentence(text, names=words.slots(fact)), notes.cite(line.event.sources or fact.evidence.sources))


def _dated(fact: Held) -> str:
    """The head of the paragraph says when; only an end that is known is worth saying."""
    return f"until {date_text(fact.until)}" if fact.until else ""


def _stands(fact: Held) -> str:
    return {Standing.CONFIRMED: "confirmed", Standing.REPORTED: "reported"}.get(fact.standing, "alleged")
