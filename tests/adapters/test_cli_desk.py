"""The desk from a terminal: a seller's days, typed command by command."""

import sqlite3
from pathlib import Path

import pytest

from tests.support.terminal import Terminal, terminal


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Somebody at a desk of which nothing is stored yet."""
    return terminal(tmp_path, monkeypatch)


def test_the_five_answers_can_be_typed(desk: Terminal) -> None:
    """The promise of the library, without a line of Python."""
    desk.done("stock", "book-in", "TEA=5", "HERBAL=9", "CUP=4")
    for name in ("CANCEL", "REMOVE", "REPLACE", "RESTOCK", "SPLIT"):
        desk.done("orders", "place", name, "CUP=1" if name == "CANCEL" else "TEA=3", "MUG=1")
    waiting = desk.done("back-orders", "list")["orders"]
    assert [order["order_id"] for order in waiting] == [
        *("CANCEL", "REMOVE", "REPLACE", "RESTOCK", "SPLIT")
    ]
    assert desk.done("orders", "cancel", "CANCEL", "--yes")["status"] == "cancelled"
    assert desk.done("orders", "remove", "REMOVE", "MUG")["status"] == "ready"
    edits = ["--replace", "MUG", "HERBAL", "--replace", "TEA", "CUP"]
    assert desk.done("orders", "edit", "REPLACE", *edits)["status"] == "ready"
    booked = desk.done("stock", "book-in", "MUG=1", "TEA=2", "--id", "R2")
    assert booked["released"] == ["RESTOCK"]
    split = desk.done("orders", "split", "SPLIT", "--move", "MUG=1", "--move", "TEA=2")
    assert split["created"]["order_id"] == "SPLIT-2"
    assert split["created"]["shortages"] == {"MUG": 1, "TEA": 2}
    assert desk.done("orders", "process", "SPLIT")["status"] == "processed"
    assert desk.done("orders", "despatch", "SPLIT")["status"] == "despatched"
    assert desk.done("verify") == {"sound": True, "discrepancies": []}


def test_an_order_is_placed_as_it_was_typed(desk: Terminal) -> None:
    """Each option reaches the library; instants are typed where the seller is."""
    desk.done("settings", "--time-zone", "America/New_York", "--order-delay", "2h")
    options = ["--priority", "-3", "--ship", "as-available", "--claim", "yield"]
    where = ["--warehouse", "EAST", "--placed-at", "2026-07-01T09:00"]
    order = desk.done("orders", "place", "O1", "a=b=2", "TEA=1", *options, *where)
    assert (order["priority"], order["ship"], order["claim"]) == (-3, "as_available", "yield")
    assert (order["warehouse"], order["placed_at"]) == ("EAST", "2026-07-01T13:00:00Z")
    assert [(line["sku"], line["quantity"]) for line in order["lines"]] == [("a=b", 2), ("TEA", 1)]
    assert [hold["reason"] for hold in order["holds"]] == ["order_delay"]
    shown = desk("orders", "show", "O1")
    assert "placed 2026-07-01 09:00, priority -3, ships as available" in shown.out


def test_a_receipt_typed_twice_is_booked_in_once(desk: Terminal) -> None:
    """What the trade has learned: one receipt typed twice must not become stock twice."""
    first = desk.done("stock", "book-in", "TEA=5")
    again = desk.done("stock", "book-in", "TEA=5")
    assert (first["repeated"], again["repeated"], again["id"]) == (False, True, first["id"])
    said = desk("stock", "book-in", "TEA=5").out
    assert "was handed in before: nothing was done" in said
    assert "give it an id of its own with --id" in said
    desk.done("stock", "book-in", "TEA=5", "--id", "another")
    desk.done("stock", "book-in", "TEA=5", "--warehouse", "EAST")
    desk.done("stock", "adjust", "TEA=-1")
    assert desk.done("stock", "adjust", "TEA=-1")["repeated"]
    levels = desk.done("stock", "show", "TEA")["levels"]
    assert [(level["warehouse"], level["on_hand"]) for level in levels] == [
        ("EAST", 5),
        ("MAIN", 9),
    ]


def test_the_same_count_can_be_made_again(desk: Terminal) -> None:
    """A shelf that is counted in the evening has changed since it was counted in the morning."""
    desk.done("stock", "count", "TEA=5")
    desk.done("stock", "adjust", "TEA=-2")
    assert not desk.done("stock", "count", "TEA=5")["repeated"]
    (level,) = desk.done("stock", "show")["levels"]
    assert level["on_hand"] == 5


def test_a_delivery_is_booked_in_as_far_as_it_came(desk: Terminal) -> None:
    """Without lines, what is outstanding; and then nothing is."""
    desk.done("orders", "place", "O1", "TEA=6")
    desk.done("inbound", "announce", "A1", "TEA=10", "CUP=1", "--expected-on", "2026-03-05")
    assert desk.done("inbound", "arrived", "A1", "--at", "2026-03-05T08:30")["status"] == "arrived"
    assert [each["inbound_id"] for each in desk.done("inbound", "overdue")["inbounds"]] == ["A1"]
    assert desk.done("inbound", "book-in", "A1", "TEA=4")["gained"] == ["O1"]
    assert desk.done("inbound", "book-in", "A1")["released"] == ["O1"]
    said = desk("inbound", "book-in", "A1")
    assert (said.code, said.out) == (1, "")
    assert said.err == "nothing of A1 is outstanding: name what came, as SKU=NUMBER\n"
    closed = desk.done("inbound", "close", "A1")
    assert (closed["status"], closed["booked_in"]) == ("closed", {"CUP": 1, "TEA": 10})


def test_orders_are_listed_page_by_page(desk: Terminal) -> None:
    """Each page says how to see the next."""
    for number in range(5):
        at = ["--placed-at", f"2026-03-0{number + 1}"]
        desk.done("orders", "place", f"O{number}", "TEA=1", *at)
    desk.done("orders", "cancel", "O2", "--yes")
    page = desk.done("orders", "list", "--limit", "2")
    assert [order["order_id"] for order in page["orders"]] == ["O4", "O3"]
    page = desk.done("orders", "list", "--limit", "3", "--after", page["next"])
    assert [order["order_id"] for order in page["orders"]] == ["O2", "O1", "O0"]
    assert page["next"] is None
    waiting = ["orders", "list", "--status", "on-back-order", "--oldest-first", "--limit", "2"]
    page = desk.done(*waiting)
    assert [order["order_id"] for order in page["orders"]] == ["O0", "O1"]
    assert f"There are more: --after {page['next']}\n" in desk(*waiting).out
    old = desk.done("back-orders", "list", "--sku", "TEA", "--older-than", "1d", "--limit", "1")
    assert [order["order_id"] for order in old["orders"]] == ["O0"]


def test_many_orders_are_answered_after_saying_how_many(desk: Terminal) -> None:
    """Whoever answers all orders at once wants to see first what that would be."""
    desk.done("stock", "book-in", "CUP=2")
    for name in ("O1", "O2"):
        desk.done("orders", "place", name, "TEA=1", "CUP=1", "--placed-at", "2026-03-01")
    tried = desk.done("back-orders", "remove-from-all", "TEA", "--dry-run")
    assert [each["outcome"] for each in tried["orders"]] == ["done", "done"]
    assert len(desk.done("back-orders", "list")["orders"]) == 2
    said = desk("back-orders", "remove-from-all", "TEA", "--key", "K1", answers=["n"])
    assert (said.code, said.err) == (
        1,
        "Answer 2 orders so? [y/N] nothing was changed: answer y, or say --yes\n",
    )
    said = desk("back-orders", "remove-from-all", "TEA", "--key", "K1", answers=["y"])
    assert (said.code, "Done: 2 done, 0 refused" in said.out) == (0, True)
    assert desk.done("back-orders", "list")["orders"] == []
    assert desk.done("back-orders", "remove-from-all", "TEA", "--key", "K1", "--yes")["repeated"]


def test_users_are_told_what_they_asked_for(desk: Terminal) -> None:
    """The digest can be looked at before it is sent, and is not used up by that."""
    assert desk.done("users", "add", "bob", "bob@example.com")["opted_in"] == []
    kind = "daily-new-back-orders"
    assert desk.done("notifications", "opt-in", "bob", kind)["opted_in"] == [
        "daily_new_back_orders"
    ]
    assert desk.done("notifications", "digest")["subject"] is None
    desk.done("orders", "place", "O1", "TEA=3")
    for _ in range(2):
        digest = desk.done("notifications", "digest")
        assert (digest["orders"], digest["waiting"], digest["units_short"]) == (1, 1, 3)
    assert "is short of 3 of 3 units of TEA" in desk("notifications", "digest").out
    assert desk.done("notifications", "opt-out", "bob", kind)["opted_in"] == []
    assert desk.done("users", "remove", "bob") == {"users": []}


def test_the_report_says_what_to_send(desk: Terminal) -> None:
    """Also to people, in tables."""
    desk.done("orders", "place", "O1", "TEA=3", "--placed-at", "2026-03-01")
    desk.done("inbound", "announce", "A1", "TEA=1", "--expected-on", "2026-03-05")
    report = desk.done("back-orders", "report")
    assert report["by_status"]["on_back_order"] == 1
    (restock,) = report["restock"]
    assert (restock["sku"], restock["short"], restock["to_send"]) == ("TEA", 3, 2)
    said = " ".join(desk("back-orders", "report").out.split())
    assert "30 days ago or more 1 3" in said
    assert "TEA 3 1 1 2 O1 2026-03-01 00:00" in said


def test_what_happened_is_told_in_words(desk: Terminal) -> None:
    """Why an order lost units must not need a look into the database."""
    desk.done("stock", "book-in", "TEA=3")
    desk.done("orders", "place", "O1", "TEA=3")
    lost = desk.done("stock", "count", "TEA=1", "--id", "C1")
    assert lost["lost"] == ["O1"]
    events = desk.done("orders", "history", "O1")["events"]
    assert [event["event"] for event in events] == ["OrderPlaced", "UnitsTaken", "WentOnBackOrder"]
    assert events[1]["details"] == {"units": {"TEA": 2}, "because": "count_stock C1"}
    told = " ".join(desk("orders", "history", "O1").out.split())
    assert "units taken units: 2 × TEA; because of: count_stock C1" in told
    assert "2 short" in desk("orders", "explain", "O1").out


def test_the_store_says_where_it_is_and_how_far(desk: Terminal, tmp_path: Path) -> None:
    """Without a name it is in the data folder, and is made there by what brings something."""
    default = tmp_path / "data" / "backorders" / "backorders.db"
    said = desk.run("db", "status")
    assert said.out.startswith(f"Store: {default} (the default)\nTables: missing\n")
    assert not default.exists()
    assert desk.run("orders", "list", "--seller", "acme").code == 3
    assert not default.exists()
    said = desk.run("stock", "book-in", "TEA=1", "--seller", "acme")
    assert (said.code, said.err) == (0, f"a new store: {default}\n")
    assert "Sellers: acme" in desk.run("db", "status").out
    desk.patch.setenv("BACKORDERS_STORE", str(desk.store))
    assert f"Store: {desk.store}\n" in desk.run("db", "migrate").out
    assert desk.store.exists()


def test_tables_of_another_release_are_left_alone(desk: Terminal) -> None:
    """Others may be at work on them: they are migrated when somebody says so, and never back."""
    desk.done("stock", "book-in", "TEA=1")
    stamp = "UPDATE backorders_alembic_version SET version_num = ?"
    for revision, state, instead in (
        ("0000", "older", "backorders db migrate brings them up to date"),
        ("9999", "newer", "update backorders"),
    ):
        with sqlite3.connect(desk.store) as database:
            database.execute(stamp, [revision])
        database.close()
        assert desk.done("db", "status")["schema"] == state
        said = desk("stock", "book-in", "TEA=1")
        assert (said.code, instead in said.err) == (3, True)
    assert desk("db", "migrate").code == 3


def test_the_only_seller_need_not_be_named(desk: Terminal) -> None:
    """One shop has one seller; where there are two, nobody guesses."""
    desk.done("orders", "place", "O1", "TEA=1")
    store = ["--store", str(desk.store)]
    assert desk.run("orders", "show", "O1", *store).code == 0
    assert desk.run("orders", "place", "O1", "TEA=1", *store, "--seller", "bolt").code == 0
    said = desk.run("orders", "show", "O1", *store)
    assert (said.code, said.err) == (
        2,
        "which of 2 sellers is meant is not said: name one with --seller or BACKORDERS_SELLER\n",
    )
    desk.patch.setenv("BACKORDERS_SELLER", "bolt")
    assert desk.run("orders", "show", "O1", *store).code == 0


def test_a_replay_says_what_differed(desk: Terminal) -> None:
    """The proof on real orders is a command too."""
    folder = Path(__file__).parents[2] / "examples" / "data" / "adventureworks"
    replay = ["replay", "adventureworks", str(folder), "--first", "40", "--memory"]
    found = desk.done(*replay)
    assert (found["orders"], found["differences"], found["shown"]) == (40, 0, [])
    assert "no difference" in desk(*replay).out
    assert desk("replay", "adventureworks", str(folder / "nowhere"), "--memory").code == 1
