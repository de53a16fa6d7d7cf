"""« Dossier de recouvrement »: one PDF or one ZIP, and dunning stopped."""

import asyncio

from nicegui import ui

from domain.dunning.case_file import MadeCase
from domain.usecases.case_file import gather_case, hand_over_case, make_case
from domain.usecases.customer_sheet import CustomerSheet
from ui import addresses, design
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.dialog import page_dialog
from ui.components.save_file import save_file
from ui.components.text import paragraph, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


def case_file_button(session: Session, sheet: CustomerSheet) -> None:
    """Draw the button, where something is overdue."""
    if any(row.item.left.cents > 0 and row.days_overdue for row in sheet.rows):
        button = secondary_button(
            _("Collection file"),
            lambda: _CaseDialog(session, sheet).open(),
            icon="folder_zip",
        )
        button.mark("case-file").tooltip(_("For a lawyer or a bailiff"))


class _CaseDialog:
    """Says what the file holds, makes it, and stops dunning if asked."""

    def __init__(self, session: Session, sheet: CustomerSheet) -> None:
        self._session = session
        self._sheet = sheet

    def open(self) -> None:
        """Ask how the file is wanted."""
        with page_dialog() as self._dialog, ui.element("div").classes(design.DIALOG):
            section_title(_("Collection file"))
            paragraph(
                _(
                    "For a lawyer or a bailiff: numbered list of pieces, statement of"
                    " account, penalties worked out, overdue invoices, messages as"
                    " sent, history with proofs of sending."
                )
            )
            self._stops = ui.checkbox(
                _("Stop reminding this customer (STOP)"), value=not self._sheet.hold
            ).mark("case-stop")
            self._stops.set_enabled(not self._sheet.hold)
            with ui.element("div").classes(design.PAGE_ACTIONS):
                quiet_button(_("Cancel"), self._dialog.close)
                self._zip = secondary_button("ZIP", lambda: self._make("zip"))
                self._zip.mark("case-zip")
                self._pdf = primary_button("PDF", lambda: self._make("pdf"))
                self._pdf.mark("case-pdf")
        self._dialog.on("hide", self._dialog.delete)
        self._dialog.open()

    async def _make(self, kind: str) -> None:
        for button in (self._zip, self._pdf):
            button.props("loading")
        with refusals_shown():
            made = await self._made()
            content = made.pdf if kind == "pdf" else made.zipped
            customer, today = self._sheet.customer, self._session.today()
            stem = _("Collection file {code}", code=customer.code)
            await save_file(f"{stem} {today:%Y-%m-%d}.{kind}", content)
            if self._stops.value and not self._sheet.hold:
                await self._session.run(
                    hand_over_case,
                    customer.id,
                    _("Collection file"),
                    today,
                    self._session.now(),
                )
                self._dialog.close()
                ui.navigate.to(addresses.customer(customer.id))
                return
            self._dialog.close()
        for button in (self._zip, self._pdf):
            button.props(remove="loading")

    async def _made(self) -> MadeCase:
        session, customer = self._session, self._sheet.customer
        material = await session.run(gather_case, customer.id, session.today())
        return await asyncio.to_thread(make_case, session.outside, material)
