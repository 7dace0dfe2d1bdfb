"""The command line, `timeline`: serve, load, validate, ask, follow the log, keep the schema."""

from api.cli.program import main

__all__ = ["main"]
