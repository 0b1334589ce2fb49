"""Every planted bug."""

from typing import Final

from tests.mutants import embedding, notices, orders, planner, storage

PLANTED: Final = {
    bug.name: bug for part in (planner, orders, storage, notices, embedding) for bug in part.BUGS
}
"""Name → bug."""

assert len(PLANTED) == sum(
    len(part.BUGS) for part in (planner, orders, storage, notices, embedding)
)
