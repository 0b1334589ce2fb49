"""How far something long has come: a bar with its rate and the time left, on a terminal only."""

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import TaskID


class Bar:
    """A bar for each step, on stderr, so that what is printed can be piped on."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description:<9}"),
            BarColumn(bar_width=24),
            TextColumn("{task.percentage:>4.0f} %"),
            TextColumn("{task.fields[rows]:>10,} rows"),
            TextColumn("{task.fields[rate]:>9,.0f} rows/s"),
            TimeRemainingColumn(compact=True),
            TextColumn("left"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._step = ""
        self._task: TaskID | None = None

    def show(self, step: str, done: int, of: int | None, rows: int) -> None:
        """Show that a step is so far of so much, which is so many rows."""
        if self._task is None or step != self._step:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._step = step
            self._task = self._progress.add_task(step, total=of, rows=0, rate=0.0)
        task = self._progress.tasks[0]
        rate = rows / task.elapsed if task.elapsed else 0.0
        self._progress.update(self._task, completed=done, total=of, rows=rows, rate=rate)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()
