"""Search: the texts of the record, found by their words at any basis."""

from projections.search.writer import SearchProjection, catch_up

__all__ = ["SearchProjection", "catch_up"]
