import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from domain.basics.money import Money
from domain.basics.tables import (
    TableColumn,
    TableContent,
    TableFormat,
    TableKind,
    TableValue,
)
from storage.files.reading import AccountingFiles
from tests.third_party import third_party

COLUMNS = (
    TableColumn(name="name", label="Client"),
    TableColumn(name="due_on", label="Échéance", kind=TableKind.DATE),
    TableColumn(name="late", label="Retard", kind=TableKind.NUMBER),
    TableColumn(name="left", label="Reste dû", kind=TableKind.MONEY),
)
ROWS = (
    ("Café de l'Été", date(2026, 1, 9), 1_250, Money(1_234_567_89)),
    ("Dupont; & Fils", None, 0, Money(-10)),
)


def a_table(rows: Sequence[Sequence[TableValue]] = ROWS) -> TableContent:
    return TableContent(
        title="Clients [à jour]: tous / toutes les sociétés",
        columns=COLUMNS,
        rows=rows,
        totals={"name": "Total des 2 lignes", "left": Money(1_234_567_79)},
    )


def written(kind: TableFormat, table: TableContent | None = None) -> bytes:
    return AccountingFiles().write_table(table or a_table(), kind)


def lines(content: bytes) -> list[list[str]]:
    """Read as French Excel does."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_text_file_opens_in_french_excel() -> None:
    content = written(TableFormat.CSV)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert lines(content) == [
        ["Client", "Échéance", "Retard", "Reste dû"],
        ["Café de l'Été", "09/01/2026", "1250", "1234567,89"],
        ["Dupont; & Fils", "", "0", "-0,10"],
        ["Total des 2 lignes", "", "", "1234567,79"],
    ]


def test_the_cells_of_a_workbook_have_their_types() -> None:
    sheet = load_workbook(BytesIO(written(TableFormat.XLSX))).active

    assert [c.value for c in sheet[2]] == [
        "Café de l'Été",
        datetime(2026, 1, 9),  # noqa: DTZ001 - as Excel has it
        1250,
        1234567.89,
    ]
    assert sheet["B2"].number_format == "DD/MM/YYYY"
    assert sheet["D2"].number_format == '#,##0.00\u00a0"€"'
    assert [c.value for c in sheet[4]] == ["Total des 2 lignes", None, None, 1234567.79]


def test_a_workbook_has_a_frozen_header_filters_and_a_total_outside_them() -> None:
    sheet = load_workbook(BytesIO(written(TableFormat.XLSX))).active

    assert sheet.title == "Clients  à jour   tous   toutes"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert all(cell.font.bold for cell in (*sheet[1], *sheet[4]))
    assert not sheet["A2"].font.bold


def test_another_reader_finds_the_same_in_a_workbook() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(written(TableFormat.XLSX)))

    assert book.get_sheet_by_index(0).to_python()[2] == [
        "Dupont; & Fils",
        "",
        0.0,
        -0.1,
    ]


def test_a_table_without_rows_or_totals_is_its_header() -> None:
    table = TableContent(title="", columns=COLUMNS, rows=[])

    assert len(lines(written(TableFormat.CSV, table))) == 1
    book = load_workbook(BytesIO(written(TableFormat.XLSX, table)))
    assert (book.sheetnames, book.active.max_row) == (["Relance"], 1)


def test_texts_side_by_side_stay_texts() -> None:
    columns = [TableColumn(name=name, label=name) for name in "abcd"]
    row = ["a", "b", None, "=d"]
    table = TableContent(title="x", columns=columns, rows=[row, row])

    sheet = load_workbook(BytesIO(written(TableFormat.XLSX, table))).active

    assert list(sheet.iter_rows(2, values_only=True)) == [tuple(row)] * 2


def texts_that_run() -> list[str]:
    texts = ["=1+1", "+33 2 41", "-12", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"]
    texts += ["a;=1+1", "a,=1+1", 'a";"=1+1', "#N/A", "\0=1", "\ud800=1"]
    for path in third_party("nasty/csv-injection-payloads.txt"):
        if isinstance(path, Path):
            texts += path.read_text("utf-8").splitlines()
    return texts


@pytest.mark.parametrize("text", texts_that_run())
def test_a_text_never_runs(text: str) -> None:
    table = a_table([(text, None, None, None)])

    cell = load_workbook(BytesIO(written(TableFormat.XLSX, table))).active["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix == (cell.value[0] in "=+-@\t\r\n＝")
    content = written(TableFormat.CSV, table)
    assert len(lines(content)) == 3 or "\n" in text or "\r" in text
    for separator in ";,":
        read = csv.reader(
            StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator
        )
        assert not [c for row in read for c in row if c.startswith(tuple("=+-@\t\r＝"))]


def test_totals_of_two_currencies_stand_on_two_lines() -> None:
    left = (Money(5_00), Money(7_00, "CHF"))
    table = replace(a_table(), totals={"name": "Total des 2 lignes", "left": left})

    assert lines(written(TableFormat.CSV, table))[-2:] == [
        ["Total des 2 lignes", "", "", "5,00"],
        ["", "", "", "7,00 CHF"],
    ]
    sheet = load_workbook(BytesIO(written(TableFormat.XLSX, table))).active
    assert sheet
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[3] for row in rows[-2:]] == [5, 7]
