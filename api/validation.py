"""What Pydantic finds wrong with a request, told in the caller's own field names and with a remedy for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError

from api.problems import FieldError, Problem
from timeline.dates import DateError

MOST_ERRORS: Final = 20
"""How many errors one problem lists; whoever has mended these can ask again."""

_SHOWN: Final = 80

_Told = tuple[str, str]
"""Message and remedy."""


def invalid_input(errors: Iterable[Mapping[str, Any]], body: object) -> Problem:
    """The problem that lists errors found by Pydantic, with paths as the caller's `body` has them."""
    found = list(dict.fromkeys(_field_error(error, body) for error in errors))
    first = found[0]
    more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
    detail = f"{first.field}: {first.message} {first.remedy}{more}"
    return Problem("invalid-input", detail, errors=found[:MOST_ERRORS])


def invalid_content(error: ValidationError, content: object, *, within: str) -> Problem:
    """The problem of a content that was put together from the request's field `within`."""
    placed = [{**item, "loc": ("body", *item["loc"])} for item in error.errors(include_url=False)]
    problem = invalid_input(placed, content)
    inside = [FieldError(_joined(within, item.field), item.message, item.remedy) for item in problem.errors]
    return Problem("invalid-input", f"{within}.{problem.detail}", errors=inside)


def close_to(name: str, names: Iterable[str]) -> str:
    """A remedy that names what a misspelt name may have been meant to be."""
    known = sorted(names)
    close = get_close_matches(name, known, n=3, cutoff=0.5)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"Known here: {', '.join(known)}." if known else "Leave it out."


def _field_error(error: Mapping[str, Any], body: object) -> FieldError:
    origin, *path = error["loc"]
    field = _path(path, body) if origin == "body" else str(path[0]) if path else str(origin)
    message, remedy = _told(error)
    return FieldError(field or "body", message, remedy)


def _path(location: Sequence[int | str], body: object) -> str:
    """The path in the body as it was sent: Pydantic's own, without the tags of unions in it."""
    node: Any = body
    parts: list[str] = []
    for number, part in enumerate(location):
        if _has(node, part):
            node = node[part]
        elif isinstance(node, Mapping) and part in (node.get("kind"), node.get("type")):
            continue
        elif number < len(location) - 1:
            continue  # the name of a branch of a union, or of a function
        parts.append(str(part))
    return ".".join(parts)


def _has(node: object, part: int | str) -> bool:
    if isinstance(node, Mapping):
        return part in node
    return isinstance(node, list | tuple) and isinstance(part, int) and part < len(node)


def _joined(*parts: str) -> str:
    return ".".join(part for part in parts if part and part != "body")


def _told(error: Mapping[str, Any]) -> _Told:
    context = error.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, DateError):
        return f'"{_cut(cause.text)}" is not a date that can be read here.', _sentence(cause.remedy)
    if isinstance(cause, ValueError):
        return _with_remedy(str(cause))
    tell = _TELLERS.get(error["type"])
    if tell is not None:
        return tell(error, context)
    return _sentence(error["msg"]), "Mend the value; /openapi.json describes the field."


def _with_remedy(message: str) -> _Told:
    """Validators of this house write "what is wrong: what to do"."""
    wrong, colon, remedy = message.partition(": ")
    return (_sentence(wrong), _sentence(remedy)) if colon else (_sentence(message), "Mend the value as it says.")


def _missing(error: Mapping[str, Any], _: Mapping[str, Any]) -> _Told:
    return "It is missing.", f'Give "{error["loc"][-1]}".'


def _extra(error: Mapping[str, Any], _: Mapping[str, Any]) -> _Told:
    return f'There is no field "{_cut(str(error["loc"][-1]))}" here.', "Leave it out, or mend its name."


def _choice(error: Mapping[str, Any], context: Mapping[str, Any]) -> _Told:
    return f"{_given(error)} is none of the values that it can have.", f"Give {context['expected']}."


def _tag(error: Mapping[str, Any], context: Mapping[str, Any]) -> _Told:
    tags = context["expected_tags"]
    told = close_to(str(context["tag"]), [tag.strip(" '") for tag in tags.split(",")])
    return f"{_given(error, context['tag'])} is none of those there are.", told


def _tag_missing(_: Mapping[str, Any], context: Mapping[str, Any]) -> _Told:
    return f"It does not say of which {context['discriminator']} it is.", f"Give {context['discriminator']}."


def _pattern(error: Mapping[str, Any], context: Mapping[str, Any]) -> _Told:
    if context["pattern"].startswith("^[a-z0-9]+(?:-"):
        remedy = "Write lower-case letters, digits and single hyphens, such as example-party."
    elif context["pattern"] == "^[A-Z]{3}$":
        remedy = "Write the three capital letters of ISO 4217, such as USD."
    else:
        remedy = f"Write it as the pattern {context['pattern']} asks."
    return f"{_given(error)} is not written as it must be.", remedy


def _number(error: Mapping[str, Any], _: Mapping[str, Any]) -> _Told:
    return f"{_given(error)} is not a whole number.", "Write digits, such as 50."


def _bound(error: Mapping[str, Any], context: Mapping[str, Any]) -> _Told:
    if "le" in context or "lt" in context:
        return f"{_given(error)} is too much.", f"Give {context.get('le', context.get('lt'))} at most."
    return f"{_given(error)} is too little.", f"Give {context.get('ge', context.get('gt'))} at least."


def _length(error: Mapping[str, Any], context: Mapping[str, Any]) -> _Told:
    if "min_length" in context:
        return "It is too short.", f"Give at least {context['min_length']} characters or entries."
    return f"{_given(error)} is too long.", f"Keep to {context['max_length']} characters or entries."


def _shape(sort: str) -> Callable[[Mapping[str, Any], Mapping[str, Any]], _Told]:
    def tell(error: Mapping[str, Any], _: Mapping[str, Any]) -> _Told:
        return f"{_given(error)} is not {sort}.", f"Give {sort}."

    return tell


_TELLERS: Final[Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], _Told]]] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "enum": _choice,
    "literal_error": _choice,
    "union_tag_invalid": _tag,
    "union_tag_not_found": _tag_missing,
    "string_pattern_mismatch": _pattern,
    "int_parsing": _number,
    "int_parsing_size": _number,
    "int_type": _number,
    "int_from_float": _number,
    "less_than_equal": _bound,
    "less_than": _bound,
    "greater_than_equal": _bound,
    "greater_than": _bound,
    "string_too_long": _length,
    "string_too_short": _length,
    "too_long": _length,
    "too_short": _length,
    "string_type": _shape("a text in quotes"),
    "string_unicode": _shape("a text that can be written in UTF-8"),
    "dict_type": _shape("an object in braces"),
    "model_type": _shape("an object in braces"),
    "model_attributes_type": _shape("an object in braces"),
    "tuple_type": _shape("a list in square brackets"),
    "list_type": _shape("a list in square brackets"),
    "bool_type": _shape("true or false"),
    "bool_parsing": _shape("true or false"),
}


def _given(error: Mapping[str, Any], value: object = None) -> str:
    shown = error.get("input") if value is None else value
    if isinstance(shown, str):
        return f'"{_cut(shown)}"'
    return "This value" if isinstance(shown, dict | list) else _cut(str(shown))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _sentence(text: str) -> str:
    text = text.removeprefix("Value error, ").strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."
