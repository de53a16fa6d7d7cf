"""Letters laid out by several processes at once, kept in order.

WeasyPrint is Python almost throughout: threads would take turns, and make the window
wait for its own. Processes are started anew (``spawn``), as Windows can only do.
"""

import os
import signal
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread

from domain.dunning.letter import LetterContent, LetterFile

WORTH_IT = 24
"""Fewer letters are laid out before other processes would have started."""
_MOST_PROCESSES = 4
"""Each takes about 120 MB."""
_IN_HAND = 2
"""Letters given to each process ahead: it never waits, and a stop is soon obeyed."""


def made_apart(
    letters: Sequence[LetterContent],
) -> Generator[LetterFile, None, None]:
    """Make letters in other processes; they come in their own order.

    Ends early where processes cannot be started here, or one was killed: what is
    missing is for the caller to make.
    """
    if not letters:
        return
    try:
        with _workshop() as workshop:
            waiting = iter(letters)
            ahead: deque[Future[LetterFile]] = deque(
                workshop.submit(_made, letter)
                for letter in islice(waiting, _processes() * _IN_HAND)
            )
            while ahead:
                file = ahead.popleft().result()
                ahead.extend(
                    workshop.submit(_made, letter) for letter in islice(waiting, 1)
                )
                yield file
    except (BrokenProcessPool, OSError, ImportError):
        return


def is_worth_it(laid_out: int, left: int) -> bool:
    """Tell whether the letters left are sooner made by several processes.

    Those that are like others take no time: only ones laid out in full count.
    """
    return laid_out >= WORTH_IT and left >= WORTH_IT and _processes() > 1


def _processes() -> int:
    return min(_MOST_PROCESSES, os.cpu_count() or 1)


@contextmanager
def _workshop() -> Iterator[ProcessPoolExecutor]:
    """Start the processes; what they have not begun when it ends is dropped."""
    workshop = ProcessPoolExecutor(
        _processes(), mp_context=get_context("spawn"), initializer=_get_ready
    )
    try:
        yield workshop
    finally:
        workshop.shutdown(cancel_futures=True)


def _get_ready() -> None:
    """Prepare a process: its parent alone hears Ctrl+C, and takes it along."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End with the app, even one that was killed: it would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _made(letter: LetterContent) -> LetterFile:
    from storage.documents.press import print_letter

    return print_letter(letter)
