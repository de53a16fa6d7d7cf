"""Reads PDFs of any origin in a process of its own.

One that crashes PDFium, or that swells to gigabytes, ends that process and nothing
else.
"""

import sys
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from domain.ledger.invoice_file import InvoiceData, InvoiceProblem

_PATIENCE = 15.0
"""Seconds for one file: a sound one takes a thousandth, on a network drive one."""
_MEMORY = 1_500_000_000
"""Bytes the process may take; 1.5 MB of a compressed attachment may ask for more."""


class PdfReader:
    """Reads PDFs in a process of its own, started anew after one that kills it."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def read(self, path: Path) -> InvoiceData:
        """Read one PDF, or give up on it."""
        pipe = self._pipe or self._start()
        try:
            pipe.send(path)
            if pipe.poll(self._patience):
                answer: InvoiceData = pipe.recv()
                return answer
        except (EOFError, OSError):  # it crashed
            pass
        self._end()
        return InvoiceData(problem=InvoiceProblem.TOO_LONG)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._end()

    def _start(self) -> Connection:
        context = get_context("spawn")  # a fork would inherit the app's threads
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        return self._pipe

    def _end(self) -> None:
        if self._process and self._pipe:
            self._process.kill()
            self._process.join()
            self._pipe.close()
        self._process = self._pipe = None


def _serve(pipe: Connection) -> None:
    """Answer until nobody asks any more."""
    from storage.files.invoice_pdf import read_pdf

    _limit_memory()
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            pipe.send(read_pdf(pipe.recv()))


def _limit_memory() -> None:
    """Let the system stop what swells; Windows only knows the time limit."""
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
