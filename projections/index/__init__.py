"""The bitemporal index: derived tables that answer "what held at this basis" with one question to the database."""

from projections.index.writer import IndexProjection

__all__ = ["IndexProjection"]
