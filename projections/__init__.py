"""Read models over the log: state, differences, history, checks, search; each rebuilt from events alone.

`Projection` is the base class of read models of one's own: see `projections.projecting`.
"""

from projections.projecting.projection import Projection

__all__ = ["Projection"]
