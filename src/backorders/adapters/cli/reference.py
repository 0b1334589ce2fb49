"""The page about every command and every document, written from the code itself.

python -m backorders.adapters.cli.reference > docs/reference/cli.md
"""

import inspect
import re
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Union, get_args, get_origin, get_type_hints, is_typeddict

from backorders.adapters.cli.app import GROUPS, application
from backorders.adapters.cli.commands import DOCUMENTS
from backorders.ports.extras import needs

with needs("cli", "the command line"):
    from cyclopts import App
    from cyclopts.argument import Argument

_PLAIN: Final[Mapping[object, str]] = {
    str: "text",
    int: "number",
    float: "number",
    bool: "true or false",
    object: "anything",
    type(None): "null",
}

_OPENING: Final = """\
# The command line

This page is written by the program: `make reference` writes it anew.
[Run the desk from a terminal](../how-to/terminal.md) shows how the commands go together.

`backorders COMMAND --help` says the same as this page. The options in the first table may stand
anywhere behind `backorders`.
"""

_CONVENTIONS: Final = """\
**Exit codes.** 0: done. 1: refused, and the reason is on the error output. 2: the command is not
right as it stands. 3: the store cannot be reached, or is busy. 130: interrupted by Ctrl-C.

**The store.** `--store` is the path of a SQLite file, or the URL of a database, such as
`postgresql+psycopg://localhost/shop`. Without it and without BACKORDERS_STORE it is
`backorders.db` in your data folder: `~/.local/share/backorders` on Linux (or in XDG_DATA_HOME),
`~/Library/Application Support/backorders` on macOS, `%LOCALAPPDATA%\\backorders` on Windows.
A store is made by the first command that brings something into it; every other command says that
there is none. The tables of an earlier release are left alone until `backorders db migrate`.

**Time.** What you type without an offset is in the seller's time zone, and so is what tables show.
In documents, instants are UTC, in ISO 8601.

**Asking.** What cannot be taken back is asked about: `orders cancel`,
`orders resolve-cancellation --accepted`, `inbound cancel`, and the answers to many orders. `--yes`
answers for you. Where there is no terminal to ask on, and no `--yes`, nothing is done, with exit
code 2.

**Twice.** A receipt or an adjustment without `--id` gets one of its content and the local day: the
same one typed again on that day does nothing, and says so. A count without `--id` gets one of the
moment.

**Ctrl-C.** Each call of the library happens wholly or not at all. A command that makes several says
which of them were done.

**Programs.** With `--json` a command prints one [document](#documents), and nothing else, to the
output. Keys may be added; none is renamed, and none leaves.
"""


def page() -> str:
    """Return the page, in Markdown."""
    app = application([])
    parts = [_OPENING, "\n".join(_options(app.meta)), "", _CONVENTIONS]
    for name in GROUPS:
        parts += _command(app[name], ["backorders", name])
    parts += ["## Documents", "", *_documents()]
    return "\n".join(parts).rstrip() + "\n"


def _command(app: App, names: Sequence[str]) -> Iterator[str]:
    """Yield a command, or a group of them, in the order in which its module has them."""
    said = " ".join(names)
    command = app.default_command
    if command is None:
        yield from (f"## `{said}`", "", app.help, "")
        for name in app:
            if not name.startswith("-"):
                yield from _command(app[name], [*names, name])
        return
    yield from (f"{'#' * len(names)} `{said}`", "", *_docstring(inspect.getdoc(command) or ""), "")
    options = list(_options(app))
    if options:
        yield from (*options, "")
    document = DOCUMENTS.get(command)
    if document is not None:
        yield from (f"`--json` prints {_link(document)}.", "")


def _docstring(text: str) -> Iterator[str]:
    """Yield what a docstring says before its arguments, with its examples as a block of code."""
    told = re.split(r"^Args:$", text, flags=re.MULTILINE)[0].rstrip()
    told, _, examples = told.partition("For example:")
    yield told.rstrip()
    if examples:
        lines = [line.strip() for line in examples.strip().splitlines()]
        yield from ("", "```console", *(f"$ {line}" for line in lines), "```")


def _options(app: App) -> Iterator[str]:
    """Yield a table of what a command can be given."""
    shown = [
        argument
        for argument in app.assemble_argument_collection(parse_docstring=True)
        if argument.show
    ]
    if shown:
        yield from ("| given | means |", "|---|---|")
    for argument in shown:
        said = " ".join((argument.parameter.help or "").split())
        choices = argument.get_choices()
        if choices:
            said += f" One of {', '.join(f'`{choice}`' for choice in choices)}."
        yield f"| {_given(argument)} | {_cell(said + _default(argument))} |"


def _given(argument: Argument) -> str:
    name = argument.name
    if argument.index is not None:
        several = get_origin(_bare(argument.hint)) in {list, tuple, Sequence}
        several = several or argument.field_info.kind is inspect.Parameter.VAR_POSITIONAL
        name += "…" if several else ""
        return f"`{name}`" if argument.required else f"`[{name}]`"
    value = argument.parameter.metavar or name.strip("-").replace("-", "_").upper()
    return f"`{name}`" if argument.hint is bool else f"`{name} {value}`"


def _default(argument: Argument) -> str:
    default = argument.field_info.default
    if argument.required and argument.index is None:
        return " Must be given."
    if isinstance(default, bool) or default in (None, "", (), inspect.Parameter.empty):
        return ""
    plain = str(getattr(default, "value", default)).replace("_", "-")
    return f" Without it: {plain}." if isinstance(default, str | int) else ""


def _bare(hint: object) -> object:
    """Return a type without the `None` that it may be instead."""
    if get_origin(hint) in {Union, types.UnionType}:
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def _documents() -> Iterator[str]:
    """Yield every document, and those that stand in them, by name."""
    found: set[type] = set()
    unread = list(DOCUMENTS.values())
    while unread:
        document = unread.pop()
        if document not in found:
            found.add(document)
            unread += [each for hint in get_type_hints(document).values() for each in _within(hint)]
    for document in sorted(found, key=_name):
        told = " ".join((inspect.getdoc(document) or "").split())
        yield from (f"### {_name(document)}", "", told, "", "| key | value |", "|---|---|")
        for key, hint in get_type_hints(document).items():
            yield f"| `{key}` | {_type(hint)} |"
        yield ""


def _within(hint: object) -> list[type]:
    if isinstance(hint, type) and is_typeddict(hint):
        return [hint]
    return [each for part in get_args(hint) for each in _within(part)]


def _type(hint: object) -> str:
    """Return what a value is, in words."""
    if isinstance(hint, type) and is_typeddict(hint):
        return _link(hint)
    if get_origin(hint) is list:
        return f"list of {_type(get_args(hint)[0])}"
    if get_origin(hint) is dict:
        key, value = get_args(hint)
        return f"object: {_type(key)} → {_type(value)}"
    if get_origin(hint) in {Union, types.UnionType}:
        return " or ".join(_type(each) for each in get_args(hint))
    return _PLAIN[hint]


def _link(document: type) -> str:
    return f"[{_name(document)}](#{_name(document).lower().replace(' ', '-')})"


def _name(document: type) -> str:
    """Return what a document is called: that of `LineExplainedDocument` is Line explained."""
    name = document.__name__.removesuffix("Document")
    return re.sub(r"(?<!^)([A-Z])", lambda found: f" {found[1].lower()}", name)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
