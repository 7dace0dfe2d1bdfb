"""How to cite, as citeproc-py sets it and bibtexparser reads it."""

from __future__ import annotations

import json

import pytest
from bibtexparser.entrypoint import parse_file
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from tests.projections.export.conftest import BASE, HEAD, NASTY, SUMMARY, TITLE
from timeline.errors import InvalidInput, UnknownDevelopment

STATE_URL = f"{BASE}/v1/timelines/tiny/state?at=2011-03-31&known=2011-03-31&revision={HEAD}&standing=reported"


def as_set(file) -> str:
    """The reference as a style sets it."""
    source = CiteProcJSON(json.loads(file.read_text("utf-8")))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    [key] = source
    bibliography.register(Citation([CitationItem(key)]))
    [reference] = bibliography.bibliography()
    return str(reference)


def entry(file, *, decoded: bool = True):
    """The entry; `decoded` takes the commands of LaTeX for what they print, as no reader does in an address."""
    middleware = [LatexDecodingMiddleware()] if decoded else []
    library = parse_file(str(file), append_middleware=middleware)
    assert library.failed_blocks == []
    [found] = library.entries
    return found


@pytest.mark.filterwarnings("ignore:The following arguments for:UserWarning")
def test_a_state_is_set_with_its_title_its_year_and_its_pinned_address(exported):
    reference = as_set(exported("csl-json", "2011-03", "2011-03"))
    assert "Northwind Ferries and Tidewater Yard: state on 2011-03-31 as known on 2011-03-31" in reference
    assert "(2011)" in reference
    assert STATE_URL in reference


def test_a_state_as_an_entry_of_bibtex(exported):
    found = entry(exported("bibtex", "2011-03", "2011-03"), decoded=False)
    fields = {field.key: field.value for field in found.fields}
    assert (found.entry_type, found.key) == ("misc", f"tiny-2011-03-31-2011-03-31-r{HEAD}")
    assert fields["url"] == STATE_URL
    assert (fields["year"], fields["month"], fields["day"]) == ("2011", "03", "31")
    assert fields["note"] == f"Basis: at 2011-03-31, known 2011-03-31, revision {HEAD}, standing reported"


def test_a_development_is_cited_as_it_was_known(exported):
    [item] = json.loads(exported("csl-json", development="2011-02-11-holm-leaves").read_text("utf-8"))
    assert item["title"] == "Ada Holm leaves the yard"
    assert item["issued"] == {"date-parts": [[2011, 2, 12]]}
    assert (
        item["URL"] == f"{BASE}/v1/timelines/tiny/developments/2011-02-11-holm-leaves?known=2013-12-31&revision={HEAD}"
    )


def test_no_text_breaks_an_entry(exported):
    fields = {field.key: field.value for field in entry(exported("bibtex", development=NASTY)).fields}
    assert (
        fields["title"].strip("{}").replace("\N{MODIFIER LETTER CIRCUMFLEX ACCENT}", "^") == TITLE
    )  # its sign for a circumflex without a letter
    assert fields["abstract"] == " ".join(SUMMARY.split())


def test_what_was_not_in_force_cannot_be_cited(exported):
    with pytest.raises(InvalidInput, match="retracted"):
        exported("bibtex", development="2011-04-01-second-ferry-talks")
    with pytest.raises(InvalidInput, match="not yet known"):
        exported("csl-json", "2010", "2010", development=NASTY)
    with pytest.raises(UnknownDevelopment):
        exported("csl-json", development="nothing")
