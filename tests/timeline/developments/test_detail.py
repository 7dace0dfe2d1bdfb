"""References to entities are found wherever they stand in a detail."""

import pytest
from pydantic import TypeAdapter

from timeline.developments.detail import Detail
from timeline.developments.kinds import AnyDetail

DETAILS: TypeAdapter[Detail] = TypeAdapter(AnyDetail)

CASES = {
    "plain fields": (
        {"kind": "statement", "speaker": "jane-doe", "topic": "acme", "claim": "globex"},
        {"jane-doe"},
    ),
    "optional fields": (
        {"kind": "product", "product": "assistant", "developer": "globex"},
        {"assistant", "globex"},
    ),
    "tuples of slugs": (
        {
            "kind": "lawsuit",
            "case": "doe-v-acme",
            "stage": "filed",
            "plaintiffs": ["jane-doe"],
            "defendants": ["acme"],
        },
        {"doe-v-acme", "jane-doe", "acme"},
    ),
    "tuples of parts": (
        {
            "kind": "leadership",
            "organisation": "acme",
            "changes": [
                {"role": "president", "left": "jane-doe"},
                {"role": "chief scientist", "took": "john-roe"},
            ],
        },
        {"acme", "jane-doe", "john-roe"},
    ),
    "parts with values beside them": (
        {
            "kind": "restructuring",
            "organisation": "acme",
            "holdings": [{"holder": "globex", "percent": {"value": "27"}}],
        },
        {"acme", "globex"},
    ),
}


@pytest.mark.parametrize(("detail", "named"), CASES.values(), ids=list(CASES))
def test_a_detail_knows_every_entity_it_names_and_nothing_else(detail, named):
    assert DETAILS.validate_python(detail).entities() == named


def test_every_slug_that_a_detail_accepts_is_a_reference():
    """A slug in a detail that is not marked as one would escape the check that its entity is described."""
    marked = DETAILS.validate_python(
        {"kind": "agreement", "agreement": "a-2024", "stage": "signed", "supersedes": ["a-2019", "a-2021"]}
    )
    assert marked.entities() == {"a-2024", "a-2019", "a-2021"}
