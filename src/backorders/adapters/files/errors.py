"""Why a file is not taken at all."""

from backorders.domain.errors import BackordersError


class FileRefused(BackordersError, ValueError):
    """A file that cannot be read, or not as what it is said to be; nothing was changed."""

    def __init__(self, name: str, problem: str, instead: str) -> None:
        super().__init__(name, problem, instead)
        self.name = name
        """The file."""
        self.problem = problem
        self.instead = instead
        """What can be done about it."""

    def __str__(self) -> str:
        return f"{self.name} {self.problem}: {self.instead}"
