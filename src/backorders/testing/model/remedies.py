"""Splitting and editing in the naive model (laws 15 to 17)."""

from collections.abc import Mapping, Sequence

import attrs

from backorders.domain.edits import Add, Edit, Remove, Replace, SetQuantity
from backorders.testing.model.desk import ModelDesk
from backorders.testing.model.orders import ModelLine, ModelOrder
from backorders.testing.model.refusing import ModelRefusal


@attrs.define
class ModelRemedies(ModelDesk):
    """What a seller can answer to a back order besides cancelling it."""

    def split(
        self, order_id: str, move: Mapping[str, int] | None, new_id: str | None
    ) -> tuple[ModelOrder, ModelOrder]:
        """Split an order; by default what can ship now stays, and everything else goes (law 17)."""
        order = self.find(order_id)
        content = ("split", order_id, move)
        if new_id in self.orders:
            if self.contents[new_id] != content:
                raise ModelRefusal("ContentDiffers")
            return order, self.orders[new_id]
        self.find_open(order_id)
        if move is None and not order.is_short:
            raise ModelRefusal("SplitRefused")
        units = self._cannot_ship(order) if move is None else move
        if any(order.asks(sku) < wanted for sku, wanted in units.items()) or all(
            order.asks(sku) == units.get(sku, 0) for sku in order.skus()
        ):
            raise ModelRefusal("SplitRefused")
        gone = [line for sku in sorted(units) for line in self.part(order, sku, units[sku])]
        created = order.copy()
        created.order_id = new_id or self._free_id(order_id)
        created.split_from = order_id
        created.lines = [
            ModelLine(number, line.sku, line.units)
            for number, line in enumerate(sorted(gone, key=lambda line: line.line_no), start=1)
        ]
        self.orders[created.order_id] = created
        self.contents[created.order_id] = content
        # The original is the one that is to ship now.
        self.serve(order)
        self.serve_everybody()
        return order, created

    def _cannot_ship(self, order: ModelOrder) -> dict[str, int]:
        """Return SKU → units that the order lacks even when it takes what there is."""
        lines = [line.copy() for line in order.lines]
        self._fill(order)
        lacking = {sku: order.lacks(sku) for sku in order.skus() if order.lacks(sku)}
        order.lines = lines
        return lacking

    def _free_id(self, order_id: str) -> str:
        number = 2
        while f"{order_id}-{number}" in self.orders:
            number += 1
        return f"{order_id}-{number}"

    def edit(self, order_id: str, edits: Sequence[Edit], *, allow_back_order: bool) -> ModelOrder:
        """Apply edits together, then serve everybody (laws 15, 16)."""
        named = [edit.sku for edit in edits]
        named += [edit.by for edit in edits if isinstance(edit, Replace)]
        if len(set(named)) < len(named):
            raise ModelRefusal("InvalidValue")
        order = self.find_open(order_id)
        before = [line.copy() for line in order.lines]
        wanted: dict[str, int] = {}
        for edit in edits:
            self._edit(order, edit, wanted)
        order.lines.sort(key=lambda line: line.line_no)
        if not order.lines or order.lines == before:
            raise ModelRefusal("EditRefused")
        self.serve_everybody()
        if not allow_back_order:
            for sku in wanted:
                spare = sum(
                    self.available(sku, name)
                    for name in self.warehouses(sku)
                    if order.warehouse in {None, name}
                )
                if order.lacks(sku) > spare:
                    raise ModelRefusal("ReplacementOutOfStock")
        return order

    def _edit(self, order: ModelOrder, edit: Edit, wanted: dict[str, int]) -> None:
        asked = order.asks(edit.sku)
        if not asked and not isinstance(edit, Add):
            raise ModelRefusal("EditRefused")
        match edit:
            case Remove(sku=sku):
                order.lines = [line for line in order.lines if line.sku != sku]
            case Add(sku=sku, quantity=more):
                self._grow(order, sku, more)
            case SetQuantity(sku=sku, quantity=quantity) if quantity >= asked:
                self._grow(order, sku, quantity - asked)
            case SetQuantity(sku=sku, quantity=quantity):
                self.part(order, sku, asked - quantity)
            case Replace(sku=sku, by=by, quantity=quantity):
                wanted[by] = asked if quantity is None else quantity
                first = min(line.line_no for line in order.lines if line.sku == sku)
                order.lines = [line for line in order.lines if line.sku != sku]
                order.lines.append(ModelLine(first, by, [None] * wanted[by]))
                order.lines.sort(key=lambda line: line.line_no)

    def _grow(self, order: ModelOrder, sku: str, more: int) -> None:
        """Ask for more on the last line of the SKU, or on a new last line."""
        last = [line for line in order.lines if line.sku == sku][-1:]
        if not last:
            number = max((line.line_no for line in order.lines), default=0) + 1
            last = [ModelLine(number, sku, [])]
            order.lines += last
        last[0].units += [None] * more
