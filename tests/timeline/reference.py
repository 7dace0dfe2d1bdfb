"""Writes the reference pages on kinds and vocabulary: ``python -m tests.timeline.reference``.

The pages are committed, so that they can be read without running anything; a test keeps them equal to what this
module writes.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.timeline.developments.derived import SETTING, line
from tests.timeline.developments.examples import EXAMPLES
from timeline.content import Content
from timeline.developments.detail import Detail
from timeline.developments.kinds import KINDS
from timeline.vocabulary import Attribute, ObjectUse, default_vocabulary

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "reference"

_KINDS_HEAD: Final = """\
# Kinds of development

Every development has a `detail` of one kind. The detail says in typed fields what happened, and derives facts from
it; further facts can be given beside it in `facts`. Dates that are left out are those of the development. Names of
entities are slugs, and every entity named has to be described in the timeline. The attributes of the facts are
explained in [the vocabulary](vocabulary.md).
"""

_VOCABULARY_HEAD: Final = """\
# Vocabulary

The attributes that a fact can have. What an attribute is about is written *subject → object*. Of cardinality
**one**, a later fact of the same key ends the earlier for good; of **many**, each object has a fact of its own; of
**each**, every development has a fact of its own. A **closed** attribute is complete: what the record does not list
does not hold. The service serves the same list at `/v1/vocabulary`.

How a sentence speaks of an attribute is data too: see [phrases](#phrases) at the end of this page.
"""

_PHRASES: Final = """\
## Phrases

The fact check understands a sentence if a phrase of an attribute reads it from its first word to its last. Articles, a
time ("in May 2024") and words that change nothing ("also", "now") may stand anywhere; any other word left over makes it
another statement, and it is not understood. The sentences of the attributes above are phrases as well. A phrase is
written in lower case:

| notation | stands for |
|---|---|
| `{subject}` `{object}` `{value}` | what the fact consists of; a list of names ("A and B") is said of each |
| `{value:person}` | the same, of that kind of entity only; `\\|` between several kinds |
| `{plaintiff}` (any attribute) | an entity that has this attribute with the subject: it tells which subject is meant, or is claimed besides if the subject is named |
| `{object.inquiry_target}` | the same with the object |
| `{object.about}` | an entity that is named in the name of the object, or in what the record says of it |
| `{former}` `{successor}` | another entity that had this value until then, or has it from then on |
| `{party}` | one or several parties of the timeline |
| `{value:words}` | all words up to the end |
| `<own>` `<own\\|hold>` | a verb in any form, with its auxiliaries and with what denies it |
| `[words]` | may be missing |
| `(one\\|other)` | a choice |
| `$stake` | a wording that several phrases share, listed at the top of the vocabulary |
| `a` | nothing, or "no" (which denies the sentence), or "any" |

A phrase says that something holds, unless its `aspect` is `began` or `ended`; `value` is what it says without a slot,
`negated` that it denies it. With `attested` it is read only if the title of a development tells the same of the person:
facts say that somebody left an office, and not whether they were made to.

Where the values of an attribute are clauses of their own (`tells`), a sentence that no phrase reads is understood if all
its words of weight are among those of a text that the record has, beside the names of what the text is about.

`words` of an attribute are the words that a value can have, or the units it is counted in, with other ways to say them;
beside them, all texts that the record has for the attribute are known.
"""


def pages() -> dict[Path, str]:
    """The text of each page, by its path."""
    return {
        FOLDER / "kinds.md": "\n".join([_KINDS_HEAD, *_kinds()]),
        FOLDER / "vocabulary.md": "\n".join([_VOCABULARY_HEAD, *_vocabulary()]),
    }


def _kinds() -> Iterator[str]:
    for kind, detail in KINDS.items():
        schema = detail.model_json_schema()
        yield f"## `{kind}`\n"
        yield f"{schema['description']}\n"
        parts = schema.get("$defs", {})
        yield from _fields(schema, parts)
        for name, part in parts.items():
            if _is_part(name, part):
                yield f"**{name}**: {part['description']}\n"
                yield from _fields(part, parts)
        yield from _example(kind, detail)


def _is_part(name: str, schema: dict[str, Any]) -> bool:
    return "properties" in schema and not name.endswith("Value")


def _fields(schema: dict[str, Any], parts: dict[str, Any]) -> Iterator[str]:
    yield "| field | takes | meaning |\n|---|---|---|"
    for name, field in schema["properties"].items():
        if name != "kind":
            required = " (required)" if name in schema.get("required", ()) else ""
            described = field.get("description", "").replace("|", "\\|")
            yield f"| `{name}`{required} | {_takes(field, parts)} | {described} |"
    yield ""


def _takes(field: dict[str, Any], parts: dict[str, Any]) -> str:
    """What a field accepts, in words, from its JSON schema."""
    choices = field.get("anyOf") or field.get("oneOf")
    if choices:
        return " or ".join(_takes(choice, parts) for choice in choices if choice != {"type": "null"})
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return f"**{name}**" if _is_part(name, parts[name]) else name.removesuffix("Value").lower()
    if field.get("type") == "array":
        return f"list of {_takes(field['items'], parts)}"
    if "enum" in field:
        return ", ".join(f"`{choice}`" for choice in field["enum"])
    return _takes_plain(field)


def _takes_plain(field: dict[str, Any]) -> str:
    if field.get("type") == "boolean":
        return "yes or no"
    if "2023-11~" in field.get("examples", ()):
        return "date"
    return "entity" if "pattern" in field else "text"


def _example(kind: str, detail: type[Detail]) -> Iterator[str]:
    content = Content.model_validate(EXAMPLES[kind])
    assert isinstance(content.detail, detail)
    given = json.dumps(EXAMPLES[kind]["detail"], indent=2, ensure_ascii=False)
    derived = "\n".join(line(fact) for fact in content.detail.facts(SETTING))
    yield f"```json\n{given}\n```\n"
    yield f"derives\n\n```text\n{derived}\n```\n"


def _vocabulary() -> Iterator[str]:
    vocabulary = default_vocabulary()
    for section in vocabulary.sections:
        yield f"## {section.title}\n"
        for attribute in vocabulary.attributes.values():
            if attribute.section == section.name:
                yield from _attribute(attribute)
    yield _PHRASES


def _attribute(attribute: Attribute) -> Iterator[str]:
    about = attribute.subject if attribute.object is ObjectUse.NONE else f"{attribute.subject} → object"
    marks = [f"*{about}*", f"cardinality **{attribute.cardinality}**", f"value {' or '.join(attribute.values)}"]
    if attribute.closed:
        marks.append("**closed**")
    yield f"### `{attribute.name}`\n"
    yield f"{attribute.definition}\n"
    yield f"- {', '.join(marks)}"
    if attribute.stages:
        stages = (f"`{stage}`" + (" (final)" if stage in attribute.final_stages else "") for stage in attribute.stages)
        yield f"- stages: {', '.join(stages)}"
    yield f"- reads: {attribute.template}"
    if attribute.end_template:
        yield f"- once ended: {attribute.end_template}"
    yield ""


def write() -> None:
    """Write all pages."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
