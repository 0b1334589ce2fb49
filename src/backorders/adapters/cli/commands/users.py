"""`backorders users`: who can be told things by mail."""

from backorders.adapters.cli.commands import Desk, group, prints
from backorders.adapters.cli.documents.people import (
    UserDocument,
    UsersDocument,
    of_user,
    of_users,
)
from backorders.adapters.cli.views.people import show_users


@prints(UsersDocument)
def list_(*, desk: Desk) -> None:
    """List the users, with what each of them is told.

    For example:

        backorders users list
    """
    with desk.seller() as seller:
        users = seller.users()
    desk.show(of_users(users), lambda screen: show_users(screen, users))


@prints(UserDocument)
def add(user_id: str, email: str, /, *, desk: Desk) -> None:
    """Add a user, who is told nothing before being opted in; a known one gets the address.

    For example:

        backorders users add bob bob@example.com

    Args:
        user_id: The id of the user.
        email: Where mail goes.
    """
    with desk.seller(creates=True) as seller:
        user = seller.add_user(user_id, email=email)
    desk.show(of_user(user), lambda screen: show_users(screen, [user]))


@prints(UsersDocument)
def remove(user_id: str, /, *, desk: Desk) -> None:
    """Forget a user, and what was still to be delivered to the user.

    For example:

        backorders users remove bob

    Args:
        user_id: The user.
    """
    with desk.seller() as seller:
        seller.remove_user(user_id)
        users = seller.users()
    desk.show(of_users(users), lambda screen: show_users(screen, users))


app = group("users", "Who can be told things by mail.", [list_, add, remove])
