"""What every command works with: the books, the firm, the day."""

import sys
from argparse import Namespace
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from domain.basics.errors import DunningError
from domain.basics.file_problems import FileMissingError, FileNotWrittenError, why
from domain.basics.sentences import N_
from domain.ledger.entity import Entity
from domain.ports import Books, Outside
from domain.usecases.configuring import find_entity
from domain.usecases.delivering import recover_interrupted
from domain.usecases.editing_texts import follow_shipped
from domain.usecases.keeping_copies import keep_daily_copy
from ui.cli.progress import ProgressLine
from ui.instance import Instance
from ui.translation import refusal

_OWN_FILES = ("relance.", "instance.")
"""How the names of the books and of what goes with them begin."""
_OWN = N_("Relance keeps its own data there.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command found: for programs, and for people."""

    payload: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    code: int = 0
    """What the program leaves with: 1 where it found something wrong."""


class Context:
    """The books opened for one command."""

    def __init__(self, outside: Outside, arguments: Namespace) -> None:
        self.outside = outside
        self.arguments = arguments
        self.folder = data_folder(outside, arguments)
        self.books: Books = outside.open_books(self.folder)
        self._instance = Instance(Path(self.folder))
        self.progress = ProgressLine(sys.stderr)

    def __enter__(self) -> Self:
        # A message still on its way means that the app stopped in the middle,
        # unless a window, or another command, is sending it now.
        if self._instance.claim():
            self.books.take_documents_out()
            recover_interrupted(self.books, self.now())
            follow_shipped(self.books, self.outside.documents.shipped_texts())
            self._keep_daily_copy()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.progress.clear()
        self.outside.mail.close()
        self.books.close()
        self._instance.leave()

    def _keep_daily_copy(self) -> None:
        """Copy the books once a day; what prevents it is told, and stops nothing."""
        try:
            keep_daily_copy(self.books)
        except DunningError as problem:
            print(refusal(problem), file=sys.stderr)

    @property
    def today(self) -> date:
        """The day asked for, else today."""
        return self.arguments.date or datetime.now().astimezone().date()

    def now(self) -> datetime:
        """This moment; on the day asked for, where there is one."""
        moment = datetime.now(UTC)
        if self.arguments.date:
            return datetime.combine(self.arguments.date, moment.timetz())
        return moment

    @property
    def entity(self) -> Entity:
        """The firm asked for, else the one last used."""
        return find_entity(self.books, self.arguments.entity)

    def read_file(self, name: str) -> bytes:
        """Read a file named on the command line."""
        try:
            return Path(name).read_bytes()
        except OSError as problem:
            raise FileMissingError(file=name, reason=why(problem)) from problem

    def write_file(self, name: str, content: bytes) -> None:
        """Write a file named on the command line, whole or not at all."""
        target = self.target(name)
        partial = _partial(target)
        try:
            partial.write_bytes(content)
            partial.replace(target)
        except OSError as problem:
            with suppress(OSError):
                partial.unlink()
            raise FileNotWrittenError(file=name, reason=why(problem)) from problem

    def target(self, name: str) -> Path:
        """Make sure that a file named on the command line can be written."""
        target = Path(name)
        try:
            if target.is_dir():
                raise IsADirectoryError
            _partial(target).touch()
            _partial(target).unlink()
            folder, books = target.parent.resolve(), Path(self.folder).resolve()
        except OSError as problem:
            raise FileNotWrittenError(file=name, reason=why(problem)) from problem
        if folder == books and target.name.startswith(_OWN_FILES):
            raise FileNotWrittenError(file=name, reason=_OWN)
        return target


def data_folder(outside: Outside, arguments: Namespace) -> str:
    """Tell where the books are.

    « demo » must never mix with a real firm in the default folder.
    """
    demo = arguments.demo or arguments.is_demo
    return outside.data_folder(arguments.data, demo=demo)


def _partial(target: Path) -> Path:
    return target.parent / f".{target.name}.partial"
