"""How a value of an answer is compared in these tests."""

from typing import Any


def shown(value: dict[str, Any]) -> str:
    """The part of a value that matters: `13.75` (billions), `30-35` (percent), `mira-murati`, `filed`, some words."""
    match value["type"]:
        case "money" | "quantity" | "percent":
            bounds = [value[name] for name in ("amount", "value", "low", "high") if value.get(name) is not None]
            scale = 10**9 if value["type"] == "money" else 1
            return "-".join(f"{float(bound) / scale:g}" for bound in bounds)
        case "entity":
            return str(value["id"])
        case kind:
            return str(value[kind])


def values(found: list[dict[str, Any]]) -> list[str]:
    return [shown(fact["value"]) for fact in found]


def rivals(fact: dict[str, Any], standing: str | None = None) -> set[str]:
    """The values that stand against a fact, or those of one standing among them."""
    return set(values([rival for rival in fact["contested_by"] if standing in {None, rival["standing"]}]))
