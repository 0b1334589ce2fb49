"""What every command is given: what was asked of it, the way to the store, and to the screen."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backorders.adapters.cli.errors import CommandRefused, WrongUsage
from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.stores import opened
from backorders.application import Backorders, Seller

if TYPE_CHECKING:
    from backorders.adapters.cli.documents import Document


class Desk:
    """Where a command works, and what it says there.

    A command prints one thing: a document for programs, or the same laid out for people.
    """

    def __init__(
        self,
        *,
        named_store: str | None,
        named_seller: str | None,
        json: bool,
        yes: bool,
        done: list[str],
    ) -> None:
        self.named_store = named_store
        """The store that was named on the command line, if one was."""
        self.store = named_store or os.environ.get("BACKORDERS_STORE") or None
        """The store that is meant; `None`: the default."""
        self.json = json
        """Whether programs read what is printed."""
        self._seller_id = named_seller or os.environ.get("BACKORDERS_SELLER") or None
        self._yes = yes
        self._done = done

    @cached_property
    def screen(self) -> Screen:
        """Where people look."""
        return Screen(wide=True)

    @contextmanager
    def app(self, *, creates: bool = False) -> Iterator[Backorders]:
        """Give the library over the store, which is closed afterwards.

        With `creates`, a store that is not there yet is made.
        """
        store = opened(self.store, creates=creates, note=self.note)
        try:
            yield Backorders(store)
        finally:
            store.close()

    @contextmanager
    def seller(self, *, creates: bool = False) -> Iterator[Seller]:
        """Give the face of the seller whose desk it is."""
        with self.app(creates=creates) as app:
            yield app.seller(self._seller_id or self._only_seller(app))

    def zone(self, seller: Seller) -> ZoneInfo:
        """Return the seller's time zone: in it instants are typed and shown."""
        return ZoneInfo(seller.settings().time_zone)

    def show(self, document: "Document", people: Callable[[Screen], None]) -> None:
        """Print what the command has found: the document, or what it says to people."""
        if not self.json:
            people(self.screen)
            return
        letters = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        indent = 2 if sys.stdout.isatty() else None
        sys.stdout.write(json.dumps(document, ensure_ascii=not letters, indent=indent) + "\n")

    def did(self, what: str) -> None:
        """Note what has been done for good: it is told if the command does not come to its end."""
        self._done.append(what)

    def note(self, text: str) -> None:
        """Remark on something, beside what is printed."""
        sys.stderr.write(f"{text}\n")

    @property
    def is_sure(self) -> bool:
        """Whether `--yes` was given: nothing is asked."""
        return self._yes

    def confirm(self, question: str) -> None:
        """Ask before what cannot be taken back, unless `--yes` was given; raises when it is not.

        Where nobody can be asked, nothing is done.
        """
        if self._yes:
            return
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise WrongUsage("there is no terminal to ask on", "say --yes if it is to be done")
        sys.stderr.write(f"{question} [y/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
            raise CommandRefused("nothing was changed", "answer y, or say --yes")

    def _only_seller(self, app: Backorders) -> str:
        sellers = app.sellers()
        if len(sellers) == 1:
            return sellers[0]
        several = f"which of {len(sellers)} sellers is meant is not said"
        problem = several if sellers else "whose desk it is, is not said"
        raise WrongUsage(problem, "name one with --seller or BACKORDERS_SELLER")
