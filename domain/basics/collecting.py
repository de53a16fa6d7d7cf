"""Sparing Python a search that finds nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_RARE = (50_000, 10, 1_000)


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look for cycles rarely: a large ledger makes millions of lasting objects.

    Among them the usual searches take a tenth of an import, a sixth of a look at the
    day's reminders, and freeze the window. Not to be nested: the end is the usual.
    """
    gc.set_threshold(*_RARE)
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
