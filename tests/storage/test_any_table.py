"""Any table is opened, and read as its columns are said to be."""

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl import Workbook

from domain.basics.errors import UnreadableFileError
from domain.basics.money import Money
from domain.basics.periods import UNDATED
from domain.ledger.import_report import FaultKind, SourceFile, SourceFormat
from domain.ledger.mapping import TableKind
from domain.ledger.proposing import propose_for
from storage.files.errors import DamagedWorkbookError, TooLargeError
from storage.files.reading import AccountingFiles
from tests.third_party import third_party

FILES = AccountingFiles()
NASTY = [
    path
    for path in third_party("nasty/**/*", "fec/*.csv")
    if not (isinstance(path, Path) and path.is_dir())
]
CASES = third_party("nasty/csv-spectrum/*.csv")


def proposed(text: str | bytes, name: str = "clients.csv") -> SourceFile:
    content = text.encode() if isinstance(text, str) else text
    table = FILES.table(name, content)
    return FILES.read_mapped(table, propose_for(table).mapping, name)


def a_workbook(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("path", NASTY, ids=lambda path: Path(str(path)).name)
def test_a_nasty_file_is_a_table_or_refused_and_proposing_never_stumbles(
    path: Path,
) -> None:
    try:
        table = FILES.table(path.name, path.read_bytes())
    except UnreadableFileError:
        return

    source = FILES.read_mapped(table, propose_for(table).mapping, path.name)

    assert source.lines_read >= len(source.lines)


@pytest.mark.parametrize("path", CASES, ids=lambda path: Path(str(path)).name)
def test_quoted_cells_are_those_of_the_csv_spectrum(path: Path) -> None:
    with path.open(newline="") as file:
        expected = [row for row in csv.reader(file) if row]

    (sheet,) = FILES.table(path.name, path.read_bytes()).sheets

    assert [row for row in sheet.rows if row] == expected


TEXTS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028"),
    max_size=12,
)


@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=2, max_size=8),
    separator=st.sampled_from(";\t|,"),
)
def test_what_a_spreadsheet_quotes_comes_back(
    rows: list[tuple[str, str, str]], separator: str
) -> None:
    assume(any(cell.strip() for row in rows for cell in row))
    rows = [("Code client", "Nom du client", "Solde dû"), *rows]
    written = StringIO()
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)

    (sheet,) = FILES.table("t.csv", written.getvalue().encode("utf-8-sig")).sheets

    assert [tuple(row) for row in sheet.rows] == rows


@given(st.integers(-(10**11), 10**11))
def test_an_amount_typed_or_written_keeps_its_cents(cents: int) -> None:
    written = f"{abs(cents) // 100}".rjust(1, "0") + f",{abs(cents) % 100:02}"
    sign = "-" if cents < 0 else ""

    source = proposed(f"Code client;Solde dû\nC1;{sign}{written}\nC2;1,00\n")

    total = Money.total(line.debit - line.credit for line in source.lines)
    assert total == Money(cents + 100)


def test_a_due_list_of_a_spreadsheet_becomes_open_items() -> None:
    source = proposed(
        a_workbook(
            ["Échéancier clients au 31/03/2026"],
            [],
            ["Code client", "Nom", "N° pièce", "Date facture", "Échéance", "Reste dû"],
            [90000228, "Garage Dupont", 1201, date(2026, 1, 5), date(2026, 2, 4), 12.3],
            ["C2", "Alpha", "AV7", "06/01/2026", "", -100],
            ["", "Total général", "", "", "", -87.7],
        ),
        "echeancier.xlsx",
    )

    first, second = source.lines
    assert (first.customer_code, first.piece) == ("90000228", "1201")
    assert first.due_on == date(2026, 2, 4)
    assert (first.debit, second.credit) == (Money(12_30), Money(100_00))
    assert source.format is SourceFormat.TABLE
    assert source.only_open
    assert [(f.kind, f.found, f.blocking) for f in source.faults] == [
        (FaultKind.TOTAL_ROWS, "1", False)
    ]


def test_a_ledger_printed_by_customer_gives_each_line_its_customer() -> None:
    source = proposed(
        "N° compte;Intitulé;Jnl;Date;N° pièce;Libellé;Lettrage;Débit;Crédit;Solde\n"
        "411DUP;Garage Dupont;;;;;;;;\n"
        ";;VE;05/01/2026;F1;Facture;A;1 200,00;;1 200,00\n"
        ";;BQ;06/02/2026;;Virement;A;;1 200,00;0,00\n"
        "Total 411DUP;;;;;;;1 200,00;1 200,00;0,00\n"
        ";;BQ;06/02/2026;;Virement perdu;;;5,00;\n"
    )

    assert [(x.customer_code, x.customer_name, x.lettering) for x in source.lines] == [
        ("411DUP", "Garage Dupont", "A"),
        ("411DUP", "Garage Dupont", "A"),
    ]
    assert not source.only_open
    assert {(f.kind, f.line, f.blocking) for f in source.faults} == {
        (FaultKind.TOTAL_ROWS, 5, False),
        (FaultKind.NO_CUSTOMER, 6, True),
    }


