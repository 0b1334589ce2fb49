"""The naive model of promises and of answers to many: in plain cases it says what the rules do."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from backorders import Backorders
from backorders.adapters.memory import MemoryStore
from backorders.testing.commands import Command, command, expected, observed
from backorders.testing.model import ModelAnswered, ModelPromise, ModelSeller

_NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
"""A Friday."""


def _play(calls: Iterable[Command], *, at: datetime = _NOON) -> tuple[object, object]:
    """Return what the model and the library make of the last of some calls."""
    now = _NOON
    seller = Backorders(MemoryStore(), clock=lambda: now).seller("acme")
    model = ModelSeller()
    *first, last = calls
    for call in first:
        call.on(seller)
        model, _ = expected(model, call, now)
    now = at
    return expected(model, last, at)[1], observed(last.on(seller))


_TEA_AND_JAM = (
    command("place_order", "FIRST", {"TEA": 3}),
    command("place_order", "SECOND", {"TEA": 2, "JAM": 1}, claim=None, warehouse="MAIN"),
    command("announce_inbound", "A1", {"TEA": 4}, expected_on=date(2026, 3, 9), warehouse="MAIN"),
    command("announce_inbound", "A2", {"JAM": 1}, expected_on=date(2026, 3, 6), warehouse="MAIN"),
    command("inbound_arrived", "A2"),
    command("announce_inbound", "A3", {"TEA": 9}, expected_on=date(2026, 3, 9), warehouse="WEST"),
)


def test_law_24_an_order_is_promised_when_all_it_hangs_on_has_come() -> None:
    """What comes on Monday is on the shelf on Wednesday, and goes to those ahead first."""
    wanted, promised = _play([*_TEA_AND_JAM, command("promises")])

    assert isinstance(wanted, list)
    first, second = wanted
    assert first == ModelPromise("FIRST", date(2026, 3, 11), {"A1": Counter(TEA=3)})
    assert second == ModelPromise(
        "SECOND", None, {"A1": Counter(TEA=1), "A2": Counter(JAM=1)}, missing={"TEA": 1}
    )
    assert promised == wanted


def test_law_24_what_is_late_is_named_and_not_counted() -> None:
    """On Tuesday nobody knows any more when that comes which was expected on Monday."""
    tuesday = _NOON + timedelta(days=4)
    wanted, promised = _play([*_TEA_AND_JAM, command("promise", "FIRST")], at=tuesday)

    assert wanted == ModelPromise("FIRST", None, {}, {"TEA": 3}, ["A1", "A3"])
    assert promised == wanted
    unknown, refused = _play([command("promise", "NOBODY")])
    assert unknown == refused == "UnknownOrder"


def test_an_answer_to_many_is_that_to_each_alone_and_comes_once_for_its_key() -> None:
    """The first of two has nothing left; the second only has less."""
    remove = command("remove_from_all", "TEA", key="K1")
    wanted, answered = _play([*_TEA_AND_JAM, remove])

    assert wanted == ModelAnswered(
        (("FIRST", "refused", None, "EditRefused"), ("SECOND", "done", None, None))
    )
    assert answered == wanted
    again, repeated = _play([*_TEA_AND_JAM, remove, remove])
    assert isinstance(again, ModelAnswered)
    assert again.repeated
    assert repeated == again
    other = command("remove_from_all", "JAM", key="K1")
    assert _play([*_TEA_AND_JAM, remove, other]) == ("ContentDiffers", "ContentDiffers")


def test_an_answer_that_is_only_tried_leaves_its_key_new() -> None:
    """A dry run that counted as the answer would keep it from ever being given."""
    split = command("split_all", key="K1")
    tried = command("split_all", key="K1", dry_run=True)
    stock = command("book_in", "R1", {"TEA": 1}, warehouse="MAIN")
    wanted, answered = _play([*_TEA_AND_JAM, stock, tried, split])

    assert wanted == ModelAnswered(
        (("FIRST", "done", "FIRST-2", None), ("SECOND", "refused", None, "SplitRefused"))
    )
    assert answered == wanted


def test_who_was_completed_by_what_others_gave_back_is_left_alone() -> None:
    """Cancelled in rank order, the first gives back what the second has waited for."""
    calls = (
        command("book_in", "R1", {"TEA": 1}, warehouse="MAIN"),
        command("place_order", "FIRST", {"TEA": 2}, placed_at=_NOON - timedelta(days=3)),
        command("place_order", "SECOND", {"TEA": 1}, placed_at=_NOON - timedelta(days=2)),
        command("cancel_all", older_than=timedelta(days=1), key="K1"),
    )
    wanted, answered = _play(calls)

    assert wanted == ModelAnswered(
        (("FIRST", "done", None, None), ("SECOND", "unchanged", None, None))
    )
    assert answered == wanted
