"""Where projections come from."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from projections.projecting import ENTRY_POINTS, ProjectionFailed, finding, found
from tests.projections.projecting import own
from timeline.errors import InvalidInput

TWO = "from projections import Projection\nclass One(Projection): ...\nclass Two(Projection): ...\n"


def in_file(folder, text, name="mine.py"):
    path = folder / name
    path.write_text(text)
    return str(path)


def test_a_file_with_one_projection_is_named_by_its_path(tmp_path):
    projection = found(in_file(tmp_path, "from projections import Projection\nclass Mine(Projection): ...\n"))
    assert projection.name == "mine"


def test_of_several_in_a_file_one_is_named(tmp_path):
    path = in_file(tmp_path, TWO)
    assert found(f"{path}:Two").name == "two"


@pytest.mark.parametrize(
    ("text", "more", "told"),
    [
        (TWO, "", "holds 2 projections. Say which: "),
        (TWO, ":Three", 'has no projection "Three". It has: One, Two.'),
        ("x = 1\n", "", "holds no projections. Write a subclass"),
    ],
)
def test_what_a_file_does_not_hold_is_told(tmp_path, text, more, told):
    with pytest.raises(InvalidInput) as refused:
        found(in_file(tmp_path, text) + more)
    assert refused.value.field == "projection"
    assert told in str(refused.value)


@pytest.mark.parametrize("text", ["import nothing_of_that_name\n", "def broken(:\n", "1 / 0\n", "raise SystemExit\n"])
def test_a_file_that_cannot_be_imported_is_told_with_its_traceback(tmp_path, text):
    with pytest.raises(ProjectionFailed) as failed:
        found(in_file(tmp_path, text))
    assert "mine.py" in failed.value.told


def test_there_has_to_be_a_file(tmp_path):
    with pytest.raises(InvalidInput, match="there is no file"):
        found(str(tmp_path / "none.py"))


def test_an_installed_package_registers_projections(monkeypatch):
    module = own.__name__
    points = EntryPoints(
        [
            EntryPoint("leaders", f"{module}:Leaders", ENTRY_POINTS),
            EntryPoint("a-function", "os:getcwd", ENTRY_POINTS),
            EntryPoint("missing", f"{module}:Missing", ENTRY_POINTS),
        ]
    )
    monkeypatch.setattr(finding, "entry_points", lambda group: points.select(group=group))
    assert isinstance(found("leaders"), own.Leaders)
    with pytest.raises(InvalidInput, match="is no projection"):
        found("a-function")
    with pytest.raises(ProjectionFailed, match="missing"):
        found("missing")
    with pytest.raises(InvalidInput, match="There are: a-function, leaders, missing"):
        found("unheard-of")


def test_where_nothing_is_registered_the_remedy_says_how():
    with pytest.raises(InvalidInput, match=ENTRY_POINTS):
        found("unheard-of")
