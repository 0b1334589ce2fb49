"""Ids, quantities and instants, checked where they enter: after that, the types vouch for them."""

import enum
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NewType, TypeVar

from backorders.domain import limits
from backorders.domain.errors import InvalidType, InvalidValue

SellerId = NewType("SellerId", str)
"""The tenant. Every key starts with it."""
OrderId = NewType("OrderId", str)
"""An order, within its seller."""
Sku = NewType("Sku", str)
"""A stock keeping unit, within its seller."""
WarehouseId = NewType("WarehouseId", str)
"""A place with shelves, within the seller."""
ReferenceId = NewType("ReferenceId", str)
"""The id of a receipt, count or adjustment: three separate kinds of id."""
UserId = NewType("UserId", str)
"""Somebody whom the seller wants to be told things, within the seller."""
MessageId = NewType("MessageId", str)
"""A notice, over all sellers: 32 hexadecimal digits, the same however often it is delivered."""
InboundId = NewType("InboundId", str)
"""An announced delivery, within its seller."""

MAIN = WarehouseId("MAIN")
"""The warehouse of a call that names none."""

_E = TypeVar("_E", bound=enum.Enum)

_NOT_IN_ADDRESSES = frozenset(',;:<>()[]"\\')
"""In a header they end an address, or make something else of it."""


def text(field: str, value: object, *, longest: int) -> str:
    """Return `value` as a plain string of at most `longest` characters that any store can hold.

    >>> text("reason", "customer rang", longest=1000)
    'customer rang'
    """
    if not isinstance(value, str):
        raise InvalidType(field, "a str", type(value).__name__)
    # A subclass (an enum member, a markup string) would not come back from a store as it went in.
    plain = str.__str__(value)
    if len(plain) > longest:
        raise InvalidValue(field, f"must have at most {longest} characters, not {len(plain)}")
    if not plain.isprintable():
        for char in plain:
            category = unicodedata.category(char)
            if category == "Cc":
                raise InvalidValue(field, f"must not have control characters, found {char!r}")
            if category == "Cs":
                raise InvalidValue(field, f"must not have lone surrogates, found {char!r}")
    return plain


def identifier(field: str, value: object) -> str:
    """Return `value` as an id: 1 to 255 characters, no control character, no blank at either end.

    >>> identifier("order_id", " O1")
    Traceback (most recent call last):
    backorders.domain.errors.InvalidValue: order_id must not begin or end with a blank
    """
    plain = text(field, value, longest=limits.ID_LENGTH)
    if not plain:
        raise InvalidValue(field, "must not be empty")
    if plain[0].isspace() or plain[-1].isspace():
        raise InvalidValue(field, "must not begin or end with a blank")
    return plain


def seller_id(value: object) -> SellerId:
    """Return `value` as a seller's id."""
    return SellerId(identifier("seller_id", value))


def order_id(value: object, field: str = "order_id") -> OrderId:
    """Return `value` as an order's id."""
    return OrderId(identifier(field, value))


def sku(value: object, field: str = "sku") -> Sku:
    """Return `value` as a SKU."""
    return Sku(identifier(field, value))


def warehouse(value: object, field: str = "warehouse") -> WarehouseId:
    """Return `value` as a warehouse's id."""
    return WarehouseId(identifier(field, value))


def reference(field: str, value: object) -> ReferenceId:
    """Return `value` as the id of a receipt, count or adjustment."""
    return ReferenceId(identifier(field, value))


def inbound_id(value: object, field: str = "inbound_id") -> InboundId:
    """Return `value` as the id of an announced delivery."""
    return InboundId(identifier(field, value))


def user_id(value: object) -> UserId:
    """Return `value` as a user's id."""
    return UserId(identifier("user_id", value))


def email(value: object) -> str:
    """Return `value` as an e-mail address that can stand in a header and name one person there.

    >>> email("bob@example.com,eve@example.com")
    Traceback (most recent call last):
    backorders.domain.errors.InvalidValue: email must not have blanks, brackets, quotes or ',' ...
    """
    plain = text("email", value, longest=limits.EMAIL_LENGTH)
    if any(char.isspace() or char in _NOT_IN_ADDRESSES for char in plain):
        raise InvalidValue("email", "must not have blanks, brackets, quotes or ',' ';' ':' '\\'")
    if "=?" in plain:
        # Mail programs would decode what follows, and find whatever it hides.
        raise InvalidValue("email", "must not have an encoded word ('=?')")
    name, at, host = plain.partition("@")
    if not (name and at and host) or "@" in host:
        raise InvalidValue("email", "must be a name and a host with one @ between them")
    return plain


def message_id(value: object) -> MessageId:
    """Return `value` as the id of a notice."""
    return MessageId(identifier("message_id", value))


def reason(value: object) -> str:
    """Return `value` as a free-text reason, which may be empty."""
    return text("reason", value, longest=limits.REASON_LENGTH)


