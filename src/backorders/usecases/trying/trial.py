"""A store in which anything can be tried: it begins as a real one is, and forgets everything."""

from backorders.domain import values
from backorders.domain.difference import Difference
from backorders.domain.errors import StoreUnusable
from backorders.domain.values import SellerId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.trying.notices import NobodyIsTold
from backorders.usecases.trying.overlay import Overlay


class Trial:
    """A store for one seller, over a unit of work that sees one moment and is only read.

    Each call has a unit of work of its own, so that one that fails leaves no trace even here.
    """

    def __init__(self, base: UnitOfWork) -> None:
        self.overlay = Overlay(base)
        """All that has been tried so far; never committed."""
        self._over = False

    def begin(self, seller_id: str, *, read_only: bool = False) -> Overlay:
        """Return a unit of work whose commit lasts as long as the trial."""
        del read_only
        self._must_go_on()
        if values.seller_id(seller_id) != self.overlay.seller_id:
            raise StoreUnusable(
                f"this what-if is of seller {self.overlay.seller_id!r}: open another"
            )
        return Overlay(self.overlay)

    def sellers(self) -> tuple[SellerId, ...]:
        """Return the seller of the trial, if anything was stored for it."""
        self._must_go_on()
        return () if self.overlay.settings.get() is None else (self.overlay.seller_id,)

    @property
    def outboxes(self) -> NobodyIsTold:
        """What is tried is told to nobody."""
        return NobodyIsTold()

    def close(self) -> None:
        """End the trial; what was tried can be looked at no more."""
        self._over = True

    def difference(self) -> Difference:
        """Return what has been changed so far, compared with what is below."""
        self._must_go_on()
        return self.overlay.difference()

    def _must_go_on(self) -> None:
        if self._over:
            raise StoreUnusable("the what-if is over: open a new one")
