from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from domain.basics.errors import UnreadableFileError
from domain.ledger.workbook import WorkbookContent, WorkbookTab
from storage.files.reading import AccountingFiles
from storage.files.workbook_refresh import refresh_workbook
from tests.storage.test_newton_workbook import (
    DUE,
    DUE_HEADINGS,
    REMINDED,
    REMINDER_HEADINGS,
    read,
    workbook,
)
from tests.storage.test_newton_writing import CONTENT

ALL = frozenset(WorkbookTab)
YELLOW = PatternFill("solid", start_color="FFFF00")


def due(piece: str, amount: str = "10.00", code: str = "C1") -> tuple[object, ...]:
    return (*DUE[:2], code, Decimal(amount), Decimal(0), "", piece, "VE")


def reminded(day: int, piece: str = "F1", level: int = 1) -> tuple[object, ...]:
    on = date(2026, 3, day)
    names = ("", "Dupont", "")
    return (on, *REMINDED[1:3], "C1", piece, level, *names, Decimal("10.00"), 0)


def content(
    *due_invoices: tuple[object, ...], reminders: tuple[tuple[object, ...], ...] = ()
) -> WorkbookContent:
    return WorkbookContent(
        reminders=list(reminders), due_invoices=list(due_invoices), without_recipient=[]
    )


def refreshed(existing: bytes, new: WorkbookContent) -> Workbook:
    written = refresh_workbook("classeur.xlsx", existing, new, ALL)
    return load_workbook(BytesIO(written), rich_text=True)


def changed(existing: bytes, change: Callable[[Workbook], None]) -> bytes:
    """Let the user change a workbook."""
    book = load_workbook(BytesIO(existing))
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_workbook(*rows: tuple[object, ...]) -> bytes:
    return AccountingFiles().write_workbook(content(*rows))


def column(book: Workbook, letter: str, tab: str = "Facture_du") -> list[object]:
    return [cell.value for cell in book[tab][letter][1:]]


def test_a_refresh_that_changes_nothing_is_read_the_same() -> None:
    existing = AccountingFiles().write_workbook(CONTENT)

    again = refresh_workbook("classeur.xlsx", existing, CONTENT, ALL)

    assert replace(read(again), sha256="") == replace(read(existing), sha256="")


def test_due_invoices_are_replaced_in_the_users_own_columns() -> None:
    headings = [*reversed(DUE_HEADINGS), "Vu par"]
    values = [*reversed(DUE), "Zoé"]
    existing = workbook(Facture_du=[["Au 31 mars"], headings, values])

    sheet = refreshed(existing, content(due("F9", "12.50")))["Facture_du"]

    assert [c.value for c in sheet[2]] == headings
    assert sheet["B3"].value == "F9"
    assert sheet["E3"].value == 12.5
    assert (sheet["I3"].value, sheet.max_row) == (None, 3)


def annotate(book: Workbook) -> None:
    sheet = book["Facture_du"]
    sheet["I1"] = "À faire"
    sheet["I3"] = "rappeler"
    sheet["J3"] = "=D3*2"
    sheet["G3"].fill = YELLOW
    sheet["D3"].comment = Comment("vu avec M. Blanc", "Zoé")


def test_what_was_noted_on_an_invoice_follows_it() -> None:
    existing = changed(a_workbook(due("F1"), due("F2"), due("F3")), annotate)

    sheet = refreshed(existing, content(due("F2", "4.00"), due("F7")))["Facture_du"]

    assert sheet["G2"].value == "F2"
    assert sheet["D2"].value == 4
    assert (sheet["I2"].value, sheet["J2"].value) == ("rappeler", "=D2*2")
    assert sheet["D2"].comment.text == "vu avec M. Blanc"
    assert sheet["G2"].fill.start_color.rgb == "00FFFF00"
    assert sheet["G3"].value == "F7"
    assert sheet["G3"].fill.fill_type is None
    assert (sheet["I3"].value, sheet["J3"].value) == (None, None)
    assert sheet["D3"].comment is None


