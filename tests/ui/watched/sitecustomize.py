"""Read by Python at the start of each app that a test starts, and of its processes.

Notes on a file each time one looks outside this machine: a connection, a message, a
name to find.
"""

import os
import sys

_LOCAL = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - named, not listened on
_file = os.environ.get("RELANCE_TEST_OUTSIDE_CALLS")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host and _file and not str(host).startswith(_LOCAL):
        with open(_file, "a", encoding="utf-8") as calls:  # noqa: PTH123 - bare and early
            calls.write(f"{event} {host}\n")


if _file:
    sys.addaudithook(_watch)
