"""Every planted bug."""

from typing import Final

from tests.mutants import embedding, notices, orders, planner, storage

_PARTS: Final = (planner, orders, storage, notices, embedding)
PLANTED: Final = {bug.name: bug for part in _PARTS for bug in part.BUGS}
"""Name → bug."""

assert len(PLANTED) == sum(len(part.BUGS) for part in _PARTS)
