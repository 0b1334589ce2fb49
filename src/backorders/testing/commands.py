"""Calls on a seller's face as values: to be played, printed, and judged by the model."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from backorders.application import Seller
from backorders.domain.answering import AnsweredAll
from backorders.domain.errors import BackordersError
from backorders.domain.inbound import Inbound
from backorders.domain.order import Order
from backorders.domain.promises import Promise
from backorders.domain.request import OrderRequest
from backorders.domain.results import BookedIn, Page, Reprocessed
from backorders.domain.settings import Settings
from backorders.domain.splitting import Split
from backorders.testing.model import (
    BULK,
    ModelDelivery,
    ModelOrder,
    ModelOutcome,
    ModelRefusal,
    ModelSeller,
    all_promised,
    answer_all,
    meant_by,
    promised,
    shown,
    shown_answers,
    shown_delivery,
    shown_promise,
)


@attrs.frozen
class Command:
    """A call on a seller's face. It prints as it would be written."""

    name: str
    args: tuple[object, ...] = ()
    options: Mapping[str, object] = attrs.field(factory=dict)

    def __repr__(self) -> str:
        given = [*map(repr, self.args), *(f"{name}={it!r}" for name, it in self.options.items())]
        return f"{self.name}({', '.join(given)})"

    def on(self, seller: Seller) -> object:
        """Make the call; return what it returns, or the error by which it was refused."""
        call: Callable[..., object] = getattr(seller, self.name)
        try:
            return call(*self.args, **self.options)
        except BackordersError as refused:
            return refused


def command(name: str, *args: object, **options: object) -> Command:
    """Return a command, written like the call."""
    return Command(name, args, options)


def observed(result: object) -> object:  # noqa: C901, PLR0911 - a table
    """Return what a call came to, in the form in which `expected` says what it should."""
    match result:
        case BackordersError():
            return type(result).__name__
        case Order():
            return shown(result)
        case Inbound():
            return shown_delivery(result)
        case Split(original=original, created=created):
            return [shown(original), shown(created)]
        case Reprocessed(released=released, gained=gained, lost=lost, repeated=repeated):
            return ModelOutcome(released, gained, lost, repeated)
        case BookedIn(released=released, gained=gained, repeated=repeated):
            return ModelOutcome(released, gained, (), repeated)
        case Page(items=items):
            return [order.order_id for order in items]
        case AnsweredAll():
            return shown_answers(result)
        case Promise():
            return shown_promise(result)
        case Settings():
            return None
        case tuple():
            return [observed(each) for each in result]
        case _:
            return result


def expected(
    model: ModelSeller, asked: Command, now: datetime, *, turns: Sequence[str] | None = None
) -> tuple[ModelSeller, object]:
    """Return the model after a call, the same one when it is refused, and what the call comes to.

    A refusal comes to the name of its error. `turns` are the orders that an answer to many is for,
    if they are known already; those that wait otherwise.
    """
    after = model.copy()
    try:
        if asked.name in BULK:
            result: object = _answer_all(after, asked, now, turns)
        else:
            result = _obey(after, asked, now)
    except ModelRefusal as refusal:
        return model, refusal.error
    match result:
        case ModelOrder() | ModelDelivery():
            return after, result.shows()
        case tuple() | list():
            shows = [each.shows() if isinstance(each, ModelOrder) else each for each in result]
            return after, shows
        case _:
            return after, result


def meant(model: ModelSeller, asked: Command, now: datetime) -> Sequence[str]:
    """Return the orders that an answer to many is for, if it is asked now, in their turns."""
    # Any: what stands in a command is what its strategy has put there.
    args: tuple[Any, ...] = asked.args
    options: dict[str, Any] = dict(asked.options)
    return meant_by(model, now, *args, **options)


def _answer_all(
    model: ModelSeller, asked: Command, now: datetime, turns: Sequence[str] | None
) -> object:
    # Any: see above.
    args: tuple[Any, ...] = asked.args
    options: dict[str, Any] = dict(asked.options)
    model.now = now
    return answer_all(model, asked.name, now, *args, turns=turns, **options)


def _obey(model: ModelSeller, asked: Command, now: datetime) -> object:  # noqa: C901, PLR0911, PLR0912 - a table
    # Any: what stands in a command is what its strategy has put there.
    args: tuple[Any, ...] = asked.args
    options: dict[str, Any] = dict(asked.options)
    model.now = now
    match asked.name:
        case "place_order":
            request = OrderRequest(*args, **options)
            return model.place_orders([request], now)[0]
        case "place_orders":
            return model.place_orders(args[0], now)
        case "cancel_order":
            return model.cancel(args[0])
        case "request_cancellation":
            return model.request_cancellation(args[0])
        case "resolve_cancellation":
            return model.resolve_cancellation(args[0], **options)
        case "edit_order":
            return model.edit(args[0], args[1:], **options)
        case "split_order":
            return model.split(args[0], options.get("move"), options.get("new_order_id"))
        case "prioritise_order":
            return model.prioritise(*args, **options)
        case "change_policies":
            return model.change_policies(args[0], options.get("ship"), options.get("claim"))
        case "hold_order":
            return model.hold(args[0], args[1], options.get("until"))
        case "release_hold":
            return model.release_hold(*args)
        case "process_order":
            return model.process(args[0], now)
        case "despatch_order":
            return model.despatch(args[0])
        case "release_due_holds":
            return model.release_due_holds(now)
        case "cancel_expired":
            return model.cancel_expired(options["older_than"], now)
        case "book_in" | "count_stock" | "adjust_stock":
            kind = asked.name.split("_")[0]
            done = model.change_stock(kind, *args, **options)
            return attrs.evolve(done, lost=()) if kind == "book" else done
        case "announce_inbound":
            return model.deliveries.announce(*args, **options)
        case "inbound_arrived":
            return model.deliveries.arrive(args[0], model.today)
        case "close_inbound":
            return model.deliveries.close(args[0])
        case "cancel_inbound":
            return model.deliveries.cancel(args[0])
        case "promise":
            return promised(model, args[0])
        case "promises":
            return all_promised(model)
        case "reprocess" | "reprocess_order":
            if args and asked.name == "reprocess_order":
                model.find(args[0])
            return model.reprocess()
        case "configure":
            model.configure(**options)
            return None
        case _:
            raise NotImplementedError(asked)
