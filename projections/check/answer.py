"""The answer to a check: the verdict with its reason, the facts that decided, and when the claim did hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic_core import from_json

from projections.check.account import Account, Said
from projections.check.claim import Aspect, Claim, Part
from projections.check.course import Run
from projections.check.judgement import Cause, Judgement, Verdict
from projections.check.words import end_of, reason, told
from projections.prose import NameOf
from projections.rivals import contests
from projections.state import Evidence, Held, visible_sources
from timeline.basis import Basis
from timeline.dates import MIN_INSTANT, format_instant

MOST_FACTS: Final = 10
"""How many deciding facts an answer carries."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A time over which a claim held, in the dates of the facts by which it did; None is an open end."""

    since: str | None
    until: str | None
    is_certain: bool = True

    def as_json(self) -> dict[str, str | None]:
        """The interval as answers carry it."""
        certainty = "definite" if self.is_certain else "possible"
        return {"since": self.since, "until": self.until, "certainty": certainty}


@dataclass(frozen=True, slots=True)
class Checked:
    """What is said of one claim, or one sentence, at a basis.

    `groups` are the claims it was understood to make: one of each group has to be right. `decisive` are those by which
    the verdict was found. `parts` are the words of the sentence and what they were taken for.
    """

    verdict: Verdict
    cause: Cause
    reason: str
    basis: Basis
    names: Mapping[str, str]
    sentence: str | None = None
    facts: tuple[Held, ...] = ()
    held: tuple[Interval, ...] = ()
    groups: tuple[tuple[Claim, ...], ...] = ()
    decisive: tuple[Claim, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def what_held(self) -> str:
        """What `held` is about, to begin a sentence with: the claim, or what it denies, or what it says changed."""
        if any(claim.is_negated for claim in self.decisive):
            return "What it denies"
        aspects = {claim.aspect for claim in self.decisive}
        return "It" if aspects <= {Aspect.HOLDS} else f"What {' or '.join(sorted(aspects - {Aspect.HOLDS}))}"

    def with_parts(self, parts: tuple[Part, ...]) -> "Checked":
        """The same, with the words of the sentence and what they were taken for."""
        return replace(self, parts=parts)

    def as_json(self) -> dict[str, Any]:
        """The answer as it leaves, without basis and links."""
        return {
            "verdict": self.verdict.value,
            "cause": self.cause.value,
            "reason": self.reason,
            "facts": [fact.as_json(self.names) for fact in self.facts],
            "held": [interval.as_json() for interval in self.held],
            "understood": {
                "sentence": self.sentence,
                "claims": [
                    [
                        {**_claim_json(claim, self.names), "decisive": any(claim is one for one in self.decisive)}
                        for claim in group
                    ]
                    for group in self.groups
                ],
                "parts": [
                    {
                        "start": part.start,
                        "end": part.end,
                        "text": (self.sentence or "")[part.start : part.end],
                        "role": part.role,
                        "meaning": part.meaning,
                    }
                    for part in self.parts
                ],
            },
        }


def _claim_json(claim: Claim, names: Mapping[str, str]) -> dict[str, Any]:
    def named(slug: str) -> dict[str, str]:
        return {"id": slug, "name": names.get(slug, slug)}

    value = dict(claim.value) if claim.value is not None else None
    if value is not None and value["type"] == "entity":
        value["name"] = names.get(value["id"], value["id"])
    return {
        "subject": named(claim.subject),
        "attribute": claim.attribute,
        "object": named(claim.object) if claim.object else None,
        "value": value,
        "comparison": claim.comparison.value,
        "negated": claim.is_negated,
        "aspect": claim.aspect.value,
        "tense": claim.tense.value,
        "when": None
        if claim.when is None
        else {
            "from": _written(claim.when.earliest),
            "to": _written(claim.when.latest),
            "text": claim.when.text,
            "throughout": claim.when.is_throughout,
        },
    }


def _written(instant: int) -> str | None:
    try:
        return format_instant(instant)
    except ValueError:
        return None


def answer_of(
    judgement: Judgement,
    groups: Sequence[Sequence[Claim]],
    basis: Basis,
    names: Mapping[str, str],
    *,
    sentence: str | None = None,
    parts: tuple[Part, ...] = (),
) -> Checked:
    """The answer that a judgement makes; `names` has the names of all entities in it."""

    def name_of(slug: str) -> str:
        return names.get(slug, slug)

    judged = (judgement, *judgement.also)
    facts = {
        fact.row.id: _held(one, account, fact, basis, name_of)
        for one in judged
        for account, fact in one.facts[:MOST_FACTS]
    }
    return Checked(
        verdict=judgement.verdict,
        cause=judgement.cause,
        reason=reason(judgement, name_of),
        basis=basis,
        names=names,
        sentence=sentence,
        facts=tuple(facts.values())[:MOST_FACTS],
        held=_intervals(judgement.runs),
        groups=tuple(tuple(group) for group in groups),
        decisive=tuple(one.question.claim for one in judged),
        parts=parts,
    )


def entities_of(judgement: Judgement, groups: Iterable[Sequence[Claim]]) -> set[str]:
    """The slugs of all that is named in a judgement and in the claims of a sentence."""
    found = set[str]()
    for group in groups:
        for claim in group:
            found.update(name for name in (claim.subject, claim.object) if name)
            found.update(_entities_in(claim.value))
    for one in (judgement, *judgement.also):
        for account, fact in one.facts:
            found.update(name for name in (account.key.subject, account.key.object) if name)
            for said in (fact, *account.rivals(fact)):
                found.update(_entities_in(said.value))
        for run in one.runs:
            if run.ender is not None:
                found.update(_entities_in(run.ender.value))
    return found


def _entities_in(value: Mapping[str, Any] | None) -> tuple[str, ...]:
    return (value["id"],) if value is not None and value["type"] == "entity" else ()


# facts as the state carries them


def _held(judgement: Judgement, account: Account, fact: Said, basis: Basis, name_of: NameOf) -> Held:
    question = judgement.question
    moment = question.moment
    shown = account.at(moment)
    is_shown = shown.fact is fact
    instead = shown.instead if is_shown else None
    rivals = _contesting(account, fact, instead)
    attribute = question.attribute

    def held(one: Said, rivals: tuple[Held, ...], *, is_certain: bool) -> Held:
        key = account.key
        return Held(
            subject=key.subject,
            attribute=key.attribute,
            object=key.object or None,
            key_development=key.development or None,
            value=one.value or {},
            text=told(attribute, key.subject, key.object or None, one, name_of),
            since=one.since,
            until=one.until,
            is_certain=is_certain,
            standing=one.standing,
            known_since=one.row.known_since,
            evidence=Evidence(one.row.development, visible_sources(from_json(one.row.sources), basis.known)),
            contested_by=rivals,
        )

    return held(
        fact,
        tuple(held(rival, (), is_certain=_is_certain(rival, moment)) for rival in rivals),
        is_certain=shown.is_certain if is_shown else _is_certain(fact, moment),
    )


def _is_certain(fact: Said, moment: int) -> bool:
    """Whether a fact surely holds at a moment; of one that is about another time, whether it surely ever did."""
    row = fact.row
    if row.since_earliest <= moment < row.until_latest:
        return row.since_latest <= moment < row.until_earliest
    return row.since_latest < row.until_earliest


def _contesting(account: Account, fact: Said, instead: Said | None) -> tuple[Said, ...]:
    """Those that a state would show beside the fact; beside an end, who denies it."""
    if fact.value is None:
        return tuple(one for one in account.rivals(fact) if one.value is None and one.begins_about(fact))
    mine = _core(fact)
    found = {
        rival.row.id: rival
        for rival in account.rivals(fact)
        if contests(rival.row, fact.row, says_the_same=_core(rival) == mine)
    }
    if instead is not None and _core(instead) != mine:
        found[instead.row.id] = instead
    return tuple(sorted(found.values(), key=lambda rival: rival.row.rank, reverse=True))


def _core(fact: Said) -> dict[str, Any]:
    value = dict(fact.value or {})
    value.pop("note", None)
    return value


# when it held


def _intervals(runs: Iterable[Run]) -> tuple[Interval, ...]:
    """The times over which a claim held, earliest first; those of several keys that meet are one."""
    spells: list[tuple[Run, Interval]] = []
    for run in sorted(runs, key=lambda run: (run.start, run.until)):
        since = None if run.start == MIN_INSTANT else run.facts[0].since
        spell = Interval(since, end_of(run), bool(run.sure))
        if spells and run.start <= spells[-1][0].until and spell.is_certain == spells[-1][1].is_certain:
            before, first = spells.pop()
            last = (before, first) if before.until >= run.until else (run, spell)
            spells.append((last[0], Interval(first.since, last[1].until, spell.is_certain)))
        else:
            spells.append((run, spell))
    return tuple(interval for _, interval in spells)
