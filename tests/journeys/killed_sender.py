"""Sends again and again, each time in a process killed at a chosen point.

Run as a program on a data folder: it reads « point which » a line, forks, lets the
child send until that point is reached for the ``which``-th time, and tells by which
signal it ended, 0 for none. Forking spares each child the start of Python. The child
sends as the command line does, or as the window's « Envoyer » does.
"""

import asyncio
import os
import signal
import smtplib
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

from domain.usecases import sending
from storage.database.activities import SqliteActivityStore
from storage.database.outbox import SqliteOutboxStore
from storage.mail import smtp
from storage.mail.line import FINAL_DOT, Line
from storage.outside import Outside
from ui import cli, postman
from ui.session import Session

COMMAND, WINDOW = "command", "window"
SAFE = ("about_to_mark", "marked_not_kept", "recorded")
"""Points at which nothing can be in doubt, for the command. The window records a
message and marks the next one together: killed before that, the first is in doubt."""
DOUBTFUL = (
    "marked",
    "connected",
    "sender_named",
    "recipient_named",
    "half_sent",
    "dot_sent",
    "answered",
    "recorded_not_kept",
)
POINTS = (*SAFE, *DOUBTFUL)
_HOOKS: dict[str, tuple[Any, str, bool]] = {
    # point: where, which function, and whether before it
    "about_to_mark": (SqliteOutboxStore, "take", True),
    "marked_not_kept": (SqliteOutboxStore, "take", False),
    "marked": (smtp.SmtpGateway, "deliver", True),
    "connected": (Line, "begin", True),
    "sender_named": (Line, "begin", False),
    "recipient_named": (Line, "rcpt", False),
    "answered": (Line, "data", False),
    "recorded_not_kept": (SqliteActivityStore, "record_levels", False),
    "recorded": (sending, "record_delivery", False),
}


def main(folder: str, day: str, way: str) -> None:
    """Answer each line by what became of one sending."""
    if way == WINDOW:
        _HOOKS["recorded"] = (postman, "pass_on", False)
    _import_all()
    for line in sys.stdin:
        point, which = line.split()
        child = os.fork()
        if child == 0:
            _arm(point, int(which))
            _send(folder, day, way)
        _, status = os.waitpid(child, 0)
        print(os.WTERMSIG(status), flush=True)  # noqa: T201 - a program's answer


def _import_all() -> None:
    """Import once what every child would import at its first use."""
    outside = Outside()
    outside.documents.shipped_texts()
    with closing(outside.open_books("")) as books:
        assert not books.entities.all()


def _send(folder: str, day: str, way: str) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    if way == WINDOW:
        asyncio.run(_send_all(folder, day))
        os._exit(0)
    os._exit(cli.main(Outside(), ["send", "--date", day, "--data", folder, "--json"]))


async def _send_all(folder: str, day: str) -> None:
    """Do what « Envoyer » does, once the user agreed."""
    session = Session(Outside(), folder, today=lambda: date.fromisoformat(day))
    [entity] = await session.run(lambda books: books.entities.all())
    await session.postman.send(entity.id)
    session.close()


class _Trap:
    """Kills the process the ``which``-th time it is sprung."""

    def __init__(self, which: int) -> None:
        self._left = which

    def spring(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _arm(point: str, which: int) -> None:
    trap = _Trap(which)
    if point == "half_sent":
        Line.send = _half(trap)  # type: ignore[method-assign]
    elif point == "dot_sent":
        _after_dot(trap)
    elif point in _HOOKS:
        owner, name, before = _HOOKS[point]
        _wrap(owner, name, trap, before=before)


def _wrap(owner: Any, name: str, trap: _Trap, *, before: bool) -> None:  # noqa: ANN401
    true: Callable[..., Any] = getattr(owner, name)

    def watched(*args: Any, **options: Any) -> Any:  # noqa: ANN401
        if before:
            trap.spring()
        result = true(*args, **options)
        if not before:
            trap.spring()
        return result

    setattr(owner, name, watched)


def _half(trap: _Trap) -> Callable[..., None]:
    true = Line.send

    def send(self: Line, words: Any) -> None:  # noqa: ANN401
        if isinstance(words, bytes) and words.endswith(FINAL_DOT):
            smtplib.SMTP.send(self, words[: len(words) // 2])
            trap.spring()
            smtplib.SMTP.send(self, words[len(words) // 2 :])
            return
        true(self, words)

    return send


def _after_dot(trap: _Trap) -> None:
    true = Line.send

    def send(self: Line, words: Any) -> None:  # noqa: ANN401
        true(self, words)
        if isinstance(words, bytes) and words.endswith(FINAL_DOT):
            trap.spring()

    Line.send = send  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    main(*sys.argv[1:])
