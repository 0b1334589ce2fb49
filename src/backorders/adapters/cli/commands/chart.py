"""`backorders back-orders chart`: the backlog as a picture."""

import io
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from backorders.adapters.cli.charts.figures import Figures, figures
from backorders.adapters.cli.commands import Desk, prints
from backorders.adapters.cli.documents.charts import ChartDocument, of_chart
from backorders.adapters.cli.errors import WrongUsage
from backorders.adapters.cli.screen import Screen


@prints(ChartDocument)
def chart(
    *,
    days: int = 30,
    skus: int = 10,
    output: Annotated[Path | None, Parameter(name=("--output", "-o"))] = None,
    desk: Desk,
) -> None:
    """Draw the backlog: over time, by age, and by SKU; here, or into an SVG or PNG file.

    For example:

        backorders back-orders chart
        backorders back-orders chart --days 90 --output backlog.svg

    Args:
        days: How many days to show, today included, up to 3,660.
        skus: How many SKUs to show, those first that lack most, up to 50.
        output: The picture to write, which is replaced: its name ends in .svg or .png.
    """
    from backorders.adapters.cli.charts.terminal import drawn

    most = 50
    if not 1 <= skus <= most:
        raise WrongUsage(f"--skus must be from 1 to {most}, not {skus}", "say fewer")
    ending = None if output is None else output.suffix.lower()
    if ending not in {None, ".svg", ".png"}:
        raise WrongUsage(f"{output} is no picture", "let its name end in .svg or .png")
    with desk.seller() as seller:
        found = figures(seller, days=days, skus=skus)
    if output is not None:
        _write(found, output)
        document = of_chart(found, str(output))
        desk.show(document, lambda screen: screen.say(f"The picture is in {output}."))
        return
    letters = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    lines = drawn(found, desk.screen.columns, letters=letters)

    def show(screen: Screen) -> None:
        for text, style in lines:
            screen.line(text, style)

    desk.show(of_chart(found, None), show)


def _write(found: Figures, output: Path) -> None:
    from backorders.adapters.cli.charts.layout import laid_out
    from backorders.adapters.cli.charts.png import write_png
    from backorders.adapters.cli.charts.svg import write_svg
    from backorders.adapters.files.writing import write_bytes, written

    picture = laid_out(found)
    if output.suffix.lower() == ".svg":
        with written(str(output)) as file:
            write_svg(picture, file)
        return
    painted = io.BytesIO()
    write_png(picture, painted)
    write_bytes(str(output), painted.getvalue())
