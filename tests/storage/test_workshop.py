"""Letters made by several processes, real ones."""

import os
import signal
import subprocess
import sys
from multiprocessing import active_children

import pytest

from domain.dunning.letter import LetterContent
from storage.documents import workshop
from storage.documents.maker import DocumentMaker
from tests.builders import a_customer, an_item
from tests.composing import as_shipped
from tests.paper import pages_of


@pytest.fixture(autouse=True)
def _several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "WORTH_IT", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def some_letters(count: int) -> list[LetterContent]:
    return [
        as_shipped(
            "reminder_1",
            an_item(reference=f"FA-{rank}"),
            customer=a_customer(code=f"C{rank}", name=f"Client {rank}"),
        )
        for rank in range(count)
    ]


def test_letters_made_by_several_processes_come_in_order_told_one_by_one() -> None:
    letters, told = some_letters(7), []

    def progress(done: int, total: int) -> bool:
        told.append((done, total, len(active_children())))
        return True

    made = DocumentMaker().letter_batch(letters, progress)

    assert [(done, total) for done, total, _apart in told] == [
        (done, 7) for done in range(1, 8)
    ]
    assert told[0][2] == 2
    for rank, letter in enumerate(made.letters):
        assert f"Client {rank}" in pages_of(letter.pdf)[0]
    assert not active_children()


def _until_three(done: int, total: int) -> bool:
    return done < min(3, total)


def test_a_stop_keeps_the_letters_made_and_ends_the_processes() -> None:
    made = DocumentMaker().letter_batch(some_letters(40), _until_three)

    assert len(made.letters) == 3
    assert not active_children()


def test_letters_are_all_made_even_when_a_process_is_killed() -> None:
    def progress(done: int, total: int) -> bool:
        if done == 1:
            for child in active_children():
                child.kill()
        return done <= total

    made = DocumentMaker().letter_batch(some_letters(12), progress)

    assert len(made.letters) == 12
    assert "Client 11" in pages_of(made.letters[11].pdf)[0]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_processes_end_with_an_app_that_is_killed() -> None:
    program = (
        "from multiprocessing import active_children\n"
        "from tests.storage import test_workshop as own\n"
        "if __name__ == '__main__':\n"
        "    made = own.workshop.made_apart(own.some_letters(200))\n"
        "    next(made)\n"
        "    print(*[child.pid for child in active_children()], flush=True)\n"
        "    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as app:
        assert app.stdout
        children = [int(pid) for pid in app.stdout.readline().split()]
        app.send_signal(signal.SIGKILL)
        # They hold the app's output open as long as they live.
        app.stdout.read()

    assert children
    assert all(_is_gone(pid) for pid in children)


def _is_gone(pid: int) -> bool:
    """Whether a process ended, even if nobody asked yet what became of it."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as state:  # noqa: PTH123
            return state.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
