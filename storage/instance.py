"""Whether a window of Relance has a folder of books open."""

import os
from pathlib import Path

LOCK_NAME = "instance.lock"


def is_in_use(folder: Path) -> bool:
    """Try the lock that a window holds as long as it runs."""
    lock = folder / LOCK_NAME
    if not lock.exists():
        return False
    with lock.open("r+b") as held:
        return not _can_lock(held.fileno())


def _can_lock(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
