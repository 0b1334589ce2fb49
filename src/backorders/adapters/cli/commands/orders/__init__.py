"""`backorders orders`: orders, from being placed to being despatched."""

from cyclopts import App

from backorders.adapters.cli.commands.orders import reading

app = App(name="orders", help="Orders, from being placed to being despatched.")

app.command(reading.show)
