"""How Sphinx makes a site of these documents: `make docs`."""

import re
from collections.abc import Iterator
from importlib.metadata import version as version_of
from pathlib import Path

import attrs
from sphinx.application import Sphinx

project = "backorders"
author = "backorders contributors"
version = release = version_of("backorders")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinxcontrib.mermaid"]
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence"]
myst_fence_as_directive = ["mermaid"]
myst_heading_anchors = 4

# In docstrings, what stands between single backticks is code.
default_role = "code"
add_module_names = False
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
maximum_signature_line_length = 80
# Names that no page here describes: Python's own, of which no inventory is fetched (the site is
# built without a network), and those that only the library's inner layers pass on.
nitpick_ignore_regex = [
    ("py:.*", r"(collections\.abc|datetime|types|typing)\..*"),
    ("py:.*", r".*backorders\.(domain|usecases)\..*"),
    # Type variables and aliases.
    ("py:class", r"(.*\._T|Plain)"),
]

html_theme = "furo"
html_title = "backorders"
html_copy_source = False

_SECTION = re.compile(r"^\*\*(.+)\*\*$")
_LINK = re.compile(r"^(?:-|\d+\.) \[.+?\]\((.+?)\.md\)")


def _trees(index: str) -> Iterator[str]:
    """Yield the menu's sections: those of the index, so that each page is listed in one place."""
    for line in index.splitlines():
        if section := _SECTION.match(line):
            yield f"```\n\n```{{toctree}}\n:hidden:\n:caption: {section[1]}\n"
        elif link := _LINK.match(line):
            yield link[1]
    yield "```"


def _add_menu(_app: Sphinx, name: str, source: list[str]) -> None:
    if name == "index":
        trees = "\n".join(_trees(source[0])).removeprefix("```\n")
        source[0] = f"{source[0]}\n{trees}\n"


def _from_here(_app: Sphinx, path: Path, _name: str, source: list[str]) -> None:
    """Let the links of a page that stands beside docs/, and is shown in it, lead the same way."""
    if path.parent.joinpath("docs") == Path(__file__).parent or not path.is_absolute():
        source[0] = re.sub(
            r"\]\((?![a-z]+:|#)(docs/)?",
            lambda link: "](" if link[1] else "](../",
            source[0],
        )


def _name_defaults(
    _app: Sphinx, _what: str, _name: str, described: object, _options: object, *signature: str
) -> tuple[str | None, str | None]:
    """Show the defaults of a value's fields, which attrs passes on by a way of its own."""
    arguments, returned = signature
    if arguments and isinstance(described, type) and attrs.has(described):
        fields = attrs.fields_dict(described)
        arguments = re.sub(
            r"attr_dict\['(\w+)'\]\.default", lambda m: repr(fields[m[1]].default), arguments
        )
    return arguments, returned


def setup(app: Sphinx) -> None:
    """Put in what is not written twice."""
    app.connect("source-read", _add_menu)
    app.connect("include-read", _from_here)
    app.connect("autodoc-process-signature", _name_defaults)
