"""What an error of the library is over HTTP: the status to answer with."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from backorders.domain.errors import (
    BackordersError,
    InvalidValue,
    LostRace,
    OutcomeUnknown,
    RecipientRefused,
    Refused,
    StoreUnusable,
    UnknownEvent,
    UnknownInbound,
    UnknownNotice,
    UnknownOrder,
    UnknownUser,
)

STATUSES: Final[Mapping[type[BackordersError], HTTPStatus]] = MappingProxyType(
    {
        BackordersError: HTTPStatus.INTERNAL_SERVER_ERROR,
        InvalidValue: HTTPStatus.UNPROCESSABLE_ENTITY,
        UnknownOrder: HTTPStatus.NOT_FOUND,
        UnknownUser: HTTPStatus.NOT_FOUND,
        UnknownNotice: HTTPStatus.NOT_FOUND,
        UnknownInbound: HTTPStatus.NOT_FOUND,
        UnknownEvent: HTTPStatus.NOT_FOUND,
        Refused: HTTPStatus.CONFLICT,
        RecipientRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
        StoreUnusable: HTTPStatus.SERVICE_UNAVAILABLE,
        # Whoever asked cannot tell whether it was done, as when a gateway got no answer.
        OutcomeUnknown: HTTPStatus.GATEWAY_TIMEOUT,
        LostRace: HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
"""The status of an error; one that is not named has that of what it is derived from."""


def status_of(error: BackordersError) -> HTTPStatus:
    """Return the status to answer with when a call raised this.

    >>> int(status_of(UnknownOrder("O1")))
    404
    """
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
