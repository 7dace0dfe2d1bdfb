"""Why a verdict is what it is: one sentence, with dates in words, from the facts that decided. Pure."""

from collections.abc import Callable

from projections.briefing.wording import date_text, moment_text, on_text, sentence, since_text
from projections.check.account import Said
from projections.check.claim import Aspect
from projections.check.course import Run
from projections.check.judgement import Cause, Judgement, Verdict
from projections.prose import NameOf, fact_text
from timeline.dates import MAX_INSTANT, parse_date
from timeline.standing import Standing
from timeline.vocabulary import Attribute


def told(attribute: Attribute, subject: str, object_: str | None, fact: Said, name_of: NameOf) -> str:
    """A fact as a sentence without its full stop; an end by what it leaves."""
    if fact.value is not None:
        return fact_text(attribute, subject, object_, fact.value, name_of)
    if attribute.end_template is None:
        return f"that is over ({attribute.label.lower()} of {name_of(subject)})"
    return attribute.end_template.format(subject=name_of(subject), object=name_of(object_) if object_ else "")


def reason(judgement: Judgement, name_of: NameOf) -> str:
    """The sentence that says what decided; it does not go beyond what the record holds."""
    return sentence(_Telling(judgement, name_of).tell())


class _Telling:
    """One judgement on its way into words."""

    def __init__(self, judgement: Judgement, name_of: NameOf) -> None:
        self.judgement, self.name_of = judgement, name_of
        self.claim, self.attribute = judgement.question.claim, judgement.question.attribute
        self.facts = [fact for _, fact in judgement.facts]

    def tell(self) -> str:
        tellers: dict[Cause, Callable[[], str]] = {
            Cause.DATES: lambda: f"the dates leave it open: {self._first()}",
            Cause.VALUES: lambda: f"what the record says can be taken either way: {self._first()}",
            Cause.NO_PREDICTION: lambda: "the record cannot tell what is still to come",
            Cause.RIVALS: self._rivals,
            Cause.HELD: self._held,
            Cause.TAKEN_BACK: self._taken_back,
            Cause.OVER: self._over,
            Cause.TO_COME: lambda: f"it begins only {on_text(self.facts[0].since)}: {self._text(self.facts[0])}",
            Cause.OTHER_VALUE: lambda: f"the record has something else: {self._first()}",
            Cause.OTHER_TIME: self._other_time,
            Cause.GOES_ON: lambda: f"it has not ended: {self._first()}",
            Cause.DENIED: lambda: f"it was denied {on_text(self.facts[0].since)} that {self._text(self.facts[0])}",
            Cause.NOT_LISTED: self._not_listed,
            Cause.OTHERS_ONLY: lambda: f"the record has others of the kind, but not this one: {self._first()}",
            Cause.NOTHING: lambda: f"the record has nothing on it ({self.attribute.label.lower()} of {self._whose()})",
        }
        return tellers[self.judgement.cause]()

    def _held(self) -> str:
        question, run = self.judgement.question, self._run()
        says = "the record says the opposite" if self.claim.is_negated else "the record says so"
        if self.claim.aspect is Aspect.ENDED and run is not None and run.until < MAX_INSTANT:
            following = f"; then {self._text(run.ender)}" if run.ender is not None else ""
            return f"{says}: {self._text(self.facts[0])}, which ended {_on(run)} ({self.facts[0].standing}){following}"
        if self.claim.aspect is Aspect.BEGAN and run is not None:
            return f"{says}: {self._text(run.facts[0])}, {on_text(run.facts[0].since)} ({run.facts[0].standing})"
        is_to_come = question.moment > question.known and self.facts[0].until is None
        return f"{says}: {self._first()}{', and nothing known so far ends it' if is_to_come else ''}"

    def _rivals(self) -> str:
        account, fact = self.judgement.facts[0]
        against = [
            rival for rival in account.rivals(fact) if (rival.value, rival.standing) != (fact.value, fact.standing)
        ]
        if not against:
            return f"sources disagree: {self._first()}"
        says = f"sources disagree: {self._text(fact)} ({fact.standing})"
        if against[0].standing is Standing.DENIED:
            return f"{says}, and that was denied"
        return f"{says}, but {self._text(against[0])} ({against[0].standing})"

    def _taken_back(self) -> str:
        known, believed = self.judgement.question.known, self.judgement.believed
        now = [fact for fact in self.facts if fact.known_until > known]
        once = [fact for fact in self.facts if fact.known_until <= known] or self.facts
        spell = f"from {moment_text(believed[0])} to {moment_text(believed[1])} " if believed else "for a time "
        back = f"{spell}the record had it that {self._text(once[0])}; that was taken back"
        return f"{back}, and now {self._text(now[0])}" if now else back

    def _over(self) -> str:
        run = self._run()
        if self.judgement.verdict is Verdict.CONTRADICTED or run is None:
            return f"it is over: {self._first()}"
        held = f"it held {_span(run.facts[0].since, end_of(run))}"
        return f"{held}; then {self._text(run.ender)}" if run.ender is not None else f"{held}, and not since"

    def _run(self) -> Run | None:
        """The run that the first of the facts belongs to."""
        return next((run for run in self.judgement.runs if self.facts and self.facts[0] in run.facts), None)

    def _other_time(self) -> str:
        run, when = self._run(), self.claim.when
        began = self.claim.aspect is Aspect.BEGAN or run is None
        date = on_text(self.facts[0].since) if began or run is None else _on(run)
        elsewhere = f", not {when.text}" if when is not None else ""
        return f"it {'began' if began else 'ended'} {date}{elsewhere}: {self._text(self.facts[0 if began else -1])}"

    def _not_listed(self) -> str:
        listed = f"{self.attribute.label.lower()} of {self.name_of(self.claim.subject)}"
        return f"{self.name_of(self.claim.object or '')} is not in the record's list ({listed}) for that time"

    def _first(self) -> str:
        """The first of the facts, over which time, and how well it stands."""
        fact, run = self.facts[0], self._run()
        since, until = (fact.since, fact.until) if run is None else (run.facts[0].since, end_of(run))
        return f"{self._text(fact)}, {_span(since, until)} ({fact.standing})"

    def _text(self, fact: Said) -> str:
        account = next((account for account, one in self.judgement.facts if one is fact), self.judgement.facts[0][0])
        return told(self.attribute, account.key.subject, account.key.object or None, fact, self.name_of)

    def _whose(self) -> str:
        subject, object_ = self.claim.subject, self.claim.object
        return self.name_of(subject) + (f" and {self.name_of(object_)}" if object_ else "")


def _span(since: str, until: str | None) -> str:
    """Over which time: since 2019, from 2019 to 17 November 2023, since some time between June and August."""
    if until is None:
        return since_text(since)
    if parse_date(since).precision == "interval":
        return f"{since_text(since)} until {date_text(until)}"
    return f"from {date_text(since)} to {date_text(until)}"


def _on(run: Run) -> str:
    written = end_of(run)
    return "at a time not known" if written is None else on_text(written)


def end_of(run: Run) -> str | None:
    """The date on which a run ended, as it is written; None if it goes on."""
    if run.until == MAX_INSTANT:
        return None
    last = run.facts[-1]
    if run.ender is None or (last.until is not None and run.until == last.row.until_latest):
        return last.until
    return run.ender.since
