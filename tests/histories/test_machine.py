"""The library, over every store, does what the naive model of the rules says, step by step.

BACKORDERS_EXAMPLES and BACKORDERS_STEPS set how many histories are tried, and how long they are.
"""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from backorders.ports.storage import Store
from backorders.testing.machine import machine_for
from tests.support.stores import STORES

EXAMPLES = int(os.environ.get("BACKORDERS_EXAMPLES", "60"))
STEPS = int(os.environ.get("BACKORDERS_STEPS", "25"))
SLOWER = 6
"""How many times fewer examples a store that writes files gets."""


@pytest.mark.parametrize("name", STORES)
def test_face_does_what_the_model_says(name: str, tmp_path: Path) -> None:
    """The model and the library were written apart: where they agree, both have read the rules."""
    make: Callable[[Path], Store] = STORES[name]
    numbers = count()

    def make_store() -> Store:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return make(folder)

    run_state_machine_as_test(
        machine_for(make_store),
        settings=settings(
            max_examples=EXAMPLES if name == "memory" else max(1, EXAMPLES // SLOWER),
            stateful_step_count=STEPS,
            deadline=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
