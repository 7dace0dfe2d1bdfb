"""What was measured, as a table for people and JSON for machines, with the bars of the design."""

import json
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number."""

    name: str
    backend: str
    facts: int
    unit: str
    value: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A ratio or a number that the design asks for, and what came out; None where it could not be taken."""

    name: str
    asked: str
    measured: float | None
    is_met: bool | None


@dataclass(slots=True)
class Report:
    """Collects figures and judges the bars."""

    figures: list[Figure] = field(default_factory=list)
    kept: dict[tuple[str, int], str] = field(default_factory=dict)
    say: Callable[[str], None] = print

    def add(self, name: str, backend: str, facts: int, unit: str, value: float) -> None:
        """Note a figure, and say it: a long run that is stopped has not been for nothing."""
        self.figures.append(Figure(name, backend, facts, unit, value))
        self.say(f"  {name}: {value:,.2f} {unit}")

    def keep(self, backend: str, facts: int, url: str) -> None:
        """Note where a store of that size is."""
        self.kept[backend, facts] = url

    def value(self, name: str, backend: str, facts: int) -> float | None:
        """A figure that was noted."""
        for figure in self.figures:
            if (figure.name, figure.backend, figure.facts) == (name, backend, facts):
                return figure.value
        return None

    def starting(self, name: str, backend: str) -> float | None:
        """The figure whose name begins so."""
        return next((f.value for f in self.figures if f.name.startswith(name) and f.backend == backend), None)

    def bars(self) -> list[Bar]:
        """The bars of the design that this run can judge."""
        found: list[Bar] = []

        def judge(name: str, asked: str, measured: float | None, *, is_met: bool) -> None:
            found.append(Bar(name, asked, measured, is_met if measured is not None else None))

        for backend in dict.fromkeys(figure.backend for figure in self.figures if figure.name == "as-of"):
            sizes = sorted({f.facts for f in self.figures if f.backend == backend and f.name == "as-of"})
            small = 10_000 if 10_000 in sizes else sizes[0]
            great = sizes[-1]
            ratio = _ratio(self.value("as-of", backend, great), self.value("as-of", backend, small))
            judge(f"{backend}: as-of at {great:,} / at {small:,}", "<= 8 (goal 4)", ratio, is_met=(ratio or 9) <= 8)
            if backend == "sqlite":
                ms = self.value("as-of", backend, great)
                judge(f"{backend}: as-of at {great:,}, ms", "<= 5", ms, is_met=(ms or 9) <= 5)
            for clock in ("dates", "knowledge"):
                name = f"diff, a year of {clock}"
                times = _ratio(self.value(name, backend, small), self.value("as-of", backend, small))
                if times is not None:
                    judge(f"{backend}: {name} / as-of at {small:,}", "<= 3", times, is_met=times <= 3)
            flat = _ratio(self.value("append", backend, great), self.value("append", backend, sizes[0]))
            judge(f"{backend}: append at {great:,} / at {sizes[0]:,}", "<= 1.5", flat, is_met=(flat or 9) <= 1.5)
            plain = _ratio(self.starting("plain library append", backend), self.value("append", backend, small))
            judge(f"{backend}: plain append / append", ">= 0.4", plain, is_met=(plain or 0) >= 0.4)
            bulk = max((f.value for f in self.figures if f.backend == backend and f.name == "bulk load"), default=None)
            if backend == "sqlite":
                judge(f"{backend}: bulk load, developments/s", ">= 3,000", bulk, is_met=(bulk or 0) >= 3_000)
                replay = max(
                    (f.value for f in self.figures if (f.backend, f.name) == (backend, "replay")), default=None
                )
                judge(f"{backend}: replay, events/s", ">= 40,000", replay, is_met=(replay or 0) >= 40_000)
                found += self._whole_stores(backend)
                times = _ratio(replay, self.starting("plain library replay", backend))
                judge(f"{backend}: replay / plain replay", ">= 2", times, is_met=(times or 0) >= 2)
        checked = self.value("check of a sentence", "sqlite", 0)
        if checked is not None:
            judge("sqlite: check of a sentence, ms", "< 20", checked, is_met=checked < 20)
        constant = self.starting("constant bytes", "http")
        for name, least in (("state, repeated basis", 0.7), ("state, random basis", 0.25)):
            ratio = _ratio(self.starting(name, "http"), constant)
            if ratio is not None:
                judge(f"http: {name} / constant bytes", f">= {least}", ratio, is_met=ratio >= least)
        return found

    def _whole_stores(self, backend: str) -> list[Bar]:
        """The bars of what is done with a whole store: how fast, whatever its size, and in how much memory."""
        rebuilt = [f for f in self.figures if (f.backend, f.name) == (backend, "rebuild")]
        found = [
            Bar(f"{backend}: rebuild of {f.facts:,} events, events/s", ">= 8,000", f.value, f.value >= 8_000)
            for f in rebuilt
        ]
        if len(rebuilt) > 1:
            small, large = rebuilt[0], rebuilt[-1]
            flat = small.value / large.value
            name = f"{backend}: rebuild at {small.facts:,} / at {large.facts:,}"
            found.append(Bar(name, "flat: <= 1.25", flat, flat <= 1.25))
        for work in ("rebuild", "replay of a whole log", "export of a whole log"):
            peaks = [f for f in self.figures if (f.backend, f.name) == (backend, f"{work}, peak memory")]
            if peaks:
                name, peak = f"{backend}: {work} of {peaks[-1].facts:,} events, peak in MB", peaks[-1].value
                found.append(Bar(name, "bounded: <= 500", peak, peak <= 500))
        return found

    def show(self, console: Console) -> None:
        """Print everything."""
        table = Table(title="Measured (medians)")
        for column in ("what", "backend", "facts", "value", "unit"):
            table.add_column(column, justify="right" if column in {"facts", "value"} else "left")
        for figure in self.figures:
            facts = f"{figure.facts:,}" if figure.facts else ""
            table.add_row(figure.name, figure.backend, facts, f"{figure.value:,.2f}", figure.unit)
        console.print(table)
        judged = Table(title="Bars of the design")
        for column in ("bar", "asked", "measured", "met"):
            judged.add_column(column, justify="right" if column == "measured" else "left")
        for bar in self.bars():
            measured = "–" if bar.measured is None else f"{bar.measured:,.2f}"
            judged.add_row(bar.name, bar.asked, measured, {True: "yes", False: "no", None: "–"}[bar.is_met])
        console.print(judged)

    def write(self, path: Path) -> None:
        """Write everything as JSON."""
        machine = {"python": platform.python_version(), "system": platform.platform()}
        body = {
            "machine": machine,
            "figures": [asdict(figure) for figure in self.figures],
            "bars": [asdict(bar) for bar in self.bars()],
        }
        path.write_text(json.dumps(body, indent=2) + "\n", encoding="utf-8")


def _ratio(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below else above / below
