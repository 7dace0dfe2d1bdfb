"""The reference pages say what the code does."""

import pytest

from tests.timeline.reference import FOLDER, pages


@pytest.mark.parametrize("name", ["kinds.md", "vocabulary.md"])
def test_the_page_is_what_the_code_writes(name):
    path = FOLDER / name
    assert path.read_text(encoding="utf-8") == pages()[path], "run: python -m tests.timeline.reference"
