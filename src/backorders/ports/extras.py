"""What only some installations have: the packages that an extra brings."""

from collections.abc import Iterator
from contextlib import contextmanager


class MissingExtra(ModuleNotFoundError):
    """A package that comes with an extra of this library, which is not installed."""

    def __init__(self, extra: str, what: str, missing: ModuleNotFoundError) -> None:
        package = (missing.name or "").partition(".")[0]
        cure = f"pip install 'backorders[{extra}]'"
        super().__init__(f"{what} needs the package {package}: {cure}", name=missing.name)
        self.extra = extra


@contextmanager
def needs(extra: str, what: str) -> Iterator[None]:
    """Import in this block what `what` needs: if it is missing, say which extra brings it.

    >>> with needs("sql", "a SQL store"):
    ...     import a_package_that_is_missing
    Traceback (most recent call last):
    ...
    backorders.ports.extras.MissingExtra: a SQL store needs the package a_package_that_is_missing: \
pip install 'backorders[sql]'
    """
    try:
        yield
    except MissingExtra:
        raise
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] in {"", "backorders"}:
            raise
        raise MissingExtra(extra, what, missing) from missing
