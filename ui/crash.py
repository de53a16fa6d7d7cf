"""What is left of an app that ended without being closed: kept here, never sent."""

import faulthandler
import os
import platform
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from ui.logs import discreet

_TRACE, _REPORT = "crash-trace.txt", "crash-report.txt"
_LONGEST = 20_000


class CrashTrace:
    """Written while the app runs, taken away when it is closed.

    One that is there at the start was left by an app that had no time to.
    """

    def __init__(self, folder: Path) -> None:
        self._file, self._report = folder / _TRACE, folder / _REPORT
        self._stream: TextIO | None = None

    def begin(self) -> None:
        """Turn what the app before left into a report, and watch this one."""
        with suppress(OSError):
            if self._file.exists():
                self._file.replace(self._report)
            self._stream = self._file.open("w", encoding="utf-8")
            self._write(f"Python {platform.python_version()}, {platform.platform()}\n")
            faulthandler.enable(self._stream)
        before = sys.excepthook

        def hook(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            self._write(discreet("".join(traceback.format_exception(error))))
            before(kind, error, trace)

        sys.excepthook = hook

    def still_alive(self) -> None:
        """Note that the app runs: a power cut tells no time."""
        if self._stream:
            with suppress(OSError):
                os.utime(self._file)

    def end(self) -> None:
        """Take the trace away: the app was closed."""
        if self._stream:
            faulthandler.disable()
            self._stream.close()
            self._stream = None
            with suppress(OSError):
                self._file.unlink()

    def _write(self, text: str) -> None:
        if self._stream:
            with suppress(OSError):
                self._stream.write(text)
                self._stream.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashReport:
    """What an app that was not closed left."""

    file: Path
    happened_at: datetime
    """To a minute, where the computer itself stopped."""
    details: str

    def delete(self) -> None:
        """Forget it."""
        self.file.unlink(missing_ok=True)


def last_crash(folder: str) -> CrashReport | None:
    """Read what the last app left, if it was not closed; books may have no folder."""
    file = Path(folder) / _REPORT
    if not folder:
        return None
    try:
        moment = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        details = file.read_text("utf-8", errors="replace")[:_LONGEST]
    except OSError:
        return None
    return CrashReport(file=file, happened_at=moment, details=details)
