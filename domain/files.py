"""Files that accounting programs leave for us, and those made for them."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.basics.identifiers import EntityId
from domain.ledger.invoice_file import InvoiceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file of a watched folder, complete."""

    name: str
    content: bytes
    modified_at: datetime
    sha256: str


class WatchedFolder(Protocol):
    """Finds the accounting files that another program puts in a folder."""

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

        A file still being written is left for the next look, or waited for a
        little; an ``unreadable`` one gives way to the one before it.

        Raises:
            FolderUnreachableError: the folder is gone, or its disk is.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPlace:
    """Who else may write to a folder."""

    name: str
    """Of the program that copies it to other computers; empty for a network drive."""
    is_network: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with an e-mail."""

    name: str
    mime: str
    content: bytes


class InvoiceFolder(Protocol):
    """The PDFs of a firm's invoices, in one folder."""

    def listing(self) -> Mapping[str, tuple[int, int]]:
        """List the PDFs with their size and date.

        Raises:
            FolderUnreachableError: the folder is gone, or its disk is.
        """
        ...

    def read(
        self, entity_id: EntityId, marks: Sequence[tuple[str, tuple[int, int]]]
    ) -> Iterator[InvoiceFile]:
        """Read the data inside files, one by one; what is wrong with one is told."""
        ...

    def content(self, name: str) -> bytes | None:
        """Read a file whole; None when it has gone, or is not of the folder."""
        ...
