from __future__ import annotations

import pytest

from tests.projections.recorded import ceo, no_ceo


@pytest.fixture
def succession(kept):
    """Jane, then John, then nobody, then Jane again."""
    kept.tell("a", ceo("jane"), occurred="2020-01-10")
    kept.tell("b", ceo("john"), occurred="2021-05-05")
    kept.tell("c", no_ceo(), occurred="2022-02-02")
    kept.tell("d", ceo("jane"), occurred="2022-03-03")
    return kept
