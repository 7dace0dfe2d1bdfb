"""YAML files as plain values that still know their lines.

Every scalar stays the text that was written: a date is not turned into a date of some other precision, and a number
keeps all its digits. Only `true`, `false` and null mean more than their letters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from timeline.datasets.findings import Finding, Place, Severity

At = tuple[str | int, ...]
"""A way into a document: names of fields and numbers of list entries."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_TEXTS = frozenset(f"{_TAG}{name}" for name in ("str", "int", "float", "timestamp", "bool", "merge", "value"))


class _Broken(Exception):
    """Something in a file that cannot be read at all."""

    def __init__(self, line: int, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.remedy = line, message, remedy


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its content, and the line (from 1) on which every part of it begins."""

    file: str
    content: Any
    lines: dict[At, int]

    def line(self, at: At) -> int:
        """The line of a part; of one that is not there, the line of what should hold it."""
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)

    def way_to(self, text: str, at: At = ()) -> At:
        """The way to the first scalar below a part that reads `text`; else that to the part."""
        part = self.content
        for step in at:
            part = part[step]
        return next((where for where, value in _scalars(part, at) if value == text), at)


def _scalars(part: Any, at: At) -> Iterator[tuple[At, Any]]:
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from _scalars(inner, (*at, name))
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _scalars(inner, (*at, number))
    else:
        yield at, part


def read_document(folder: Path, path: Path) -> tuple[Document, list[Finding]]:
    """The document in a file; what of it cannot be read is found and left out."""
    file = path.relative_to(folder).as_posix()
    lines: dict[At, int] = {}
    findings: list[Finding] = []
    complain = partial(_complain, findings, file)
    content = None
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        if node is None:
            complain(_Broken(1, "the file is empty.", "Write something into it, or remove it."))
        else:
            content = _value(node, (), lines, set(), complain)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = ", ".join(part for part in (error.context, error.problem) if part)
        remedy = "Mind the indentation, and put text that holds a colon or begins with a quote into quotes."
        complain(_Broken(mark.line + 1 if mark else 1, f"this is not YAML: {told}.", remedy))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        complain(_Broken(1, f"the file cannot be read: {error}.", "Save it as UTF-8 text."))
    except _Broken as broken:
        complain(broken)
    return Document(file, content, lines), findings


def _complain(findings: list[Finding], file: str, broken: _Broken) -> None:
    findings.append(Finding(Severity.ERROR, "yaml", Place(file, broken.line), broken.message, broken.remedy))


def _value(node: Any, at: At, lines: dict[At, int], seen: set[int], complain: Any) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(at, line)
    if id(node) in seen:
        raise _Broken(line, "anchors and aliases are not read.", "Write the part out.")
    seen.add(id(node))
    match node:
        case yaml.MappingNode():
            found: dict[str, Any] = {}
            for key, inner in node.value:
                name = str(key.value)
                if name in found:
                    complain(_Broken(key.start_mark.line + 1, f'"{name}" stands here twice.', "Keep one of the two."))
                    continue
                lines[(*at, name)] = key.start_mark.line + 1
                found[name] = _value(inner, (*at, name), lines, seen, complain)
            return found
        case yaml.SequenceNode():
            return [_value(inner, (*at, number), lines, seen, complain) for number, inner in enumerate(node.value)]
        case _:
            return _scalar(node, line)


def _scalar(node: Any, line: int) -> Any:
    if node.tag == f"{_TAG}null":
        return None
    if node.tag == f"{_TAG}bool" and node.value.lower() in {"true", "false"}:
        return node.value.lower() == "true"
    if node.tag not in _TEXTS:
        raise _Broken(line, f'the tag "{node.tag}" is not read.', "Leave it out.")
    return node.value
