"""A briefing as HTML: a fragment to put into a page, or a page of its own. Pure.

Whatever the record says is escaped. Notes lead to their sources, and back to the sentences that name them.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from projections.briefing.document import Document, Note, Paragraph, Sentence
from projections.briefing.markdown import is_web_address
from projections.briefing.wording import date_text

_STYLE: Final = (
    "body{font:1.05rem/1.55 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "h1,h2{font-family:system-ui,sans-serif;line-height:1.2}.basis{color:#555}"
    "sup{line-height:0;font-size:.7em}a{color:#0b4f8a}.notes{font-size:.85rem;color:#333}"
)


def fragment(document: Document) -> str:
    """The document as one `article`."""
    return "\n".join(['<article class="briefing">', *_parts(document), "</article>"]) + "\n"


def html_page(document: Document) -> str:
    """The document as a page of its own, which fetches nothing from elsewhere."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{fragment(document)}</body>\n</html>\n"
    )


def _parts(document: Document) -> Iterator[str]:
    yield f"<h1>{escape(document.title)}</h1>"
    yield f'<p class="basis">{escape(" ".join(sentence.text for sentence in document.lead))}</p>'
    named = set[int]()
    for chapter in document.chapters:
        yield f"<h2>{escape(chapter.title)}</h2>"
        yield from (_paragraph(paragraph, named) for paragraph in chapter.paragraphs)
    if document.notes:
        yield '<ol class="notes">'
        yield from (_note(note) for note in document.notes)
        yield "</ol>"


def _paragraph(paragraph: Paragraph, named: set[int]) -> str:
    head = [f"<strong>{escape(paragraph.head)}</strong>"] if paragraph.head else []
    return f"<p>{' '.join([*head, *(_sentence(sentence, named) for sentence in paragraph.sentences)])}</p>"


def _sentence(sentence: Sentence, named: set[int]) -> str:
    marks = []
    for number in sentence.notes:
        back = "" if number in named else f' id="mark-{number}"'
        named.add(number)
        marks.append(f'<a href="#note-{number}"{back}>{number}</a>')
    return escape(sentence.text) + (f"<sup>{', '.join(marks)}</sup>" if marks else "")


def _note(note: Note) -> str:
    title = f"<cite>{escape(note.title)}</cite>"
    if is_web_address(note.url):
        title = f'<a href="{escape(note.url)}" rel="noopener noreferrer">{title}</a>'
    else:
        title += f" ({escape(note.url)})"
    date = f", {escape(date_text(note.published))}" if note.published else ""
    back = f'<a href="#mark-{note.number}" aria-label="back to the text">↩</a>'
    return f'<li id="note-{note.number}">{escape(note.publisher)}, {title}{date} {back}</li>'
