"""The commands: a module for each group, imported when one of its commands is asked for.

Whatever a command needs beyond the library itself it imports when it is called.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeAlias, TypeVar

from backorders.adapters.cli import desk
from backorders.ports.extras import needs

with needs("cli", "the command line"):
    from cyclopts import App, Parameter

Desk: TypeAlias = Annotated[desk.Desk, Parameter(parse=False)]
"""The parameter by which a command is given its desk."""
Flag: TypeAlias = Annotated[bool, Parameter(show_default=False)]
"""An option that is given or not."""
Many: TypeAlias = Annotated[Sequence[str], Parameter(show_default=False, negative=())]
"""An option that may be given several times."""
Units: TypeAlias = Annotated[
    Sequence[str], Parameter(show_default=False, negative=(), metavar="SKU=NUMBER")
]
"""An option for units of a SKU that may be given several times."""

_Command = TypeVar("_Command", bound=Callable[..., None])

DOCUMENTS: Final[dict[Callable[..., None], type]] = {}
"""Command → the `TypedDict` of what it prints with `--json`."""


def prints(document: type) -> Callable[[_Command], _Command]:
    """Note what a command prints with `--json`: from this it is documented, and tested."""

    def note(command: _Command) -> _Command:
        DOCUMENTS[command] = document
        return command

    return note


def group(name: str, about: str, commands: Sequence[Callable[..., None]]) -> App:
    """Return a group of commands, each called what its function is called."""
    app = App(name=name, help=about, help_format="markdown")
    for command in commands:
        app.command(command, name=command.__name__.strip("_").replace("_", "-"))
    return app
