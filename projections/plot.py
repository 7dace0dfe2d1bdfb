"""Lines, steps and bands over time as SVG, written by hand: no library, no script, no font of its own.

The colours are classes, with one set for light pages and one for dark ones, so that a plot can stand in either and be
restyled from outside. The title and the description are told to those who do not see the picture. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from math import floor, log10
from typing import Final
from xml.sax.saxutils import escape

COLOURS: Final = 8
"""How many lines are told apart by colour; further ones begin again, dashed."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 68, 18, 46, 34
_LEGEND_ROW: Final = 20
_LETTER: Final = 6.7
_ROOM_FOR_THE_LAST: Final = 25
"""Which part of the axis shows that the last step goes on."""
_DAY: Final = 86_400_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SCALES: Final = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1e3, " k"))

_STYLE: Final = """\
.plot{font:12px system-ui,sans-serif;background:#fff}
.plot .paper{fill:#fff}.plot text{fill:#333}.plot .title{font-size:15px;font-weight:600;fill:#111}
.plot .grid{stroke:#e3e3e3}.plot .axis{stroke:#888}
.plot .line{fill:none;stroke-width:2;stroke-linejoin:round}.plot .dot{stroke:none}.plot .band{stroke:none;opacity:.18}
.plot .rival{fill:#fff;stroke-width:1.5}.plot .more{stroke-dasharray:5 3}.plot .maybe{stroke-dasharray:2 3}
%s
@media (prefers-color-scheme:dark){.plot{background:#16181c}.plot .paper{fill:#16181c}.plot text{fill:#c8ccd2}\
.plot .title{fill:#f2f3f5}.plot .rival{fill:#16181c}.plot .grid{stroke:#2c3037}.plot .axis{stroke:#7a808a}
%s}"""
_LIGHT: Final = ("#0b62a8", "#c2410c", "#0f766e", "#7c3aed", "#a16207", "#be185d", "#4d7c0f", "#475569")
_DARK: Final = ("#6cb6ff", "#ff9d66", "#4fd1c5", "#b794f6", "#ecc94b", "#f687b3", "#9ae66e", "#a0aec0")


@dataclass(frozen=True, slots=True)
class Dot:
    """A value from an instant on (a step) or at it (a line); None where there is none: the line breaks.

    `low` and `high` are the ends of a range, in which the value is the middle that is drawn.
    """

    at: int
    """Microseconds since 1970 UTC."""
    value: float | None
    low: float | None = None
    high: float | None = None
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of a chart."""

    label: str
    dots: tuple[Dot, ...]
    is_step: bool = True
    """Whether a value stays until the next one; else dots are joined by straight lines."""
    rivals: tuple[Dot, ...] = ()
    """What others say of the same time, drawn as hollow dots."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: traces over one axis of time."""

    title: str
    description: str
    traces: tuple[Trace, ...]
    unit: str = ""
    start: int | None = None
    """The first instant shown; left out, that of the first dot."""
    end: int | None = None
    """The last instant shown, up to which the last steps go on; left out, that of the last dot and a little more."""


