"""What the service makes of labelled sentences, and how often it is right."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.testclient import TestClient

from tests.corpus.sentences import VERDICTS, Labelled

SURE = frozenset({"supported", "contradicted"})
"""The verdicts that do harm if they are wrong: a reader takes them as the last word."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and the verdict that the service gave; an answer without one counts as a verdict of its own."""

    labelled: Labelled
    given: str

    @property
    def is_right(self) -> bool:
        return self.given == self.labelled.verdict


@dataclass(frozen=True, slots=True)
class Score:
    """How the service did on one set of sentences. A failing assertion shows it without them."""

    judged: Sequence[Judged] = field(repr=False)

    @property
    def accuracy(self) -> float:
        """The share of sentences with the right verdict."""
        return sum(item.is_right for item in self.judged) / len(self.judged)

    @property
    def wrongly_sure(self) -> float:
        """The share, of all sentences, that were wrongly given one of the `SURE` verdicts."""
        return sum(item.given in SURE for item in self.wrong) / len(self.judged)

    @property
    def wrong(self) -> Sequence[Judged]:
        return [item for item in self.judged if not item.is_right]

    @property
    def pairs(self) -> Counter[tuple[str, str]]:
        """How often each verdict (first) was given where another (second) would have been right."""
        return Counter((item.given, item.labelled.verdict) for item in self.wrong)


def judge(client: TestClient, timeline: str, sentences: Iterable[Labelled]) -> Score:
    """Asks the service for its verdict on each sentence."""
    return Score([Judged(item, _verdict(client, timeline, item)) for item in sentences])


def _verdict(client: TestClient, timeline: str, item: Labelled) -> str:
    asked = {"timeline": timeline, "claim": item.sentence, "at": item.at, "known": item.known}
    answer = client.post("/v1/check", json=asked)
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    return str(answer.json()["verdict"])


def told(name: str, score: Score) -> str:
    """A score in words, with its confusion table: rows are the labels, columns what the service said."""
    return "\n".join(
        [
            f"{name}: {score.accuracy:.1%} of {len(score.judged)} right, {score.wrongly_sure:.1%} wrongly sure",
            *_table(Counter((item.labelled.verdict, item.given) for item in score.judged)),
        ]
    )


def _table(counts: Mapping[tuple[str, str], int]) -> Iterable[str]:
    columns = [*VERDICTS, *sorted({given for _, given in counts} - set(VERDICTS))]
    yield " " * 24 + "".join(f"{_short(name):>14}" for name in columns)
    for label in VERDICTS:
        row = "".join(f"{counts.get((label, name), 0) or '.':>14}" for name in columns)
        yield f"{label:<24}{row}"


def _short(name: str) -> str:
    return "believed" if name == "believed-then-corrected" else name


def mistakes(score: Score) -> str:
    """Every wrong verdict with its sentence. For sentences that rules may be tuned on, and for no others."""
    return "\n".join(
        f"{item.labelled.id}: {item.given} instead of {item.labelled.verdict}, at {item.labelled.at} as known on "
        f"{item.labelled.known}: {item.labelled.sentence} ({item.labelled.why})"
        for item in score.wrong
    )


def mistakes_counted(score: Score) -> str:
    """How often which verdict was given for which, without a sentence: nobody can tune on that."""
    return "\n".join(f"{count} × {given} instead of {label}" for (given, label), count in score.pairs.most_common())
