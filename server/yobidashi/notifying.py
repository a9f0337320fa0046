"""Tells systemd how the server is, where systemd started it and asked to be told (``Type=notify``); elsewhere nobody is told.

So ``systemctl restart`` returns when the server listens, and one after the other can be restarted by a plain list of commands.
"""

import contextlib
import os
import socket
from typing import Final

ASKED_BY: Final = "NOTIFY_SOCKET"
"""systemd's own variable, no setting of ours: where it listens, with @ for the first byte of an abstract name."""

READY: Final = "READY=1"
STOPPING: Final = "STOPPING=1"


def notify(state: str) -> None:
    """Tell ``state``. What listens there may be gone, and is no reason not to serve."""
    address = os.environ.get(ASKED_BY, "")
    if not address:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as asked:
        asked.connect(address.replace("@", "\0", 1) if address.startswith("@") else address)
        asked.sendall(state.encode())
