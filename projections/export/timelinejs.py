"""`timelinejs`: developments as slides for TimelineJS, with dates no more precise than they are known.

TimelineJS takes texts for HTML, so every one is escaped; links are the sources' own. Slides have no media: TimelineJS
would fetch those, and a reader's browser would tell publishers who reads.
"""

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from projections.developments import Listed
from projections.export.calendar import Calendar, begin, day_of, finish, in_words
from projections.export.material import Material
from timeline.dates import EdtfDate, format_moment, parse_date


def slides(material: Material) -> Iterator[bytes]:
    """The JSON that TimelineJS draws, slide by slide."""
    yield b'{"scale":"human","title":' + _json(_title(material)) + b',"events":[\n'
    separator = b""
    for item in material.developments():
        yield separator + _json(_slide(material, item))
        separator = b",\n"
    yield b"\n]}\n"


def _title(material: Material) -> dict[str, Any]:
    basis = material.basis
    told = f"What happened by {format_moment(basis.at)}, as it was known on {format_moment(basis.known)}."
    text = f'<p>{told}</p><p><a href="{escape(material.permalink)}">Revision {basis.revision}</a></p>'
    return {"unique_id": "title", "text": {"headline": escape(material.title), "text": text}}


def _slide(material: Material, item: Listed) -> dict[str, Any]:
    content = item.content
    occurred = parse_date(content["occurred"])
    return {
        "unique_id": item.slug,
        **_dates(occurred),
        "display_date": escape(in_words(occurred)),
        "text": {"headline": escape(content["title"]), "text": _text(material, item)},
        "autolink": False,
    }


def _dates(date: EdtfDate) -> dict[str, Any]:
    first, last = begin(date), finish(date)
    if first is None and last is not None:  # what has no beginning stands where it ends
        first, last = last, None
    if first is None:  # a decade
        first, last = day_of(date.earliest), day_of(date.latest)
    return {"start_date": _parts(first), **({"end_date": _parts(last)} if last else {})}


def _parts(date: Calendar) -> dict[str, int]:
    found = {"year": date.year}
    found |= {name: part for name, part in (("month", date.month), ("day", date.day)) if part}
    if date.time:
        found |= dict(zip(("hour", "minute", "second"), (int(part) for part in date.time.split(":")), strict=True))
    return found


def _text(material: Material, item: Listed) -> str:
    content = item.content
    paragraphs = [f"<p>{escape(part)}</p>" for part in content.get("summary", "").splitlines() if part.strip()]
    address = escape(material.addresses.development(material.timeline, item.slug, material.basis))
    known = escape(in_words(parse_date(item.known)))
    kind = content["detail"]["kind"].replace("-", " ").capitalize()
    paragraphs.append(
        f'<p>{kind} · {escape(content["standing"])}; known since {known}. <a href="{address}">The record</a></p>'
    )
    if item.sources:
        links = "".join(f"<li>{_credit(source)}</li>" for source in item.sources)
        paragraphs.append(f"<ul>{links}</ul>")
    return "".join(paragraphs)


def _credit(source: Mapping[str, Any]) -> str:
    title = f'<a href="{escape(source["url"])}" rel="noreferrer">{escape(source["title"])}</a>'
    published = f", {escape(in_words(parse_date(source['published'])))}" if source.get("published") else ""
    return f"{escape(source['publisher'])}: {title}{published}"


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
