"""The notifiers that need nothing: log, list, and several at once."""

import logging
from typing import Self

import attrs
import pytest

from backorders import Notice, RecipientRefused
from backorders.adapters.notifiers import FanOutNotifier, LoggingNotifier, MemoryNotifier
from tests.support.notices import RELEASED, Failing, new_shop


@pytest.fixture
def notice() -> Notice:
    """A notice, as one is delivered."""
    shop = new_shop(RELEASED)
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.book_in("R1", {"A": 1})
    return shop.delivered()[0]


def test_a_log_says_who_was_told_what(notice: Notice, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever has no mail server yet reads the log."""
    with caplog.at_level(logging.DEBUG):
        LoggingNotifier().send(notice)
        LoggingNotifier(logging.getLogger("shop"), level=logging.DEBUG).send(notice)
    first, second = caplog.records
    assert (first.name, first.levelname) == ("backorders.notices", "INFO")
    assert (second.name, second.levelname) == ("shop", "DEBUG")
    for part in (notice.message_id, notice.recipient, notice.subject, notice.text):
        assert part in first.getMessage()


def test_a_list_keeps_what_came(notice: Notice) -> None:
    """Also what came twice."""
    notifier = MemoryNotifier()
    notifier.send(notice)
    notifier.send(notice)
    assert notifier.notices == [notice, notice]


def test_several_are_all_told_although_one_fails(notice: Notice) -> None:
    """A mail server that is down must not keep the chat from hearing."""
    first, last = MemoryNotifier(), MemoryNotifier()
    broken = Failing(lambda _: OSError("down"))
    with pytest.raises(OSError, match="down"):
        FanOutNotifier(first, broken, last).send(notice)
    assert first.notices == last.notices == [notice]
    FanOutNotifier(first, last).send(notice)
    assert first.notices == last.notices == [notice, notice]


def test_what_is_worth_trying_again_goes_before_what_is_not(notice: Notice) -> None:
    """Set aside at once, the notice would never come to the one who was only busy."""
    refusing = Failing(lambda notice: RecipientRefused(notice.recipient, "no"))
    busy = Failing(lambda _: OSError("busy"))
    with pytest.raises(OSError, match="busy"):
        FanOutNotifier(refusing, busy).send(notice)
    with pytest.raises(RecipientRefused):
        FanOutNotifier(MemoryNotifier(), refusing).send(notice)


@attrs.define
class Connecting:
    """A notifier with a connection, which may not come about."""

    name: str
    told: list[str]
    is_down: bool = False

    def __enter__(self) -> Self:
        """Open it."""
        self.told.append(f"open {self.name}")
        if self.is_down:
            raise ConnectionRefusedError(self.name)
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.told.append(f"close {self.name}")

    def send(self, _notice: Notice) -> None:
        """Take the notice."""
        self.told.append(f"send {self.name}")


def test_connections_are_opened_and_closed_together(notice: Notice) -> None:
    """Those of them that have one, and none stays open."""
    told: list[str] = []
    notifiers = (Connecting("one", told), MemoryNotifier(), Connecting("two", told))
    with FanOutNotifier(*notifiers) as fan_out:
        fan_out.send(notice)
    assert told == ["open one", "open two", "send one", "send two", "close two", "close one"]


def test_a_connection_that_does_not_come_about_closes_the_others() -> None:
    """Else each attempt would leave one behind."""
    told: list[str] = []
    fan_out = FanOutNotifier(Connecting("one", told), Connecting("two", told, is_down=True))
    with pytest.raises(ConnectionRefusedError), fan_out:
        raise AssertionError("entered")
    assert told == ["open one", "open two", "close one"]
