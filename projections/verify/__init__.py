"""An independent look: does every derived table say what the log says?

Everything is computed from the bytes of the log anew, in the plainest way, and compared with what the tables hold.
Nothing of the code that writes the index is used here. What is taken from the domain is how events are read, how
versions follow from them and which facts a content states; from the search, how a text is folded into words.
"""

from projections.verify.findings import Finding, Verified
from projections.verify.verifying import Progress, verify

__all__ = ["Finding", "Progress", "Verified", "verify"]
