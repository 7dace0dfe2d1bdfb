"""Pages as a parser sees them: their text, their links, their scripts, and whether they are well formed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "circle", "path", "rect"}


@dataclass
class Read:
    """A page: its elements with their attributes, its visible text, and what is wrong with its form."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""
    mistakes: list[str] = field(default_factory=list)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] or "" for attributes in self.all("a")]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Read()
        self.open_tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open_tags.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open_tags or self.open_tags[-1] != tag:
            self.found.mistakes.append(f"</{tag}> closes {self.open_tags[-1:]}")
        else:
            self.open_tags.pop()

    def handle_data(self, data):
        if not {"script", "style"} & set(self.open_tags):
            self.found.text += data


def read_page(html: str) -> Read:
    """A page, read to its end."""
    parser = _Parser()
    parser.feed(html)
    found = parser.found
    found.mistakes += [f"<{tag}> is never closed" for tag in parser.open_tags]
    names = [name for _, attributes in found.elements if (name := attributes.get("id")) is not None]
    found.mistakes += [f"the id {name} is given twice" for name in sorted(set(names)) if names.count(name) > 1]
    for _, attributes in found.elements:
        for reference in map(attributes.get, ("aria-labelledby", "aria-describedby", "for")):
            if reference is not None and not set(reference.split()) <= set(names):
                found.mistakes.append(f"nothing has the id {reference}")
    found.text = " ".join(found.text.split())
    return found
