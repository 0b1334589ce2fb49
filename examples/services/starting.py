"""How each of the services is started and stopped."""

import argparse
import signal


def options(what: str) -> argparse.Namespace:
    """Return where the store is and which port to listen on."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--store", default="sqlite:///shop.db")
    parser.add_argument("--port", type=int, default=8000, help="0: any that is free")
    return parser.parse_args()


def announce(port: int) -> None:
    """Say where the service listens, and from here on take SIGTERM for Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(f"listening on http://127.0.0.1:{port}", flush=True)
