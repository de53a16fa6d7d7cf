"""How far a long piece of work is; who watches it may stop it."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")
_EVERY = 2_000
"""Rare enough to cost nothing, often enough to stop at once."""


class Phase(StrEnum):
    """What an import, or another long piece of work, is doing."""

    READING = "reading"
    COMPARING = "comparing"
    WRITING = "writing"
    REHEARSING = "rehearsing"
    VERIFYING = "verifying"


class StoppedError(Exception):
    """Who watched the work wants it no more; nothing of it is kept."""


Tell = Callable[[Phase, int, int], None]
"""Receives a phase, what is done of it, and the whole; raises to stop the work."""
Count = Callable[[int], None]
"""Receives how many things are done; raises to stop the work."""


def untold(_phase: Phase, _done: int, _total: int) -> None:
    """Watch nothing."""


def uncounted(_done: int) -> None:
    """Count nothing."""


def part(tell: Tell, phase: Phase, start: int, total: int) -> Count:
    """Count one of the parts of a phase, that begins after others."""
    return lambda done: tell(phase, min(start + done, total), total)


def counted(things: Iterable[T], each: Count) -> Iterator[T]:
    """Go through things, telling now and then how many were."""
    for done, thing in enumerate(things):
        if not done % _EVERY:
            each(done)
        yield thing
