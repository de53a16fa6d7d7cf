"""« Dossier de recouvrement »: what a lawyer or a bailiff is handed, piece by piece."""

from dataclasses import dataclass

from domain.dunning.journal import JournalExtract
from domain.dunning.letter import LetterContent, Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """A table of a sheet, all in words."""

    heading: str = ""
    headings: tuple[str, ...]
    numbers: frozenset[int] = frozenset()
    """Which headings, from 0, stand above numbers."""
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, str] | None = None
    """What is added up, and how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """A sheet that the firm makes for somebody else than its customer."""

    title: str
    place_and_date: str
    sender: Sender
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    tables: tuple[SheetTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One numbered piece: our letters, a sheet of ours, or a file as it is."""

    cover: PrintedSheet
    """Its own sheet, or the one that goes before a file or letters."""
    letters: tuple[LetterContent, ...] = ()
    file: bytes = b""
    """An invoice, a letter or an e-mail as sent."""
    is_pdf: bool = True
    """Or else an e-mail: its cover tells it, and it is packed as it is."""
    name: str
    """Of its file, without ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """The whole: a list of the pieces (« bordereau »), and the pieces."""

    listing: PrintedSheet
    exhibits: tuple[Exhibit, ...]
    proof: JournalExtract | None = None
    """What proves that the messages were sent; None before the first one was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCase:
    """The same as files."""

    pdf: bytes
    zipped: bytes
