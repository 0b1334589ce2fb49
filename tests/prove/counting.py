"""What the commands say to have done, read from what they have printed."""

import re
from collections import Counter
from typing import Final

_NUMBER: Final = r"([\d,]+)"
_SIMULATED: Final = {
    "steps": rf"^{_NUMBER} steps in",
    "cases": rf" steps in {_NUMBER} cases",
    "sellers": rf" cases, {_NUMBER} sellers",
    "days of virtual time": rf" sellers, {_NUMBER} days",
    "calls on the face": rf"^{_NUMBER} calls on the face",
    "of them refused or failed": rf"{_NUMBER} of them to an error",
    "calls on ports": rf"^{_NUMBER} calls on ports",
    "commits": rf"; {_NUMBER} commits",
    "commits amid another's call": rf"commits, {_NUMBER} of them while",
    "faults": rf"^{_NUMBER} faults at",
    "restarts after a crash": rf"^{_NUMBER} restarts",
    "calls repeated": rf"restarts, {_NUMBER} calls repeated",
    "outcomes judged": rf"^{_NUMBER} outcomes judged",
    "stores compared": rf"model, {_NUMBER} times all that",
    "orders released at the end": rf"^{_NUMBER} orders still waiting",
}
_FAULTS: Final = ("error before", "error after", "lost race", "lost answer", "slow", "crash before")


def simulated(said: str) -> Counter[str]:
    """Return the counts of a simulation.

    >>> simulated("9 steps in 2 cases, 3 sellers, 1 days of virtual time")["cases"]
    2
    """
    counts = Counter[str]()
    for what, pattern in _SIMULATED.items():
        counts[what] = _first(pattern, said)
    (faults,) = re.findall(r"^[\d,]+ faults at .*: (.*)$", said, re.MULTILINE) or [""]
    for fault in (*_FAULTS, "crash after"):
        counts[f"faults: {fault}"] = _first(rf"{_NUMBER} {fault}(?:,|$)", faults)
    return counts


def listed(said: str) -> Counter[str]:
    r"""Return the counts that a program lists, apart by commas, on lines of their own.

    >>> dict(listed("== a title, seed 7\ncalls 1,234, crashes of the server 5\n0 violations"))
    {'calls': 1234, 'crashes of the server': 5}
    """
    counts = Counter[str]()
    for line in said.splitlines():
        listing = [re.fullmatch(rf"([a-z].*) {_NUMBER}", each) for each in line.split(", ")]
        found = [each for each in listing if each is not None]
        if len(found) == len(listing):
            counts.update({each[1]: _number(each[2]) for each in found})
    return counts


def tested(said: str) -> Counter[str]:
    r"""Return how many tests passed.

    >>> tested("....\n12 passed in 3.45s")
    Counter({'calls broken off at every place': 12})
    """
    return Counter({"calls broken off at every place": _first(rf"{_NUMBER} passed", said)})


def replayed(said: str) -> Counter[str]:
    """Return what a replay has compared.

    >>> replayed("adventureworks on memory: 31,455 orders, 121,253 lines; 613 orders were cut")
    Counter({'lines': 121253, 'orders': 31455})
    """
    found = re.findall(rf"{_NUMBER} (orders|lines|back orders|daily balances|totals)\b", said)
    # What is named twice is a part of the whole at the second time.
    return Counter({what: _number(number) for number, what in reversed(found)})


def _first(pattern: str, said: str) -> int:
    found = re.search(pattern, said, re.MULTILINE)
    return 0 if found is None else _number(found[1])


def _number(text: str) -> int:
    return int(text.replace(",", "").rstrip(",") or 0)
