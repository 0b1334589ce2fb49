"""All commands by name, and the options that every command has."""

from collections.abc import Collection, Sequence
from functools import partial
from importlib import import_module
from typing import Annotated, Final

from backorders.adapters.cli.commands import Flag
from backorders.adapters.cli.desk import Desk
from backorders.adapters.cli.errors import WrongUsage
from backorders.ports.extras import needs

with needs("cli", "the command line"):
    from cyclopts import App, CycloptsError, Group, Parameter

_COMMANDS: Final = "backorders.adapters.cli.commands"

GROUPS: Final = {
    "orders": ("orders:app", "Orders, from being placed to being despatched."),
    "back-orders": ("back_orders:app", "Who waits, for what, and since when."),
    "stock": ("stock:app", "What is on the shelves, and what changes it."),
    "inbound": ("inbound:app", "Announced deliveries, from being announced to being closed."),
    "users": ("users:app", "Who can be told things by mail."),
    "notifications": ("notifications:app", "What users are told, and the mail that tells it."),
    "reprocess": ("desk:reprocess", "Serve the queue."),
    "verify": ("desk:verify", "Recompute every sum from the stored rows."),
    "settings": ("desk:settings", "Show or change what holds for all your orders."),
    "db": ("db:app", "The store itself: where it is, and how far its tables are."),
    "replay": ("shows:replay", "Run real orders through the library, and compare."),
    "import": ("files.taking:app", "Take CSV files: orders, receipts, counts, deliveries."),
    "export": ("files.giving:app", "Write orders, stock or deliveries as CSV."),
    "demo": ("shows:demo", "Show what happens when stock is not enough, on real orders."),
    "completion": ("completion:completion", "Print what makes your shell complete commands."),
}
"""Command → where it is, which is imported when it is asked for; and what it is about."""

_EPILOGUE: Final = (
    "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the store cannot be reached.\n\n"
    "With --debug, an error shows where in the code it arose."
)


_STORE: Final = (
    "The SQLite file, or the URL of the database. Without it: what BACKORDERS_STORE says, or "
    'backorders.db in your data folder ("backorders db status" says where).'
)
_SELLER: Final = (
    "Whose desk it is. Without it: what BACKORDERS_SELLER says, or the only seller that the store "
    "has."
)


def run(arguments: Sequence[str], done: list[str]) -> None:
    """Run a command; what it has done for good is noted in `done`."""
    app = application(done, arguments)
    try:
        app.meta(
            arguments or ["--help"],
            exit_on_error=False,
            print_error=False,
            result_action="return_none",
        )
    except CycloptsError as error:
        text = str(error).strip()
        # Three dots say that there are more commands than are listed.
        problem = text if text.endswith("...") else text.rstrip(".")
        command = " ".join(["backorders", *(error.command_chain or ())])
        raise WrongUsage(problem, f"{command} --help says what there is") from error


def application(done: list[str], asked: Collection[str] = ()) -> App:
    """Return the application, of which nothing is imported before it is asked for."""
    app = App(
        name="backorders",
        help="Back orders for warehouses that many sellers share: who gets which unit, and why.",
        help_epilogue=_EPILOGUE,
        # Markdown would take a third of the time of this first page: commands alone have it.
        help_format="plaintext",
        version=_version,
        default_parameter=Parameter(negative=()),
        suppress_keyboard_interrupt=False,
    )
    for name, (where, what) in GROUPS.items():
        module, _, found = where.partition(":")
        if name in asked and found != "app":
            # What stands by itself says more of itself than the sentence by which it is listed.
            command = getattr(import_module(f"{_COMMANDS}.{module}"), found)
            app.command(command, name=name, help_format="markdown")
        else:
            app.command(f"{_COMMANDS}.{where}", name=name, help=what)
    app.meta.default_parameter = Parameter(negative=())
    app.meta.suppress_keyboard_interrupt = False
    app.meta.group_parameters = Group("Options of every command", sort_key=0)
    app.meta.default(partial(_launch, app, done))
    return app


def _launch(
    app: App,
    done: list[str],
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    store: Annotated[str | None, Parameter(help=_STORE)] = None,
    seller: Annotated[str | None, Parameter(help=_SELLER)] = None,
    json: Flag = False,
    yes: Flag = False,
    debug: Flag = False,
) -> None:
    """Run what is named by the tokens.

    Args:
        json: Print one JSON document instead of tables.
        yes: Do not ask before what cannot be taken back.
        debug: Show where in the code an error arose.
    """
    del debug  # It is looked for before anything is parsed.
    command, bound, injected = app.parse_args(tokens, exit_on_error=False, print_error=False)
    desk = Desk(named_store=store, named_seller=seller, json=json, yes=yes, done=done)
    command(*bound.args, **bound.kwargs, **dict.fromkeys(injected, desk))


def _version() -> str:
    from importlib.metadata import version

    return version("backorders")
