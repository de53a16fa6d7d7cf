"""« Relevé de compte » in one click, as a PDF or for Excel."""

import asyncio

from domain.basics.identifiers import CustomerId
from domain.basics.tables import TableContent, TableFormat
from domain.usecases.customer_sheet import CustomerSheet
from domain.usecases.statement import compose_statements, statement_tables
from ui.components.buttons import secondary_button
from ui.components.save_file import open_file, save_file
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


def statement_buttons(session: Session, sheet: CustomerSheet) -> None:
    """Draw both buttons, where something is open."""
    if not any(row.item.left for row in sheet.rows):
        return
    customer_id = sheet.customer.id
    code, day = sheet.customer.code, f"{session.today():%Y-%m-%d}"
    stem = f"{_('Statement of account {code}', code=code)} {day}"

    async def pdf() -> None:
        button.props("loading")
        with refusals_shown():
            content = await _pdf(session, customer_id)
            await open_file(f"{stem}.pdf", content)
        button.props(remove="loading")

    async def workbook() -> None:
        with refusals_shown():
            tables = await session.run(statement_tables, customer_id, session.today())
            for currency, table in tables.items():
                file = await _xlsx(session, table)
                await save_file(f"{stem} {currency}.xlsx", file)

    button = secondary_button(_("Statement of account"), pdf, icon="description")
    button.mark("statement-pdf").tooltip(_("PDF, as a letter"))
    secondary_button(_("for Excel"), workbook, icon="table_view").mark("statement-xlsx")


async def _pdf(session: Session, customer_id: CustomerId) -> bytes:
    statements = await session.run(compose_statements, customer_id, session.today())
    batch = await asyncio.to_thread(session.outside.documents.letter_batch, statements)
    return batch.pdf


async def _xlsx(session: Session, table: TableContent) -> bytes:
    write = session.outside.files.write_table
    return await asyncio.to_thread(write, table, TableFormat.XLSX)
