"""The radar's geometry: plain coordinates that a template draws as SVG, beside a table of the same figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

RADIUS = 100
RINGS = (25, 50, 75, 100)
FEWEST_AXES = 3
CHARACTERS_A_LINE = 18
CHARACTERS_IN_SHORT = 13


@dataclass(frozen=True, slots=True)
class Axis:
    """One spoke; scores are published figures, 0–100. ``value`` None: nothing to show, or not known yet."""

    code: str
    title: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Spoke:
    axis: Axis
    x: str
    y: str
    label_x: str
    label_y: str
    short_y: str
    anchor: str
    lines: list[str]
    short: str  # a word for small screens
    dot: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Radar:
    """Lengths are in the drawing's own units: the centre is 0,0 and a score of 100 lies at 100."""

    spokes: list[Spoke]
    rings: list[str]  # "points" of polygons
    area: str
    band: str  # "d" of a path between the lowest and the highest scores possible; "" where all is known


def radar(axes: Sequence[Axis]) -> Radar | None:
    """Return the drawing, or None for fewer axes than make a shape: the table says it all then."""
    if len(axes) < FEWEST_AXES:
        return None
    angles = [2 * pi * place / len(axes) - pi / 2 for place in range(len(axes))]
    values = [axis.value if axis.value is not None else axis.low or 0 for axis in axes]
    lows = [axis.low or 0 for axis in axes]
    highs = [axis.high or 0 for axis in axes]
    return Radar(
        spokes=[_spoke(axis, angle) for axis, angle in zip(axes, angles, strict=True)],
        rings=[_polygon([ring] * len(axes), angles) for ring in RINGS],
        area=_polygon(values, angles),
        band=_between(highs, lows, angles) if highs != lows else "",
    )


def _spoke(axis: Axis, angle: float) -> Spoke:
    x, y = cos(angle), sin(angle)
    lines = _wrap(axis.title)
    # A label above the centre grows upwards, one below grows downwards.
    first = 114 * y + (4 if y > 0.1 else -13 * (len(lines) - 1) if y < -0.1 else -6 * (len(lines) - 1))
    return Spoke(
        axis=axis,
        x=_figure(RADIUS * x),
        y=_figure(RADIUS * y),
        label_x=_figure(112 * x),
        label_y=_figure(first),
        short_y=_figure(114 * y + 4),
        anchor="middle" if abs(x) < 0.2 else "start" if x > 0 else "end",
        lines=lines,
        short=_short(axis.title),
        dot=None if axis.value is None else (_figure(axis.value * x), _figure(axis.value * y)),
    )


def _wrap(title: str) -> list[str]:
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + len(word) >= CHARACTERS_A_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _short(title: str) -> str:
    # What comes before the first comma or colon; of several words, the longest says most.
    first = re.split(r"\s*[,:;]", title, maxsplit=1)[0]
    short = first if len(first) <= CHARACTERS_IN_SHORT else max(first.split(), key=len)
    return short[:1].upper() + short[1:]


def _polygon(lengths: Sequence[float], angles: Sequence[float]) -> str:
    return " ".join(
        f"{_figure(length * cos(a))},{_figure(length * sin(a))}" for length, a in zip(lengths, angles, strict=True)
    )


def _between(outer: Sequence[float], inner: Sequence[float], angles: Sequence[float]) -> str:
    return f"M{_polygon(outer, angles)}Z M{_polygon(inner, angles)}Z"


def _figure(length: float) -> str:
    # Two decimals, whatever the language of the page.
    return f"{length:.2f}".rstrip("0").rstrip(".") if round(length, 2) else "0"