def test_a_total_under_the_list_follows_its_end() -> None:
    def add_total(book: Workbook) -> None:
        book["Facture_du"]["D4"] = "=SUM(D2:D3)"
        book["Facture_du"]["A4"] = "Total"

    existing = changed(a_workbook(due("F1"), due("F2")), add_total)

    sheet = refreshed(existing, content(due("F1"), due("F2"), due("F3")))["Facture_du"]

    assert [sheet["A5"].value, sheet["D5"].value] == ["Total", "=SUM(D2:D4)"]
    assert sheet["G4"].value == "F3"


def test_the_history_is_added_to_and_never_written_again() -> None:
    kept = [*reminded(1)]
    kept[5], kept[7] = "Relance 1", "Nom corrigé à la main"
    existing = workbook(
        Relance=[REMINDER_HEADINGS, kept, ["illisible"], reminded(2)],
        Facture_du=[DUE_HEADINGS],
    )

    book = refreshed(existing, content(reminders=(reminded(1), reminded(3))))

    assert column(book, "H", "Relance")[0] == "Nom corrigé à la main"
    assert column(book, "F", "Relance") == ["Relance 1", None, 1, 1]
    assert [v.day for v in column(book, "A", "Relance") if hasattr(v, "day")] == [
        1,
        2,
        3,
    ]


def test_the_same_reminder_is_added_once_however_often_it_is_refreshed() -> None:
    level_2 = reminded(1, level=2)
    new = content(reminders=(level_2, reminded(1), reminded(2, "=F2"), reminded(3)))
    existing = AccountingFiles().write_workbook(content(reminders=(reminded(1),)))

    for _time in range(3):
        existing = refresh_workbook("classeur.xlsx", existing, new, ALL)

    sheet = load_workbook(BytesIO(existing))["Relance"]
    assert [cell.value for cell in sheet["E"][1:]] == ["F1", "F1", "=F2", "F1"]
    assert [cell.value for cell in sheet["F"][1:]] == [1, 2, 1, 1]
    assert {cell.data_type for cell in sheet["E"]} == {"s"}
    assert sheet.auto_filter.ref == "A1:K5"


def test_formats_without_end_make_no_million_rows_and_stay() -> None:
    far = b'<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    stream = BytesIO()
    with ZipFile(BytesIO(a_workbook(due("F1")))) as good, ZipFile(stream, "w") as made:
        for name in good.namelist():
            part = good.read(name)
            made.writestr(name, part.replace(b"</sheetData>", far))

    book = refreshed(stream.getvalue(), content(due("F2"), due("F3")))

    sheet = book["Facture_du"]
    assert (sheet["G3"].value, sheet["A4"].value) == ("F3", None)
    assert (sheet.max_row, sheet["A1048576"].has_style) == (1_048_576, True)


def furnish(book: Workbook) -> None:
    """Do to a workbook what people do."""
    sheet = book.create_sheet("Suivi", 0)
    sheet.append(["Mois", "Reçu"])
    for month in range(1, 13):
        sheet.append([month, month * 100])
    sheet["D1"] = "=SUM(B2:B13)"
    sheet["D2"] = "=SUM(Facture_du!D:D)"
    sheet["B2"].comment = Comment("à vérifier", "Zoé")
    sheet["B3"].font = Font(bold=True, color="FF0000")
    sheet.column_dimensions["B"].width = 33
    sheet.merge_cells("F1:G2")
    sheet.auto_filter.ref = "A1:B13"
    rule = CellIsRule(operator="greaterThan", formula=["500"], fill=copy(YELLOW))
    sheet.conditional_formatting.add("B2:B13", rule)
    book["Facture_du"].conditional_formatting.add("D2:D900", copy(rule))
    book["Facture_du"].column_dimensions["G"].width = 41
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=13))
    sheet.add_chart(chart, "F4")
    stream = BytesIO()
    Picture.new("RGB", (20, 10), "red").save(stream, "PNG")
    sheet.add_image(Image(stream), "J4")


