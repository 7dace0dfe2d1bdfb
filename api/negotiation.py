"""Which form of an answer a request wants: by the parameter `format`, else by Accept (RFC 9110)."""

from collections.abc import Mapping

from starlette.requests import Request


def form_wanted(request: Request, given: str | None, forms: Mapping[str, str]) -> str:
    """The name of the form that fits best; the first of `forms` (media types by name) where nothing says otherwise.

    Who accepts none of them gets the first as well: an answer helps more than a refusal.
    """
    if given is not None:
        return given
    best, found = 0.0, next(iter(forms))
    for wanted in request.headers.get("accept", "").split(","):
        media_type, *parameters = (part.strip().lower() for part in wanted.split(";"))
        for name, offered in forms.items():
            quality = _quality(parameters) if _fits(media_type, offered) else 0.0
            if quality > best:
                best, found = quality, name
    return found


def _fits(wanted: str, offered: str) -> bool:
    return wanted in {"*/*", offered} or (wanted.endswith("/*") and offered.startswith(wanted[:-1]))


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return max(0.0, min(1.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0
