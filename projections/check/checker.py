"""Checks claims, sentences and whole drafts against the record.

Nothing of what is sent in is kept, written or logged: a check reads the sentence, reads the record, and answers. What
is kept in memory are lexicons, which hold what the record says and nothing else.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, Generic, TypeVar

from projections.archive import Snapshot
from projections.check.account import Ledger
from projections.check.answer import Checked, answer_of, entities_of
from projections.check.claim import Claim, NotUnderstood
from projections.check.judgement import Cause, Question, Verdict
from projections.check.reading import Lexicon, read
from projections.check.sentence import judge_all
from projections.check.split import Sentence, sentences_of
from projections.check.vocables import lexicon_of, moments_of_words
from projections.entities import named
from projections.index.keyed import KeyReader
from timeline.basis import Basis
from timeline.errors import InvalidInput
from timeline.vocabulary import Attribute, ObjectUse

LONGEST_TEXT: Final = 100_000
"""How many characters of a draft are checked at once."""
MOST_SENTENCES: Final = 2_000
"""How many sentences of a draft are checked at once."""

_KEPT: Final = 16

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft, where it stands there, and what is said of it."""

    sentence: Sentence
    checked: Checked


class Checker:
    """Checks, and remembers the lexicons asked for last. Used from several threads at once."""

    def __init__(self) -> None:
        self._lexicons: _Shelf[Lexicon] = _Shelf()
        self._moments: _Shelf[tuple[int, ...]] = _Shelf()

    def check(self, snapshot: Snapshot, timeline: str, claim: Claim, basis: Basis) -> Checked:
        """The verdict on a claim whose parts the timeline and the vocabulary know.

        Raises:
            UnknownTimeline: there was no such timeline at the revision of the basis.
        """
        return _Desk(snapshot, timeline, basis).judge([[claim]])

    def check_sentence(self, snapshot: Snapshot, timeline: str, sentence: str, basis: Basis) -> Checked:
        """The verdict on a sentence.

        Raises:
            UnknownTimeline: there was no such timeline at the revision of the basis.
        """
        desk = _Desk(snapshot, timeline, basis)
        return desk.judge_sentence(sentence, self._lexicon(snapshot, timeline, desk.number, basis))

    def check_text(self, snapshot: Snapshot, timeline: str, text: str, basis: Basis) -> tuple[CheckedSentence, ...]:
        """The verdict on each sentence of a draft, in order.

        Raises:
            InvalidInput: there are more than `MOST_SENTENCES`.
            UnknownTimeline: there was no such timeline at the revision of the basis.
        """
        sentences = sentences_of(text)
        if len(sentences) > MOST_SENTENCES:
            raise InvalidInput(
                f"it has {len(sentences):,} sentences.",
                field="text",
                remedy=f"Send at most {MOST_SENTENCES:,} at once, such as chapter by chapter.",
            )
        desk = _Desk(snapshot, timeline, basis)
        lexicon = self._lexicon(snapshot, timeline, desk.number, basis)
        return tuple(CheckedSentence(one, desk.judge_sentence(one.text, lexicon)) for one in sentences)

    def _lexicon(self, snapshot: Snapshot, timeline: str, number: int, basis: Basis) -> Lexicon:
        """The words of a timeline as known at the basis: made once for each state of knowledge."""
        log = (timeline, int(basis.revision))
        moments = self._moments.recall(log, lambda: moments_of_words(snapshot, number, basis.revision))
        place = (*log, bisect_right(moments, basis.known))
        return self._lexicons.recall(place, lambda: lexicon_of(snapshot, timeline, basis))


class _Shelf(Generic[Made]):
    """What was made last, by what it was made for."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def recall(self, place: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept for a place, or what is made for it now; two who ask at once may both make it."""
        with self._lock:
            found = self._kept.get(place)
            if found is not None:
                self._kept.move_to_end(place)
                return found
        made = make()
        with self._lock:
            self._kept[place] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


class _Desk:
    """Where the claims of one question are judged: the record of each key is read once."""

    def __init__(self, snapshot: Snapshot, timeline: str, basis: Basis) -> None:
        self._snapshot, self._basis, self._timeline = snapshot, basis, timeline
        self.number, text = snapshot.timeline(timeline, basis.revision)
        self._names = {timeline: text["title"]}
        self._asked_for = {timeline}
        self._reader = KeyReader(snapshot.connection, self.number, basis, head=snapshot.head)
        self._ledgers: dict[tuple[str, str, str | None], tuple[Ledger, ...]] = {}
        self._lists: dict[tuple[str, str], int | None] = {}

    def judge_sentence(self, sentence: str, lexicon: Lexicon) -> Checked:
        """The verdict on a sentence; what is not understood is undecidable."""
        understood = read(sentence, lexicon, int(self._basis.at))
        if isinstance(understood, NotUnderstood):
            return Checked(
                Verdict.UNDECIDABLE,
                Cause.NOT_UNDERSTOOD,
                understood.reason,
                self._basis,
                {},
                sentence=sentence,
                parts=understood.parts,
            )
        answer = self.judge(understood.groups, sentence=sentence)
        return answer.with_parts(understood.parts)

    def judge(self, groups: Sequence[Sequence[Claim]], *, sentence: str | None = None) -> Checked:
        """The verdict on claims, one of each group of which has to be right."""
        judgement = judge_all([[self._question(claim) for claim in group] for group in groups])
        names = self._named(entities_of(judgement, groups))
        return answer_of(judgement, groups, self._basis, names, sentence=sentence)

    def _question(self, claim: Claim) -> Question:
        attribute = self._snapshot.vocabulary.attributes[claim.attribute]
        return Question(
            claim=claim,
            attribute=attribute,
            ledgers=self._ledgers_of(claim, attribute),
            at=int(self._basis.at),
            known=int(self._basis.known),
            listed_from=self._listed_from(claim.subject, attribute) if attribute.closed else None,
        )

    def _ledgers_of(self, claim: Claim, attribute: Attribute) -> tuple[Ledger, ...]:
        place = (claim.subject, claim.attribute, claim.object)
        if place not in self._ledgers:
            is_any = claim.object is None and attribute.object is ObjectUse.REQUIRED
            keys = self._reader.keys(
                subject=claim.subject,
                attributes=[claim.attribute],
                object=None if is_any else claim.object or "",
            )
            believed = self._reader.facts(keys)
            self._ledgers[place] = tuple(Ledger(key, believed.get(key.id, ())) for key in keys)
        return self._ledgers[place]

    def _listed_from(self, subject: str, attribute: Attribute) -> int | None:
        """From when on the record lists what a closed attribute and its neighbours in the section have."""
        place = (subject, attribute.section)
        if place not in self._lists:
            closed = [
                other.name
                for other in self._snapshot.vocabulary.attributes.values()
                if other.closed and other.section == attribute.section
            ]
            keys = self._reader.keys(subject=subject, attributes=closed)
            stated = self._reader.facts(keys, int(self._basis.known)).values()
            self._lists[place] = min(
                (one.fact.since_earliest for some in stated for one in some if one.fact.standing > 0), default=None
            )
        return self._lists[place]

    def _named(self, entities: Iterable[str]) -> dict[str, str]:
        """The names of entities, of which each is asked for once."""
        wanted = set(entities) - self._asked_for
        if wanted:
            self._names |= named(self._snapshot, self.number, wanted, self._basis.revision)
            self._asked_for |= wanted
        return self._names
