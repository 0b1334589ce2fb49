"""Where everything stands in the picture: plain shapes, in points from the upper left corner."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

import attrs

from backorders.adapters.cli.charts.figures import Bar, Figures, named
from backorders.adapters.cli.charts.lettering import cut, plain
from backorders.adapters.cli.charts.scale import spread, ticks
from backorders.domain.backlog_days import BacklogDay

WHITE: Final = "#ffffff"
_INK: Final = "#1f2933"
_SOFT: Final = "#616e7c"
_LINE: Final = "#e4e7eb"
_WAITING: Final = "#c8511b"
_WAITING_AREA: Final = "#f9e3d9"
_BAR: Final = "#2f6f9f"

_WIDTH: Final = 960
_MARGIN: Final = 40
_OVER_TIME: Final = 220
"""Height of the picture over time."""
_ROW: Final = 26
"""Height of a bar with its room."""

Anchor: TypeAlias = Literal["start", "middle", "end"]


class Rectangle(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Path(NamedTuple):
    """A line through some points; filled, if `is_area`."""

    points: Sequence[tuple[float, float]]
    colour: str
    thickness: float = 1.0
    is_area: bool = False


class Text(NamedTuple):
    """A line of text, of which `y` is where its letters stand."""

    x: float
    y: float
    text: str
    size: int = 12
    colour: str = _INK
    anchor: Anchor = "start"
    is_bold: bool = False


Shape: TypeAlias = Rectangle | Path | Text


@attrs.frozen
class Picture:
    """Shapes, drawn one over the other."""

    width: int
    height: int
    title: str
    shapes: Sequence[Shape]


def laid_out(figures: Figures) -> Picture:
    """Return the picture of a backlog."""
    rows = max(len(figures.ages), len(figures.skus) + bool(figures.more_skus), 1)
    below = 110 + _OVER_TIME + 76
    height = below + 24 + rows * _ROW + 30
    half = (_WIDTH - 3 * _MARGIN) / 2
    title = f"Back orders of {cut(plain(figures.seller_id), 60)}"
    shapes = [
        Rectangle(0, 0, _WIDTH, height, WHITE),
        Text(_MARGIN, 48, title, 22, is_bold=True),
        Text(_MARGIN, 70, f"{figures.in_short} · {figures.as_of}", 13, _SOFT),
        Text(_MARGIN, 104, "Orders on back order at the end of each day", 14, is_bold=True),
        *_over_time(figures.days, 120),
        Text(_MARGIN, below, "By age", 14, is_bold=True),
        *_bars(figures.ages, _MARGIN, below + 16, room=half, name=118, colour=_WAITING),
        Text(2 * _MARGIN + half, below, "By SKU", 14, is_bold=True),
        *_bars(figures.skus, 2 * _MARGIN + half, below + 16, room=half, name=130, colour=_BAR),
    ]
    if not figures.skus:
        shapes.append(Text(2 * _MARGIN + half, below + 34, "nothing is short", 12, _SOFT))
    if figures.more_skus:
        more = f"and {figures.more_skus:,} more SKU{'s' * (figures.more_skus != 1)}"
        y = below + 16 + len(figures.skus) * _ROW + 17
        shapes.append(Text(2 * _MARGIN + half, y, more, 12, _SOFT))
    return Picture(_WIDTH, height, f"{title}: {figures.in_short}", shapes)


def _over_time(days: Sequence[BacklogDay], top: float) -> Iterator[Shape]:
    """Yield the curve: each day is as wide as the others, and as high as its evening."""
    scale = ticks(max(day.orders for day in days))
    left = _MARGIN + 10 + 7 * len(f"{scale[-1]:,}")
    right, bottom = _WIDTH - _MARGIN, top + _OVER_TIME

    def height(orders: int) -> float:
        return bottom - orders / scale[-1] * _OVER_TIME

    for tick in scale:
        y = height(tick)
        yield Path([(left, y), (right, y)], _LINE if tick else _SOFT)
        yield Text(left - 8, y + 4, f"{tick:,}", 11, _SOFT, "end")
    each = (right - left) / len(days)
    curve = []
    for place, day in enumerate(days):
        y = height(day.orders)
        curve += [(left + place * each, y), (left + (place + 1) * each, y)]
    yield Path([(left, bottom), *curve, (right, bottom)], _WAITING_AREA, is_area=True)
    yield Path(curve, _WAITING, 2.0)
    for place in spread(len(days), 9):
        x = left + (place + 0.5) * each
        yield Path([(x, bottom), (x, bottom + 4)], _SOFT)
        yield Text(x, bottom + 18, named(days, place), 11, _SOFT, "middle")


def _bars(
    bars: Sequence[Bar], left: float, top: float, *, room: float, name: float, colour: str
) -> Iterator[Shape]:
    most = max((bar.length for bar in bars), default=0) or 1
    noted = 12 + 6.4 * max((len(bar.note) for bar in bars), default=0)
    longest = max(room - name - noted, 20)
    for place, bar in enumerate(bars):
        y = top + place * _ROW
        length = max(bar.length / most * longest, 1.5) if bar.length else 0
        yield Text(left, y + 17, cut(plain(bar.name), int(name / 7.8)), 12)
        yield Path([(left + name, y), (left + name, y + _ROW)], _LINE)
        if length:
            yield Rectangle(left + name, y + 4, length, _ROW - 8, colour)
        yield Text(left + name + length + 8, y + 17, bar.note, 11, _SOFT)