def svg(chart: Chart, *, width: int = 760, height: int = 400, is_styled: bool = True) -> str:
    """The chart as a document of its own, width and height in pixels at its natural size.

    Without styles it is for a page that brings its own for the classes.
    """
    return "\n".join(_document(chart, width, height, is_styled=is_styled)) + "\n"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where instants and values lie on the paper."""

    start: int
    end: int
    low: float
    high: float
    width: int
    bottom: int

    def x(self, instant: int) -> float:
        span = max(1, self.end - self.start)
        return _LEFT + (min(max(instant, self.start), self.end) - self.start) / span * (self.width - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - _TOP)


def _document(chart: Chart, width: int, height: int, *, is_styled: bool) -> Iterator[str]:
    rows = _legend_rows([trace.label for trace in chart.traces], width)
    bottom = height - _BOTTOM - _LEGEND_ROW * len(rows)
    frame = _frame(chart, width, bottom)
    mark = blake2b(f"{chart.title}{chart.description}".encode(), digest_size=4).hexdigest()
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title-{mark} desc-{mark}">'
    )
    yield f'<title id="title-{mark}">{escape(chart.title)}</title>'
    yield f'<desc id="desc-{mark}">{escape(chart.description)}</desc>'
    if is_styled:
        yield f"<style>{_STYLE % (_classes(_LIGHT), _classes(_DARK))}</style>"
    yield f'<rect class="paper" width="{width}" height="{height}"/>'
    yield f'<text class="title" x="{_LEFT}" y="20">{escape(_fitting(chart.title, width))}</text>'
    if chart.unit:
        yield f'<text x="{_LEFT}" y="37">{escape(chart.unit)}</text>'
    yield from _axes(frame)
    if not any(dot.value is not None for trace in chart.traces for dot in trace.dots):
        yield f'<text x="{(_LEFT + width - _RIGHT) / 2:.0f}" y="{(bottom + _TOP) / 2:.0f}" text-anchor="middle">'
        yield "There is nothing to show.</text>"
    for number, trace in enumerate(chart.traces):
        yield from _trace(trace, number, frame)
    yield from _legend(rows, height - _LEGEND_ROW * len(rows) - 2)
    yield "</svg>"


def _classes(colours: Sequence[str]) -> str:
    return "\n".join(
        f".plot .c{number}{{stroke:{colour}}}.plot .f{number}{{fill:{colour}}}" for number, colour in enumerate(colours)
    )


def _fitting(title: str, width: int) -> str:
    most = int((width - _LEFT - _RIGHT) / 8)
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"


# scales


def _frame(chart: Chart, width: int, bottom: int) -> _Frame:
    dots = [dot for trace in chart.traces for dot in (*trace.dots, *trace.rivals)]
    instants = [dot.at for dot in dots] or [0, _DAY]
    values = [value for dot in dots for value in (dot.value, dot.low, dot.high) if value is not None] or [0.0, 1.0]
    start = min(instants) if chart.start is None else chart.start
    end = max(instants) if chart.end is None else chart.end
    if chart.end is None and any(trace.is_step for trace in chart.traces):
        end += (end - start) // _ROOM_FOR_THE_LAST
    low, high = min(0.0, *values), max(0.0, *values)
    if low == high:
        high = low + 1
    ticks = _ticks(low, high)
    return _Frame(start, max(end, start + _DAY), ticks[0], ticks[-1], width, bottom)


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers around a range, about five of them."""
    raw = (high - low) / 4
    power = 10.0 ** floor(log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    first = floor(low / step + 1e-9)
    found = [first * step]
    while found[-1] < high - step * 1e-9:
        first += 1
        found.append(first * step)
    return found


def short(number: float) -> str:
    """A number in a few letters: `13.75 bn`."""
    for scale, name in _SCALES:
        if abs(number) >= scale:
            return f"{number / scale:.4g}{name}"
    return f"{number:.4g}"


def _dates(start: int, end: int) -> list[tuple[int, str]]:
    """Where the axis of time is marked: years, months or days, at most about eight."""
    first, last = _moment(start), _moment(end)
    days = (end - start) / _DAY
    if days > 3 * 365:
        step = max(1, round(days / 365 / 8))
        years = range(first.year + 1, last.year + 1)
        return [(_instant(datetime(year, 1, 1, tzinfo=UTC)), str(year)) for year in years if year % step == 0]
    if days > 60:
        step = next(few for few in (1, 3, 6) if days / 30.4 / few <= 12 or few == 6)
        months = range(first.year * 12 + first.month, last.year * 12 + last.month)
        return [
            (_instant(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)), f"{month // 12}-{month % 12 + 1:02}")
            for month in months
            if month % step == 0
        ]
    step = max(1, round(days / 7))
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    found = [midnight + timedelta(days=number) for number in range(1, int(days) + 2, step)]
    return [(_instant(day), f"{day:%Y-%m-%d}") for day in found if _instant(day) <= end]


def _moment(instant: int) -> datetime:
    return _EPOCH + timedelta(microseconds=instant)


