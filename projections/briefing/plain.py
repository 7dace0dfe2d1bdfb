"""A briefing as plain text, wrapped, with the numbers of the notes in square brackets. Pure."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from projections.briefing.document import Document, Note, Paragraph
from projections.briefing.wording import date_text

WIDTH: Final = 88


def plain(document: Document, *, width: int = WIDTH) -> str:
    """The document as text of lines not longer than `width`, but for words that are."""
    return "\n\n".join(_blocks(document, width)) + "\n"


def _blocks(document: Document, width: int) -> Iterator[str]:
    yield _wrapped(document.title.upper(), width)
    yield _wrapped(" ".join(sentence.text for sentence in document.lead), width)
    for chapter in document.chapters:
        yield f"{_wrapped(chapter.title, width)}\n{'-' * min(len(chapter.title), width)}"
        for paragraph in chapter.paragraphs:
            yield _wrapped(_text(paragraph), width)
    if document.notes:
        yield "Sources\n-------"
        yield "\n".join(_note(note, width) for note in document.notes)


def _text(paragraph: Paragraph) -> str:
    sentences = [
        sentence.text + (f" [{', '.join(map(str, sentence.notes))}]" if sentence.notes else "")
        for sentence in paragraph.sentences
    ]
    return " ".join([*([paragraph.head] if paragraph.head else []), *sentences])


def _note(note: Note, width: int) -> str:
    date = f", {date_text(note.published)}" if note.published else ""
    head = f"[{note.number}] "
    return _wrapped(f"{note.publisher}, {note.title}{date}. {note.url}", width, head)


def _wrapped(text: str, width: int, head: str = "") -> str:
    return "\n".join(
        wrap(
            text,
            width,
            initial_indent=head,
            subsequent_indent=" " * len(head),
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
