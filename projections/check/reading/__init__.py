"""Reading: from a sentence to the claims it makes. Pure; what words mean comes in as data.

`build` makes a `Lexicon` from what a timeline describes and has recorded; `read` reads a sentence with it.
"""

from projections.check.reading.lexicon import Lexicon, Recorded, build
from projections.check.reading.reader import read

__all__ = ["Lexicon", "Recorded", "build", "read"]