def test_the_rest_of_the_workbook_stays_the_users() -> None:
    existing = changed(a_workbook(due("F1")), furnish)

    written = refresh_workbook("a.xlsx", existing, content(due("F2"), due("F3")), ALL)

    book = load_workbook(BytesIO(written))
    assert book.sheetnames == ["Suivi", "Relance", "Facture_du", "No_destinataire"]
    sheet = book["Suivi"]
    assert (sheet["D1"].value, sheet["D2"].value) == (
        "=SUM(B2:B13)",
        "=SUM(Facture_du!D:D)",
    )
    assert sheet["B2"].comment.text == "à vérifier"
    assert sheet["B3"].font.bold
    assert sheet.column_dimensions["B"].width == 33
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["F1:G2"]
    assert sheet.auto_filter.ref == "A1:B13"
    assert [str(r.sqref) for r in sheet.conditional_formatting] == ["B2:B13"]
    assert (len(sheet._charts), len(sheet._images)) == (1, 1)
    listed = book["Facture_du"]
    assert [str(r.sqref) for r in listed.conditional_formatting] == ["D2:D900"]
    assert listed.column_dimensions["G"].width == 41
    assert listed.auto_filter.ref == "A1:H3"
    assert book.calculation.fullCalcOnLoad
    with ZipFile(BytesIO(written)) as package:
        assert "xl/media/image1.png" in package.namelist()
        assert "xl/charts/chart1.xml" in package.namelist()


def test_an_excel_table_grows_with_its_rows() -> None:
    def make_table(book: Workbook) -> None:
        book["Facture_du"].auto_filter.ref = None
        book["Facture_du"].add_table(Table(displayName="Dues", ref="A1:H2"))

    existing = changed(a_workbook(due("F1")), make_table)

    sheet = refreshed(existing, content(due("F1"), due("F2")))["Facture_du"]
    assert sheet.tables["Dues"].ref == "A1:H3"
    assert refreshed(existing, content())["Facture_du"].tables["Dues"].ref == "A1:H2"


def test_one_tab_can_be_refreshed_alone() -> None:
    existing = AccountingFiles().write_workbook(CONTENT)
    tabs = [WorkbookTab.DUE_INVOICES]

    written = refresh_workbook("a.xlsx", existing, content(due("F9")), tabs)

    source = read(written)
    assert [line.piece for line in source.lines] == ["F9"]
    assert source.contacts == read(existing).contacts
    assert len(source.past_reminders) == len(CONTENT.reminders)


def test_a_tab_that_lacks_is_made_ready_to_be_used() -> None:
    existing = workbook(Feuille=[["à moi"]], Facture_du=[DUE_HEADINGS])

    book = refreshed(existing, content(reminders=(reminded(1),)))

    assert book.sheetnames == ["Feuille", "Facture_du", "Relance", "No_destinataire"]
    sheet = book["Relance"]
    assert tuple(cell.value for cell in sheet[1]) == REMINDER_HEADINGS
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:K2"
    assert sheet["A2"].number_format == "DD/MM/YYYY"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+33", "#N/A", "=cmd|'/C'!A0"])
def test_a_text_stays_a_text_wherever_it_stands(text: str) -> None:
    def note(book: Workbook) -> None:
        cell = book["Facture_du"]["I3"]
        cell.value = text
        cell.data_type = "s"

    existing = changed(a_workbook(due("F1"), due(text)), note)

    written = refresh_workbook("a.xlsx", existing, content(due(text)), ALL)
    sheet = load_workbook(BytesIO(written))["Facture_du"]

    assert (sheet["G2"].value, sheet["I2"].value) == (text, text)
    assert (sheet["G2"].data_type, sheet["I2"].data_type) == ("s", "s")


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match=r"a\.xlsx"):
        refresh_workbook("a.xlsx", b"Bonjour", content(), ALL)
    whole = a_workbook(due("F1"))
    with pytest.raises(UnreadableFileError):
        refresh_workbook("a.xlsx", whole[: len(whole) // 2], content(), ALL)
