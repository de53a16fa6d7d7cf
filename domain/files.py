"""Files that accounting programs leave for us, and those made for them."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ledger.open_item import OpenItem


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
class Attachment:
    """A file that goes with an e-mail."""

    name: str
    mime: str
    content: bytes


class InvoiceFiles(Protocol):
    """The PDFs of a firm's invoices."""

    def find(self, item: OpenItem) -> Attachment | None:
        """Find an invoice's file; None when there is none, or several could be."""
        ...
