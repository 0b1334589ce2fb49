"""What is logged: under `backorders`, and nowhere unless the host says where."""

import logging
from typing import Final

LOG: Final = logging.getLogger("backorders")
LOG.addHandler(logging.NullHandler())
