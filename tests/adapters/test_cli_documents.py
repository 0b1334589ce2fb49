"""What `--json` prints: of every command, the document that is said, with the keys that stay."""

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from cyclopts import App

from backorders.adapters.cli.app import GROUPS, application
from backorders.adapters.cli.commands import DOCUMENTS
from tests.support.terminal import Terminal, terminal

EXAMPLES = Path(__file__).parents[2] / "examples" / "data"

ASKED = {
    "orders place": "O9 TEA=1",
    "orders show": "O1",
    "orders list": "",
    "orders cancel": "O2 --yes",
    "orders request-cancellation": "GONE",
    "orders resolve-cancellation": "GONE --refused",
    "orders edit": "O1 --set TEA=5",
    "orders remove": "O1 CUP",
    "orders replace": "O3 MUG CUP",
    "orders split": "O1 --move TEA=1",
    "orders change-policies": "O1 --claim yield",
    "orders hold": "O1 fraud-risk --until 2026-03-04T12:00",
    "orders release": "O1 fraud-risk",
    "orders release-due": "",
    "orders prioritise": "O1 5 --reallocate",
    "orders process": "GONE",
    "orders despatch": "GONE",
    "orders history": "O1",
    "orders explain": "O1",
    "orders remedies": "O1 --ask CUP",
    "orders promise": "O1",
    "back-orders list": "",
    "back-orders promises": "",
    "back-orders advice": "5 --aim units",
    "back-orders holdups": "",
    "back-orders report": "",
    "back-orders chart": "--days 2 --skus 1",
    "back-orders cancel-all": "30d --sku MUG --yes",
    "back-orders remove-from-all": "MUG --dry-run",
    "back-orders replace-in-all": "MUG CUP --yes",
    "back-orders split-all": "--yes",
    "stock show": "",
    "stock book-in": "JAM=1",
    "stock count": "JAM=2",
    "stock adjust": "JAM=1",
    "inbound announce": "A2 TEA=1 --expected-on 2026-03-05",
    "inbound arrived": "A1",
    "inbound book-in": "A1 JAM=1",
    "inbound close": "A1",
    "inbound cancel": "A2 --yes",
    "inbound show": "A1",
    "inbound history": "A1",
    "inbound list": "",
    "inbound overdue": "",
    "users list": "",
    "users add": "eve eve@example.com",
    "users remove": "eve",
    "notifications opt-in": "bob delivery-overdue",
    "notifications opt-out": "bob delivery-overdue",
    "notifications digest": "",
    "notifications send": "--host localhost --port 1 --sender a@example.com",
    "notifications failed": "",
    "reprocess": "",
    "verify": "",
    "settings": "",
    "db status": "",
    "db migrate": "",
    "replay": f"adventureworks {EXAMPLES / 'adventureworks'} --first 3 --memory",
}
"""Command → what it is asked. They are typed in this order."""

ELSEWHERE = {"notifications retry"}
"""What needs a mail server that refuses: it prints what it was given."""
NO_DOCUMENT = {"demo", "completion"}
"""What shows something to people, or prints something for a shell."""
FILES = {"import", "export"}
"""What is about files has tests of its own."""

KEYS = {
    "AgeDocument": "days_at_least days_less_than orders units_short",
    "AllocationDocument": "warehouse quantity",
    "AnswerDocument": "order_id outcome created error",
    "AnswersDocument": "key dry_run repeated orders",
    "BacklogDayDocument": "day orders went left",
    "BarDocument": "name length note",
    "ChartDocument": "days ages skus more_skus file",
    "CancelDocument": "possible reason preview released gained",
    "DigestDocument": "orders waiting units_short subject text",
    "DiscrepancyDocument": "law subject expected found",
    "EventDocument": "event at details",
    "ExplanationDocument": "order_id status on_back_order_since lines missing sentences",
    "ExportDocument": "file rows",
    "FailedNoticeDocument": "message_id seller_id user_id recipient kind queued_at failed_at"
    " attempts problem",
    "FailedNoticesDocument": "failed",
    "HistoryDocument": "subject events",
    "HoldupDocument": "order releases gives_back",
    "HoldupsDocument": "holdups next",
    "HoldDocument": "reason until",
    "ImportDocument": "file kind taken documents lines repeated on_back_order released lost rows"
    " bad_rows left_out_with_them problems columns unused_columns",
    "InboundDocument": "inbound_id status cancelled warehouse expected_on arrived_at due_on lines"
    " booked_in outstanding discrepancies",
    "InboundsDocument": "inbounds next",
    "LevelDocument": "sku warehouse on_hand allocated available",
    "LevelsDocument": "levels next",
    "LineDocument": "line_no sku quantity allocated shortage allocations",
    "LineExplainedDocument": "line_no sku quantity allocations shortage why orders_ahead"
    " units_ahead available elsewhere held_by_others held_up",
    "OrderDocument": "order_id status placed_at priority ship claim warehouse lines shortages"
    " holds split_from cancellation_requested back_order_since",
    "OrderIdsDocument": "order_ids",
    "OrdersDocument": "orders next",
    "PromiseDocument": "order_id on prospect reason deliveries missing late",
    "PromisesDocument": "promises",
    "RemediesDocument": "order_id status cancel remove replace restock split",
    "RemoveDocument": "possible reason preview products ships",
    "ReplaceDocument": "possible reason preview options",
    "RestockAdviceDocument": "warehouse lines units completes units_completed",
    "SendDocument": "possible reason preview units warehouse promise",
    "SplitRemedyDocument": "possible reason preview created ships waits",
    "SubstitutionDocument": "possible reason preview sku by quantity available",
    "ReplayDocument": "orders receipts seconds differences shown remarks",
    "ReportDocument": "by_status units_short oldest_back_order ages order_fill_rate"
    " line_fill_rate unit_fill_rate on_back_order released restock",
    "ReprocessedDocument": "released gained lost",
    "RestockDocument": "sku short orders_waiting units_waiting announced to_send"
    " oldest_back_order oldest_order",
    "RetriedDocument": "message_id",
    "SentDocument": "composed sent failed",
    "SettingsDocument": "time_zone ship claim warehouses order_delay_seconds",
    "SplitDocument": "original created",
    "StockChangedDocument": "id warehouse released gained lost repeated",
    "StoreDocument": "store default schema revision newest_revision sellers",
    "TimesDocument": "orders mean_seconds longest_seconds",
    "UserDocument": "user_id email opted_in",
    "UsersDocument": "users",
    "VerifiedDocument": "sound discrepancies",
}
"""Document → the keys that scripts rely on. More may come; a line here is never shortened."""


