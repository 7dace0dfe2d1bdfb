"""What a data set amounts to, in numbers: how well it is founded, and how much of the quarrel it keeps."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Final

from timeline.datasets.checked import Checked, History
from timeline.datasets.format import Correction, Dataset, Retraction, WithdrawnSource
from timeline.datasets.rules.contradictions import contested
from timeline.datasets.rules.sources import FIRST_HAND
from timeline.events import Reason, RetractionReason
from timeline.sources import Source
from timeline.vocabulary import Vocabulary, default_vocabulary

_YEAR: Final = 365 * 24 * 60 * 60 * 1_000_000


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a data set. Developments that were taken back count as developments."""

    developments: int
    sourced: int
    """Developments with a source."""
    first_hand: int
    """Developments with a source of a party, a court or a regulator, from the beginning or later."""
    known_later: int
    """Developments that became known a year or more after they occurred, by the bounds that lie closest."""
    corrections: dict[str, int]
    """Corrections by reason, withdrawn sources included."""
    retractions: dict[str, int]
    """Retractions by reason."""
    contested: int
    """Keys for which two values, or a value and its denial, were ever rivals about the same time."""
    entities: int

    def as_json(self) -> dict[str, Any]:
        """The numbers as programs read them."""
        return asdict(self)


def figures(dataset: Dataset, *, vocabulary: Vocabulary | None = None) -> Figures:
    """The numbers of a data set; what a rule would refuse is left out."""
    checked = Checked(dataset, frozenset(), vocabulary or default_vocabulary(), now=0)
    sources = [_sources(history) for history in checked.histories]
    corrections: Counter[str] = Counter({reason.value: 0 for reason in Reason})
    retractions: Counter[str] = Counter({reason.value: 0 for reason in RetractionReason})
    for record in dataset.developments:
        for then in record.then:
            match then:
                case Correction():
                    corrections[then.correction.value] += 1
                case WithdrawnSource():
                    corrections[Reason.SOURCE_WITHDRAWN.value] += 1
                case Retraction():
                    retractions[then.retraction.value] += 1
                case _:
                    pass
    return Figures(
        developments=len(dataset.developments),
        sourced=sum(bool(some) for some in sources),
        first_hand=sum(any(source.kind in FIRST_HAND for source in some) for some in sources),
        known_later=sum(map(_is_known_later, checked.histories)),
        corrections=dict(corrections),
        retractions=dict(retractions),
        contested=sum(map(contested, checked.by_key.values())),
        entities=len(dataset.entities),
    )


def _sources(history: History) -> list[Source]:
    return [source for content in history.contents for source in content.sources]


def _is_known_later(history: History) -> bool:
    first = history.versions[0]
    content = first.content
    return content is not None and first.known.earliest - content.occurred.latest >= _YEAR
