"""Whether one content differs from another only by more precise dates."""

from typing import Any

from timeline.content import Content
from timeline.dates import DateError, parse_date

_DATES = frozenset({"occurred", "since", "until", "date", "filed", "published", "retrieved"})


def coarser_field(before: Content, after: Content) -> str | None:
    """The first field in which `after` is not the same as `before` with finer dates; None if there is none.

    A date is finer when its bounds lie within those of the date it replaces.
    """
    return _differs(before.model_dump(mode="json"), after.model_dump(mode="json"), "")


def _differs(before: Any, after: Any, path: str) -> str | None:
    if before == after:
        return None
    if isinstance(before, dict) and isinstance(after, dict):
        if before.keys() != after.keys():
            return path or "content"
        pairs = [(before[name], after[name], f"{path}.{name}".lstrip(".")) for name in before]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(old, new, f"{path}.{number}") for number, (old, new) in enumerate(zip(before, after, strict=True))]
    else:
        return None if _is_date_field(path) and _is_finer(before, after) else path
    return next((found for old, new, where in pairs if (found := _differs(old, new, where))), None)


def _is_date_field(path: str) -> bool:
    return path.rpartition(".")[2] in _DATES


def _is_finer(before: Any, after: Any) -> bool:
    if not (isinstance(before, str) and isinstance(after, str)):
        return False
    try:
        old, new = parse_date(before), parse_date(after)
    except DateError:
        return False
    return old.earliest <= new.earliest and new.latest <= old.latest
