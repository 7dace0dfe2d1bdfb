"""Search: the texts of the record, found by their words at any basis."""

from projections.search.writer import TextWriter, catch_up

__all__ = ["TextWriter", "catch_up"]
