"""The command line: `backorders COMMAND`.

`app` has the commands, each group of them in a module of its own that is imported when one of them
is asked for. A command is given a `Desk`: what was asked of all commands, and the way to the store
and to the screen. It returns nothing when it is done, or raises what `exit_code` understands.
"""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from backorders.adapters.cli.errors import WrongUsage
from backorders.domain.errors import (
    BackordersError,
    InvalidValue,
    RetriesExhausted,
    StoreUnusable,
)
from backorders.ports.extras import MissingExtra

DONE, REFUSED, WRONG_USAGE, NO_STORE, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit codes; 130 is what shells give for Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code; an error is one line, unless `--debug` is given."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # A product name must not be able to stop a command on a terminal that lacks its letters.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    done: list[str] = []
    try:
        _run(given, done)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough: `backorders orders list | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        _say(_interrupted(done))
        return INTERRUPTED
    except Exception as error:
        if "--debug" in given:
            raise
        _say("\n".join([_in_words(error), *_told(done)]))
        return exit_code(error)
    return DONE


def exit_code(error: Exception) -> int:
    """Return the exit code that tells of an error."""
    if isinstance(error, WrongUsage | InvalidValue):
        return WRONG_USAGE
    return NO_STORE if isinstance(error, StoreUnusable | RetriesExhausted) else REFUSED


def _run(arguments: list[str], done: list[str]) -> None:
    from backorders.adapters.cli.app import run

    run(arguments, done)


def _interrupted(done: Sequence[str]) -> str:
    """Return what to say after Ctrl-C: each call is done wholly or not at all."""
    if done:
        return "\n".join(["interrupted", *_told(done)])
    return "interrupted: what was under way was done wholly or not at all"


def _told(done: Sequence[str]) -> list[str]:
    return [f"done before that: {'; '.join(done)}"] if done else []


def _in_words(error: Exception) -> str:
    if isinstance(error, BackordersError | MissingExtra | OSError):
        return str(error)
    kind = type(error).__name__
    return f"{kind}: {error}\nThat is a fault of backorders: please report what --debug shows."


def _say(text: str) -> None:
    """Write to where errors go."""
    sys.stderr.write(f"{text}\n")
