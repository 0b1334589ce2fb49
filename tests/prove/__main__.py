"""The long run's command line: `python -m tests.prove`, or `make prove ARGS=…`."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from tests.prove import document, records
from tests.prove.records import ROOT, Record, Records
from tests.prove.report import lines, parts_of
from tests.prove.trials import URL, Trial, trials
from tests.stress.places import NewUrl, in_files
from tests.support import postgresql

app = App(name="prove", help_format="plaintext")


@app.default
def prove(
    *parts: str,
    stores: str = "",
    size: Annotated[float, Parameter(validator=Number(gt=0))] = 1.0,
    fresh: bool = False,
    keep: bool = False,
    report_only: bool = False,
    write: bool = False,
) -> int:
    """Run everything that looks for broken laws by chance, for hours, and report what it came to.

    It can be stopped at any time: what is done is kept in build/prove.jsonl, and the next run goes
    on with the rest, until the source of the library changes. Exits with 1 if anything was found.

    Args:
        parts: Words that stand in the names of the parts to run, such as simulation; all parts
            unless named.
        stores: Which of memory, sqlite, postgresql, all; apart by commas; every one unless named.
        size: A fraction of the full size, which takes hours.
        fresh: Forget what was run before.
        keep: Let runs count that were made before the source was changed; the report says of which
            revision they are.
        report_only: Run nothing.
        write: Put the report into docs/reference/proof.md.
    """
    every = list(trials(size))
    known = Records()
    if fresh:
        known.forget()
    known.read()
    code = records.code()

    def is_done(trial: Trial) -> bool:
        record = known.of(trial.key)
        return record is not None and record.status == 0 and (keep or record.code == code)

    if not report_only:
        wanted = [
            trial
            for trial in every
            if (not parts or any(word in trial.part for word in parts))
            and (not stores or trial.store in stores.split(","))
        ]
        left = [trial for trial in wanted if not is_done(trial)]
        print(f"{len(wanted)} runs, {len(left)} of them to be made", flush=True)
        _run_all(left, known, code)
    found = parts_of(every, known.by_key)
    report = lines(found, size)
    print(*report, sep="\n")
    if write:
        document.write("prove", report)
    return min(1, sum(part.failed for part in found))


def _run_all(left: list[Trial], known: Records, code: str) -> None:
    with ExitStack() as stack:
        new_url = _databases(stack)
        for number, trial in enumerate(left, start=1):
            record = _run(trial, new_url, code)
            known.note(record)
            came_to = "found nothing" if record.status == 0 else "FOUND SOMETHING"
            print(f"{number} of {len(left)}: {trial.key}: {came_to}, {record.seconds:.0f} s")
            if record.status:
                print(record.said)
            sys.stdout.flush()


def _run(trial: Trial, new_url: Callable[[str], str], code: str) -> Record:
    began_at = time.monotonic()
    command = [
        part.replace(URL, new_url(trial.store)) if URL in part else part for part in trial.command
    ]
    ran = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Record(
        trial.key,
        code,
        records.revision(),
        ran.returncode,
        round(time.monotonic() - began_at, 1),
        dict(trial.count(ran.stdout)),
        "" if ran.returncode == 0 else ran.stdout[-10_000:],
    )


def _databases(stack: ExitStack) -> Callable[[str], str]:
    """Return what makes an empty database of a kind; a server starts when it is first needed."""
    places: dict[str, NewUrl] = {}

    def new_url(store: str) -> str:
        if store not in places:
            place = in_files() if store == "sqlite" else _on_postgresql()
            places[store] = stack.enter_context(place)
        return places[store]()

    return new_url


@contextmanager
def _on_postgresql() -> Iterator[NewUrl]:
    with postgresql.running_server() as server:
        yield lambda: postgresql.new_database(server).render_as_string(hide_password=False)


if __name__ == "__main__":
    sys.exit(app())
