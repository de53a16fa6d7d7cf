"""The same small ledger, one oddity at a time; files are in tests/data."""

from datetime import date
from pathlib import Path

import pytest

from domain.basics.errors import UnreadableFileError
from domain.basics.money import Money
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    FaultKind,
    ImportFault,
    SourceFile,
    SourceFormat,
)
from storage.files.errors import (
    EmptyFileError,
    ExcelLockFileError,
    MissingColumnsError,
    NotAnAccountingFileError,
    XmlFecError,
)
from storage.files.reading import AccountingFiles

DATA = Path(__file__).parent.parent / "data"

SALE_TO_C001 = SourceLine(
    line=2,
    journal="VE",
    entry_number="1",
    entry_on=date(2026, 1, 15),
    account="41100000",
    customer_code="C001",
    customer_name="Boulangerie Œuvrard",
    piece="FA0001",
    piece_on=date(2026, 1, 15),
    label="Facture FA0001 décembre",
    debit=Money(1234_56),
    credit=Money(0),
)
SALE_TO_C002 = SourceLine(
    line=4,
    journal="VE",
    entry_number="2",
    entry_on=date(2026, 1, 20),
    account="41100000",
    customer_code="C002",
    customer_name="Café Zoé",
    piece="FA0002",
    piece_on=date(2026, 1, 19),
    label="Facture FA0002",
    debit=Money(89_90),
    credit=Money(0),
    lettering="AA",
    lettered_on=date(2026, 2, 10),
)
PAYMENT_OF_C002 = SourceLine(
    line=7,
    journal="BQ",
    entry_number="3",
    entry_on=date(2026, 2, 10),
    account="41100000",
    customer_code="C002",
    customer_name="Café Zoé",
    piece="RG0001",
    piece_on=date(2026, 2, 10),
    label="Virement Café Zoé",
    debit=Money(0),
    credit=Money(89_90),
    lettering="AA",
    lettered_on=date(2026, 2, 10),
)
LEDGER = [SALE_TO_C001, SALE_TO_C002, PAYMENT_OF_C002]


def read(name: str) -> SourceFile:
    return AccountingFiles().read(name, (DATA / name).read_bytes())


def kinds(source: SourceFile) -> list[FaultKind]:
    return [fault.kind for fault in source.faults]


@pytest.mark.parametrize(
    "name",
    [
        "fec_as_the_law_says.txt",
        "fec_utf8_with_bom.txt",
        "fec_windows_1252.txt",
        "fec_utf16.txt",
        "fec_utf16_without_mark.txt",
        "fec_old_mac_line_ends.txt",
        "fec_nul_bytes.txt",
        "fec_pipe_separator.txt",
        "fec_padded_with_trailing_separator.txt",
        "fec_columns_reordered.txt",
        "fec_headings_with_accents.txt",
        "fec_missing_last_columns.txt",
        "fec_amount_and_direction.txt",
        "fec_amount_and_plus_or_minus_one.txt",
        "fec_thousands_spaces.txt",
        "fec_leading_zeros.txt",
        "fec_scientific_notation.txt",
        "fec_day_first_dates.txt",
        "fec_dates_with_time.txt",
    ],
)
def test_the_same_ledger_written_differently_reads_the_same(name: str) -> None:
    source = read(name)

    assert source.lines == LEDGER
    assert source.faults == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        (
            "fec_semicolon_separator.csv",
            ImportFault(
                line=1, kind=FaultKind.UNUSUAL_SEPARATOR, found=";", blocking=False
            ),
        ),
        (
            "fec_dot_decimals.txt",
            ImportFault(line=2, kind=FaultKind.DOT_DECIMAL, found="3", blocking=False),
        ),
        (
            "fec_mixed_encodings.txt",
            ImportFault(line=4, kind=FaultKind.UNDECODABLE, found="1", blocking=False),
        ),
    ],
)
def test_an_oddity_that_costs_nothing_is_told_once(
    name: str, fault: ImportFault
) -> None:
    source = read(name)

    assert source.lines == LEDGER
    assert source.faults == [fault]


def test_commas_between_fields_are_read_where_amounts_have_dots() -> None:
    source = read("fec_comma_separator.csv")

    assert source.lines == LEDGER
    assert kinds(source) == [FaultKind.UNUSUAL_SEPARATOR, FaultKind.DOT_DECIMAL]


def test_a_label_split_by_the_separator_is_put_together_again() -> None:
    source = read("fec_pipe_in_labels.txt")

    assert [line.label for line in source.lines] == [
        "Facture|FA0001|décembre",
        "Facture|FA0002",
        "Virement|Café|Zoé",
    ]
    assert [line.debit - line.credit for line in source.lines] == [
        line.debit - line.credit for line in LEDGER
    ]
    assert [(f.line, f.kind, f.blocking) for f in source.faults] == [
        (line.line, FaultKind.REJOINED_LABEL, False) for line in LEDGER
    ]


