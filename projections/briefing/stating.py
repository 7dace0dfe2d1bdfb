"""A state as a briefing: what holds, how surely, who says so, and who disagrees."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from projections.briefing.clauses import Words, groups, lasting, unrepeated
from projections.briefing.document import Chapter, Document, Notes, Paragraph, Sentence
from projections.briefing.wording import listed, moment_text, sentence
from projections.state import Held, State
from timeline.basis import Basis
from timeline.standing import Floor, Standing
from timeline.vocabulary import Vocabulary

COUNTED = {
    Floor.CONFIRMED: "what is confirmed",
    Floor.REPORTED: "what is confirmed or reported",
    Floor.ALLEGED: "what is confirmed, reported or alleged",
}


def briefing(state: State, title: str, vocabulary: Vocabulary) -> Document:
    """The state as prose: a chapter a section, in the order of the vocabulary."""
    notes, words = Notes(), Words(vocabulary, state.names)
    chapters = tuple(
        Chapter(section.title, tuple(_paragraphs(state.sections[section.name], words, notes)))
        for section in vocabulary.sections
        if state.sections[section.name]
    )
    lead = [Sentence(_basis(state.basis))]
    if not chapters:
        lead.append(Sentence("The record has nothing to say about that moment."))
    return Document(title, tuple(lead), chapters, notes.all())


def _basis(basis: Basis) -> str:
    at, known = moment_text(basis.at), moment_text(basis.known)
    as_known = "as known then" if at == known else f"as known on {known}"
    return f"As of {at}, {as_known}, revision {basis.revision}: {COUNTED[basis.floor]}."


def _paragraphs(facts: Sequence[Held], words: Words, notes: Notes) -> Iterator[Paragraph]:
    """A paragraph for each attribute."""
    for _, some in groupby(unrepeated(facts, words), key=lambda fact: fact.attribute):
        yield Paragraph(tuple(tell(group, words, notes) for group in groups(list(some), words)))


def tell(group: Sequence[Held], words: Words, notes: Notes) -> Sentence:
    """One sentence for facts that are told together; of one alone, with those that contest it."""
    first = group[0]
    clause = words.clause(group, lambda fact: lasting(fact, words))
    text = qualified(first, clause, words) + _contested(first, words)
    told = [*group, *first.contested_by]
    return Sentence(
        sentence(text, names=words.slots(first)),
        notes.cite(source for fact in told for source in fact.evidence.sources),
    )


def qualified(fact: Held, clause: str, words: Words) -> str:
    """A clause that says how well its fact stands, and whether it is only possible."""
    if fact.standing is Standing.CONFIRMED and fact.is_certain:
        return clause
    how = [] if fact.is_certain else ["possibly"]
    if fact.standing is Standing.ALLEGED:
        how.append("as is alleged")
    elif fact.standing is Standing.REPORTED:
        how.append("reportedly")
    return f"{' and '.join(how)}, {words.in_sentence(fact, clause)}"


def _contested(fact: Held, words: Words) -> str:
    """Who says otherwise, as the end of the sentence."""
    others: dict[str, list[str]] = {}
    for rival in fact.contested_by:
        if rival.standing is not Standing.DENIED:
            values = others.setdefault(_saying(rival, fact), [])
            value = words.value(rival)
            if value not in values:
                values.append(value)
    parts = [f"{who} {values[0] if len(values) == 1 else ' or '.join(values)}" for who, values in others.items()]
    denials = [rival for rival in fact.contested_by if rival.standing is Standing.DENIED]
    parts += dict.fromkeys(_denial(rival, fact, words) for rival in denials)
    return f", though {listed(parts)}" if parts else ""


def _saying(rival: Held, fact: Held) -> str:
    """Who says what a rival says, with the verb: its publisher, unless the same development tells both."""
    who = _who(rival) if rival.evidence.development != fact.evidence.development else None
    if who is None:
        return "other accounts say"
    verb = {Standing.CONFIRMED: "says", Standing.ALLEGED: "alleges"}.get(rival.standing, "reports")
    return f"{who} {verb}"


def _denial(rival: Held, fact: Held, words: Words) -> str:
    value = words.value(rival)
    what = "it" if value == words.value(fact) else f"that it is {value}"
    who = _who(rival)
    if who is not None and rival.evidence.sources[0].get("kind") == "primary":
        return f"{who} denies {what}"
    return f"{what if what == 'it' else 'it'} is denied" + (f", as {who} reports" if who else "")


def _who(fact: Held) -> str | None:
    """The publisher of the first source."""
    publishers = [source["publisher"] for source in fact.evidence.sources]
    return publishers[0].partition(" (")[0] if publishers else None
