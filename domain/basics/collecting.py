"""Sparing Python a search that finds nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_RARE = (50_000, 1_000, 1_000)


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look for cycles rarely: a large ledger makes millions of lasting objects.

    Among them the usual searches take a tenth of an import, a sixth of a look at the
    day's reminders, and freeze the window. What was made goes straight to the oldest
    generation: looking through it at the end took as long as all searches spared.
    Not to be nested: the end is the usual.
    """
    gc.set_threshold(*_RARE)
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        gc.set_threshold(*_USUAL)
