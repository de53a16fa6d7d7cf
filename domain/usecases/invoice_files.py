"""The folder of a firm's invoices: read what changed, keep it, show it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.basics.errors import FolderUnreachableError
from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.files import Attachment
from domain.ledger.invoice_file import InvoiceFile, InvoiceProblem
from domain.ledger.invoice_matching import InvoiceMatch
from domain.ledger.open_item import OpenItem
from domain.ports import Books, LedgerFiles
from domain.usecases.deriving import is_kept_from_lists, refresh_items
from domain.usecases.matching_invoices import invoice_matches, matched_files
from domain.usecases.withdrawing import withdraw_outdated

Mark = tuple[str, tuple[int, int]]
"""The name of a file, then its size and date."""
_KEPT_AT_ONCE = 500
"""Files read between two savings: leaving in the middle loses no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderChanges:
    """What changed in a folder since it was last read."""

    to_read: tuple[Mark, ...]
    gone: tuple[str, ...]

    @property
    def batches(self) -> Iterator[Sequence[Mark]]:
        """Cut what is to be read into what is saved at once."""
        for start in range(0, len(self.to_read), _KEPT_AT_ONCE):
            yield self.to_read[start : start + _KEPT_AT_ONCE]


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderKnown:
    """Where a firm's invoices are, and what was already read of them."""

    folder: str
    marks: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoices:
    """The PDFs of some items; lists show a button for each."""

    has_folder: bool
    matches: Mapping[ItemId, InvoiceMatch]
    items: tuple[OpenItem, ...] = ()
    """Those looked for, where there is a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFileRow:
    """A file of the folder, and whose invoice it is."""

    file: InvoiceFile
    item: OpenItem | None
    match: InvoiceMatch | None
    customer_name: str
    other_iban: str
    """An IBAN that is not the firm's: an old bank, a factor, or a fraud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFolderView:
    """What became of the files of a firm's folder."""

    folder: str
    rows: tuple[InvoiceFileRow, ...]
    """Those to look at first."""

    @property
    def matched(self) -> int:
        """Files that surely are the invoice of an item."""
        return sum(1 for row in self.rows if row.match and row.match.is_sure)

    @property
    def doubtful(self) -> int:
        """Files that must be looked at before they are sent."""
        return sum(1 for row in self.rows if row.match and not row.match.is_sure)

    @property
    def unread(self) -> int:
        """Files that could not be read."""
        return sum(1 for row in self.rows if row.file.problem)

    @property
    def other_ibans(self) -> int:
        """Files that ask to pay elsewhere."""
        return sum(1 for row in self.rows if row.other_iban)


def firms_with_invoices(books: Books) -> list[EntityId]:
    """List the firms that have a folder of invoices, or had one."""
    return [
        entity.id
        for entity in books.entities.all()
        if entity.invoices_folder or books.invoice_files.marks(entity.id)
    ]


def known_folder(books: Books, entity_id: EntityId) -> FolderKnown:
    """Tell what was already read of a firm's folder."""
    return FolderKnown(
        folder=books.entities.get(entity_id).invoices_folder,
        marks=books.invoice_files.marks(entity_id),
    )


def folder_changes(files: LedgerFiles, known: FolderKnown) -> FolderChanges:
    """List what changed in a folder; touches no books.

    Raises:
        FolderUnreachableError: what is known of it stays.
    """
    there = files.invoices(known.folder).listing()
    return FolderChanges(
        to_read=tuple(
            (name, mark)
            for name, mark in sorted(there.items())
            if known.marks.get(name) != mark
        ),
        gone=tuple(name for name in known.marks if name not in there),
    )


