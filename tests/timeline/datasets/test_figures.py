import pytest

from tests.timeline.datasets.folders import Folder
from timeline.datasets.figures import figures
from timeline.datasets.reading import bundled, read_dataset


def test_the_numbers_of_the_tiny_data_set(tiny):
    assert figures(tiny.dataset()).as_json() == {
        "developments": 11,
        "sourced": 11,
        "first_hand": 8,
        "known_later": 0,
        "corrections": {"new-information": 1, "finer-date": 1, "clerical": 2, "source-withdrawn": 1},
        "retractions": {"withdrawn": 1, "clerical": 1},
        "contested": 1,
        "entities": 13,
    }


@pytest.mark.parametrize(("known", "later"), [("2011-02-28", 0), ("2011-04-01", 1), ("2011", 0)])
def test_what_became_known_a_year_later_is_counted_if_it_surely_was_a_year(tmp_path, known, later):
    folder = Folder.many(tmp_path, 1)
    folder.change("developments/all.yaml", "known: 2000-01-01, occurred: 2000,", f"known: {known}, occurred: 2010-03,")
    folder.change("developments/all.yaml", "known: 2001-06", "known: 2012-06")
    assert figures(folder.dataset()).known_later == later


def test_a_data_set_without_developments_has_numbers_too(tmp_path):
    folder = Folder(tmp_path / "empty")
    folder.write("timeline.yaml", "title: Empty")
    assert figures(folder.dataset()).developments == 0


@pytest.mark.parametrize("slug", bundled())
def test_every_bundled_development_has_a_source(slug):
    numbers = figures(read_dataset(bundled()[slug]).checked())
    assert numbers.sourced == numbers.developments > 0
    assert numbers.first_hand > 0
