"""The commands: a module for each group, imported when one of its commands is asked for.

Whatever a command needs beyond the library itself it imports when it is called.
"""

from typing import Annotated, TypeAlias

from cyclopts import Parameter

from backorders.adapters.cli import desk

Desk: TypeAlias = Annotated[desk.Desk, Parameter(parse=False)]
"""The parameter by which a command is given its desk."""
