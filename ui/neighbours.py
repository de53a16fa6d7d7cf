"""Who is at the other end of a connection: this machine may have several users."""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))


def is_another_user(client_port: int, port: int) -> bool:
    """Tell whether a connection to one of our ports comes from somebody else.

    The cookie alone would not tell: browsers send it to every port of this machine, so
    another user who listens on one may be given it. Only Linux says so without rights
    of its own; elsewhere, and where it says nothing, the cookie decides alone.
    """
    if sys.platform != "linux":
        return False
    # Seen from the other end: its port, ours, any state but the one that outlives a
    # connection (06, whose user is forgotten), three counters, the user.
    line = re.compile(
        rf":{client_port:04X} [0-9A-F]+:{port:04X} (?!06)\S+ \S+ \S+ \S+ +(\d+)"
    )
    for table in _TABLES:
        with suppress(OSError):
            if found := line.search(table.read_text("ascii")):
                return int(found[1]) != os.getuid()
    return False
