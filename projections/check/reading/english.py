"""What reading has to know of the language: months, numbers, forms of verbs, words without weight.

The lists are data in `english.yaml` beside this module; the rules of regular forms are here.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

from projections.check.claim import Comparison

_VOWELS: Final = "aeiou"


class English(BaseModel):
    """The lists of `english.yaml`, as it explains them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    months: Mapping[str, int]
    relations: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    currencies: Mapping[str, str]
    percent: tuple[str, ...]
    fractions: Mapping[str, str]
    forms: Mapping[str, str]
    parts: Mapping[str, tuple[Comparison, str]]
    comparisons: Mapping[Comparison, tuple[str, ...]]
    comparisons_after: Mapping[Comparison, tuple[str, ...]]
    articles: frozenset[str]
    name_cuts: tuple[str, ...]
    harmless: tuple[str, ...]
    titles: tuple[str, ...]
    sorts: tuple[str, ...]
    present: tuple[str, ...]
    past: tuple[str, ...]
    negators: frozenset[str]
    ceased: tuple[str, ...]
    ceased_after: tuple[str, ...]
    verbs: Mapping[str, tuple[str, str]]
    opinions: frozenset[str]
    conditions: frozenset[str]
    pronouns: frozenset[str]
    questions: frozenset[str]
    reports: frozenset[str]


@lru_cache(maxsize=1)
def english() -> English:
    """The language data, read once."""
    text = files("projections.check.reading").joinpath("english.yaml").read_text(encoding="utf-8")
    return English.model_validate(yaml.safe_load(text))


class VerbForms(BaseModel):
    """The forms of one verb: owns, own; owned; owned; owning."""

    model_config = ConfigDict(frozen=True)

    present: frozenset[str]
    past: frozenset[str]
    participle: str
    gerund: str
    base: str


@lru_cache(maxsize=2_000)
def forms_of(verb: str) -> VerbForms:
    """The forms of a verb, given as "own"; irregular ones are in the data."""
    if verb == "be":
        return VerbForms(
            present=frozenset({"is", "are", "am"}),
            past=frozenset({"was", "were"}),
            participle="been",
            gerund="being",
            base="be",
        )
    third = {"have": "has", "do": "does", "go": "goes"}.get(verb) or _with_s(verb)
    past, participle = english().verbs.get(verb) or (_with_ed(verb), _with_ed(verb))
    return VerbForms(
        present=frozenset({verb, third}),
        past=frozenset({past}),
        participle=participle,
        gerund=_with_ing(verb),
        base=verb,
    )


def _with_s(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _with_ed(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}{_doubled(verb)}ed"


def _with_ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return f"{verb[:-1]}ing"
    return f"{verb}{_doubled(verb)}ing"


def _doubled(verb: str) -> str:
    """The last letter again where a short stressed syllable ends the verb: "drop", "commit", but not "open"."""
    if len(verb) < 3 or verb[-1] in f"{_VOWELS}wxy" or verb[-2] not in _VOWELS or verb[-3] in _VOWELS:
        return ""
    if sum(letter in _VOWELS for letter in verb) == 1 or verb.endswith(("mit", "cur", "efer", "sfer", "pel", "trol")):
        return verb[-1]
    return ""
