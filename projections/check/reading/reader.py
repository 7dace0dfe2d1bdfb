"""Reading a sentence: from words to the claims it makes, or to the reason why it makes none that can be checked.

Found are names, amounts and times (`matching`), then the phrases of the vocabulary that read the sentence without a
word left over, then what they claim (`claims`). What no phrase reads as a whole may be two statements joined by
"and". All else is not understood, and `refusals` says why.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from projections.check.claim import Aspect, Claim, NotUnderstood, Part, Tense, Understood, When
from projections.check.reading.claims import Alternatives, claims_of
from projections.check.reading.keys import Unclear
from projections.check.reading.lexicon import Lexicon
from projections.check.reading.matching import Match, matches
from projections.check.reading.refusals import reason_against
from projections.check.reading.sentence import Given, Mention, Sentence
from projections.check.reading.stated import claims_as_stated

_LONGEST: Final = 800
"""Characters of the longest sentence that is read."""
_MOST_TOKENS: Final = 160
_MOST_ALTERNATIVES: Final = 12
_JOINTS: Final = frozenset({"and", "but", "while", "whereas", ";"})


def read(sentence: str, lexicon: Lexicon, now: int) -> Understood | NotUnderstood:
    """What a sentence claims, seen from the instant `now`, which "last year" and days without a year depend on.

    The same sentence, lexicon and moment give the same answer. Never raises for any text.
    """
    text = sentence.strip()
    if not any(letter.isalnum() for letter in text):
        return NotUnderstood("There is no sentence to check.")
    if len(text) > _LONGEST:
        return NotUnderstood(f"It is longer than the {_LONGEST} characters of a sentence that is read.")
    if "?" in text:
        return NotUnderstood("It asks a question; write what you want to have checked as a statement.")
    offset = len(sentence) - len(sentence.lstrip())
    found = _Reader(lexicon, now).read(text, joints=2)
    return replace(found, parts=tuple(_shifted(found.parts, offset))) if offset else found


def _shifted(parts: tuple[Part, ...], offset: int) -> Iterator[Part]:
    for part in parts:
        yield replace(part, start=part.start + offset, end=part.end + offset)


@dataclass(frozen=True, slots=True)
class _Reader:
    lexicon: Lexicon
    now: int

    def read(self, text: str, joints: int) -> Understood | NotUnderstood:
        sentence = Sentence(text, self.lexicon, self.now)
        if not sentence.tokens or len(sentence.tokens) > _MOST_TOKENS:
            return NotUnderstood("It is not one sentence that can be read.")
        read = matches(sentence)
        if read:
            return self._understood(sentence, read)
        stated = claims_as_stated(sentence, self.lexicon, self.now)
        if stated:
            return Understood(stated, _parts_found(sentence))
        joined = self._joined(sentence, joints) if joints else None
        return joined or NotUnderstood(reason_against(sentence), _parts_found(sentence))

    def _understood(self, sentence: Sentence, found: tuple[Match, ...]) -> Understood | NotUnderstood:
        """The claims of the matches that leave out least and cut the sentence into the fewest pieces."""
        reason = ""
        made: list[tuple[Match, tuple[Alternatives, ...]]] = []
        for alike in _by_rank(found):
            for match in alike:
                try:
                    made.append((match, claims_of(match, self.lexicon, self.now)))
                except Unclear as unclear:
                    reason = reason or unclear.reason
            if made:
                break
        else:
            return NotUnderstood(reason, _parts_found(sentence))
        groups = _combined([groups for _, groups in made], self.lexicon)
        if any(len(group) > _MOST_ALTERNATIVES for group in groups):
            return NotUnderstood("It could be about too many things at once; say more exactly which one.")
        return Understood(groups[0], _parts_of(sentence, made[0][0]), groups[1:])

    def _joined(self, sentence: Sentence, joints: int) -> Understood | None:
        """Two statements with "and" between them, the second perhaps without its subject."""
        for place, token in enumerate(sentence.tokens):
            if token.text not in _JOINTS or not 0 < place < len(sentence.tokens) - 1:
                continue
            left_text = sentence.text[: token.start].rstrip(" ,")
            left = self.read(left_text, 0)
            if not isinstance(left, Understood):
                continue
            right_text = sentence.text[token.end :].lstrip()
            right = self.read(right_text, joints - 1)
            start = token.end + len(sentence.text[token.end :]) - len(right_text)
            if not isinstance(right, Understood):
                subject = self._before_verb(sentence)
                right = self.read(f"{subject} {right_text}", joints - 1) if subject else right
                start -= len(subject) + 1
            if isinstance(right, Understood):
                return _both(left, right, start)
        return None

    @staticmethod
    def _before_verb(sentence: Sentence) -> str:
        """The words before the first verb, without a time among them: the subject that a second verb shares."""
        for place in range(len(sentence.tokens)):
            if sentence.has_verb(place):
                first = max((time.end for time in sentence.times if time.end <= place), default=0)
                if first >= place:
                    return ""
                begin, end = sentence.token_span(first, place)
                return sentence.text[begin:end]
        return ""


def _by_rank(found: tuple[Match, ...]) -> Iterator[list[Match]]:
    """The readings by rank: those first that take and leave out the fewest words unread, and cut into fewest pieces.

    Those of templates come last among equals.
    """

    def rank(match: Match) -> tuple[int, int, int, bool]:
        return match.unread, len(match.ignored), match.pieces, match.reading.is_template

    for _, alike in groupby(sorted(found, key=rank), key=rank):
        yield list(alike)


def _known_first(made: list[tuple[Alternatives, ...]], lexicon: Lexicon) -> list[tuple[Alternatives, ...]]:
    """Of readings that differ only in which of several things of one name is meant, those that the record links."""
    if len({claim.attribute for groups in made for claim in groups[0]}) > 1:
        return made

    def is_linked(groups: tuple[Alternatives, ...]) -> bool:
        return any(claim.object in lexicon.objects(claim.subject, claim.attribute) for claim in groups[0])

    return [groups for groups in made if is_linked(groups)] or made


def _combined(made: list[tuple[Alternatives, ...]], lexicon: Lexicon) -> tuple[Alternatives, ...]:
    """The groups of several readings of one sentence: place by place, any of them may be meant.

    Readings that say the same number of things are joined; others are left out for the first of them.
    """
    made = _known_first(made, lexicon)
    alike = [groups for groups in made if len(groups) == len(made[0])]
    return tuple(_unique(claim for groups in alike for claim in groups[place]) for place in range(len(made[0])))


def _unique(claims: Iterator[Claim]) -> Alternatives:
    """Claims without those that say the same of the same key, but for what kind of change it was."""
    found: dict[str, Claim] = {}
    for claim in claims:
        has_ended = claim.aspect is Aspect.ENDED
        said = (claim.subject, claim.attribute, claim.object, claim.value, claim.comparison, has_ended)
        found.setdefault(repr(said), claim)
    return tuple(found.values())


def _both(left: Understood, right: Understood, start: int) -> Understood:
    """Both statements; a time that only one names counts for the other where both tell of the past."""
    earlier, later = left.groups, right.groups
    time_left, time_right = _time_of(earlier), _time_of(later)
    if time_left is None and time_right is not None:
        earlier = _timed(earlier, time_right)
    opens = any(part.role == "time" and part.start == 0 for part in left.parts)
    if time_right is None and time_left is not None and opens:
        later = _timed(later, time_left)
    groups = (*earlier, *later)
    parts = (*left.parts, *(part for part in _shifted(right.parts, start) if part.start >= 0))
    return Understood(groups[0], tuple(dict.fromkeys(parts)), groups[1:])


def _time_of(groups: tuple[Alternatives, ...]) -> When | None:
    return next((claim.when for group in groups for claim in group if claim.when), None)


def _timed(groups: tuple[Alternatives, ...], when: When) -> tuple[Alternatives, ...]:
    return tuple(
        tuple(
            replace(claim, when=when) if claim.tense is Tense.PAST or claim.aspect is not Aspect.HOLDS else claim
            for claim in group
        )
        for group in groups
    )


def _parts_of(sentence: Sentence, match: Match) -> tuple[Part, ...]:
    """What each piece of the sentence was taken for, from left to right; the rest of it named the attribute."""
    taken: dict[tuple[int, int], tuple[str, str]] = {}
    for name, item in match.slots:
        if isinstance(item, Mention):
            role = name if name in {"subject", "object", "value"} else "object" if "." in name else "subject"
            taken[item.start, item.end] = role, ", ".join(item.entities)
        else:
            taken[item.start, item.end] = "value", _meaning(item)
    if match.time:
        taken[match.time.start, match.time.end] = "time", match.time.text
    for span in match.ignored:
        taken.setdefault(span, ("ignored", ""))
    covered = {place for start, end in taken for place in range(start, end)}
    place = 0
    while place < len(sentence.tokens):
        end = place
        while end < len(sentence.tokens) and end not in covered:
            end += 1
        if end > place:
            taken[place, end] = "attribute", match.reading.attribute.name
        place = max(end, place + 1)
    return tuple(
        Part(*sentence.token_span(start, end), role, meaning) for (start, end), (role, meaning) in sorted(taken.items())
    )


def _parts_found(sentence: Sentence) -> tuple[Part, ...]:
    """What was recognised in a sentence that was not understood."""
    found: dict[int, Part] = {}
    for place, mentions in enumerate(sentence.mentions):
        if mentions:
            single = max((m for m in mentions if len(m.entities) == 1), key=lambda mention: mention.end)
            begin, end = sentence.token_span(single.start, single.end)
            if not any(part.start <= begin < part.end for part in found.values()):
                found[place] = Part(begin, end, "subject" if not found else "object", single.entities[0])
    return tuple(found.values())


def _meaning(item: Given) -> str:
    value = item.value
    return str(
        value.get("text")
        or value.get("stage")
        or value.get("date")
        or " ".join(str(part) for name, part in value.items() if name != "type")
    )