def _instant(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


# parts


def _axes(frame: _Frame) -> Iterator[str]:
    right = frame.width - _RIGHT
    for value in _ticks(frame.low, frame.high):
        y = frame.y(value)
        yield f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{short(value)}</text>'
    zero = frame.y(0) if frame.low <= 0 <= frame.high else frame.bottom
    yield f'<line class="axis" x1="{_LEFT}" x2="{right}" y1="{zero:.1f}" y2="{zero:.1f}"/>'
    room = -1e9
    for instant, label in _dates(frame.start, frame.end):
        x = frame.x(instant)
        yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{frame.bottom}" y2="{frame.bottom + 5}"/>'
        half = len(label) * _LETTER / 2
        if x - half > room and x + half < frame.width:
            room = x + half + 6
            yield f'<text x="{x:.1f}" y="{frame.bottom + 19}" text-anchor="middle">{label}</text>'


def _trace(trace: Trace, number: int, frame: _Frame) -> Iterator[str]:
    colour, more = number % COLOURS, " more" if number >= COLOURS else ""
    yield f"<g><title>{escape(trace.label)}</title>"
    for run in _runs(trace, frame.end):
        for one, other in pairwise(run):
            low, high = one.low, one.high
            if trace.is_step and low is not None and high is not None:
                x, y = frame.x(one.at), frame.y(high)
                wide, tall = frame.x(other.at) - x, frame.y(low) - y
                yield f'<rect class="band f{colour}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
        if not trace.is_step and any(dot.low is not None and dot.high is not None for dot in run):
            edge = [*((dot.at, dot.high) for dot in run), *((dot.at, dot.low) for dot in reversed(run))]
            points = " ".join(f"{frame.x(at):.1f},{frame.y(value):.1f}" for at, value in edge if value is not None)
            yield f'<polygon class="band f{colour}" points="{points}"/>'
        for is_certain, path in _paths(run, frame, is_step=trace.is_step):
            maybe = "" if is_certain else " maybe"
            yield f'<path class="line c{colour}{more}{maybe}" d="{path}"/>'
        if len(run) == 1:
            x, y = frame.x(run[0].at), frame.y(run[0].value or 0)
            yield f'<circle class="dot f{colour}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
    for dot in trace.rivals:
        if dot.value is not None and frame.start <= dot.at <= frame.end:
            x, y = frame.x(dot.at), frame.y(dot.value)
            yield f'<circle class="rival c{colour}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    yield "</g>"


def _runs(trace: Trace, end: int) -> list[list[Dot]]:
    """The parts of a line between its breaks; a step goes on to where it breaks, or to the end of the chart."""
    runs: list[list[Dot]] = [[]]
    for dot in trace.dots:
        if dot.value is None:
            if trace.is_step and runs[-1]:
                last = runs[-1][-1]
                runs[-1].append(Dot(dot.at, last.value, last.low, last.high, last.is_certain))
            runs.append([])
        elif dot.at <= end:
            runs[-1].append(dot)
    if trace.is_step and runs[-1] and runs[-1][-1].at < end:
        last = runs[-1][-1]
        runs[-1].append(Dot(end, last.value, last.low, last.high, last.is_certain))
    return [run for run in runs if run]


def _paths(run: Sequence[Dot], frame: _Frame, *, is_step: bool) -> Iterator[tuple[bool, str]]:
    """The line of a run, in pieces where it changes between certain and doubtful."""
    piece: list[str] = []
    is_certain = run[0].is_certain
    for one, other in pairwise(run):
        x, y = frame.x(one.at), frame.y(one.value or 0)
        if not piece or one.is_certain is not is_certain:
            if piece:
                yield is_certain, " ".join(piece)
            piece, is_certain = [f"M{x:.1f},{y:.1f}"], one.is_certain
        if is_step:
            piece.append(f"H{frame.x(other.at):.1f}")
            piece.append(f"V{frame.y(other.value or 0):.1f}")
        else:
            piece.append(f"L{frame.x(other.at):.1f},{frame.y(other.value or 0):.1f}")
    if piece:
        yield is_certain, " ".join(piece)


def _legend_rows(labels: Sequence[str], width: int) -> list[list[tuple[int, str, float]]]:
    """Labels with their numbers and where they begin, as many in a row as there is room for."""
    rows: list[list[tuple[int, str, float]]] = []
    x = float(width)
    for number, label in enumerate(labels):
        wide = 30 + len(label) * _LETTER
        if x + wide > width - _RIGHT or not rows:
            rows.append([])
            x = float(_LEFT)
        rows[-1].append((number, label, x))
        x += wide + 14
    return rows if len(labels) > 1 else []


def _legend(rows: Sequence[Sequence[tuple[int, str, float]]], top: float) -> Iterator[str]:
    for place, row in enumerate(rows):
        y = top + _LEGEND_ROW * place + 6
        for number, label, x in row:
            more = " more" if number >= COLOURS else ""
            yield f'<line class="line c{number % COLOURS}{more}" x1="{x:.1f}" x2="{x + 20:.1f}" y1="{y}" y2="{y}"/>'
            yield f'<text x="{x + 26:.1f}" y="{y + 4}">{escape(label)}</text>'
