"""Bugs in who gets a unit, who loses one, and in which order."""

from typing import Final

from tests.mutants.bug import Bug

_LAW: Final = "tests/domain/test_law_"
_OTHERS: Final = "tests/journeys/test_bugs_that_others_had.py::test_"

BUGS: Final = (
    Bug(
        "draws-all-it-asked-for",
        "an order draws what it asked for, not what it lacks",
        "domain/allocation.py",
        "line.quantity - line.allocated) for line in order.lines]",
        "line.quantity) for line in order.lines]",
        f"{_LAW}04_to_06_demand.py::test_law_04_an_order_that_holds_some_draws_only_what_it_lacks",
    ),
    Bug(
        "lines-checked-one-by-one",
        "two lines of a SKU are each checked against the whole shelf (Vendure, Medusa)",
        "domain/allocation.py",
        "units[sku] = units.get(sku, 0) + short",
        "units[sku] = short",
        f"{_LAW}10_yield.py::test_law_10_two_lines_of_one_sku_are_completed_together_or_not_at_all",
    ),
    Bug(
        "lines-take-the-same-unit",
        "what one line draws is still there for the next one (Vendure, Medusa)",
        "domain/shelf.py",
        "                if units >= wanted:\n                    level.allocated += wanted\n",
        "                if units >= wanted:\n",
        f"{_OTHERS}two_lines_of_one_sku_cannot_both_take_the_last_units[memory]",
    ),
    Bug(
        "takes-from-each-warehouse",
        "13 wanted are taken from each of two warehouses (Vendure)",
        "domain/shelf.py",
        "                wanted -= units\n                drawn",
        "                drawn",
        f"{_OTHERS}asking_13_of_10_and_15_in_two_warehouses_takes_13_in_all[memory]",
    ),
    Bug(
        "warehouses-by-name",
        "units are drawn from warehouses by name, not in the seller's order",
        "domain/shelf.py",
        "key=lambda name: (places.get(name, last), name)",
        "key=lambda name: name",
        f"{_LAW}04_to_06_demand.py::test_law_06_units_are_drawn_from_the_first_warehouse_first",
    ),
    Bug(
        "pin-forgotten",
        "an order that is pinned to a warehouse draws on all of them",
        "domain/allocation.py",
        "shelf.draw(sku, warehouse, units)",
        "shelf.draw(sku, None, units)",
        f"{_LAW}13_14_taking.py::test_law_13_only_the_units_of_the_shelf_that_was_counted_are_lost",
    ),
    Bug(
        "yield-takes-a-part",
        "an order that should take everything or nothing takes what there is",
        "domain/allocation.py",
        "if claim is ClaimPolicy.YIELD and not",
        "if claim is not claim and not",
        f"{_LAW}10_yield.py::test_law_10_a_yield_order_takes_nothing_that_does_not_complete_it",
    ),
    Bug(
        "yield-keeps-the-rest",
        "an order that should hold everything or nothing keeps the rest when it loses a unit",
        "domain/giving_up.py",
        "(lose_all(loser, shelf) if loser.claim is ClaimPolicy.YIELD else loser)",
        "loser",
        f"{_LAW}10_yield.py::test_law_10_what_a_yield_order_gives_back_goes_to_the_backlog",
    ),
    Bug(
        "serves-who-is-not-open",
        "an order that has been handed over or cancelled is given units",
        "domain/allocation.py",
        "    if order.stage is not Stage.OPEN:\n        return order\n",
        "",
        f"{_LAW}04_to_06_demand.py"
        "::test_law_04_the_planner_gives_nothing_to_an_order_that_is_not_open",
    ),
    Bug(
        "stops-at-the-first-who-gets-nothing",
        "the queue is left at the first order that cannot be helped, and the others wait",
        "domain/allocation.py",
        "        if served is not order:\n            yield order, served\n",
        "        if served is order:\n            return\n        yield order, served\n",
        f"{_LAW}07_to_09_reprocessing.py"
        "::test_law_09_an_impossible_yield_order_ahead_does_not_stop_the_queue",
    ),
    Bug(
        "ties-by-insertion",
        "orders of one instant are served in the order in which they came in (Odoo)",
        "domain/order_index.py",
        "    if not queue or queue[-1] < entry:\n",
        '    when = getattr(entry, "rank", entry)[:2]\n'
        '    if not queue or getattr(queue[-1], "rank", queue[-1])[:2] <= when:\n',
        f"{_OTHERS}ties_in_placed_at_are_broken_by_the_id[memory]",
    ),
    Bug(
        "low-priority-first",
        "a higher priority goes to the back of the queue",
        "domain/order.py",
        "return Rank(-self.priority,",
        "return Rank(self.priority,",
        f"{_LAW}07_to_09_reprocessing.py"
        "::test_law_08_rank_is_priority_then_age_then_the_first_id_then_its_own",
    ),
    Bug(
        "victims-reversed",
        "a loss of stock hits the oldest orders first (cosmicpython, Odoo)",
        "domain/order_index.py",
        "found.sort(key=lambda order: order.rank, reverse=True)",
        "found.sort(key=lambda order: order.rank)",
        f"{_OTHERS}a_count_below_allocated_takes_from_the_lowest_rank[memory]",
    ),
    Bug(
        "victims-by-chance",
        "who loses stock is whoever comes first out of a set (cosmicpython)",
        "domain/order_index.py",
        "found.sort(key=lambda order: order.rank, reverse=True)",
        "found.sort(key=lambda order: hash(order.order_id))",
        f"{_OTHERS}a_count_below_allocated_takes_from_the_lowest_rank[memory]",
    ),
    Bug(
        "processed-orders-lose",
        "a loss of stock takes units of orders that the warehouse is packing",
        "usecases/taking.py",
        "self._uow.orders.holders(before, self.warehouse, Stage.OPEN, limit)",
        "self._uow.orders.holders(before, self.warehouse, Stage.PROCESSED, limit)",
        f"{_LAW}13_14_taking.py::test_law_13_what_only_processed_orders_hold_is_refused_by_name",
    ),
    Bug(
        "loss-in-the-wrong-warehouse",
        "a count of one shelf takes units that lie on another",
        "usecases/stock.py",
        "holders = Holders(uow, shelf, warehouse)",
        "holders = Holders(uow, shelf, None)",
        f"{_LAW}13_14_taking.py"
        "::test_law_13_who_holds_units_elsewhere_loses_none_though_he_is_behind",
    ),
    Bug(
        "takes-what-does-not-help",
        "raising a priority takes units that then go to somebody ahead",
        "usecases/reallocating.py",
        "return tried if all_help else None",
        "return tried",
        f"{_LAW}13_14_taking.py::test_law_14_someone_ahead_who_is_short_would_get_the_units",
    ),
    Bug(
        "takes-unasked",
        "raising a priority takes units though nobody asked for it",
        "usecases/prioritising.py",
        "if reallocate and moved.is_on_back_order:",
        "if moved.is_on_back_order:",
        f"{_LAW}13_14_taking.py::test_law_14_without_reallocate_a_priority_takes_nothing",
    ),
    Bug(
        "freed-units-idle",
        "what a cancelled order held lies on the shelf until somebody reprocesses",
        "usecases/cancelling.py",
        "freed = {line.sku for order, _ in orders for line in order.lines if line.allocated}",
        "freed = set[Sku]()",
        f"{_LAW}07_to_09_reprocessing.py"
        "::test_law_07_each_way_of_freeing_a_unit_releases_who_waits",
    ),
    Bug(
        "served-again-for-another-sku",
        "an order short of two SKUs is served twice when its second queue was read before",
        "usecases/backlog.py",
        "        elif not batch:\n",
        "        elif not batch and (batch.append(order_id) or True):\n",
        "tests/domain/test_backlog_of_many_skus.py"
        "::test_a_pinned_order_is_not_served_again_for_its_other_sku",
    ),
    Bug(
        "counts-on-who-may-pass",
        "the queue is read only as far as units last if those took some who may take none",
        "usecases/backlog.py",
        "certain = waiting.claim is ClaimPolicy.HOLD and waiting.warehouse is None",
        "certain = waiting.shortage > 0",
        "tests/domain/test_backlog_of_many_skus.py"
        "::test_law_08_whoever_may_take_nothing_is_not_counted_on",
    ),
    Bug(
        "passed-by-newcomers",
        "what is owed to the backlog from an earlier commit is offered to whoever comes",
        "domain/shelf.py",
        "            if level.owed:\n                self._kept_back.add(level.sku)\n",
        "",
        "tests/histories/test_found_by_the_machine.py"
        "::test_who_waits_for_what_is_owed_is_not_overtaken_on_what_is_not",
        store="small commits",
    ),
)
