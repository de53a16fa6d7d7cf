"""One app per folder of books: the first one works, the next ones call it forward."""

import http.client
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from ui.crash import CrashTrace
from ui.local_guard import HOST, Door

REVEAL = "/reveal"
_LOCK = "instance.lock"
_ADDRESS = "instance.json"
_FIRST_MAY_TAKE = 15.0
"""Seconds; the first app may itself have just been started."""


class Instance:
    """This app's claim on a folder of books; the system drops it after a crash."""

    def __init__(self, folder: Path) -> None:
        self._address = folder / _ADDRESS
        self._lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        self._is_mine = False
        self.trace = CrashTrace(folder)

    def claim(self) -> bool:
        """Take the folder; False when another app has it."""
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self._lock, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        self._address.unlink(missing_ok=True)  # left by a crash
        self._is_mine = True
        return True

    def publish(self, door: Door) -> None:
        """Tell the next apps how to reach this one; nobody else may read it."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        file = os.open(self._address, flags, 0o600)
        os.write(file, json.dumps({"port": door.port, "token": door.token}).encode())
        os.close(file)

    def leave(self) -> None:
        """Give the folder back; nothing to give where it was never taken."""
        self.trace.end()
        if self._is_mine:
            with suppress(OSError):
                self._address.unlink()
        os.close(self._lock)

    def reveal_other(self, opened: str = "") -> str | None:
        """Bring the first app to the front; ``opened`` is a file for it to show.

        Returns the address to open when it lives in a browser, an empty text when it
        showed its own window, None when it did not answer.
        """
        deadline = time.monotonic() + _FIRST_MAY_TAKE
        while time.monotonic() < deadline:
            with suppress(OSError, ValueError, http.client.HTTPException):
                first = json.loads(self._address.read_text("utf-8"))
                return _ask_to_show(first, opened)
            time.sleep(0.1)
        return None


def _ask_to_show(first: dict[str, str], opened: str) -> str:
    port = int(first["port"])
    connection = http.client.HTTPConnection(HOST, port, timeout=3)
    headers = {"Cookie": f"{Door.cookie_name_for(port)}={first['token']}"}
    try:
        connection.request("POST", REVEAL, body=opened.encode(), headers=headers)
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise http.client.HTTPException(answer.status)
        return answer.read().decode()
    finally:
        connection.close()
