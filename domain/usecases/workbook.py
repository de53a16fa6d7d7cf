"""The workbook of a firm: where the user keeps it, and what it would hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.basics.money import EUR, Money, per_currency
from domain.ledger.workbook import WorkbookContent, WorkbookTab
from domain.ports import Books
from domain.usecases.reporting import workbook_content

_FILE = "workbook_file"
_DEBIT_AND_CREDIT = {WorkbookTab.REMINDERS: (9, 10), WorkbookTab.DUE_INVOICES: (3, 4)}
"""Where the amounts stand in a row. NOTE: storage.files.newton_layout, too."""


class NoWorkbookFileError(DunningError):
    """Nothing says where the workbook is."""

    message = "Say first where the workbook is, with its name: it ends in .xlsx."


@dataclass(frozen=True, slots=True, kw_only=True)
class TabSummary:
    """What a tab would hold if it were refreshed now."""

    tab: WorkbookTab
    row_count: int
    total: Money | None
    """Debits less credits; None where a tab has no amounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookView:
    """The workbook of a firm, as the screen shows it."""

    entity_name: str
    file: str
    """Where the user keeps it; empty until they said so."""
    tabs: tuple[TabSummary, ...]
    others: tuple[Money, ...]
    """What is open in other currencies, for which its columns have no place."""


def show_workbook(books: Books, entity_id: EntityId) -> WorkbookView:
    """Add up what each tab would hold."""
    content = workbook_content(books, entity_id)
    owed = per_currency(item.left for item in books.ledger.open_items(entity_id))
    return WorkbookView(
        entity_name=books.entities.get(entity_id).name,
        file=books.settings.get(_setting(entity_id)),
        tabs=tuple(_summary(content, tab) for tab in WorkbookTab),
        others=tuple(total for total in owed if total.currency != EUR),
    )


def save_workbook_file(books: Books, entity_id: EntityId, file: str) -> str:
    """Remember where the workbook of a firm is; returns it as it is kept."""
    # Windows copies a path between quotes.
    kept = file.strip().strip('"').strip()
    if not kept:
        raise NoWorkbookFileError
    with books.atomic():
        books.settings.set(_setting(entity_id), kept)
    return kept


def _summary(content: WorkbookContent, tab: WorkbookTab) -> TabSummary:
    rows = content.rows(tab)
    places = _DEBIT_AND_CREDIT.get(tab)
    return TabSummary(
        tab=tab, row_count=len(rows), total=_total(rows, *places) if places else None
    )


def _total(rows: Iterable[Sequence[object]], debit: int, credit: int) -> Money:
    amounts = (Decimal(str(row[debit])) - Decimal(str(row[credit])) for row in rows)
    return Money.of(sum(amounts, Decimal(0)))


def _setting(entity_id: EntityId) -> str:
    return f"{_FILE}:{entity_id}"
