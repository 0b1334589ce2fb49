"""A picture as PNG, painted with Pillow, which the extra `chart` brings."""

from functools import cache
from typing import IO, TYPE_CHECKING, Final, assert_never

from backorders.adapters.cli.charts.layout import WHITE, Path, Picture, Rectangle, Shape, Text
from backorders.ports.extras import needs

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

_FINER: Final = 3
"""It is painted so many times as large, and made smaller: that smooths its edges."""
_SHARPER: Final = 2
"""Pixels to a point: screens have more of them than they used to."""
_ANCHORS: Final = {"start": "ls", "middle": "ms", "end": "rs"}
_LETTERS: Final = ("DejaVuSans.ttf", "Arial.ttf", "LiberationSans-Regular.ttf")
_BOLD_LETTERS: Final = ("DejaVuSans-Bold.ttf", "Arial Bold.ttf", "LiberationSans-Bold.ttf")
"""Fonts with the letters of many languages, where there are any; Pillow has one for English."""


def write_png(picture: Picture, file: IO[bytes]) -> None:
    """Write a picture as PNG; raises `MissingExtra` when Pillow is not there."""
    with needs("chart", "a chart as PNG, not as SVG,"):
        from PIL import Image, ImageDraw
    scale = _FINER * _SHARPER
    image = Image.new("RGB", (picture.width * scale, picture.height * scale), WHITE)
    draw = ImageDraw.Draw(image)
    for shape in picture.shapes:
        _paint(draw, shape, scale)
    size = picture.width * _SHARPER, picture.height * _SHARPER
    image.resize(size, Image.Resampling.LANCZOS).save(file, format="PNG", optimize=True)


def _paint(draw: "ImageDraw", shape: Shape, scale: int) -> None:
    match shape:
        case Rectangle(x, y, width, height, colour):
            corners = [x * scale, y * scale, (x + width) * scale, (y + height) * scale]
            draw.rectangle(corners, fill=colour)
        case Path(points, colour, thickness, is_area):
            through = [(x * scale, y * scale) for x, y in points]
            if is_area:
                draw.polygon(through, fill=colour)
            else:
                draw.line(through, fill=colour, width=round(thickness * scale), joint="curve")
        case Text(x, y, text, size, colour, anchor, is_bold):
            font = _font(size * scale, is_bold=is_bold)
            draw.text((x * scale, y * scale), text, fill=colour, font=font, anchor=_ANCHORS[anchor])
        case _:
            assert_never(shape)


@cache
def _font(size: int, *, is_bold: bool) -> "FreeTypeFont | ImageFont":
    from PIL import ImageFont

    for name in _BOLD_LETTERS if is_bold else _LETTERS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
