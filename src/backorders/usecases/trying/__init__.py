"""Trying use cases out: over a unit of work that is only read, with all writes kept in memory.

What is tried is the use case itself: there is no second set of rules that could disagree with it.
"""

from backorders.usecases.trying.overlay import Overlay
from backorders.usecases.trying.trial import Trial

__all__ = ["Overlay", "Trial"]
