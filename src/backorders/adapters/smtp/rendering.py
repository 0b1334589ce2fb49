"""The words of a mail, plain and as HTML, from templates that a host can replace one by one."""

from datetime import datetime
from os import PathLike
from typing import Final, TypeAlias

import attrs
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)

from backorders.domain import days
from backorders.domain.notices import Notice, NotificationKind

TemplateSource: TypeAlias = str | PathLike[str] | BaseLoader
"""A folder with templates, or a Jinja loader."""

_EVERY_KIND: Final = "notice"
"""The template of a kind that has none of its own."""


@attrs.frozen
class Body:
    """What a mail says, twice."""

    text: str
    html: str


class Templates:
    """The library's templates, behind those of the host.

    A template is found by its name: first the host's, then the library's. The library's is also
    there as `backorders/<name>`, so that a host's can extend the one that it replaces.
    """

    def __init__(self, source: TemplateSource | None) -> None:
        """Take the host's templates, and compile all there are: a mistake shows here."""
        shipped = PackageLoader("backorders.adapters.smtp")
        loaders: list[BaseLoader] = [shipped, PrefixLoader({"backorders": shipped})]
        if isinstance(source, BaseLoader):
            loaders.insert(0, source)
        elif source is not None:
            loaders.insert(0, FileSystemLoader(source))
        loader = ChoiceLoader(loaders)
        # Two, so that what is imported into an HTML template is escaped too, whatever its name.
        self._text = _environment(loader, html=False)
        self._html = _environment(loader, html=True)
        for name in shipped.list_templates():
            (self._html if name.endswith(".html") else self._text).get_template(name)
        for kind in NotificationKind:
            self._text.select_template(_names(kind, "txt"))
            self._html.select_template(_names(kind, "html"))

    def body(self, notice: Notice, unsubscribe_url: str | None) -> Body:
        """Return what the mail of a notice says."""
        text = self._text.select_template(_names(notice.kind, "txt"))
        html = self._html.select_template(_names(notice.kind, "html"))
        values = {
            "notice": notice,
            "content": notice.content,
            "unsubscribe_url": unsubscribe_url,
        }
        return Body(text.render(values), html.render(values))


def _names(kind: NotificationKind, ending: str) -> list[str]:
    return [f"{kind.value}.{ending}", f"{_EVERY_KIND}.{ending}"]


def _environment(loader: BaseLoader, *, html: bool) -> Environment:
    made = Environment(
        loader=loader,
        autoescape=html,  # noqa: S701 - off for plain text alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["local"] = _local
    return made


def _local(at: datetime, time_zone: str) -> str:
    """Return an instant to the minute, as the clocks of a time zone show it."""
    return days.local(at, time_zone).replace(tzinfo=None).isoformat(" ", "minutes")
