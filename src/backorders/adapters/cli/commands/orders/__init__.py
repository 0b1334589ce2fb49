"""`backorders orders`: orders, from being placed to being despatched."""

from backorders.adapters.cli.commands import group
from backorders.adapters.cli.commands.orders import changing, handling, placing, reading

app = group(
    "orders",
    "Orders, from being placed to being despatched.",
    [
        placing.place,
        reading.show,
        reading.list_,
        placing.cancel,
        placing.request_cancellation,
        placing.resolve_cancellation,
        changing.edit,
        changing.remove,
        changing.replace,
        changing.split,
        changing.change_policies,
        handling.hold,
        handling.release,
        handling.release_due,
        handling.prioritise,
        handling.process,
        handling.despatch,
        reading.history,
        reading.explain,
        reading.remedies,
        reading.promise,
    ],
)
