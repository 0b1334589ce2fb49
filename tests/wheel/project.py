"""A project of somebody who uses the testing kit, and neither pytest nor a database."""

from typing import Final

PROJECT: Final = """\
import importlib.util
import unittest

from hypothesis import settings

from backorders.adapters.memory import MemoryStore
from backorders.testing.contracts import check_store
from backorders.testing.machine import machine_for
from backorders.testing.simulation import simulate


class Lasting(MemoryStore):
    def close(self):
        pass


def place():
    store = Lasting(patience=0)
    return lambda: store


class KitTest(unittest.TestCase):
    def test_nothing_but_the_kit_is_here(self):
        self.assertIsNone(importlib.util.find_spec("pytest"))
        self.assertIsNone(importlib.util.find_spec("sqlalchemy"))

    def test_contract(self):
        self.assertGreater(len(check_store(MemoryStore).kept), 50)

    def test_simulation(self):
        self.assertIsNone(simulate(place, seed=1, steps=200).failure)


MachineTest = machine_for(MemoryStore).TestCase
MachineTest.settings = settings(max_examples=5, stateful_step_count=10, deadline=None)
"""
