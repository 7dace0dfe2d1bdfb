"""A briefing as Markdown, with footnotes as most dialects read them. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from projections.briefing.document import Document, Note, Paragraph
from projections.briefing.wording import date_text

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_IN_ADDRESS: Final = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20"}


def markdown(document: Document) -> str:
    """The document as Markdown; whatever the record says is text, never markup."""
    return "\n\n".join(_blocks(document)) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {escaped(document.title)}"
    yield f"*{escaped(' '.join(sentence.text for sentence in document.lead))}*"
    for chapter in document.chapters:
        yield f"## {escaped(chapter.title)}"
        for paragraph in chapter.paragraphs:
            yield _paragraph(paragraph)
    if document.notes:
        yield "\n".join(_note(note) for note in document.notes)


def _paragraph(paragraph: Paragraph) -> str:
    sentences = [
        escaped(sentence.text) + "".join(f"[^{number}]" for number in sentence.notes)
        for sentence in paragraph.sentences
    ]
    head = [f"**{escaped(paragraph.head)}**"] if paragraph.head else []
    return " ".join([*head, *sentences])


def _note(note: Note) -> str:
    date = f", {date_text(note.published)}" if note.published else ""
    address = "".join(_IN_ADDRESS.get(character, character) for character in note.url)
    title = escaped(note.title)
    linked = f"[{title}]({address})" if is_web_address(note.url) else f"{title}, {escaped(note.url)}"
    return f"[^{note.number}]: {escaped(note.publisher)}, {linked}{date}"


def escaped(text: str) -> str:
    """Text that Markdown takes as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def is_web_address(url: str) -> bool:
    """Whether a link may lead there: nothing but the web, whatever got into the record."""
    return url.lower().startswith(("https://", "http://"))
