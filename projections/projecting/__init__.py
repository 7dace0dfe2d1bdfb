"""Projections of one's own: a class with a method for each event or change of a fact that it cares for.

The same class runs live (folded when asked), inline (in the transaction of every append) and as a stored table; all
three give the same. See `projections.projecting.projection.Projection`.
"""

from projections.projecting.finding import ENTRY_POINTS, found, registered
from projections.projecting.inline import OwnProjections
from projections.projecting.projection import Moment, Projection, ProjectionFailed
from projections.projecting.running import Folded, project
from projections.projecting.stored import Stored, store, stored, stored_all

__all__ = [
    "ENTRY_POINTS",
    "Folded",
    "Moment",
    "OwnProjections",
    "Projection",
    "ProjectionFailed",
    "Stored",
    "found",
    "project",
    "registered",
    "store",
    "stored",
    "stored_all",
]