def test_an_aged_balance_gives_one_undated_item_per_customer() -> None:
    source = proposed(
        "Compte;Intitulé;Solde;Non échu;0 à 30 jours;31 à 60 jours\n"
        "411A;Alpha;1 200,00;200,00;1 000,00;\n"
        "411B;Total Énergies;50,00;50,00;;\n"
        "411C;Soldé;0,00;;;\n"
        "Total;;1 250,00;250,00;1 000,00;\n"
    )

    assert [(x.customer_code, x.debit) for x in source.lines] == [
        ("411A", Money(1200_00)),
        ("411B", Money(50_00)),
    ]
    assert {(x.entry_on, x.due_on) for x in source.lines} == {(UNDATED, None)}
    assert [f.kind for f in source.faults] == [FaultKind.TOTAL_ROWS]


def test_rows_that_resist_are_told_by_line_and_the_others_are_read() -> None:
    source = proposed(
        "Code client;N° facture;Date facture;Montant TTC\n"
        "C1;F1;05/01/2026;douze\n"
        "C1;F2;31/02/2026;12,00\n"
        ";F3;05/01/2026;12,00\n"
        "C1;F4;05/01/2026;\n"
        "C1;F5;05/01/2026;12,00\n"
    )

    assert [line.piece for line in source.lines] == ["F5"]
    assert [(f.line, f.kind) for f in source.faults] == [
        (2, FaultKind.BAD_AMOUNT),
        (3, FaultKind.BAD_DATE),
        (4, FaultKind.NO_CUSTOMER),
        (5, FaultKind.NO_AMOUNT),
    ]


@pytest.mark.parametrize(
    ("amount", "direction", "cents"),
    [
        ("1.234,50", "D", 1234_50),
        ("1 234,50 €", "C", -1234_50),
        ("(12,00)", "", -12_00),
        ("12,00 C", "", -12_00),
        ("12,00-", "Débit", -12_00),
        ("12,00", "Avoir", -12_00),
        ("1,234.50", "Facture", 1234_50),
    ],
)
def test_amounts_and_their_direction(amount: str, direction: str, cents: int) -> None:
    source = proposed(
        "Code client\tN° facture\tDate facture\tMontant TTC\tSens\n"
        f"C1\tF1\t05/01/2026\t{amount}\t{direction}\n"
    )

    assert [(x.debit - x.credit).cents for x in source.lines] == [cents]


def test_dates_that_begin_with_the_month_are_read_so_all_down_the_table() -> None:
    source = proposed(
        "Customer,Invoice,Date facture,Montant\n"
        "Alpha,F1,03/25/2026,12.50\n"
        "Alpha,F2,04/05/2026,12.50\n"
    )

    days = [line.entry_on for line in source.lines]
    assert days == [date(2026, 3, 25), date(2026, 4, 5)]


def test_dates_in_words_are_dates_in_a_text_and_in_a_workbook() -> None:
    headings = ["Code client", "N° facture", "Émise le", "Échéance", "Reste dû"]
    row = ["C1", "F1", "12 mars 2026", "11-avr.-26", "120,00"]
    by_text = proposed("\n".join(";".join(cells) for cells in (headings, row)))
    by_workbook = proposed(a_workbook(headings, row), "echeancier.xlsx")

    for source in (by_text, by_workbook):
        (line,) = source.lines
        assert (line.piece_on, line.due_on) == (date(2026, 3, 12), date(2026, 4, 11))


@pytest.mark.parametrize(
    ("heading", "due", "faults"),
    [("Échéance", None, [FaultKind.BAD_DATE]), ("Mois d'échéance", 31, [])],
)
def test_a_month_alone_is_a_due_date_only_under_a_heading_of_months(
    heading: str, due: int | None, faults: list[FaultKind]
) -> None:
    source = proposed(
        f"Code client;N° facture;Date facture;{heading};Reste dû\n"
        "C1;F1;12/02/2026;mars 2026;120,00\n"
    )

    assert source.lines[0].due_on == (date(2026, 3, due) if due else None)
    assert [f.kind for f in source.faults] == faults


def test_other_accounts_of_a_general_ledger_are_left_aside() -> None:
    source = proposed(
        "Compte;Date;N° pièce;Libellé;Débit;Crédit;Lettrage\n"
        "411DUP;05/01/2026;F1;Facture;120,00;;\n"
        "706000;05/01/2026;F1;Facture;;100,00;\n"
        "445710;05/01/2026;F1;Facture;;20,00;\n"
    )

    assert [line.customer_code for line in source.lines] == ["411DUP"]


def test_a_text_in_aligned_columns_is_a_table() -> None:
    source = proposed(
        "Code client  Nom du client      Solde dû\n"
        "C1           Garage Dupont       1 200,00\n"
        "C2           Alpha                  50,00\n",
        "balance.prn",
    )

    assert [(x.customer_name, x.debit) for x in source.lines] == [
        ("Garage Dupont", Money(1200_00)),
        ("Alpha", Money(50_00)),
    ]


