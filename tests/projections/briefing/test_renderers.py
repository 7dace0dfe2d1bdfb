"""A document as Markdown, HTML and plain text: the same words, and nothing of them is ever markup."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from projections.briefing import FORMS
from projections.briefing.document import Chapter, Document, Note, Notes, Paragraph, Sentence
from projections.briefing.html import fragment
from projections.briefing.markdown import markdown
from projections.briefing.plain import plain

SOURCE = {"publisher": "The Gazette", "title": "A deal", "url": "https://example.org/a", "published": "2024-03-05"}
OTHER = {"publisher": "Acme", "title": "News", "url": "https://example.org/b"}

DOCUMENT = Document(
    "Acme & Globex",
    (Sentence("As of 1 May 2024."),),
    (
        Chapter("Capital", (Paragraph((Sentence("Globex paid.", (1, 2)), Sentence("Nobody denies it.", (1,)))),)),
        Chapter("Board", (Paragraph((Sentence("Jane left.", ()),), "4 March 2024: A change."),)),
    ),
    (
        Note(1, "The Gazette", "A deal", "https://example.org/a_(b)", "2024-03-05"),
        Note(2, "Acme", "News", "javascript:alert(1)", None),
    ),
)


def test_markdown_has_footnotes():
    assert markdown(DOCUMENT) == (
        "# Acme & Globex\n\n*As of 1 May 2024.*\n\n## Capital\n\nGlobex paid.[^1][^2] Nobody denies it.[^1]\n\n"
        "## Board\n\n**4 March 2024: A change.** Jane left.\n\n"
        "[^1]: The Gazette, [A deal](https://example.org/a_%28b%29), 5 March 2024\n"
        "[^2]: Acme, News, javascript:alert(1)\n"
    )


def test_plain_text_has_numbers_in_brackets_and_the_addresses_in_full():
    assert plain(DOCUMENT) == (
        "ACME & GLOBEX\n\nAs of 1 May 2024.\n\nCapital\n-------\n\nGlobex paid. [1, 2] Nobody denies it. [1]\n\n"
        "Board\n-----\n\n4 March 2024: A change. Jane left.\n\nSources\n-------\n\n"
        "[1] The Gazette, A deal, 5 March 2024. https://example.org/a_(b)\n[2] Acme, News. javascript:alert(1)\n"
    )


def test_html_leads_from_a_sentence_to_its_source_and_back_and_links_nothing_but_the_web():
    html = fragment(DOCUMENT)
    assert "<h1>Acme &amp; Globex</h1>" in html
    assert '<sup><a href="#note-1" id="mark-1">1</a>, <a href="#note-2" id="mark-2">2</a></sup>' in html
    assert '<sup><a href="#note-1">1</a></sup>' in html
    assert '<li id="note-1">The Gazette, <a href="https://example.org/a_(b)"' in html
    assert "<cite>News</cite> (javascript:alert(1))" in html
    assert 'href="javascript' not in html


def test_sources_are_numbered_in_the_order_of_their_first_mention_and_once():
    notes = Notes()
    assert notes.cite([SOURCE]) == (1,)
    assert notes.cite([OTHER, SOURCE]) == (1, 2)
    assert notes.cite([SOURCE, OTHER, SOURCE]) == (1, 2)
    assert [(note.number, note.publisher, note.published) for note in notes.all()] == [
        (1, "The Gazette", "2024-03-05"),
        (2, "Acme", None),
    ]


anything = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("<>&\"'[]()*_`\\!#|{}~"))


class Tags(HTMLParser):
    """Collects what a browser would take for tags and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text.append(data)


@given(anything, anything, anything, st.sampled_from(["https://x.example/", "javascript:", "data:text/html,", ""]))
def test_whatever_the_words_are_the_tags_are_the_same(text, title, rest, scheme):
    def made(text: str, title: str, url: str) -> Document:
        return Document(
            title,
            (Sentence(text),),
            (Chapter(title, (Paragraph((Sentence(text, (1,)),), text and f"{text}."),)),),
            (Note(1, text, title, url, None),),
        )

    expected = Tags(fragment(made("a" if text else "", "b", "https://x.example/" if scheme[:1] == "h" else "z")))
    found = Tags(fragment(made(text, title, scheme + rest)))
    assert found.seen == expected.seen
    assert all(link.startswith(("#", "https://")) for link in found.links)
    assert text in "".join(found.text)


@given(anything)
def test_every_form_takes_every_text(text):
    document = Document(text, (Sentence(text),), (Chapter(text, (Paragraph((Sentence(text),)),)),), ())
    assert all(render(document).endswith("\n") for render in FORMS.values())
