"""The newest accounting file of a folder that another program fills."""

import time
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from fnmatch import fnmatch
from hashlib import sha256
from os import stat_result
from pathlib import Path

from domain.basics.errors import FolderUnreachableError
from domain.files import FoundFile

_SETTLED_AFTER = 2.0
"""Seconds without a change: an export writes its lines without such a pause."""
_PATIENCE = 30.0
"""Seconds that someone who asked for a look may wait for the end of an export."""
_ASK_EVERY = 0.25
_TEXTS = (".txt", ".csv", ".tsv", ".tab", ".prn", ".fec", ".tra", ".asc")
_ENDINGS = (*_TEXTS, ".xlsx", ".xlsm", ".xls", ".ods", ".htm", ".html", ".xml")
# How Office, browsers and copying tools name what is not finished.
_UNFINISHED_STARTS = ("~", ".")
_UNFINISHED_ENDINGS = (".tmp", ".part", ".partial", ".crdownload", ".filepart")

_Shape = tuple[int, int]
"""Size, and moment of the last change: what differs while a file is written."""


class PolledFolder:
    """Looks at folders when asked, and remembers what it saw.

    Asking works on network drives too, where the system tells no event.
    """

    def __init__(self) -> None:
        self._seen: dict[Path, tuple[_Shape, float]] = {}
        """When each file was first seen as it is."""
        self._digests: dict[Path, tuple[_Shape, str]] = {}
        """A file that did not change is not read again."""

    def newest(
        self,
        folder: str,
        pattern: str = "",
        *,
        known: AbstractSet[str] = frozenset(),
        unreadable: AbstractSet[str] = frozenset(),
        wait: bool = False,
    ) -> FoundFile | None:
        """Read the newest file, unless its sha256 is ``known``; then None.

        Raises:
            FolderUnreachableError: the folder is gone, or its disk is.
        """
        give_up = time.monotonic() + (_PATIENCE if wait else 0)
        while True:
            found, is_settling = self._look(folder, pattern, known, unreadable)
            if not is_settling or time.monotonic() >= give_up:
                return found
            time.sleep(_ASK_EVERY)

    def _look(
        self,
        folder: str,
        pattern: str,
        known: AbstractSet[str],
        unreadable: AbstractSet[str],
    ) -> tuple[FoundFile | None, bool]:
        """Find the newest file, or tell that it is still being written."""
        candidates = _candidates(folder, pattern)
        settled = {p for p, status in candidates if self._is_settled(p, _shape(status))}
        for path, status in candidates:
            shape = _shape(status)
            digest = self._digest(path, shape)
            if digest in known:
                break  # an older file would take back what this one brought
            if digest in unreadable:
                continue
            if path not in settled:
                return None, True
            found = _read(path, status)
            if found is None or not found.content:
                continue
            self._digests[path] = (shape, found.sha256)
            if found.sha256 in known:
                break
            if found.sha256 not in unreadable:
                return found, False
        return None, False

    def _digest(self, path: Path, shape: _Shape) -> str:
        as_it_was, digest = self._digests.get(path, (shape, ""))
        return digest if as_it_was == shape else ""

    def _is_settled(self, path: Path, shape: _Shape) -> bool:
        """Whether a file has stayed the same long enough.

        Its own date does not tell: a copy has the date of its original.
        """
        now = time.monotonic()
        as_it_was, since = self._seen.get(path, (None, now))
        if as_it_was != shape:
            self._seen[path] = (shape, now)
            return False
        return now - since >= _SETTLED_AFTER


def _candidates(folder: str, pattern: str) -> list[tuple[Path, stat_result]]:
    """List the files that may be exports, the newest first."""
    found = []
    try:
        for path in Path(folder).expanduser().iterdir():
            if _may_be_export(path.name, pattern):
                status = _status(path)
                if status:
                    found.append((path, status))
    except OSError as problem:
        raise FolderUnreachableError(folder=folder) from problem
    return sorted(found, key=lambda f: (f[1].st_mtime_ns, f[0].name), reverse=True)


def _shape(status: stat_result) -> _Shape:
    return status.st_size, status.st_mtime_ns


def _may_be_export(name: str, pattern: str) -> bool:
    folded = name.casefold()
    if folded.startswith(_UNFINISHED_STARTS) or folded.endswith(_UNFINISHED_ENDINGS):
        return False
    if pattern:
        return fnmatch(folded, pattern.casefold())
    return folded.endswith(_ENDINGS)


def _status(path: Path) -> stat_result | None:
    """Read a file's size and date; None if it has just left."""
    try:
        return path.stat() if path.is_file() else None
    except OSError:
        return None


def _read(path: Path, status: stat_result) -> FoundFile | None:
    """Read a file, unless its writer keeps it or changes it meanwhile."""
    try:
        content = path.read_bytes()
        after = path.stat()
    except OSError:
        return None
    if _shape(after) != (len(content), status.st_mtime_ns):
        return None
    return FoundFile(
        name=path.name,
        content=content,
        modified_at=datetime.fromtimestamp(status.st_mtime, UTC),
        sha256=sha256(content).hexdigest(),
    )