def keep_invoice_files(
    books: Books,
    entity_id: EntityId,
    folder: str,
    read: Sequence[InvoiceFile],
    gone: Sequence[str],
) -> bool:
    """Keep what was read in a folder, unless the firm has changed it meanwhile.

    Tells whether due dates may follow. A file that another program keeps is kept
    without its date, to be read again at the next look.
    """
    with books.atomic():
        if books.entities.get(entity_id).invoices_folder != folder:
            return False
        names = (*gone, *(file.name for file in read))
        before = (books.invoice_files.named(entity_id, name) for name in names)
        are_dated = any(file and file.due_on for file in (*before, *read))
        books.invoice_files.remove(entity_id, gone)
        books.invoice_files.save(
            replace(file, modified_ns=0)
            if file.problem is InvoiceProblem.OUT_OF_REACH
            else file
            for file in read
        )
    return are_dated


def refresh_due_dates(
    books: Books, entity_id: EntityId, today: date, now: datetime
) -> None:
    """Give items the due dates that their invoices say."""
    with books.atomic():
        is_list = is_kept_from_lists(books, entity_id)
        refresh_items(books, entity_id, only_open=is_list)
        withdraw_outdated(books, entity_id, today, now)


def read_invoice_folder(
    books: Books, files: LedgerFiles, entity_id: EntityId, today: date, now: datetime
) -> None:
    """Read what changed in a firm's folder; one out of reach stays as known."""
    known = known_folder(books, entity_id)
    try:
        changes = folder_changes(files, known)
    except FolderUnreachableError:
        return
    folder = files.invoices(known.folder)
    are_dated = keep_invoice_files(books, entity_id, known.folder, (), changes.gone)
    for batch in changes.batches:
        read = list(folder.read(entity_id, batch))
        are_dated |= keep_invoice_files(books, entity_id, known.folder, read, ())
    if are_dated:
        refresh_due_dates(books, entity_id, today, now)


def show_invoices(
    books: Books, entity_id: EntityId, item_ids: Sequence[ItemId]
) -> Invoices:
    """Find the PDFs of the items of a list."""
    if not books.entities.get(entity_id).invoices_folder:
        return Invoices(has_folder=False, matches={})
    items = books.ledger.get_items(item_ids)
    matches = invoice_matches(books, entity_id, items)
    return Invoices(has_folder=True, matches=matches, items=tuple(items))


def show_invoice_folder(books: Books, entity_id: EntityId) -> InvoiceFolderView:
    """Tell what became of each file of a firm's folder."""
    entity = books.entities.get(entity_id)
    files = books.invoice_files.all(entity_id)
    found = matched_files(books, entity_id, files)
    names = {c.id: c.name for c in books.customers.all(entity_id)}
    rows = [_row(file, found.get(file.name), names, entity.iban) for file in files]
    rows.sort(key=_urgency)
    return InvoiceFolderView(folder=entity.invoices_folder, rows=tuple(rows))


def invoice_file(books: Books, entity_id: EntityId, name: str) -> str | None:
    """Tell in which folder a file is; None unless it was read there."""
    known = books.invoice_files.named(entity_id, name)
    return books.entities.get(entity_id).invoices_folder if known else None


def attachment_of(files: LedgerFiles, folder: str, name: str) -> Attachment | None:
    """Read a PDF; None when it has gone meanwhile."""
    content = files.invoices(folder).content(name)
    if content is None:
        return None
    return Attachment(name=name, mime="application/pdf", content=content)


def _row(
    file: InvoiceFile,
    found: tuple[OpenItem, InvoiceMatch] | None,
    names: Mapping[CustomerId, str],
    own_iban: str,
) -> InvoiceFileRow:
    item, match = found or (None, None)
    return InvoiceFileRow(
        file=file,
        item=item,
        match=match,
        customer_name=names[item.customer_id] if item else file.buyer_name,
        other_iban=file.other_iban(own_iban),
    )


def _urgency(row: InvoiceFileRow) -> tuple[bool, bool, bool, bool]:
    is_doubtful = bool(row.match and not row.match.is_sure)
    return (
        not is_doubtful,
        not row.other_iban,
        row.file.problem is None,
        row.match is not None,
    )
