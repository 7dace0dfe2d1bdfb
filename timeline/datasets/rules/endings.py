"""Rules about what begins and is never heard of again."""

from collections.abc import Iterator
from typing import Final

from timeline.datasets.checked import Checked, Told
from timeline.datasets.findings import Finding
from timeline.values import StageValue

ATTRIBUTE: Final = "lawsuit"
"""The attribute whose keys have to come to an end."""

SILENCE: Final = 2 * 365 * 24 * 60 * 60 * 1_000_000
"""How long the record may say nothing of an open case: two years, in microseconds."""


def lawsuits_that_end(checked: Checked) -> Iterator[Finding]:
    """Each case comes to a final stage, or something was told of it in the last two years of the record."""
    attribute = checked.vocabulary.attributes.get(ATTRIBUTE)
    if attribute is None or not checked.histories:
        return
    end = max(history.last_known for history in checked.histories)
    heard: dict[str, int] = {}
    for history in checked.histories:
        for name in {name for content in history.contents for name in content.entities()}:
            heard[name] = max(heard.get(name, history.last_known), history.last_known)
    for key, told in checked.by_key.items():
        if key.attribute != ATTRIBUTE or heard[key.subject] >= end - SILENCE:
            continue
        last = max(told, key=_order)
        stage = last.stated.statement.value
        if isinstance(stage, StageValue) and stage.stage not in attribute.final_stages:
            message = (
                f'the case "{key.subject}" stays at the stage "{stage.stage}"; nothing is told of it for two years.'
            )
            remedy = "Record how it went on, or how it ended."
            yield last.history.record.spot.warning("lawsuits-that-end", message, remedy, at=last.at)


def _order(told: Told) -> tuple[int, int, int]:
    statement = told.stated.statement
    return statement.since.earliest, statement.standing.rank, told.stated.known_from
