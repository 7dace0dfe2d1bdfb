"""The rules of a data set, by what they look at. Each is one small function; `RULES` lists them all."""

from typing import Final

from timeline.datasets.checked import Rule
from timeline.datasets.rules.contents import later_entries, statements
from timeline.datasets.rules.contradictions import contradicted_facts, rivals_of_one_record
from timeline.datasets.rules.dates import (
    entries_in_order,
    known_after_it_occurred,
    known_by_now,
    sources_in_time,
)
from timeline.datasets.rules.endings import lawsuits_that_end
from timeline.datasets.rules.names import described_entities, ended_developments, unique_ids, used_entities
from timeline.datasets.rules.repetitions import told_once
from timeline.datasets.rules.sources import confirmed_by_whom, has_a_source

RULES: Final[tuple[Rule, ...]] = (
    unique_ids,
    described_entities,
    used_entities,
    ended_developments,
    statements,
    later_entries,
    known_by_now,
    known_after_it_occurred,
    entries_in_order,
    sources_in_time,
    has_a_source,
    confirmed_by_whom,
    rivals_of_one_record,
    contradicted_facts,
    told_once,
    lawsuits_that_end,
)
"""Every rule, in no particular order."""
