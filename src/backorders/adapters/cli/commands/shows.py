"""`demo`: the library at work."""

from backorders.adapters.cli.commands import Desk


def demo(*, desk: Desk) -> None:
    """Show what happens when stock is not enough, on real orders, in a file that you can keep.

    It works in the file or database that --store names; without it, in backorders-demo.db in this
    folder. Only what an earlier demo has made is overwritten.
    """
    from backorders.adapters.cli.demo import demo as show

    show(store=desk.named_store)
