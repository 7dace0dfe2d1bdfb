"""Every page there is, by a name and an address that shows something on it."""

from __future__ import annotations

from tests.browser.serving import TIMELINE

HOME = f"/t/{TIMELINE}"
THEN = "at=2023-11-19&known=2023-11-19"
STATE = f"{HOME}/state?{THEN}"

VIEWS = {
    "home": "/",
    "timeline": HOME,
    "timeline-then": f"{HOME}?{THEN}",
    "state": STATE,
    "state-today": f"{HOME}/state",
    "facts": f"{HOME}/facts?subject=openai&attribute=chief_executive",
    "facts-section": f"{HOME}/facts?section=ownership",
    "timeline-closer": f"{HOME}?at=2023-11-19&span=2023-11/2023-12",
    "plots": f"{HOME}/plots",
    "plots-believed": f"{HOME}/plots?clock=known&at=2021-12-31",
    "graph": f"{HOME}/graph?{THEN}",
    "graph-today": f"{HOME}/graph",
    "graph-focus": f"{HOME}/graph?focus=sam-altman",
    "compare": f"{HOME}/compare?from=2024&to=2025",
    "compare-form": f"{HOME}/compare",
    "check-form": f"{HOME}/check",
    "search": f"{HOME}/search?q=board+observer",
    "development": f"{HOME}/developments/2023-11-17-altman-removed",
    "entity": f"{HOME}/entities/sam-altman?{THEN}",
    "embed": f"/embed/{TIMELINE}/state?{THEN}&section=leadership",
    "problem": f"{HOME}/state?at=the+day+before",
}
"""Each is drawn in light and dark and on a phone, and shot for `docs/images/`."""

SMALL = {
    **{
        name: VIEWS[name] for name in ("home", "facts", "compare-form", "check-form", "development", "embed", "problem")
    },
    "timeline": f"{HOME}?at=2016&known=2017&party=openai",
    "timeline-closer": f"{HOME}?{THEN}&span=2023-11/2023-12&from=2023-11-17&to=2023-11-19",
    "plots": VIEWS["plots"],
    "plots-believed": VIEWS["plots-believed"],
    "state": f"{HOME}/state?at=2019-08&known=2019-08",
    "graph": f"{HOME}/graph?at=2019-08&known=2019-08",
    "graph-focus": f"{HOME}/graph?at=2023-11-19&focus=elon-musk",
    "graph-empty": f"{HOME}/graph?at=2010",
    "rivals": f"{HOME}/facts?section=board",
    "compare": f"{HOME}/compare?from=2023-11-18&to=2023-11-19",
    "search": f"{HOME}/search?q=observer+seat&type=development",
    "entity": f"{HOME}/entities/mira-murati?{THEN}",
}
"""Every page with little on it, for what takes long where there is much, such as looking for mistakes."""

DRAFT = (
    "Microsoft owns 49 % of OpenAI. OpenAI's board fired Sam Altman in November 2023. Microsoft is OpenAI's exclusive "
    "cloud provider. Microsoft has invested 13.75 billion dollars in OpenAI.\n\nThe weather was mild that weekend."
)
"""What is pasted to be checked."""
