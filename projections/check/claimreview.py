"""An answer as ClaimReview (https://schema.org/ClaimReview), the form in which fact checks are shared.

The rating runs from 1, the record stands against it, to 5, the record says so. What the record neither bears out nor
contradicts gets no number, only its name: a made-up middle would read as half true.
"""

from typing import Any, Final

from projections.check.answer import Checked
from projections.check.judgement import Verdict
from projections.prose import value_text
from timeline.dates import format_instant

WORST: Final = 1
BEST: Final = 5
RATINGS: Final[dict[Verdict, tuple[int | None, str]]] = {
    Verdict.SUPPORTED: (5, "Supported by the record"),
    Verdict.WAS_TRUE: (3, "True earlier, not at the date asked about"),
    Verdict.NOT_YET_TRUE: (3, "True later, not at the date asked about"),
    Verdict.DISPUTED: (None, "Disputed: sources disagree"),
    Verdict.BELIEVED_THEN_CORRECTED: (2, "Believed for a time, then corrected"),
    Verdict.CONTRADICTED: (1, "Contradicted by the record"),
    Verdict.UNSUPPORTED: (None, "The record has nothing on it"),
    Verdict.UNDECIDABLE: (None, "The record leaves it open"),
}
"""The number, if there is one, and the name that a verdict is rated with."""


def claim_review(checked: Checked, *, title: str, permalink: str | None = None) -> dict[str, Any]:
    """The answer as JSON-LD.

    `title` is that of the timeline, `permalink` the address of the state that the answer rests on, if it has one.
    """
    number, name = RATINGS[checked.verdict]
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": name, "bestRating": BEST, "worstRating": WORST}
    if number is not None:
        rating["ratingValue"] = number
    appearances = [
        {"@type": "CreativeWork", "url": source["url"], "headline": source["title"], "publisher": source["publisher"]}
        for fact in checked.facts
        for source in fact.evidence.sources
    ]
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": checked.sentence or _as_sentence(checked),
        "datePublished": format_instant(checked.basis.known)[:10],
        **({"url": permalink} if permalink is not None else {}),
        "author": {"@type": "Organization", "name": f"The record of {title}"},
        "itemReviewed": {"@type": "Claim", "datePublished": format_instant(checked.basis.at)[:10]},
        "reviewRating": rating,
        "reviewBody": checked.reason,
        "citation": list({item["url"]: item for item in appearances}.values()),
    }


def _as_sentence(checked: Checked) -> str:
    """A claim that was given part by part, as words."""
    claim = checked.decisive[0]

    def name_of(slug: str) -> str:
        return checked.names.get(slug, slug)

    is_not = "not " if claim.is_negated else ""
    object_ = f" {name_of(claim.object)}" if claim.object else ""
    value = f": {value_text(claim.value, name_of)}" if claim.value is not None else ""
    return f"{is_not}{name_of(claim.subject)} {claim.attribute}{object_}{value}"
