import json
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from domain.files import WorkbookContent
from storage.files.reading import AccountingFiles
from tests.storage.test_newton_workbook import (
    CONTACT_HEADINGS,
    DUE,
    DUE_HEADINGS,
    REMINDED,
    REMINDER_HEADINGS,
    read,
)
from tests.third_party import third_party

CONTENT = WorkbookContent(
    reminders=[
        (*REMINDED[:3], "90000111", "F1", *REMINDED[5:9], Decimal("2845.80"), 0),
        (*REMINDED[:3], "C-2", "=F2", 9, "", "É & <Fils>", "", Decimal("0.10"), 0),
    ],
    due_invoices=[
        (*DUE[:2], "90000111", Decimal("2845.80"), Decimal(0), "", "F1", "VE"),
        (*DUE[:2], "00042", Decimal(0), Decimal("0.01"), "a.pdf", "AV2", ""),
    ],
    without_recipient=[
        ("C-2", "É & <Fils>", "", "", "", None),
        ("00042", "Café", "cafe@example.com", "Zoé", "Léa", False),
    ],
)


def test_what_is_written_is_read_again_unchanged() -> None:
    source = read(AccountingFiles().write_workbook(CONTENT))

    assert source.faults == []
    past: list[tuple[object, ...]] = [
        (
            p.reminded_on,
            p.invoice_on,
            p.due_on,
            p.customer_code,
            p.piece,
            p.level,
            p.attachment,
            p.customer_name,
            p.email,
            p.debit.amount,
            p.credit.amount,
        )
        for p in source.past_reminders
    ]
    lines: list[tuple[object, ...]] = [
        (
            line.entry_on,
            line.due_on,
            line.account,
            line.debit.amount,
            line.credit.amount,
            line.attachment,
            line.piece,
            line.journal,
        )
        for line in source.lines
    ]
    contacts: list[tuple[object, ...]] = [
        (
            c.customer_code,
            c.customer_name,
            c.email,
            c.last_name,
            c.first_name,
            c.is_dunning,
        )
        for c in source.contacts
    ]
    assert (
        WorkbookContent(reminders=past, due_invoices=lines, without_recipient=contacts)
        == CONTENT
    )


def test_the_workbook_is_ready_to_be_used() -> None:
    made = load_workbook(BytesIO(AccountingFiles().write_workbook(CONTENT)))

    assert made.sheetnames == ["Relance", "Facture_du", "No_destinataire"]
    headings = {sheet.title: tuple(cell.value for cell in sheet[1]) for sheet in made}
    assert headings == {
        "Relance": REMINDER_HEADINGS,
        "Facture_du": DUE_HEADINGS,
        "No_destinataire": CONTACT_HEADINGS,
    }
    for sheet in made:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.font.bold for cell in sheet[1])
    due = made["Facture_du"]
    assert due["B2"].value == datetime(2026, 1, 9)  # noqa: DTZ001 - as Excel has it
    assert (due["B2"].number_format, due["D2"].number_format) == (
        "DD/MM/YYYY",
        "#,##0.00",
    )
    assert due["D2"].value == 2845.8
    assert due["C3"].value == "00042"
    assert made["Relance"].column_dimensions["G"].width > len(REMINDED[6])


def texts_that_bite() -> list[str]:
    texts = [
        "=1+1",
        "+33 2 41",
        "-12",
        "@SUM(A1)",
        "\t=1",
        "\0\x07\ud800",
        "x" * 40_000,
    ]
    for path in third_party("nasty/blns.json", "nasty/csv-injection-payloads.txt"):
        if isinstance(path, Path):
            text = path.read_text("utf-8")
            texts += json.loads(text) if path.suffix == ".json" else text.splitlines()
    return texts


def test_a_text_is_never_a_formula() -> None:
    texts = texts_that_bite()
    content = WorkbookContent(
        reminders=[],
        due_invoices=[],
        without_recipient=[(t, t, t, t, t, None) for t in texts],
    )

    written = AccountingFiles().write_workbook(content)

    cells = [
        cell
        for row in load_workbook(BytesIO(written))["No_destinataire"].iter_rows(2)
        for cell in row
        if cell.value is not None
    ]
    assert len(cells) > len(texts)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(
        cell.quotePrefix
        for cell in cells
        if cell.value.startswith(("=", "+", "-", "@"))
    )
    assert len(read(written).contacts) >= 6
