"""The backlog as a picture: what is in it, that all of it fits, and that no name breaks it."""

import io
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from backorders import BacklogDay, Backorders
from backorders.adapters.cli.charts.figures import Bar, Figures, figures
from backorders.adapters.cli.charts.layout import Path as Curve
from backorders.adapters.cli.charts.layout import Picture, Rectangle, Text, laid_out
from backorders.adapters.cli.charts.lettering import width
from backorders.adapters.cli.charts.png import write_png
from backorders.adapters.cli.charts.scale import spread, ticks
from backorders.adapters.cli.charts.svg import write_svg
from backorders.adapters.cli.charts.terminal import drawn
from backorders.adapters.memory import MemoryStore
from backorders.ports.extras import MissingExtra
from backorders.testing.strategies import hostile_ids
from tests.support.clock import SettableClock

_SVG = "{http://www.w3.org/2000/svg}"


def _figures(
    orders: list[int], skus: list[Bar], seller_id: str = "acme", more_skus: int = 0
) -> Figures:
    first = date(2026, 11, 1)
    days = [BacklogDay(first + timedelta(n), each, 0, 0) for n, each in enumerate(orders)]
    ages = [Bar("under a day", 3, "3 orders, 9 units short"), Bar("1 to 3 days", 0, "none")]
    return Figures(seller_id, "2026-11-09 10:00 UTC", days, 3, 9, ages, skus, more_skus)


_ANY = st.builds(
    _figures,
    st.lists(st.integers(0, 10**6), min_size=1, max_size=120),
    st.lists(
        st.builds(Bar, hostile_ids(40), st.integers(1, 2**62), st.just("9 units in 1 order")),
        max_size=6,
    ),
    hostile_ids(80),
    st.integers(0, 9),
)


def test_figures_are_those_of_the_seller_as_of_now() -> None:
    """A picture that is out by a day, or of somebody else, is worse than none."""
    clock = SettableClock()
    app = Backorders(MemoryStore(), clock=clock)
    app.seller("other").place_order("O1", {"TEA": 50})
    acme = app.seller("acme")
    acme.configure(time_zone="Asia/Tokyo")
    acme.place_order("O1", {"TEA": 2, "CUP": 1})
    clock.advance(days=4)
    acme.place_order("O2", {"CUP": 1})
    found = figures(acme, days=3, skus=1)
    assert found.as_of == "2026-03-06 18:00 Asia/Tokyo"
    assert found.in_short == "2 orders on back order, 4 units short"
    assert [day.orders for day in found.days] == [1, 1, 2]
    assert [(bar.name, bar.length) for bar in found.ages if bar.length] == [
        ("under a day", 1),
        ("3 to 7 days", 1),
    ]
    assert found.skus == [Bar("CUP", 2, "2 units in 2 orders")]
    assert found.more_skus == 1


def test_the_picture_in_the_terminal() -> None:
    """As somebody sees it who has forty columns."""
    skus = [Bar("TEA", 8, "8 units in 2 orders"), Bar("\u8336", 1, "1 unit in 1 order")]
    lines = [line.text.rstrip() for line in drawn(_figures([0, 1, 4, 2], skus), 40)]
    assert lines == [
        "Back orders of acme, 2026-11-09 10:00 UTC",
        "3 orders on back order, 9 units short",
        "",
        "Orders on back order at the end of each day",
        " 4                   ████████",
        "                     ████████",
        "                     ████████",
        "                     ████████",
        " 2                   ████████ ████████",
        "                     ████████ ████████",
        "            ████████ ████████ ████████",
        " 0          ████████ ████████ ████████",
        "   1 Nov                      4 Nov",
        "",
        "By age",
        "  under a day  ████████  3 orders, 9 units short",
        "  1 to 3 days            none",
        "",
        "By SKU",
        "  TEA  ████████████  8 units in 2 orders",
        "  \u8336   █▌            1 unit in 1 order",
    ]


