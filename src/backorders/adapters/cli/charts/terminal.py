"""The backlog in a terminal, drawn with what letters there are."""

from collections.abc import Sequence
from typing import NamedTuple

from backorders.adapters.cli.charts.figures import Bar, Figures, named
from backorders.adapters.cli.charts.lettering import cut, plain, width
from backorders.adapters.cli.charts.scale import spread, ticks
from backorders.domain.backlog_days import BacklogDay

_HEIGHT = 8
"""Lines of the picture over time."""
_WIDEST = 100
"""Columns: longer bars say no more."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_ALONG = " ▏▎▍▌▋▊▉█"
_ASCII = " .:-=+*%#"


class Line(NamedTuple):
    """A line, and how it is shown where there are colours."""

    text: str
    style: str = ""


def drawn(figures: Figures, columns: int, *, letters: bool = True) -> list[Line]:
    """Return the picture as lines of so many columns; without `letters`, in ASCII alone."""
    columns = min(columns, _WIDEST)
    lines = [
        Line(f"Back orders of {plain(figures.seller_id)}, {figures.as_of}", "bold"),
        Line(figures.in_short),
        Line(""),
        Line("Orders on back order at the end of each day", "bold"),
        *_over_time(figures.days, columns, _EIGHTHS if letters else _ASCII),
        Line(""),
        Line("By age", "bold"),
        *_bars(figures.ages, columns, letters=letters),
        Line(""),
        Line("By SKU", "bold"),
        *(_bars(figures.skus, columns, letters=letters) or [Line("  nothing is short", "dim")]),
    ]
    if figures.more_skus:
        more = figures.more_skus
        lines.append(Line(f"  and {more:,} more SKU{'s' * (more != 1)}", "dim"))
    if letters:
        return lines
    return [Line(_ascii(text), style) for text, style in lines]


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode()


def _over_time(days: Sequence[BacklogDay], columns: int, blocks: str) -> list[Line]:
    top = ticks(max(day.orders for day in days))[-1]
    margin = len(f"{top:,}") + 2
    room = columns - margin - 1
    picked = [days[place] for place in spread(len(days), room)]
    each = max(1, room // len(picked))
    heights = [round(day.orders / top * _HEIGHT * 8) for day in picked]
    # What is there must be seen, be it ever so little.
    heights = [max(h, 1) if day.orders else 0 for h, day in zip(heights, picked, strict=True)]
    lines = []
    for row in range(_HEIGHT - 1, -1, -1):
        label = {_HEIGHT - 1: top, _HEIGHT // 2 - 1: top / 2, 0: 0}.get(row)
        tick = f"{label:,.0f}" if label is not None and float(label).is_integer() else ""
        body = "".join(_column(blocks[min(max(h - row * 8, 0), 8)], each) for h in heights)
        lines.append(Line(f"{tick:>{margin - 1}} {body.rstrip()}", "red"))
    places = spread(len(picked), max(2, len(picked) * each // 15))
    axis = [" "] * (len(picked) * each + 12)
    for place in places:
        name = named(picked, place)
        start = min(place * each, max(len(picked) * each - len(name), 0))
        axis[start : start + len(name)] = name
    lines.append(Line(" " * margin + "".join(axis).rstrip(), "dim"))
    return lines


def _column(block: str, each: int) -> str:
    gap = 1 if each > 2 else 0  # noqa: PLR2004 - narrower ones would be but gaps
    return block * (each - gap) + " " * gap


def _bars(bars: Sequence[Bar], columns: int, *, letters: bool) -> list[Line]:
    if not bars:
        return []
    written = [plain(bar.name) if letters else _ascii(bar.name) for bar in bars]
    names = [cut(name, max(columns // 3, 15)) for name in written]
    longest = max(map(width, names))
    room = max(columns - longest - max(len(bar.note) for bar in bars) - 6, 8)
    most = max(bar.length for bar in bars) or 1
    lines = []
    for bar, name in zip(bars, names, strict=True):
        eighths = max(round(bar.length / most * room * 8), 1) if bar.length else 0
        whole, part = divmod(eighths, 8)
        length = "█" * whole + _ALONG[part].strip() if letters else "#" * max(whole, eighths > 0)
        pad = " " * (longest - width(name))
        lines.append(Line(f"  {name}{pad}  {length:<{room}}  {bar.note}"))
    return lines
