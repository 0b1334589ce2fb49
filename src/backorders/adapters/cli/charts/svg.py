"""A picture as SVG: text that can be searched, and read aloud."""

from collections.abc import Iterator
from typing import IO, assert_never
from xml.sax.saxutils import escape, quoteattr

from backorders.adapters.cli.charts.layout import Path, Picture, Rectangle, Shape, Text

_FONT = "font-family=\"system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif\""


def write_svg(picture: Picture, file: IO[str]) -> None:
    """Write a picture as a whole SVG document."""
    size = f'width="{picture.width}" height="{picture.height}"'
    box = f'viewBox="0 0 {picture.width} {picture.height}"'
    file.write(
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img" {_FONT}>\n'
        f"<title>{_text(picture.title)}</title>\n"
    )
    for shape in picture.shapes:
        file.writelines(_element(shape))
    file.write("</svg>\n")


def _element(shape: Shape) -> Iterator[str]:
    match shape:
        case Rectangle(x, y, width, height, colour):
            place = f'x="{x:g}" y="{y:g}" width="{width:.1f}" height="{height:g}"'
            yield f'<rect {place} fill="{colour}"/>\n'
        case Path(points, colour, thickness, is_area):
            through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            if is_area:
                yield f'<polygon points="{through}" fill="{colour}"/>\n'
            else:
                line = f'fill="none" stroke="{colour}" stroke-width="{thickness:g}"'
                yield f'<polyline points="{through}" {line}/>\n'
        case Text(x, y, text, size, colour, anchor, is_bold):
            weight = ' font-weight="600"' if is_bold else ""
            place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor={quoteattr(anchor)}'
            yield f'<text {place} fill="{colour}"{weight}>{_text(text)}</text>\n'
        case _:
            assert_never(shape)


def _text(text: str) -> str:
    # Two characters that may stand in a name may not stand in XML.
    return escape(text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"))