@settings(max_examples=40)
@given(_ANY, st.integers(60, 140), st.booleans())
def test_every_line_fits_and_what_is_there_is_seen(
    found: Figures, columns: int, letters: bool
) -> None:
    """A line that is too long breaks the picture; a bar that is too short hides somebody."""
    lines = drawn(found, columns, letters=letters)
    for line in lines[4:]:
        assert width(line.text) <= columns
        assert letters or line.text.isascii()
    bars = [line.text for line in lines if line.text.endswith("9 units in 1 order")]
    assert len(bars) == len(found.skus)
    if letters:
        assert all(set(text) & set("▏▎▍▌▋▊▉█") for text in bars)


@settings(max_examples=25)
@given(_ANY)
def test_svg_is_whole_whatever_the_names_are(found: Figures) -> None:
    """A product that is called `</svg><script>` must not become a part of the page."""
    file = io.StringIO()
    picture = laid_out(found)
    write_svg(picture, file)
    root = ET.fromstring(file.getvalue())  # noqa: S314 - we have just written it
    assert {each.tag for each in root} <= {
        f"{_SVG}{tag}" for tag in ("title", "rect", "polygon", "polyline", "text")
    }
    assert len(root) == len(picture.shapes) + 1
    for shape in picture.shapes:
        _must_be_inside(shape, picture)


def _must_be_inside(shape: Rectangle | Curve | Text, picture: Picture) -> None:
    points: list[tuple[float, float]] = []
    if isinstance(shape, Rectangle):
        points = [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
    elif isinstance(shape, Curve):
        points = list(shape.points)
    else:
        points = [(shape.x, shape.y)]
    for x, y in points:
        assert 0 <= x <= picture.width
        assert 0 <= y <= picture.height


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    """Half as much is half as long: that is what a picture is for."""
    skus = [Bar("TEA", 8, "8"), Bar("CUP", 4, "4"), Bar("MUG", 2, "2")]
    picture = laid_out(_figures([1], skus))
    blue = [shape for shape in picture.shapes if isinstance(shape, Rectangle)][-3:]
    assert blue[0].width == 2 * blue[1].width == 4 * blue[2].width


def test_png_is_the_same_picture(tmp_path: Path) -> None:
    """It goes into a mail or a slide, where an SVG is not shown."""
    picture = laid_out(_figures([0, 3, 9], [Bar("TEA", 8, "8 units in 2 orders")]))
    path = tmp_path / "backlog.png"
    with path.open("wb") as file:
        write_png(picture, file)
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.size == (2 * picture.width, 2 * picture.height)
        for shape in picture.shapes[1:]:
            if isinstance(shape, Rectangle):
                middle = shape.x + shape.width / 2, shape.y + shape.height / 2
                pixel = image.getpixel((round(2 * middle[0]), round(2 * middle[1])))
                assert isinstance(pixel, tuple)
                assert "#{:02x}{:02x}{:02x}".format(*pixel) == shape.colour


def test_without_pillow_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no Pillow can install it, or take the SVG."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(MissingExtra, match=r"not as SVG,.*backorders\[chart\]"):
        write_png(laid_out(_figures([1], [])), io.BytesIO())


@given(st.integers(0, 2**62))
def test_ticks_are_few_and_go_beyond_the_highest(most: int) -> None:
    """An axis that ends below the curve cuts it off."""
    scale = ticks(most)
    assert scale[0] == 0
    assert scale[-1] >= most
    assert 2 <= len(scale) <= 5
    assert len({after - before for before, after in pairwise(scale)}) == 1


@given(st.integers(1, 500), st.integers(2, 60))
def test_the_first_and_the_last_are_always_named(count: int, most: int) -> None:
    """Where a picture begins and ends is the least that one wants to know."""
    places = spread(count, most)
    assert (places[0], places[-1]) == (0, count - 1)
    assert sorted(set(places)) == list(places)
    assert len(places) <= most
