"""No statement's text is built from input: whatever the ids are, the texts are the same.

Every public call, on every SQL store, with plain ids and with hostile ones: the same set of texts
is sent, and what comes back is the same but for the ids.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Final

import attrs
import pytest
from sqlalchemy import event

from backorders import Answer, Backorders, BackordersError, Explanation, Page
from backorders.adapters.sql import SqlStore
from tests.support.clock import SettableClock
from tests.support.public_calls import Example, Named, as_named, examples, live
from tests.support.stored import stored_in
from tests.support.stores import STORES

HOSTILE: Final = (
    "'",
    "''",
    '"',
    "`",
    "\\",
    "\\'",
    "'; DROP TABLE backorders_orders; --",
    "' OR '1'='1",
    '" OR ""="',
    "') UNION SELECT 1 --",
    "-- nothing",
    "/* nothing",
    "*/",
    "#",
    ";",
    "$$",
    "$1",
    "$x$; SELECT 1; $x$",
    "%s",
    "%(seller_no)s",
    "%",
    "?",
    ":seller_no",
    "\\:ids",
    "{seller_no}",
    '"]}, {"a": [',
    "[[NULL, null]]",
    "\u200b\u202e\u0301",
    "\U0001f4a5",
    "\uffff\U0010ffff",
)
"""30 strings that end a text, begin a comment or stand for a parameter somewhere."""
GROUPS: Final = [" ".join((*HOSTILE[first : first + 5], "")) for first in range(0, 30, 5)]
"""They go before each id, a few at a time."""


@attrs.frozen
class Run:
    """What the calls came to, and how they were put to the database."""

    texts: frozenset[str]
    results: Mapping[str, object]


class Bench:
    """A SQL store, of which every text is noted."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self._stored = stored_in(store)
        self._texts: set[str] = set()
        event.listen(store.engine, "before_cursor_execute", self._note)
        self.plain = self.run(as_named)

    def _note(self, _connection: object, _cursor: object, text: str, *_rest: object) -> None:
        self._texts.add(text)

    def run(self, of: Named) -> Run:
        """Make every call after the past, in an empty store, with these ids."""
        self._stored.put_back({table: [] for table in self._stored.rows()})
        self._texts.clear()
        app = Backorders(self._store, clock=SettableClock())
        seller_id = of("acme")
        live(app, self._store, {seller_id: of})
        results = {}
        # Those of all sellers first: later there would be nobody left to be told.
        for example in sorted(examples(of), key=_place):
            result = example.found(app, seller_id).on(app, seller_id)
            # An error shows ids as Python writes them.
            told = type(result) if isinstance(result, BackordersError) else result
            results[f"{example}"] = told
        return Run(frozenset(self._texts), results)

    def close(self) -> None:
        """Forget the texts."""
        self._stored.close()


@pytest.fixture(scope="module", params=[name for name in STORES if name != "memory"])
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    """A bench of each kind of SQL store in turn."""
    name: str = request.param
    with closing(STORES[name](tmp_path_factory.mktemp(name))) as store:
        assert isinstance(store, SqlStore)
        with closing(Bench(store)) as made:
            yield made


@pytest.mark.parametrize("hostile", GROUPS)
def test_no_id_changes_the_text_of_a_statement(hostile: str, bench: Bench) -> None:
    """What a shop's customers type in must never be read as SQL."""
    run = bench.run(lambda name: hostile + name)
    assert run.texts == bench.plain.texts
    for name, result in run.results.items():
        if name.startswith("Seller."):
            assert _without(hostile, result) == _without(hostile, bench.plain.results[name]), name


def test_no_value_is_in_the_text_of_a_statement(bench: Bench) -> None:
    """A value that stood in a text would stand there with ids of any kind."""
    assert len(bench.plain.texts) > 50
    values = "acme", "SHORT", "PARTLY", "the first reason", "example", "Europe", "1772442000000000"
    found = {value: text for text in bench.plain.texts for value in values if value in text}
    assert found == {}


def _place(example: Example) -> tuple[str, str]:
    """Return where an example stands among the others; a subscription is forgotten last of all."""
    face, _, name = example.name.partition(".")
    return (face, "" if face == "Subscription" else name)


def _without(prefix: str, value: object) -> object:
    """Return a value with the prefix taken out of every text in it."""
    if isinstance(value, Page):
        # Where the next page starts is a secret writing of an id.
        return [_without(prefix, value.items), value.next is None]
    if isinstance(value, str):
        return value.replace(prefix, "")
    if isinstance(value, Mapping):
        return {_without(prefix, key): _without(prefix, each) for key, each in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [_without(prefix, each) for each in value]
    kind = type(value)
    if isinstance(value, BackordersError):
        # It shows ids as Python writes them.
        value = kind
    if attrs.has(kind):
        # What is told in sentences shows ids as Python writes them.
        told = {"sentences", "reason"} if isinstance(value, Answer | Explanation) else set()
        fields = [field.name for field in attrs.fields(kind) if field.name not in told]
        return [kind, *(_without(prefix, getattr(value, name)) for name in fields)]
    # The message of an error shows ids as Python writes them.
    return kind if isinstance(value, BackordersError) else value
