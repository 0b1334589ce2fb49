"""A bug that is planted to see whether the tests notice it."""

import attrs


@attrs.frozen
class Bug:
    """One piece of the source replaced by another, and the test that must fail then."""

    name: str
    what: str
    """What becomes of it, in a line; in brackets whose code or tracker it was found in."""
    file: str
    """The module, below `src/backorders`."""
    old: str
    """What is replaced: it stands there exactly once."""
    new: str
    caught_by: str
    """The test, as pytest names it."""
    store: str | None = "memory"
    """The store on which the simulation looks for it; `None`: it is out of its sight."""

    def planted_in(self, text: str) -> str:
        """Return the text of the module with the bug. Raises `ValueError` if it does not fit."""
        found = text.count(self.old)
        if found != 1:
            raise ValueError(
                f"the planted bug {self.name!r} (tests/mutants) does not fit {self.file} any more:"
                f" what it replaces stands there {found} times. Write it anew for the code as it"
                f" is now, and run: make mutants ARGS={self.name}"
            )
        return text.replace(self.old, self.new)