def test_lists_of_customers_and_contacts_hold_no_entry() -> None:
    customers = proposed(
        "Code client;Raison sociale;Adresse 1;Adresse 2;CP;Ville;Tél.;Délai\n"
        "C1;Alpha;1 rue Neuve;Bât. B;62300;Lens;0321;30 jours\n"
    )
    contacts = proposed(
        "Code client;Nom;Prénom;E-mail\nC1;Durand;Anne;anne@example.com\n"
    )

    assert customers.customers[0].details == {
        "address": "1 rue Neuve\nBât. B",
        "postal_code": "62300",
        "city": "Lens",
        "phone": "0321",
        "payment_terms": "30 jours",
    }
    assert [c.email for c in contacts.contacts] == ["anne@example.com"]
    assert contacts.contacts[0].last_name == "Durand"
    assert customers.lines == contacts.lines == []


def test_a_spreadsheet_of_another_office_is_opened() -> None:
    ods = [p for p in NASTY if isinstance(p, Path) and p.name == "date.ods"]
    if not ods:
        pytest.skip("the public test data are not here")

    assert FILES.table("date.ods", ods[0].read_bytes()).sheets


def test_an_open_document_that_repeats_a_row_for_ever_is_refused() -> None:
    content = BytesIO()
    row = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="1000"'
        ' office:value-type="string"><text:p>x</text:p></table:table-cell>'
        "</table:table-row>"
    )
    with ZipFile(content, "w") as package:
        package.writestr(
            "content.xml",
            "<office:document-content><office:body><office:spreadsheet>"
            f'<table:table table:name="a">{row}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )

    with pytest.raises(TooLargeError):
        FILES.table("liste.ods", content.getvalue())


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_calls_for_other_files_is_refused(part: str) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><'
    changed = BytesIO()
    with (
        ZipFile(BytesIO(a_workbook(["Code client", "Solde"], ["C1", 12]))) as package,
        ZipFile(changed, "w") as target,
    ):
        for name in package.namelist():
            content = package.read(name)
            if name == part:
                content = content.replace(b"<", entity, 1).replace(b"C1", b"&e;")
            target.writestr(name, content)

    with pytest.raises(DamagedWorkbookError):
        FILES.table("liste.xlsx", changed.getvalue())


def test_a_table_of_customers_alone_is_known_as_such() -> None:
    table = FILES.table("t.csv", b"Code client;Ville\nC1;Lens\n")

    assert propose_for(table).mapping.kind is TableKind.CUSTOMERS


OPEN_ITEMS = "Code client;N° facture;Date facture;Échéance;Reste dû;Devise"
A_ROW = "C1;F1;05/01/2026;04/02/2026;120,00;"


@pytest.mark.parametrize(
    ("written", "currency"),
    [("USD", "USD"), ("us$", "USD"), ("£", "GBP"), ("euros", "EUR"), ("", "EUR")],
)
def test_a_list_of_what_is_open_keeps_the_currency_of_each_row(
    written: str, currency: str
) -> None:
    (line,) = proposed(f"{OPEN_ITEMS}\n{A_ROW}{written}\n").lines

    assert (line.debit, line.credit) == (Money(120_00, currency), Money(0, currency))


def test_a_row_of_an_unknown_currency_is_left_out_and_told() -> None:
    source = proposed(f"{OPEN_ITEMS}\n{A_ROW}ZZQ\n")

    assert source.lines == []
    assert [(f.kind, f.found) for f in source.faults] == [
        (FaultKind.BAD_CURRENCY, "ZZQ")
    ]
    assert source.left_out


@pytest.mark.parametrize(
    "text",
    [
        f"{OPEN_ITEMS};Montant devise\n{A_ROW}USD;130,00\n",
        f"{OPEN_ITEMS};Cours\n{A_ROW}USD;1,08\n",
        f"{OPEN_ITEMS};Journal\n{A_ROW}USD;VE\n",
        (
            "Code client;N° facture;Date facture;Débit;Crédit;Devise\n"
            "C1;F1;05/01/2026;120,00;;USD\n"
        ),
    ],
)
def test_amounts_that_may_be_those_of_the_accounting_stay_euros(text: str) -> None:
    (line,) = proposed(text).lines

    assert line.debit == Money(120_00)


def test_a_list_of_contacts_says_who_plays_which_role() -> None:
    source = proposed(
        "Code client;Nom;Prénom;E-mail;Destinataire relance;Facturation;Responsable\n"
        "C1;Roux;Zoé;zoe@c.example.com;oui;non;non\n"
        "C1;Petit;Ana;ana@c.example.com;non;oui;non\n"
        "C1;Faure;Max;max@c.example.com;non;;oui\n"
    )

    roles = [(c.is_dunning, c.is_billing, c.is_manager) for c in source.contacts]
    assert roles == [(True, False, False), (False, True, False), (False, False, True)]
