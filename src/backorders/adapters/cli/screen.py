"""What a command shows: on a terminal with colours and a bar, elsewhere as plain text."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

_NARROWEST = 60
_WIDEST = 100
"""Columns: longer lines are hard to follow."""
_ENDLESS = 10_000
"""Columns of what has no edge: a pipe, or a file."""


class Screen:
    """Where a command shows what it does; NO_COLOR and the width of the terminal are respected.

    With `wide`, tables use the whole width of a terminal, and in a pipe they are as wide as they
    need: what reads a pipe reads lines.
    """

    def __init__(self, *, wide: bool = False) -> None:
        from rich.console import Console

        self._console = Console(highlight=False)
        if not wide:
            self._console.width = min(max(self._console.width, _NARROWEST), _WIDEST)
        elif not self._console.is_terminal and "COLUMNS" not in os.environ:
            self._console.width = _ENDLESS

    @property
    def columns(self) -> int:
        """How many letters there is room for in a line."""
        return self._console.width

    def heading(self, text: str) -> None:
        """Start a new part."""
        from rich.rule import Rule
        from rich.text import Text

        self._console.print()
        title = Text(text, style="bold")
        if self._console.width < _ENDLESS:
            self._console.print(Rule(title, align="left", style="cyan"))
        else:
            self._console.print(title)

    def say(self, text: str, style: str = "") -> None:
        """Show a paragraph, wrapped to the width."""
        self._console.print(text, style=style or None, markup=False, emoji=False)

    def line(self, text: str, style: str = "") -> None:
        """Show one line, however long it is."""
        self._console.print(text, style=style or None, markup=False, emoji=False, soft_wrap=True)

    def quote(self, text: str) -> None:
        """Show what the library says, set in."""
        from rich.padding import Padding
        from rich.text import Text

        self._console.print(Padding(Text(text, style="italic"), (0, 0, 0, 4)))

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[object]],
        *,
        caption: str = "",
    ) -> None:
        """Show rows under headings; columns of numbers are set right."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, header_style="bold", caption_justify="left")
        table.caption = Text(caption, style="dim") if caption else None
        for place, name in enumerate(columns):
            numbers = bool(rows) and all(isinstance(row[place], int) for row in rows)
            justify: Literal["left", "right"] = "right" if numbers else "left"
            # Half an id is of no use: what is too wide goes on in the next line.
            table.add_column(name, justify=justify, no_wrap=numbers, overflow="fold")
        for row in rows:
            table.add_row(
                *(Text(f"{cell:,}" if isinstance(cell, int) else str(cell)) for cell in row)
            )
        self._console.print(table)

    def code(self, lines: Sequence[str]) -> None:
        """Show lines that are to be copied: never wrapped."""
        for line in lines:
            self.line(f"    {line}" if line else "", "green")

    @contextmanager
    def progress(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show a bar while something takes long, on a terminal only; yield what moves it on."""
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        with bar:
            task = bar.add_task(title, total=total)
            yield lambda more: bar.advance(task, more)
