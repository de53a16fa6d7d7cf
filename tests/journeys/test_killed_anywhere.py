"""The sending process killed at every point that is recorded, against a real server.

One round is part of the suite: eleven kills of the command, four of the window's
sender. For hundreds of each:
``RELANCE_KILL_ROUNDS=40 pytest tests/journeys/test_killed_anywhere.py -s``.
"""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import pytest

from domain.dunning.outbox import MessageState
from domain.usecases.outbox import show_outbox
from domain.usecases.verifying import verify
from tests.journeys.killed_sender import COMMAND, DOUBTFUL, POINTS, WINDOW
from tests.journeys.sending import COUNT, ROOT, TODAY, Firm, prepared
from tests.mail_server import smtp_server

__all__ = ["prepared"]
ROUNDS = int(os.environ.get("RELANCE_KILL_ROUNDS", "1"))
KILLS = {COMMAND: len(POINTS), WINDOW: len(POINTS) if ROUNDS > 1 else 4}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="No fork here.")


class Sender:
    """A process that sends as often as asked, and says how each ended."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def send(self, point: str, which: int = 1) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{point} {which}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def sender(folder: Path, way: str) -> Iterator[Sender]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "NICEGUI"))
    }
    with subprocess.Popen(
        [
            sys.executable,
            *("-m", "tests.journeys.killed_sender"),
            *(str(folder), TODAY.isoformat(), way),
        ],
        cwd=ROOT,
        env={**inherited, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Sender(process)
        assert process.stdin
        process.stdin.close()


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("way", [COMMAND, WINDOW])
def test_killed_at_every_recorded_point_nothing_leaves_twice_or_is_lost(
    prepared: Path, tmp_path: Path, way: str, turn: int
) -> None:
    chance = random.Random(turn)  # noqa: S311 - the same instants at each run
    points = chance.sample(POINTS, KILLS[way])
    with smtp_server() as server:
        firm = Firm(copytree(prepared, tmp_path / "books"), server)
        with sender(firm.folder, way) as process:
            for point in points:
                killed_by = process.send(point, chance.choice((1, 1, 1, 2)))
                assert killed_by == signal.SIGKILL, point
                assert max(firm.arrived().values(), default=0) <= 1, point
            assert process.send("nowhere") == 0

        states = Counter(firm.states().values())
        doubts = states.pop(MessageState.UNCERTAIN, 0)
        assert states == {MessageState.SENT: COUNT - doubts}
        assert len(set(points) & set(DOUBTFUL)) <= doubts <= len(points)
        assert way == WINDOW or doubts == len(DOUBTFUL)
        with firm.books() as books:
            shown = show_outbox(books, firm.entity.id).to_check.rows
            found = verify(books)
        assert [row.message.state for row in shown] == [MessageState.UNCERTAIN] * doubts
        assert found.faults == ()
        assert found.end.count == COUNT
        firm.assert_exactly_once()
    print(f"{len(points)} kills by {way}: {doubts} doubts")  # noqa: T201 - figures