def test_a_quote_is_a_character_like_any_other() -> None:
    source = read("fec_quotes_in_labels.txt")

    assert [line.label[:8] for line in source.lines] == [
        '"Facture',
        '"Facture',
        '"Viremen',
    ]


def test_a_sign_may_come_last() -> None:
    source = read("fec_sign_last.txt")

    assert [line.debit for line in source.lines] == [
        Money(1234_56),
        Money(89_90),
        Money(-89_90),
    ]


def test_due_dates_and_invoice_files_come_from_the_extra_columns() -> None:
    first, second, payment = read("fec_dolibarr_due_dates.txt").lines

    assert first.due_on == date(2026, 2, 14)
    assert second.due_on is None
    assert (first.attachment, payment.attachment) == ("FA0001.pdf", "")


def test_an_account_of_its_own_stands_for_the_customer() -> None:
    source = read("fec_accounts_without_auxiliary.txt")

    assert [(x.customer_code, x.customer_name) for x in source.lines] == [
        ("411OEUVRARD", "Boulangerie Œuvrard"),
        ("411ZOE", "Café Zoé"),
        ("411ZOE", "Café Zoé"),
    ]


def test_every_line_counts_for_the_period_and_the_total() -> None:
    source = read("fec_without_customers.txt")

    assert source.lines == []
    assert source.lines_read == 3
    assert (source.starts_on, source.ends_on) == (date(2026, 1, 15), date(2026, 2, 10))


def test_bad_lines_are_told_and_the_others_read() -> None:
    source = read("fec_bad_lines.txt")

    assert [(f.line, f.kind, f.found, f.blocking) for f in source.faults] == [
        (3, FaultKind.BAD_DATE, "20261340", True),
        (4, FaultKind.FIELD_COUNT, "VE\t41100000\t12,00", True),
        (5, FaultKind.BAD_AMOUNT, "12,3,4", True),
        (6, FaultKind.NO_AMOUNT, "", True),
        (7, FaultKind.BAD_DATE, "20260231", False),
        (8, FaultKind.BAD_DATE, "", True),
    ]
    assert [line.line for line in source.lines] == [2, 7]
    assert source.lines_read == 7


def test_a_direction_that_is_neither_debit_nor_credit_is_told() -> None:
    source = read("fec_bad_direction.txt")

    assert [(f.line, f.kind, f.found) for f in source.faults] == [
        (2, FaultKind.BAD_DIRECTION, "X")
    ]
    assert source.lines == LEDGER[1:]


def test_a_file_cut_in_its_last_line_says_so() -> None:
    source = read("fec_cut_in_the_middle.txt")

    assert [(f.line, f.kind, f.blocking) for f in source.faults] == [
        (7, FaultKind.FIELD_COUNT, True)
    ]
    assert source.lines == LEDGER[:2]


def test_a_file_with_lettering_says_so() -> None:
    assert read("fec_as_the_law_says.txt").has_lettering
    assert not read("fec_bad_lines.txt").has_lettering


def test_the_name_of_the_file_gives_the_firm() -> None:
    content = (DATA / "fec_as_the_law_says.txt").read_bytes()
    files = AccountingFiles()

    assert files.read("732829320FEC20261231_1.txt", content).siren == "732829320"
    assert files.read("export.txt", content).siren == ""
    assert files.read("export.txt", content).format is SourceFormat.FEC


def test_identical_lines_are_all_kept() -> None:
    content = (DATA / "fec_as_the_law_says.txt").read_bytes()
    sale = content.splitlines(keepends=True)[1]

    assert len(AccountingFiles().read("double.txt", content + sale).lines) == 4


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("fec_missing_columns.txt", MissingColumnsError),
        ("fec.xml", XmlFecError),
        ("a_list_of_towns.csv", NotAnAccountingFileError),
        ("~$clients.xlsx", ExcelLockFileError),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_for_its_reason(
    name: str, refusal: type[UnreadableFileError]
) -> None:
    with pytest.raises(refusal, match=name.replace("$", r"\$")):
        read(name)


def test_missing_columns_are_named() -> None:
    with pytest.raises(MissingColumnsError, match=": CompteNum, Credit"):
        read("fec_missing_columns.txt")


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\n", b"\0\0\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1a"]
)
def test_a_file_without_content_is_empty(content: bytes) -> None:
    with pytest.raises(EmptyFileError):
        AccountingFiles().read("vide.txt", content)


def test_a_header_alone_is_a_ledger_without_lines() -> None:
    source = read("fec_header_alone.txt")

    assert (source.lines, source.lines_read, source.faults) == ([], 0, [])
    assert source.starts_on is None


def test_a_lock_is_known_by_its_content_too() -> None:
    with pytest.raises(ExcelLockFileError):
        AccountingFiles().read("copie.xlsx", (DATA / "~$clients.xlsx").read_bytes())
