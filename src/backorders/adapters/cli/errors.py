"""What a command refuses by itself, before it asks the library."""

from backorders.domain.errors import BackordersError


class CommandRefused(BackordersError, ValueError):
    """A command that cannot be done as it was asked for; nothing was changed."""

    def __init__(self, problem: str, instead: str) -> None:
        super().__init__(problem, instead)
        self.problem = problem
        self.instead = instead
        """What the user can do."""

    def __str__(self) -> str:
        return f"{self.problem}: {self.instead}"


class WrongUsage(CommandRefused):
    """A command that does not exist, or not like that."""
