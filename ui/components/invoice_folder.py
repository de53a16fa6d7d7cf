"""What became of the files of the folder of invoices: counts, and the list."""

from collections.abc import Sequence

from nicegui import ui

from domain.ledger.invoice_file import InvoiceProblem
from domain.usecases.invoice_files import (
    InvoiceFileRow,
    InvoiceFolderView,
    show_invoice_folder,
)
from ui import design, formatting, labels
from ui.components.buttons import quiet_button
from ui.components.data_table import DataTable, Empty, PageOf, PageRequest
from ui.components.dialog import page_dialog
from ui.components.invoice_button import INVOICE, doubts
from ui.components.table_cells import Column, ColumnKind, Gesture, Row
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.invoices import open_invoice
from ui.session import Session
from ui.translation import _, ngettext

_LOOK_EVERY = 0.5


class InvoiceFolderSummary:
    """How many PDFs were found, and whose; it follows the reading of the folder."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._entity_id = session.entity_id
        with ui.element("div").classes(design.ROW_SPREAD) as self._line:
            self._words = ui.label().classes(design.SECONDARY_TEXT)
            self._words.mark("invoice-count")
            self._list = quiet_button(_("See the list"), self._show_list)
            self._list.mark("invoice-list").visible = False
        self._view: InvoiceFolderView | None = None
        self._seen = -1
        ui.timer(_LOOK_EVERY, self.follow)

    async def follow(self) -> None:
        """Tell how far the reading is, and what it gave once it is done."""
        progress = self._session.invoices.progress.get(self._entity_id)
        if progress:
            self._words.text = _(
                "Reading the PDFs: {done} of {total}",
                done=formatting.count(progress.done),
                total=formatting.count(progress.total),
            )
            return
        changed = self._session.invoices.changed[self._entity_id]
        if changed != self._seen:
            self._seen = changed
            await self.refresh()

    async def refresh(self) -> None:
        """Count the files again."""
        view = await self._session.run(show_invoice_folder, self._entity_id)
        self._view = view
        self._line.visible = bool(view.folder)
        self._list.visible = bool(view.rows)
        if self._entity_id in self._session.invoices.unreachable:
            self._words.text = _(
                "The folder cannot be reached now: what was read of it is kept."
            )
        else:
            self._words.text = _counts(view)

    async def _show_list(self) -> None:
        if self._view:
            await invoice_files_dialog(self._session, self._view)


def _counts(view: InvoiceFolderView) -> str:
    if not view.rows:
        return _("No PDF in this folder.")
    parts = [
        ngettext("{count} PDF found", "{count} PDFs found", len(view.rows)),
        ngettext(
            "{count} matched to an invoice",
            "{count} matched to an invoice",
            view.matched,
        ),
    ]
    if view.doubtful:
        parts.append(
            ngettext("{count} to be checked", "{count} to be checked", view.doubtful)
        )
    if view.unread:
        parts.append(ngettext("{count} not read", "{count} not read", view.unread))
    if view.other_ibans:
        parts.append(
            ngettext(
                "{count} with another IBAN",
                "{count} with another IBAN",
                view.other_ibans,
            )
        )
    return " · ".join(parts)


async def invoice_files_dialog(session: Session, view: InvoiceFolderView) -> None:
    """List the files of the folder, those to look at first."""
    rows = {row.file.name: row for row in view.rows}

    async def fetch(request: PageRequest) -> PageOf:
        chosen = list(view.rows)
        if request.sort_by:
            chosen.sort(
                key=lambda row: _rank(row, request.sort_by),
                reverse=request.is_descending,
            )
        page = chosen[request.offset : request.offset + request.size]
        return PageOf(rows=[_drawn(row) for row in page], count=len(chosen))

    async def show(name: str) -> None:
        await open_invoice(session, rows[name].file.entity_id, name)

    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_LIST):
        section_title(_("PDFs of the folder of the invoices"))
        secondary(view.folder)
        table = DataTable(
            session,
            "invoice-files",
            _columns(),
            fetch,
            Empty(heading=_("Nothing here")),
        )
        table.on_gesture(show)
        await table.refresh()
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Close"), dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()


def _columns() -> Sequence[Column]:
    return [
        Column(name=INVOICE, label="", kind=ColumnKind.GESTURE, sortable=False),
        Column(name="file", label=_("File")),
        Column(name="remark", label=_("Remark"), sortable=False),
        Column(name="customer", label=_("Customer")),
        Column(name="number", label=_("Document")),
        Column(name="due_on", label=_("Due date"), kind=ColumnKind.DATE),
        Column(name="total", label=_("Amount"), kind=ColumnKind.MONEY),
    ]


def _drawn(row: InvoiceFileRow) -> Row:
    file = row.file
    is_odd = bool((row.match and not row.match.is_sure) or row.other_iban)
    return Row(
        id=file.name,
        is_muted=row.match is None,
        cells={
            INVOICE: Gesture(
                icon="report_problem" if is_odd else "picture_as_pdf",
                says=_("Open the invoice: {file}", file=file.name),
                tone=Tone.OVERDUE if is_odd else Tone.NEUTRAL,
            ),
            "file": file.name,
            "customer": row.customer_name,
            "number": file.number or (row.item.reference if row.item else ""),
            "due_on": file.due_on,
            "total": file.billed[0] if file.billed else None,
            "remark": labels.capitalised(" ; ".join(remarks(row))),
        },
    )


def remarks(row: InvoiceFileRow) -> list[str]:
    """Say what is to be known of a file."""
    sentences = []
    if row.match and row.item:
        sentences += doubts(row.match, row.item)
    if row.other_iban:
        sentences.append(
            _(
                "it asks to pay to another IBAN than yours, {iban}: a former bank, a"
                " factor, or a fraud",
                iban=row.other_iban,
            )
        )
    if row.file.problem:
        sentences.append(problem(row.file.problem))
    if row.match is None:
        sentences.append(_("no invoice of this number in the books"))
    return sentences


def problem(kind: InvoiceProblem) -> str:
    """Say why a PDF could not be read."""
    return {
        InvoiceProblem.DAMAGED: _("this PDF is damaged or incomplete"),
        InvoiceProblem.ENCRYPTED: _("this PDF is protected by a password"),
        InvoiceProblem.TOO_LARGE: _("this PDF is too large to be read"),
        InvoiceProblem.TOO_LONG: _(
            "this PDF took too long to read, and was left aside"
        ),
        InvoiceProblem.OUT_OF_REACH: _("this PDF could not be opened"),
        InvoiceProblem.DATA_DAMAGED: _("the data inside (Factur-X) are not readable"),
        InvoiceProblem.DATA_REFUSED: _(
            "the data inside (Factur-X) hold what no invoice needs, and were refused"
        ),
        InvoiceProblem.DATA_TOO_LARGE: _("the data inside (Factur-X) are too large"),
    }[kind]


def _rank(row: InvoiceFileRow, column: str) -> tuple[int, str | int]:
    """Sort by what a cell means; an empty one comes last when rising."""
    file = row.file
    value = {
        "file": file.name.casefold(),
        "customer": row.customer_name.casefold(),
        "number": file.number.casefold(),
        "due_on": file.due_on.toordinal() if file.due_on else "",
        "total": file.billed[0].cents if file.billed else "",
    }[column]
    return (1, 0) if value == "" else (0, value)
