"""Many examples of the state machine: `python -m tests.prove.machines --help`."""

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from backorders.testing.commands import Command
from backorders.testing.machine import FaceMachine, machine_for
from tests.support import lasting
from tests.support.stores import STORES

app = App(name="machines", help_format="plaintext")

_STEPS = 40


@app.default
def machines(
    *,
    store: str = "memory",
    seed_of_chance: Annotated[int, Parameter(name="--seed")] = 1,
    examples: Annotated[int, Parameter(validator=Number(gt=0))] = 100,
) -> None:
    """Run the state machine over a store; a failure is told as Hypothesis tells it.

    Args:
        store: The name of the store.
        seed_of_chance: What chance starts from.
        examples: How many histories, of up to 40 steps each.
    """
    counts = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        made = machine_for(lambda: STORES[store](Path(tempfile.mkdtemp(dir=folder))))

        class Counting(made):  # type: ignore[valid-type, misc] # a base that is made at run time
            def __init__(self) -> None:
                super().__init__()
                counts["examples"] += 1

            def do(self: FaceMachine, name: str, asked: Command) -> None:
                counts["calls judged by the model"] += 1
                FaceMachine.do(self, name, asked)

        chosen = settings(
            max_examples=examples,
            stateful_step_count=_STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(seed(seed_of_chance)(Counting), settings=chosen)
        finally:
            lasting.end()
    print(", ".join(f"{what} {number:,}" for what, number in counts.items()))


if __name__ == "__main__":
    sys.exit(app())
