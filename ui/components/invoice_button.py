"""« Ouvrir la facture »: the PDF of an item, from any list."""

from collections.abc import Iterable, Sequence
from functools import partial

from nicegui import ui

from domain.basics.identifiers import ItemId
from domain.ledger.invoice_matching import InvoiceDoubt, InvoiceMatch
from domain.ledger.open_item import OpenItem
from domain.usecases.invoice_files import Invoices, show_invoices
from ui import design, formatting
from ui.components.buttons import icon_button
from ui.components.table_cells import Column, ColumnKind, Gesture
from ui.design import Tone
from ui.invoices import open_invoice
from ui.session import Session
from ui.translation import _

INVOICE = "invoice"
"""The name of the column of a table."""
_OPEN, _DOUBTFUL, _MISSING = "picture_as_pdf", "report_problem", "insert_drive_file"


class InvoiceButtons:
    """The PDFs of the items of a list, and the buttons that open them.

    In a list drawn by hand::

        invoices = await invoice_buttons(session, items)
        ...
        invoices.button(item)              # one line in each row

    In a ``data_table``: a column of kind GESTURE, first so that it heads the row::

        *invoices.columns(),               # none where the firm has no folder
        ...
        cells={INVOICE: invoices.cell(item), ...}
        ...
        table.on_gesture(invoices.open)    # a click or a double-click
    """

    def __init__(
        self, session: Session, invoices: Invoices, items: Iterable[OpenItem]
    ) -> None:
        self._session = session
        self._invoices = invoices
        self._items = {item.id: item for item in items}

    @property
    def are_shown(self) -> bool:
        """Whether the firm keeps its invoices in a folder."""
        return self._invoices.has_folder

    def columns(self) -> list[Column]:
        """Give the column of a table, if it is to be shown."""
        kind = ColumnKind.GESTURE
        column = Column(name=INVOICE, label="", kind=kind, sortable=False)
        return [column] if self.are_shown else []

    def button(self, item: OpenItem) -> None:
        """Draw the button of an item; without a PDF, an icon that says so."""
        cell = self.cell(item)
        if cell is None:
            return
        if cell.is_enabled:
            drawn = icon_button(cell.icon, cell.says, partial(self.open, item.id))
            drawn.classes(f"{design.INVOICE_BUTTON} {cell.tone.css}")
            drawn.mark("open-invoice").on("click.stop")
            return
        icon = ui.icon(cell.icon).classes(design.NO_INVOICE).mark("no-invoice")
        icon.tooltip(cell.says).props["aria-label"] = cell.says

    def cell_of(self, item_id: ItemId) -> Gesture | None:
        """Describe the button of an item given by its identifier."""
        item = self._items.get(item_id)
        return self.cell(item) if item else None

    def cell(self, item: OpenItem) -> Gesture | None:
        """Describe the button of an item to a table; None for what has no invoice."""
        match = self._invoices.matches.get(item.id)
        if match:
            return Gesture(
                icon=_OPEN if match.is_sure else _DOUBTFUL,
                says=_says(match, item),
                tone=Tone.NEUTRAL if match.is_sure else Tone.OVERDUE,
            )
        if not self.are_shown or item.is_credit:
            return None
        says = _("No PDF found for this invoice")
        return Gesture(icon=_MISSING, says=says, is_enabled=False)

    def doubts(self, item: OpenItem) -> list[str]:
        """Say what is odd about the PDF of an item; nothing when all is well."""
        match = self._invoices.matches.get(item.id)
        return doubts(match, item) if match else []

    async def open(self, item_id: str) -> None:
        """Show the PDF of an item."""
        match = self._invoices.matches.get(ItemId(item_id))
        if match:
            await open_invoice(self._session, match.file.entity_id, match.file.name)


async def invoice_buttons_of(session: Session, ids: Sequence[ItemId]) -> InvoiceButtons:
    """Find the PDFs of items that a list only knows by their identifiers."""
    found = await session.run(show_invoices, session.entity_id, ids)
    return InvoiceButtons(session, found, found.items)


async def invoice_buttons(
    session: Session, items: Iterable[OpenItem]
) -> InvoiceButtons:
    """Find the PDFs of the items of a list, all at once."""
    items = list(items)
    found = await session.run(
        show_invoices, session.entity_id, [item.id for item in items]
    )
    return InvoiceButtons(session, found, items)


def doubts(match: InvoiceMatch, item: OpenItem) -> list[str]:
    """Say what must be looked at before a PDF is sent."""
    sentences = {
        InvoiceDoubt.AMOUNT: lambda: _(
            "the amount of the PDF invoice differs: {found} instead of {expected}",
            found=_amounts(match),
            expected=formatting.money(item.invoiced),
        ),
        InvoiceDoubt.BUYER: lambda: _(
            "the PDF invoice names another buyer: {buyer}",
            buyer=match.file.buyer_name or match.file.buyer_siren,
        ),
        InvoiceDoubt.UNOPENABLE: lambda: _("this PDF cannot be opened as it is"),
    }
    return [sentences[doubt]() for doubt in match.doubts]


def _amounts(match: InvoiceMatch) -> str:
    amounts = dict.fromkeys(match.file.billed)
    return ", ".join(formatting.money(amount) for amount in amounts)


def _says(match: InvoiceMatch, item: OpenItem) -> str:
    if match.is_sure:
        return _("Open the invoice: {file}", file=match.file.name)
    return _(
        "Open the invoice, to be checked: {doubts} ({file})",
        doubts=" ; ".join(doubts(match, item)),
        file=match.file.name,
    )
