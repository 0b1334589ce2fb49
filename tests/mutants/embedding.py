"""Bugs in what others are told of, and in how calls are run for them."""

from typing import Final

from tests.mutants.bug import Bug

_SUBSCRIBING: Final = "tests/domain/test_subscribing.py"

BUGS: Final = (
    Bug(
        "event-overtakes",
        "an event is told before an earlier one of its order that has failed",
        "usecases/subscribing.py",
        "new = [happened for happened in new if happened.about not in waiting]",
        "new = [*new]",
        f"{_SUBSCRIBING}::test_a_failing_event_holds_up_its_own_order_alone",
    ),
    Bug(
        "outage-skips-events",
        "events that could not be told to anybody are gone by",
        "usecases/subscribing.py",
        "position = first.happened.position - 1",
        "position = outcome.upto",
        f"{_SUBSCRIBING}::test_when_nothing_can_be_told_nothing_is_set_aside",
    ),
    Bug(
        "any-signature-will-do",
        "a webhook that was signed by somebody else is taken for genuine",
        "adapters/webhooks.py",
        "if not any(hmac.compare_digest(each.encode(), expected.encode()) for each in given):",
        "if not given:",
        "tests/adapters/test_webhooks.py::test_what_was_changed_or_kept_back_is_refused",
        store=None,
    ),
    Bug(
        "nested-calls-counted",
        "a call that the face makes on itself is told as another",
        "application/observing.py",
        "if outer is not None and outer.owner is owner:",
        "if outer is not None and outer.owner is None:",
        "tests/adapters/test_observing.py::test_a_call_is_told_once_with_what_it_came_to",
        store=None,
    ),
)
