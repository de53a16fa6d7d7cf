"""One line of the terminal that says how far an import is."""

from time import monotonic
from typing import TextIO

from domain.basics.progress import Phase
from ui.importing import ImportProgress

_EVERY = 0.2
_WIDTH = 78


class ProgressLine:
    """Writes the same line again and again; nothing where no person looks."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream if stream and stream.isatty() else None
        self._progress = ImportProgress()
        self._written_at = 0.0

    def tell(self, phase: Phase, done: int, total: int) -> None:
        """Say how far a phase is, a few times a second."""
        self._progress.tell(phase, done, total)
        if monotonic() - self._written_at >= _EVERY:
            self._write(self._progress.words)

    def clear(self) -> None:
        """Leave the line as it was."""
        if self._written_at:
            self._write("")

    def _write(self, words: str) -> None:
        if self._stream:
            self._written_at = monotonic()
            self._stream.write(f"\r{words:<{_WIDTH}}\r")
            self._stream.flush()
