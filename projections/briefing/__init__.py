"""Briefings: a state, or what changed between two, as prose with numbered footnotes.

`stating` and `changing` make a `Document` of a state and of a comparison; what it looks like is the renderers' affair.
"""

from collections.abc import Callable, Mapping
from typing import Final

from projections.briefing.document import Document
from projections.briefing.html import fragment, html_page
from projections.briefing.markdown import markdown
from projections.briefing.plain import plain

FORMS: Final[Mapping[str, Callable[[Document], str]]] = {
    "markdown": markdown,
    "html": html_page,
    "html-fragment": fragment,
    "text": plain,
}
"""What a document can be written as, by the name of the form."""

__all__ = ["FORMS", "Document"]
