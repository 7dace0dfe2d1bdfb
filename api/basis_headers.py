"""The basis of an answer in its headers, for whoever does not open the body."""

from timeline.basis import Basis
from timeline.dates import format_instant


def basis_headers(basis: Basis) -> dict[str, str]:
    """The three clocks of a state, and its floor of trust."""
    return {
        "Timeline-At": format_instant(basis.at),
        "Timeline-Known": format_instant(basis.known),
        "Timeline-Revision": str(basis.revision),
        "Timeline-Standing": basis.floor.label,
    }


def knowledge_headers(known: int, revision: int) -> dict[str, str]:
    """The two clocks of an answer about developments."""
    return {"Timeline-Known": format_instant(known), **log_headers(revision)}


def log_headers(revision: int) -> dict[str, str]:
    """The one clock of an answer about descriptions or the log."""
    return {"Timeline-Revision": str(revision)}
