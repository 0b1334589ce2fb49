"""Every error has a code, a form in plain values, and a status over HTTP."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from backorders.adapters.http import STATUSES, status_of
from backorders.domain.errors import (
    BackordersError,
    InvalidType,
    InvalidValue,
    LostRace,
    OutcomeUnknown,
    RecipientRefused,
    Refused,
    ReplacementOutOfStock,
    RetriesExhausted,
    StockBelowProcessed,
    StoreUnusable,
)

_REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "errors.md"
_ROW = re.compile(r"^\| `(\w+)` \| `(\w+)` \| (\d{3}) \|$", re.MULTILINE)


def _tree(kind: type[BackordersError]) -> Iterator[type[BackordersError]]:
    """Yield an error and all that calls on the library raise which derive from it.

    Programs that are built on it, as the command line, have some of their own for their users.
    """
    yield kind
    for derived in kind.__subclasses__():
        if derived.__module__.startswith("backorders.domain."):
            yield from _tree(derived)


_ERRORS = list(_tree(BackordersError))


def _status(kind: type[BackordersError]) -> int:
    # Without its fields: the status is that of the class.
    return status_of(kind.__new__(kind))


def test_every_error_has_a_code_of_its_own() -> None:
    """Two errors of one code could not be told apart by whoever gets them over the wire."""
    assert {kind.__name__ for kind in _ERRORS if "code" not in vars(kind)} == set()
    codes = [kind.code for kind in _ERRORS]
    assert len(set(codes)) == len(codes) > 20
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(_[a-z]+)*", code)] == []


def test_the_table_says_the_code_and_the_status_of_every_error() -> None:
    """The table is what a client is written by: it must be whole, and what the library does."""
    table = {row[0]: (row[1], int(row[2])) for row in _ROW.findall(_REFERENCE.read_text("utf-8"))}
    assert table == {kind.__name__: (kind.code, _status(kind)) for kind in _ERRORS}


def test_what_a_caller_can_mend_is_never_a_servers_fault() -> None:
    """A client repeats what comes with a 5xx, and must not what would be refused again."""
    mended = (InvalidValue, LookupError, Refused, RecipientRefused)
    for kind in _ERRORS:
        assert (400 <= _status(kind) < 500) == issubclass(kind, mended), kind


def test_an_error_that_a_host_derives_has_the_status_of_what_it_is() -> None:
    """Hosts derive errors of their own, which no table can know."""

    class ShopShut(Refused):
        pass

    assert status_of(ShopShut("shut")) == STATUSES[Refused]
    assert ShopShut("shut").to_dict()["code"] == Refused.code


@pytest.mark.parametrize(
    ("error", "fields"),
    [
        (InvalidType("lines", "a mapping", "int"), {"field", "problem"}),
        (StockBelowProcessed("A", "MAIN", 2, ["O1"]), {"sku", "warehouse", "missing", "order_ids"}),
        (
            ReplacementOutOfStock("O1", "A", 3, 1),
            {"order_id", "problem", "instead", "sku", "quantity", "available"},
        ),
        (RetriesExhausted(12), {"attempts"}),
        (LostRace("too late"), set()),
    ],
)
def test_an_error_goes_through_json_with_its_fields(
    error: BackordersError, fields: set[str]
) -> None:
    """What was known where it was raised is known at the other end of the wire."""
    error.add_note("what a host adds for its log stays there")
    told = error.to_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["message"] == str(error)
    assert told["fields"].keys() == fields


@pytest.mark.parametrize("kind", [StoreUnusable, OutcomeUnknown])
def test_what_the_driver_said_does_not_go_out(kind: type[StoreUnusable]) -> None:
    """It names hosts, users and tables, which are nobody's business outside."""
    error = kind("could not connect to server at 10.0.0.7 as shop_admin")
    assert "10.0.0.7" in str(error)
    assert "10.0.0.7" not in json.dumps(error.to_dict())
