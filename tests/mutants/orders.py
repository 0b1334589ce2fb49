"""Bugs in what becomes of an order: edits, splits, cancelling, identity, and what is told of it."""

from typing import Final

from tests.mutants.bug import Bug

_LAW: Final = "tests/domain/test_law_"
_OTHERS: Final = "tests/journeys/test_bugs_that_others_had.py::test_"

BUGS: Final = (
    Bug(
        "frees-what-was-wished-for",
        "cancelling 6 units of which 2 were allocated puts 6 on the shelf (Spree)",
        "usecases/cancelling.py",
        "shelf.put_back(line.sku, line.allocations)",
        "shelf.put_back(line.sku, [type(a)(a.warehouse, line.quantity) for a in line.allocations])",
        f"{_OTHERS}cancelling_units_never_allocated_frees_nothing[memory]",
    ),
    Bug(
        "double-release",
        "cancelling puts what the order held on the shelf twice",
        "usecases/cancelling.py",
        "shelf.put_back(line.sku, line.allocations)",
        "shelf.put_back(line.sku, line.allocations * 2)",
        f"{_OTHERS}an_order_is_not_filled_by_its_own_cancelled_units[memory]",
    ),
    Bug(
        "filled-by-its-own-units",
        "an order that is being changed still stands in the queue as it was (Solidus)",
        "usecases/settling.py",
        "backlog(uow, shelf, freed, without=own.keys())",
        "backlog(uow, shelf, freed, without=())",
        f"{_OTHERS}an_order_is_not_filled_by_its_own_cancelled_units[memory]",
    ),
    Bug(
        "reducing-frees-what-was-short",
        "a wish that is given up counts as a unit that is given up (Spree)",
        "domain/giving_up.py",
        "short_to_go[line.line_no] = min(line.shortage, left)",
        "short_to_go[line.line_no] = min(line.shortage, left, line.allocated)",
        f"{_OTHERS}reducing_a_shortage_hands_nothing_to_the_next_in_line[memory]",
    ),
    Bug(
        "own-claim-counts-against-it",
        "an edit is refused because the order's own units are not available (Saleor)",
        "usecases/editing.py",
        "    edited = editing.apply(order, checked, shelf)\n",
        "    for edit in checked:\n"
        "        wanted = getattr(edit, 'quantity', 0) or 0\n"
        "        if wanted <= order.units.get(Sku(edit.sku), 0):\n"
        "            if wanted > shelf.available(Sku(edit.sku), order.warehouse):\n"
        "                raise EditRefused(checked_id, 'not in stock', 'wait')\n"
        "    edited = editing.apply(order, checked, shelf)\n",
        f"{_OTHERS}an_orders_own_claim_does_not_count_against_it_when_it_is_edited[memory]",
    ),
    Bug(
        "replaced-by-what-is-not-there",
        "a product is replaced by one that is not in stock",
        "usecases/editing.py",
        "        if missing > 0:\n",
        "        if missing > 0 and missing is None:\n",
        f"{_LAW}15_16_edits.py::test_law_16_a_replacement_is_taken_if_and_only_if_it_is_in_stock",
    ),
    Bug(
        "replace-not-atomic",
        "the product is taken off the order before it is known whether the other is in stock",
        "usecases/editing.py",
        "    if not allow_back_order:\n",
        '    settle(uow, shelf, [change], because="", now=now)\n'
        "    uow.commit()\n"
        "    if not allow_back_order:\n",
        f"{_OTHERS}two_lines_of_one_sku_cannot_both_take_the_last_units[memory]",
    ),
    Bug(
        "split-loses-rank",
        "what is split off goes to the back of the queue",
        "domain/splitting.py",
        "        order_id=new_id,\n",
        "        order_id=new_id,\n        first_id=new_id,\n",
        f"{_LAW}17_split.py"
        "::test_law_17_a_part_of_a_part_points_to_its_own_parent_and_keeps_the_first_rank",
    ),
    Bug(
        "split-loses-the-shortage",
        "what is short and split off is forgotten (Solidus)",
        "domain/giving_up.py",
        "        if gone:\n            go.append(attrs.evolve(line, quantity=gone, ",
        "        if gone:\n            go.append(attrs.evolve(line, "
        "quantity=allocated_to_go or gone, ",
        f"{_OTHERS}splitting_keeps_what_is_short_short[memory]",
    ),
    Bug(
        "split-loses-holds",
        "what is split off an order under suspicion of fraud can be sent",
        "domain/splitting.py",
        "        split_from=order.order_id,\n",
        "        split_from=order.order_id,\n        holds=(),\n",
        f"{_LAW}17_split.py::test_law_17_the_default_split_of_an_order_that_holds_something",
    ),
    Bug(
        "processed-in-spite-of-a-hold",
        "an order that is on hold goes to the warehouse",
        "domain/lifecycle.py",
        "    if hold is not None:\n        until =",
        "    if hold is not None and hold.until is not None:\n        until =",
        "tests/domain/test_status_table.py::test_every_cell_of_the_status_table",
    ),
    Bug(
        "despatched-units-stay-allocated",
        "what has left the building is still taken for allocated",
        "domain/shelf.py",
        "        level.on_hand -= allocation.quantity\n"
        "        level.allocated -= allocation.quantity\n",
        "        level.on_hand -= allocation.quantity\n",
        f"{_LAW}01_to_03_stock.py::test_law_02_despatch_lowers_on_hand_and_allocated_alike",
    ),
    Bug(
        "receipt-counts-twice",
        "a receipt that comes in again is booked in again",
        "usecases/stock.py",
        "    if known is not None:\n",
        "    if known is not None and not known.lines:\n",
        f"{_LAW}18_19_identity.py::test_law_18_what_was_sent_before_changes_nothing",
    ),
    Bug(
        "other-content-passes",
        "an order that comes again with other content is taken for the first one",
        "usecases/placing.py",
        "if contents.setdefault(request.order_id, content) != content:",
        "if contents.setdefault(request.order_id, content) == '':",
        f"{_LAW}18_19_identity.py::test_law_18_an_option_that_was_given_is_content",
    ),
    Bug(
        "released-again",
        "an order that was short of nothing is announced as released",
        "domain/change.py",
        "            self.was_on_back_order\n            and self.settled.stage",
        "            self.settled.stage",
        f"{_LAW}11_12_outcome.py::test_law_12_a_call_tells_the_net_change_of_each_order",
    ),
    Bug(
        "on-back-order-again",
        "each change of an order that waits announces that it waits",
        "domain/change.py",
        "if order.is_on_back_order and not self.was_on_back_order:",
        "if order.is_on_back_order:",
        f"{_LAW}11_12_outcome.py"
        "::test_law_12_an_order_that_stays_on_back_order_is_not_announced_again",
    ),
)
