"""The command line: `backorders COMMAND`.

Each command is a function in a module of its own, named in `_COMMANDS`, that imports what it alone
needs when it is called. It returns nothing when it is done, or raises what `exit_code` understands.
"""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING

from backorders.adapters.cli.errors import CommandRefused, WrongUsage
from backorders.domain.errors import BackordersError, StoreUnusable

if TYPE_CHECKING:
    from cyclopts import App

DONE, REFUSED, WRONG_USAGE, NO_STORE, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit codes; 130 is what shells give for Ctrl-C."""

_COMMANDS = {
    "demo": (
        "backorders.adapters.cli.demo:demo",
        "Show what happens when stock is not enough, on real orders.",
    ),
}
"""Command → where its function is, which is imported when it is asked for; and what it does."""

_EPILOGUE = (
    "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the store cannot be reached.\n\n"
    "With --debug, an error shows where in the code it arose."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code; an error is one line, unless `--debug` is given."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    for stream in (sys.stdout, sys.stderr):
        # A product name must not be able to stop a command on a terminal that lacks its letters.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        _run([argument for argument in given if argument != "--debug"])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough: `backorders demo | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except Exception as error:
        if debug:
            raise
        _say(_in_words(error))
        return exit_code(error)
    return DONE


def exit_code(error: Exception) -> int:
    """Return the exit code that tells of an error."""
    if isinstance(error, WrongUsage):
        return WRONG_USAGE
    return NO_STORE if isinstance(error, StoreUnusable) else REFUSED


def _run(arguments: list[str]) -> None:
    try:
        from cyclopts import CycloptsError
    except ModuleNotFoundError as missing:
        problem = f"the command line needs the package {missing.name}"
        raise CommandRefused(problem, "pip install 'backorders[cli]'") from missing
    try:
        _app()(
            arguments or ["--help"],
            exit_on_error=False,
            print_error=False,
            result_action="return_none",
        )
    except CycloptsError as error:
        problem = str(error).strip().rstrip(".")
        raise WrongUsage(problem, "backorders --help says what there is") from error


def _in_words(error: Exception) -> str:
    if isinstance(error, BackordersError | OSError):
        return str(error)
    kind = type(error).__name__
    return f"{kind}: {error}\nThat is a fault of backorders: please report what --debug shows."


def _app() -> "App":
    from cyclopts import App

    app = App(
        name="backorders",
        help="Back orders for warehouses that many sellers share: who gets which unit, and why.",
        help_epilogue=_EPILOGUE,
        version=_version,
    )
    for name, (where, what) in _COMMANDS.items():
        app.command(where, name=name, help=what)
    return app


def _version() -> str:
    from importlib.metadata import version

    return version("backorders")


def _say(text: str) -> None:
    """Write to where errors go."""
    sys.stderr.write(f"{text}\n")