def _commands(app: App, names: tuple[str, ...] = ()) -> Iterator[tuple[str, App]]:
    for name in app:
        found = app[name]
        if name.startswith("-") or names[:1] in {("import",), ("export",)}:
            continue
        if found.default_command is None:
            yield from _commands(found, (*names, name))
        else:
            yield " ".join((*names, name)), found


def _conforms(value: object, hint: object) -> bool:
    """Return whether a value from JSON is of a type: each key of a document, and no other."""
    if isinstance(hint, type) and is_typeddict(hint):
        hints = get_type_hints(hint)
        return (
            isinstance(value, dict)
            and value.keys() == hints.keys()
            and all(_conforms(value[key], each) for key, each in hints.items())
        )
    if get_origin(hint) in {Union, types.UnionType}:
        return any(_conforms(value, each) for each in get_args(hint))
    if get_origin(hint) is list:
        return isinstance(value, list) and all(_conforms(e, get_args(hint)[0]) for e in value)
    if get_origin(hint) is dict:
        of_values = get_args(hint)[1]
        return isinstance(value, dict) and all(_conforms(e, of_values) for e in value.values())
    assert isinstance(hint, type)
    return isinstance(value, int | float) if hint is float else isinstance(value, hint)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Somebody at a desk with orders, stock, a delivery and a user."""
    made = terminal(tmp_path, monkeypatch)
    made.done("stock", "book-in", "TEA=3", "CUP=9")
    made.done("users", "add", "bob", "bob@example.com")
    at = ["--placed-at", "2026-03-01"]
    for order in ("O1 TEA=4 CUP=1 --ship as-available", "O2 MUG=1", "O3 MUG=1", "GONE CUP=1"):
        made.done("orders", "place", *order.split(), *at)
    made.done("orders", "process", "GONE")
    made.done("inbound", "announce", "A1", "JAM=2", "--expected-on", "2026-03-02")
    return made


def test_every_command_prints_the_document_that_is_said(desk: Terminal) -> None:
    """What programs read must be what is written down, key by key, and nothing beside it."""
    commands = {name: app.default_command for name, app in _commands(application([]))}
    assert commands.keys() == ASKED.keys() | ELSEWHERE | NO_DOCUMENT | (commands.keys() & FILES)
    for name, asked in ASKED.items():
        said = desk(*name.split(), *asked.split(), "--json")
        assert (name, said.code, said.err) == (name, 0, "")
        command = commands[name]
        assert command is not None
        assert _conforms(said.document, DOCUMENTS[command]), (name, said.document)


def test_the_keys_that_scripts_rely_on_are_there(desk: Terminal) -> None:
    """Keys may be added; none is renamed, and none leaves."""
    del desk
    list(_commands(application([])))
    documents = {each.__name__: each for each in DOCUMENTS.values()}
    inner = [hint for each in documents.values() for hint in get_type_hints(each).values()]
    while inner:
        hint = inner.pop()
        inner += get_args(hint)
        if isinstance(hint, type) and is_typeddict(hint):
            documents[hint.__name__] = hint
            inner += get_type_hints(hint).values()
    for name, keys in KEYS.items():
        assert set(keys.split()) <= get_type_hints(documents[name]).keys(), name


def test_a_value_that_is_not_as_said_is_found() -> None:
    """The check must be able to fail."""
    hints = [(list[str], ["a", 1]), (str | None, 1), (dict[str, int], {"a": "b"}), (float, "1")]
    assert not any(_conforms(value, hint) for hint, value in hints)
    assert not _conforms({}, next(iter(DOCUMENTS.values())))


def test_every_group_is_known() -> None:
    """A group that the tests do not go through would not be tested."""
    names = {name.split()[0] for name in ASKED} | NO_DOCUMENT | FILES
    assert names == GROUPS.keys()
