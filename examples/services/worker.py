"""The worker beside a service: a loop that does what is due, until it is told to stop.

    python examples/services/worker.py --store sqlite:///shop.db --every 60
    python examples/services/worker.py --store … --mail-host mail.example.com --mail-port 587

Several may run at once, on several machines: nothing is done twice. Each round is short, and what a
round does not get done is there in the next one. On SIGTERM the round at work is finished.
"""

import argparse
import logging
import signal
import threading
from types import FrameType

from backorders import Backorders, BackordersError
from backorders.adapters.notifiers import LoggingNotifier
from backorders.adapters.smtp import SmtpNotifier
from backorders.adapters.sql import SqlStore
from backorders.ports.notifier import Notifier

LOG = logging.getLogger("worker")


def one_round(desk: Backorders, notifier: Notifier) -> None:
    """Do all that is due now."""
    for seller_id in desk.sellers():
        # What a process left over that was killed between two commits of a long queue.
        released = desk.seller(seller_id).reprocess().released
        if released:
            LOG.info("%s: released %s", seller_id, ", ".join(released))
    for seller_id, order_id in desk.release_due_holds():
        LOG.info("%s: the hold on %s has run out", seller_id, order_id)
    queued = desk.compose_daily_digests()
    delivered = desk.deliver_notifications(notifier)
    LOG.info("notices: %d queued, %d sent, %d failed", queued, delivered.sent, delivered.failed)


def main() -> None:
    """Go round until somebody says stop."""
    parser = argparse.ArgumentParser(description="Does what is due, every so often.")
    parser.add_argument("--store", default="sqlite:///shop.db")
    parser.add_argument("--every", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--mail-host", help="without it, notices are written to the log")
    parser.add_argument("--mail-port", type=int, default=587)
    parser.add_argument("--sender", default="back-orders@example.com")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(name)s %(message)s")
    notifier: Notifier = LoggingNotifier()
    if asked.mail_host:
        notifier = SmtpNotifier(asked.mail_host, asked.mail_port, sender=asked.sender)
    told_to_stop = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    store = SqlStore.from_url(asked.store)
    desk = Backorders(store)
    while not told_to_stop.is_set():
        try:
            one_round(desk, notifier)
        except BackordersError:
            # The database is away, say: it will be there again.
            LOG.exception("this round failed; the next one goes on")
        told_to_stop.wait(asked.every)
    store.close()
    LOG.info("stopped")


if __name__ == "__main__":
    main()
