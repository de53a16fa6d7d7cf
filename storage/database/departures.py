"""A line outside the books for each message that leaves, written before its first byte.

Books that are lost with their disk sector, or replaced by an older copy, no longer know
what left after it: these lines do. They name nobody, as the journal: the words of an
e-mail and its address are in its file, in the folder of what was sent.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.basics.file_problems import FileNotWrittenError, why
from domain.basics.identifiers import MessageId

NAME = "relance.sent"
_LEFT_OUT = frozenset({"subject", "body", "recipient", "copies", "sender", "answer"})


class Departures:
    """The lines of one folder of books; books in memory have none."""

    def __init__(self, path: Path | None) -> None:
        self._file = path.with_name(NAME) if path else None

    def note(
        self, connection: sqlite3.Connection, message_id: MessageId, at: datetime
    ) -> None:
        """Write down that a message leaves, and wait for the disk.

        Raises:
            FileNotWrittenError: the message stays, since nothing would remember it.
        """
        if self._file is None:
            return
        cursor = connection.execute("SELECT * FROM outbox WHERE id = ?", (message_id,))
        row = cursor.fetchone()
        if row is None:
            return
        names = [column[0] for column in cursor.description]
        items = connection.execute(
            "SELECT item_id, left_cents, currency, level FROM outbox_items"
            " WHERE message_id = ? ORDER BY rowid",
            (message_id,),
        ).fetchall()
        message = {
            name: value
            for name, value in zip(names, row, strict=True)
            if name not in _LEFT_OUT
        }
        self._append({"at": at.isoformat(), "message": message, "items": items})

    def _append(self, line: dict[str, Any]) -> None:
        file = str(self._file)
        try:
            # One write, on a line of its own even where the last one was cut short.
            opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(opened, b"\n" + json.dumps(line).encode())
                os.fsync(opened)
            finally:
                os.close(opened)
        except OSError as problem:
            raise FileNotWrittenError(file=file, reason=why(problem)) from problem


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Read the lines written beside books, whole ones only, the first ones first."""
    try:
        lines = path.with_name(NAME).read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            found = json.loads(line) if line else None
        except ValueError:
            continue  # cut short by a crash: its message had not begun to leave
        if isinstance(found, dict) and {"at", "message", "items"} <= found.keys():
            yield found
