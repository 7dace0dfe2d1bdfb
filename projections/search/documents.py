"""The text of one content as it is searched: field by field, in folded words.

The entities that a content names are there by the words that stand for them, as they are in the sentences of its facts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, Final, NamedTuple

from projections.index.told import ToldFact
from projections.search.sentences import fact_words
from projections.search.words import BREAK, folded, folded_name, named
from timeline.dates import MIN_INSTANT, parse_date
from timeline.vocabulary import Vocabulary

_MOST_IN_TITLE: Final = 250
_MOST_IN_FACTS: Final = 2_250
_MOST_IN_SUMMARY: Final = 1_750
_MOST_ENTITIES: Final = 250
_MOST_IN_SOURCES: Final = 1_500
"""Only so many words of a field are kept: what is searched of a content never outgrows a `tsvector`."""

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAGS: Final = frozenset({"kind", "type"})
"""Fields of a detail that say what something is, and name nobody."""
_PARTED: Final = f" {BREAK}"
_BETWEEN: Final = f"{_PARTED} "


class SearchText(NamedTuple):
    """The words of a content, separated by blanks, and what decides which of them count."""

    title: str
    facts: str
    summary: str
    entities: str
    sources: str
    standings: str
    last_published: int

    @property
    def told(self) -> str:
        """All words, as the databases index them."""
        return _BETWEEN.join((self.title, self.facts, self.summary, self.entities, self.sources))

    @property
    def stream(self) -> list[str]:
        """All words in one row."""
        return self.told.split()


def search_text(
    content: Mapping[str, Any], standing: int, facts: Sequence[ToldFact], vocabulary: Vocabulary
) -> SearchText:
    """The text of a content (as JSON) that states these facts, in the order of their ordinals."""
    sources = content.get("sources", ())
    published = [parse_date(source["published"]).earliest for source in sources if "published" in source]
    return SearchText(
        title=_cut(folded(content["title"]), _MOST_IN_TITLE),
        facts=_cut(_PARTED.join([fact_words(fact, vocabulary) for fact in facts]), _MOST_IN_FACTS),
        summary=_cut(folded(content.get("summary", "")), _MOST_IN_SUMMARY),
        entities=_cut(folded_name(content["detail"]["kind"]) + _entity_words(content, facts), _MOST_ENTITIES),
        sources=_cut(source_words(sources), _MOST_IN_SOURCES),
        standings=f"{standing}{''.join([str(fact.standing) for fact in facts])}",
        last_published=max(published) if published else MIN_INSTANT,
    )


def source_words(sources: Iterable[Mapping[str, Any]]) -> str:
    """The words of the publishers and titles, with a blank before each."""
    return _PARTED.join([folded_name(source["publisher"]) + folded(source["title"]) for source in sources])


def _entity_words(content: Mapping[str, Any], facts: Sequence[ToldFact]) -> str:
    """Whoever the content names: its parties, its facts, and what may be a name in its detail.

    A text of the detail that only looks like a slug is the name of no entity, so nobody can find it.
    """
    found = [party["entity"] for party in content.get("parties", ())]
    for subject, _, object_, _, _, payload in facts:
        found += (subject, object_)
        value = payload["value"]
        if value is not None and value["type"] == "entity":
            found.append(value["id"])
    found += sorted(_slugs(content["detail"].items(), []))  # its fields come in one order or another
    return "".join(map(named, dict.fromkeys(found)))


def _slugs(fields: Iterable[tuple[str, Any]], found: list[str]) -> list[str]:
    for name, inner in fields:
        if name in _TAGS:
            continue
        if isinstance(inner, str):
            if " " not in inner and _is_slug(inner):
                found.append(inner)
        elif isinstance(inner, dict):
            _slugs(inner.items(), found)
        elif isinstance(inner, list):
            _slugs(zip(repeat(""), inner), found)
    return found


@lru_cache(maxsize=10_000)
def _is_slug(text: str) -> bool:
    return _SLUG.fullmatch(text) is not None


def _cut(found: str, most: int) -> str:
    """As many words as are kept, with blanks between them."""
    # no text has more words than characters, and few are so long
    return found[1:] if len(found) <= most or found.count(" ") <= most else " ".join(found.split()[:most])
