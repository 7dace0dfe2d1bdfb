"""All derived tables made anew from the log, beside the live ones, which answer until they are swapped."""

from projections.rebuild.rebuilding import Progress, RebuildStopped, Rebuilt, rebuild

__all__ = ["Progress", "RebuildStopped", "Rebuilt", "rebuild"]
