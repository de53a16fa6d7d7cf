"""Copies of the books: when each was made and why, what it holds, what came since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.basics.errors import DunningError
from domain.basics.money import Money


class CopyReason(StrEnum):
    """What a copy was made before."""

    START = "start"
    """The first work of a day."""
    UPDATE = "update"
    IMPORT = "import"
    RESTORE = "restore"
    """Another copy took the place of the books."""
    UNKNOWN = "unknown"
    """An older version made it, or the user put it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCopy:
    """A copy of the books, in one file."""

    file: str
    made_at: datetime
    reason: CopyReason
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesPlace:
    """Where copies are put, and the room they take."""

    folder: str
    used: int
    """Bytes, of the copies alone."""
    out_of_reach: str = ""
    """The folder that was chosen, while its disk is away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What books hold, to tell a copy from another."""

    entities: tuple[str, ...]
    customers: int
    items: int
    """Open ones."""
    owed: tuple[Money, ...]
    last_import_at: datetime | None
    last_sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSince:
    """A message that left, or may have, after a copy was made."""

    at: datetime
    customer: str
    subject: str
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What happened after a copy was made."""

    added: Mapping[str, int] = field(default_factory=dict)
    """How many of each kind; see KINDS. They would be lost."""
    sent: tuple[SentSince, ...] = ()
    """They stay: what left cannot be taken back."""


KINDS = ("imports", "customers", "promises", "disputes", "holds", "notes", "activities")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPreview:
    """What a copy would bring back, and cost."""

    copy: KeptCopy
    holding: Holding
    now: Holding | None
    """What the books hold at present; None where they cannot be read."""
    since: Since | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What became of a restoration."""

    set_aside: str
    """Where the books that were there are now; empty where there were none."""
    kept_sent: int = 0
    """Messages that left since the copy, and that the books still know."""
    doubted: int = 0
    """Messages that may have left since, for a person to check."""
    unknown: int = 0
    """Messages that left to customers that the copy does not know."""


class BooksInUseError(DunningError):
    """Something is being written; replacing the books would lose it."""

    message = (
        "The books are in use: wait until the sending or the import ends, close the"
        " other windows of Relance, and try again."
    )


class FirmUnknownToCopyError(DunningError):
    """Restoring would forget what a whole firm sent."""

    message = (
        "This copy was made before {entity} was created, and {entity} has sent"
        " messages since: they would be sent again. Choose a later copy."
    )


class BookCopies(Protocol):
    """The copies of the books of one folder."""

    def all(self) -> Sequence[KeptCopy]:
        """List the copies, the latest first."""
        ...

    def place(self) -> CopiesPlace:
        """Tell where copies are put."""
        ...

    def choose(self, folder: str) -> None:
        """Put copies in another folder from now on; empty for the usual one.

        Raises:
            FileNotWrittenError: nothing can be written there.
        """
        ...

    def preview(self, file: str) -> CopyPreview:
        """Look at what a copy holds, and at what came since.

        Raises:
            BooksUnreadableError: the copy is damaged, something else, or too recent.
        """
        ...

    def restore(self, file: str, now: datetime) -> Restored:
        """Put a copy in the place of the books, which nobody uses meanwhile.

        The present state is kept first; what was sent since stays known.
        """
        ...

    def start_empty(self, now: datetime) -> str:
        """Set damaged books aside and begin with empty ones; tells where they are."""
        ...