def whole_number(field: str, value: object, *, least: int, most: int) -> int:
    """Return `value` as a plain int within bounds; a bool is not a number here."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidType(field, "an int", type(value).__name__)
    if not least <= value <= most:
        raise InvalidValue(field, f"must be from {least} to {most}, not {shown(value)}")
    return int(value)


def quantity(value: object, field: str = "quantity", *, least: int = 1) -> int:
    """Return `value` as a number of whole units, 1 to 2**31 - 1 unless `least` says otherwise.

    >>> quantity(True)
    Traceback (most recent call last):
    backorders.domain.errors.InvalidType: quantity must be an int, not bool
    """
    return whole_number(field, value, least=least, most=limits.QUANTITY)


def counted(value: object, field: str) -> int:
    """Return `value` as a number of units found on a shelf, which may be 0."""
    return quantity(value, field, least=0)


def adjustment(value: object, field: str) -> int:
    """Return `value` as a change of stock: up or down, never nothing."""
    change = whole_number(field, value, least=-limits.QUANTITY, most=limits.QUANTITY)
    if change == 0:
        raise InvalidValue(field, "must not be 0: that adjusts nothing")
    return change


def priority(value: object) -> int:
    """Return `value` as a priority, a signed 32-bit integer; higher goes first."""
    return whole_number("priority", value, least=-limits.PRIORITY - 1, most=limits.PRIORITY)


def flag(field: str, value: object) -> bool:
    """Return `value` if it is a bool; nothing else is taken for one."""
    if not isinstance(value, bool):
        raise InvalidType(field, "a bool", type(value).__name__)
    return value


def member(field: str, value: object, kind: type[_E]) -> _E:
    """Return `value` if it is a member of the enum `kind`."""
    if not isinstance(value, kind):
        raise InvalidType(field, f"a {kind.__name__}", type(value).__name__)
    return value


def instant(field: str, value: object) -> datetime:
    """Return the aware datetime `value` in UTC."""
    if not isinstance(value, datetime):
        raise InvalidType(field, "a datetime", type(value).__name__)
    if value.utcoffset() is None:
        raise InvalidValue(field, "must be an aware datetime: give it a time zone")
    try:
        moved = value.astimezone(UTC)
    except OverflowError:
        raise InvalidValue(field, "must lie between the years 1 and 9999 in UTC") from None
    if type(moved) is datetime:
        return moved
    return datetime(
        moved.year,
        moved.month,
        moved.day,
        moved.hour,
        moved.minute,
        moved.second,
        moved.microsecond,
        tzinfo=UTC,
    )


def day(field: str, value: object) -> date:
    """Return `value` if it is a plain date: an instant is a day only once a place is known.

    >>> day("expected_on", datetime(2026, 12, 24, tzinfo=UTC))
    Traceback (most recent call last):
    backorders.domain.errors.InvalidType: expected_on must be a date, not datetime
    """
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidType(field, "a date", type(value).__name__)
    return date(value.year, value.month, value.day)


def span(field: str, value: object, *, most: timedelta = timedelta.max) -> timedelta:
    """Return `value` as a length of time, not negative."""
    if not isinstance(value, timedelta):
        raise InvalidType(field, "a timedelta", type(value).__name__)
    if not timedelta(0) <= value <= most:
        raise InvalidValue(field, f"must be from 0 to {most}, not {value}")
    return value


def after(now: datetime, length: timedelta) -> datetime:
    """Return the instant `length` after `now`, or the last there is when that is later."""
    try:
        return now + length
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def before(now: datetime, length: timedelta) -> datetime:
    """Return the instant `length` before `now`, or the first there is when that is earlier."""
    try:
        return now - length
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def pairs(field: str, value: object, *, most: int) -> list[tuple[object, object]]:
    """Return the (SKU, quantity) pairs of a mapping or an iterable of pairs, not yet checked.

    At least one and at most `most` of them; an iterable is read once, and no further than that.
    """
    if isinstance(value, Mapping):
        value = value.items()
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        raise InvalidType(field, "a mapping or an iterable of pairs", type(value).__name__)
    found: list[tuple[object, object]] = []
    for position, pair in enumerate(value):
        if position == most:
            raise InvalidValue(field, f"must name at most {most}")
        if not isinstance(pair, tuple | list) or len(pair) != 2:  # noqa: PLR2004 - a pair
            is_long = isinstance(pair, tuple | list)
            found_there = f"one of {len(pair)} values" if is_long else type(pair).__name__
            raise InvalidType(f"{field}[{position}]", "a pair (SKU, quantity)", found_there)
        found.append((pair[0], pair[1]))
    if not found:
        raise InvalidValue(field, "must name at least one SKU")
    return found


def units_by_sku(field: str, value: object, check: Callable[[object, str], int]) -> dict[Sku, int]:
    """Return a checked mapping SKU → units, sorted by SKU: the order it was listed in is nothing.

    `check` judges each number of units, and is told the name of its field.
    """
    if not isinstance(value, Mapping):
        raise InvalidType(field, "a mapping of SKU to quantity", type(value).__name__)
    checked = {
        sku(name, f"{field} (SKU {shown(name)})"): check(units, f"{field}[{shown(name)}]")
        for name, units in pairs(field, value, most=limits.CALL_SKUS)
    }
    return dict(sorted(checked.items()))


def shown(value: object) -> str:
    """Return a short form of a refused value: a message must not grow with what was sent."""
    longest = 60
    if isinstance(value, int) and abs(value) >= 10**longest:
        return "a number too long to show"
    whole = repr(value)
    return whole if len(whole) <= longest else f"{whole[:longest]}…"
