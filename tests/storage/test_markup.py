"""Web pages and XML saved as spreadsheets are tables like others."""

import time
from datetime import datetime

import pytest

from domain.basics.errors import UnreadableFileError
from domain.basics.money import Money
from domain.ledger.import_report import SourceFile
from domain.ledger.mapping import Rows
from domain.ledger.proposing import propose_for
from storage.files.errors import (
    DamagedWorkbookError,
    NotAnAccountingFileError,
    TooLargeError,
    XmlFecError,
)
from storage.files.reading import AccountingFiles

FILES = AccountingFiles()
HEADINGS = "<tr><th>Code client<th>N&deg; facture<th>&Eacute;ch&eacute;ance<th>Solde"
PAGE = (
    '<html><head><meta charset="{charset}"><style>td {{color: red}}</style>'
    "<script>'</td><td>'</script></head><body><!-- <td>caché</td> -->"
    f"<table>{HEADINGS}"
    "<tr><td>C1</td><td> Été&nbsp;\n 1 </td><td>12/03/2026</td><td>1&nbsp;200,50 €"
    "</table></body></html>"
)


def rows(page: str | bytes, name: str = "export.xls") -> Rows:
    content = page.encode() if isinstance(page, str) else page
    (sheet,) = FILES.table(name, content).sheets
    return sheet.rows


def proposed(content: bytes) -> SourceFile:
    table = FILES.table("export.xls", content)
    return FILES.read_mapped(table, propose_for(table).mapping, "export.xls")


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("unknown", "utf-8"),
        ("unknown", "cp1252"),
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-16-le"),
    ],
)
def test_a_page_is_read_in_its_encoding(charset: str, codec: str) -> None:
    source = proposed(PAGE.format(charset=charset).encode(codec))

    (line,) = source.lines
    assert (line.customer_code, line.piece) == ("C1", "Été 1")
    assert line.debit == Money(1200_50)
    assert source.faults == []


def test_cells_that_span_keep_the_columns_in_place() -> None:
    assert rows(
        "<table><tr><td colspan=2>Client<td>Montant"
        "<tr><td rowspan=2>Alpha<td>F1<td>12,00"
        "<tr><td>F2<td rowspan=2>13,00"
        "<tr><td>Beta<td>F3</table>"
    ) == [
        ["Client", "", "Montant"],
        ["Alpha", "F1", "12,00"],
        ["Alpha", "F2", "13,00"],
        ["Beta", "F3", ""],
    ]


def test_tables_inside_others_are_apart() -> None:
    outer, inner = FILES.table(
        "export.xls",
        b"<table><tr><td>a<td>b<tr><td>c<table><tr><td>1<td>2<tr><td>3<td>4</table>"
        b"<td>d</table>",
    ).sheets[::-1]

    assert [outer.rows, inner.rows] == [
        [["a", "b"], ["", "d"]],
        [["1", "2"], ["3", "4"]],
    ]


EXCEL_2003 = """<?xml version="1.0" encoding="{charset}"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="Default"><Font/></Style><Style ss:ID="s1"/></Styles>
<Worksheet ss:Name="Échéancier"><Table>
<Row ss:Index="2"><Cell><Data ss:Type="String">Code client</Data></Cell>
<Cell><Data ss:Type="String">Échéance</Data></Cell><Cell ss:Index="4">
<Data ss:Type="String">Reste d&#251;</Data></Cell></Row>
<Row><Cell ss:MergeAcross="0"><Data ss:Type="String">C&amp;1</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-03-12T00:00:00.000</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="Number">1200.5</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize(
    ("charset", "codec"), [("UTF-8", "utf-8"), ("ISO-8859-1", "latin-1")]
)
def test_the_xml_of_excel_2003_gives_its_sheets(charset: str, codec: str) -> None:
    content = EXCEL_2003.format(charset=charset).encode(codec)

    (sheet,) = FILES.table("export.xls", content).sheets

    assert sheet.name == "Échéancier"
    assert sheet.rows == [
        [],
        ["Code client", "Échéance", "", "Reste dû"],
        ["C&1", datetime(2026, 3, 12), "", 1200.5],  # noqa: DTZ001 - as in a cell
    ]
    assert [x.debit for x in proposed(content).lines] == [Money(1200_50)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<html><body><p>Bonjour</p></body></html>", NotAnAccountingFileError),
        ("<html><frameset><frame src='http://x.invalid'>", NotAnAccountingFileError),
        ("<?xml version='1.0'?><comptabilite/>", XmlFecError),
        (f"<!DOCTYPE html [<!ENTITY a 'b'>]>{PAGE}", DamagedWorkbookError),
        (PAGE[: PAGE.index("</table>")], DamagedWorkbookError),
        (EXCEL_2003[: EXCEL_2003.index("</Worksheet>")], DamagedWorkbookError),
        (EXCEL_2003.replace("2026-03-12", "hier"), DamagedWorkbookError),
        ("<html><table>" + "<tr><td colspan=300>" * 7_000, TooLargeError),
    ],
    ids=[
        "letter",
        "frames",
        "xml",
        "entity",
        "cut page",
        "cut workbook",
        "bad date",
        "wide",
    ],
)
def test_what_holds_no_table_or_is_a_trap_is_refused(
    content: str, why: type[UnreadableFileError]
) -> None:
    with pytest.raises(why):
        try:
            FILES.table("export.xls", content.encode())
        except NotAnAccountingFileError:
            FILES.read("export.xls", content.encode())


@pytest.mark.parametrize(
    "endless", ["<!--", "<td", "<td a='", "<![if", "</", "<!doctype ", "&", "<table>"]
)
def test_a_page_that_never_ends_takes_no_time(endless: str) -> None:
    started = time.monotonic()

    with pytest.raises(UnreadableFileError):
        FILES.table("export.xls", ("<html>" + endless * 100_000).encode())

    # A cubic reading would take hours; the machine may be busy with something else.
    assert time.monotonic() - started < 20
