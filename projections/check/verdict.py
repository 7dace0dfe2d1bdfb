"""The verdict on a claim: what a careful editor would say of it, on both clocks. Pure.

There is one verdict, the first that applies in the order of `Verdict`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from projections.check.account import Account, Said
from projections.check.claim import Aspect, Tense
from projections.check.course import Course, Finding, Run, Truth, Window, window
from projections.check.figures import FIGURES, Match
from projections.check.judgement import Cause, Judgement, Question, Verdict
from timeline.standing import Standing
from timeline.vocabulary import Cardinality

_LONGEST_MEMORY: Final = 200
"""How many earlier moments of knowledge are looked at, the latest first."""


def judge(question: Question) -> Judgement:
    """The verdict on one claim, taken as if it was not negated."""
    return _Bench(question).judge()


class _Bench:
    """All that is looked at while one claim is judged."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.claim, self.at = question.claim, question.at
        self.about = window(question.claim, question.at)
        self.course = self._course(ledger.as_known(question.known) for ledger in question.ledgers)
        self.finding = self.course.find(self.about, self.at)

    def _course(self, accounts: Iterable[Account]) -> Course:
        return Course(self.claim, self.question.attribute, tuple(accounts))

    def judge(self) -> Judgement:
        if self.finding.truth is Truth.YES:
            return self._right()
        if self.finding.truth is Truth.OPEN:
            return self._open(self.finding.facts)
        rivals = self._rivals_of_what_holds()
        same = [fact for fact in rivals if self.course.match(fact) is Match.SAME]
        if same:
            return self._found(Verdict.DISPUTED, Cause.RIVALS, same)
        if rivals:
            return self._found(Verdict.UNDECIDABLE, Cause.VALUES, rivals)
        if self.claim.tense is Tense.FUTURE:
            return self._found(Verdict.UNDECIDABLE, Cause.NO_PREDICTION, self._shown_then())
        return self._taken_back() or self._at_another_time() or self._against() or self._nothing()

    def _found(self, verdict: Verdict, cause: Cause, facts: Iterable[Said] = ()) -> Judgement:
        homes = {one.row.key_id: account for account in self.course.accounts for one in _everything(account)}
        placed = tuple((homes[fact.row.key_id], fact) for fact in facts)
        return Judgement(verdict, cause, self.question, placed, self._runs())

    def _runs(self) -> tuple[Run, ...]:
        """Where the claim held, or may have; not where only the words leave it open."""
        match = self.course.match
        return tuple(run for run in self.course.runs if any(match(fact) is Match.SAME for fact in run.facts))

    # what the record says

    def _right(self) -> Judgement:
        contested = {
            fact.row.id: against
            for account in self.course.accounts
            for fact in self.finding.facts
            if fact.row.key_id == account.key.id and (against := self._unsettled(account, fact))
        }
        free = [fact for fact in self.finding.facts if fact.row.id not in contested]
        if free or not contested:
            ended = self.claim.aspect is Aspect.ENDED and self.finding.runs
            facts = self._turning(max(self.finding.runs, key=lambda run: run.until)) if ended else free[::-1]
            return self._found(Verdict.SUPPORTED, Cause.HELD, facts or self.finding.facts)
        return self._found(Verdict.DISPUTED, Cause.RIVALS, self.finding.facts[::-1])

    def _unsettled(self, account: Account, fact: Said) -> list[Said]:
        """Who contests a fact that the claim agrees with, and does not stand worse than it.

        A denial unsettles what is not confirmed.
        """
        return [
            rival
            for rival in account.rivals(fact)
            if (
                self.course.match(rival) is Match.SAME and fact.standing is not Standing.CONFIRMED
                if rival.standing is Standing.DENIED
                else self._says_otherwise(rival) and rival.standing.rank >= fact.standing.rank
            )
        ]

    def _says_otherwise(self, rival: Said) -> bool:
        """Whether a rival does not bear the claim out; words that say more or less than the claim's may well."""
        match = self.course.match(rival)
        is_figure = rival.value is not None and rival.value["type"] in FIGURES
        return match is Match.DIFFERENT or (match is Match.CANNOT_TELL and is_figure)

    def _open(self, facts: Sequence[Said]) -> Judgement:
        if any(self.course.match(fact) is Match.CANNOT_TELL for fact in facts):
            same = [rival for rival in self._rivals_of_what_holds() if self.course.match(rival) is Match.SAME]
            if same:
                return self._found(Verdict.DISPUTED, Cause.RIVALS, same)
            return self._found(Verdict.UNDECIDABLE, Cause.VALUES, facts)
        is_prediction = self.claim.tense is Tense.FUTURE and self.claim.aspect is Aspect.HOLDS
        return self._found(Verdict.UNDECIDABLE, Cause.NO_PREDICTION if is_prediction else Cause.DATES, facts)

    def _rivals_of_what_holds(self) -> list[Said]:
        """Facts that say what is claimed, or may say so, and lost only narrowly to what is shown at the time.

        What is confirmed settles the matter against what is only alleged; else the floor of the question trusts both.
        """
        if self.claim.aspect is Aspect.ENDED:
            return []
        found = []
        for account, judged in self.course.judged:
            candidates = [
                one
                for one in account.stated
                if self.course.match(one) is not Match.DIFFERENT and self._concerns(one.row.since_earliest, one)
            ]
            if not candidates:
                continue
            shown = {
                one.stretch.fact.row.id: one.stretch.fact
                for one in judged
                if one.stretch.fact is not None
                and self.about.meets(one.stretch.start, one.stretch.until)
                and self.course.match(one.stretch.fact) is not Match.SAME
            }
            found += [
                rival
                for rival in candidates
                if any(
                    rival is not fact and rival.begins_about(fact) and not _is_settled(fact, rival)
                    for fact in shown.values()
                )
            ]
        return sorted(found, key=lambda one: one.row.rank, reverse=True)

    def _concerns(self, since: int, fact: Said) -> bool:
        """Whether a fact can be about the time of the claim: a claim that something began, about its beginning."""
        until = fact.row.since_latest + 1 if self.claim.aspect is Aspect.BEGAN else fact.row.until_latest
        return self.about.meets(since, until)

    # what it said once, and what it says of other times

    def _taken_back(self) -> Judgement | None:
        """An earlier knowledge that supported the claim, if those who spoke then do not any more.

        What others said later is news, not a correction: with it left out, the claim must still be wrong.
        """
        known, ledgers = self.question.known, self.question.ledgers
        if not any(ledger.has_changed_its_mind(known) for ledger in ledgers):
            return None
        moments = sorted({moment for ledger in ledgers for moment in ledger.moments(known)}, reverse=True)
        later = known
        for moment in moments[:_LONGEST_MEMORY]:
            then = self._course(ledger.as_known(moment) for ledger in ledgers)
            found = then.find(self.about, self.at)
            if found.truth is Truth.YES:
                told_again = self._course(ledger.told_again(moment, known) for ledger in ledgers)
                if told_again.find(self.about, self.at).truth is Truth.NO:
                    return self._believed(then, found, (moment, later))
            later = moment
        return None

    def _believed(self, then: Course, found: Finding, moments: tuple[int, int]) -> Judgement:
        homes = {account.key.id: account for account in then.accounts}
        facts = tuple((homes[fact.row.key_id], fact) for fact in found.facts)
        since = max(fact.row.known_since for fact in found.facts) if found.facts else moments[0]
        now = self._found(Verdict.BELIEVED_THEN_CORRECTED, Cause.TAKEN_BACK, self._shown_then())
        return replace(now, facts=(*facts, *now.facts), believed=(since, moments[1]))

    def _shown_then(self) -> tuple[Said, ...]:
        """What the record shows under the keys at the end of the time that the claim is about."""
        shown = (account.at(self.question.moment).fact for account in self.course.accounts)
        return tuple(fact for fact in shown if fact is not None)

    def _at_another_time(self) -> Judgement | None:
        """It held earlier, it begins later, or the change it tells of happened on another date."""
        sure = [run for run in self.course.runs if run.sure]
        if self.claim.aspect is Aspect.HOLDS:
            earlier = [run for run in sure if run.sure[0].start < self.about.first]
            if earlier:
                run = max(earlier, key=lambda run: run.until)
                ender = () if run.ender is None else (run.ender,)
                return self._found(Verdict.WAS_TRUE, Cause.OVER, (run.facts[-1], *ender))
            later = [run for run in self.course.runs if run.start > self.about.last]
        else:
            changes = ((run, run.beginning if self.claim.aspect is Aspect.BEGAN else run.ending) for run in sure)
            dated = [run for run, change in changes if change is not None]
            if self.claim.when is not None:
                return self._misdated(dated)
            later = [run for run in dated if self._change(run).first > self.about.last]
        if not later:
            return None
        run = min(later, key=lambda run: run.start)
        return self._found(Verdict.NOT_YET_TRUE, Cause.TO_COME, run.facts[:1])

    def _change(self, run: Run) -> Window:
        return run.beginning if self.claim.aspect is Aspect.BEGAN else run.ending or run.beginning

    def _misdated(self, dated: Sequence[Run]) -> Judgement | None:
        if not dated:
            return None
        nearest = min(dated, key=lambda run: abs(self._change(run).first - self.about.first))
        is_one_of_many = self.question.attribute.cardinality is Cardinality.EACH
        verdict = Verdict.UNSUPPORTED if is_one_of_many else Verdict.CONTRADICTED
        return self._found(verdict, Cause.OTHER_TIME, self._turning(nearest))

    def _turning(self, run: Run) -> tuple[Said, ...]:
        """The facts between which the change that the claim tells of lies."""
        if self.claim.aspect is Aspect.BEGAN:
            return run.facts[:1]
        return run.facts[-1:] if run.ender is None else (run.facts[-1], run.ender)

    # what stands against it

    def _against(self) -> Judgement | None:
        if self.claim.aspect is Aspect.ENDED:
            goes_on = [run for run in self.course.runs if run.sure and self.about.meets(run.start, run.until)]
            if goes_on:
                run = max(goes_on, key=lambda run: run.start)
                return self._found(Verdict.CONTRADICTED, Cause.GOES_ON, run.facts[-1:])
        others = self._others()
        if others and self.question.attribute.cardinality is not Cardinality.EACH:
            return self._found(Verdict.CONTRADICTED, Cause.OTHER_VALUE, others)
        over = self._over()
        if over:
            return self._found(Verdict.CONTRADICTED, Cause.OVER, over)
        denials = [
            denial
            for account in self.course.accounts
            for denial in reversed(account.denials)
            if self.course.match(denial) is Match.SAME
            and self.about.meets(denial.row.since_earliest, denial.row.until_latest)
        ]
        if denials:
            return self._found(Verdict.CONTRADICTED, Cause.DENIED, denials)
        listed_from = self.question.listed_from
        if listed_from is not None and listed_from <= self.about.last and not self._any_shown():
            return self._found(Verdict.CONTRADICTED, Cause.NOT_LISTED)
        return None

    def _others(self) -> list[Said]:
        """Other values that certainly hold at the time, the latest first."""
        found = {}
        for _, judged in self.course.judged:
            for stretch, _ in judged:
                fact = stretch.fact
                if fact is not None and stretch.is_certain and self.about.meets(stretch.start, stretch.until):
                    found[fact.row.id] = fact
        return list(found.values())[::-1]

    def _over(self) -> list[Said]:
        """What ended, or ended it, if the record shows that nothing is left at the time."""
        if self.claim.aspect is not Aspect.HOLDS or self.question.attribute.cardinality is Cardinality.EACH:
            return []
        found = {}
        for account, judged in self.course.judged:
            for stretch, _ in judged:
                if not self.about.meets(stretch.start, stretch.until):
                    continue
                if stretch.winner is None or not stretch.is_certain:
                    return []
                found[account.key.id] = stretch.winner
        return list(found.values())

    def _any_shown(self) -> bool:
        return any(
            stretch.fact is not None and self.about.meets(stretch.start, stretch.until)
            for _, judged in self.course.judged
            for stretch, _ in judged
        )

    def _nothing(self) -> Judgement:
        others = [
            fact
            for account in self.course.accounts
            for fact in account.stated
            if fact.value is not None and self.about.meets(fact.row.since_earliest, fact.row.until_latest)
        ]
        cause = Cause.OTHERS_ONLY if others else Cause.NOTHING
        return self._found(Verdict.UNSUPPORTED, cause, sorted(others, key=lambda one: one.row.rank, reverse=True))


def _everything(account: Account) -> tuple[Said, ...]:
    return (*account.stated, *account.denials)


def _is_settled(fact: Said, rival: Said) -> bool:
    return fact.standing is Standing.CONFIRMED and rival.standing is Standing.ALLEGED
