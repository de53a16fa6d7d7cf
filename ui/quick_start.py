"""What makes the first page come sooner, and costs nothing afterwards."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 50_000
_UNUSED = ("aiohttp", "requests")


def collect_rarely() -> None:
    """Look for garbage rarely: importing makes many objects, and all of them stay.

    Python's own limit is 700 new objects; a tenth of the start went there.
    """
    gc.set_threshold(_NEW_OBJECTS, 20, 20)


@contextmanager
def without_clients() -> Iterator[None]:
    """Import NiceGUI without the clients of its socket library, which we never use.

    The library does without them (``engineio/async_client.py`` and ``client.py``);
    importing them takes a quarter of NiceGUI's own time.
    """
    hidden = [name for name in _UNUSED if name not in sys.modules]
    for name in hidden:
        vars(sys)["modules"][name] = None
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
