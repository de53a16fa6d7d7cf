"""Named layouts: files typed from the tables, and whatever can befall them."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.errors import UnreadableFileError
from domain.basics.money import Money
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import FaultKind, SourceFile, SourceFormat
from storage.files.errors import NotAnAccountingFileError
from storage.files.reading import AccountingFiles
from tests.any_ledger import any_ledger
from tests.ledger_writers import (
    WITH_LETTERING,
    WRITERS,
    Entry,
    a_ledger,
    as_quadratus,
    as_rimport,
    as_ximport,
)

DATA = Path(__file__).parent.parent / "data"
NAMED = {
    "quadratus_ascii.txt": SourceFormat.QUADRATUS,
    "ximport_dos.txt": SourceFormat.XIMPORT,
    "ximport_windows.txt": SourceFormat.XIMPORT,
    "cegid_tra.tra": SourceFormat.CEGID_TRA,
    "sage_text.txt": SourceFormat.SAGE_TEXT,
    "rimport_ansi.txt": SourceFormat.RIMPORT,
    "rimport_unicode.txt": SourceFormat.RIMPORT,
}
INVOICE = SourceLine(
    line=1,
    journal="VE",
    entry_number="1",
    entry_on=date(2026, 1, 15),
    account="411ZOE",
    customer_code="411ZOE",
    customer_name="Café Zoé",
    piece="FA0001",
    label="Facture FA0001 décembre",
    debit=Money(1234_56),
    credit=Money(0),
    due_on=date(2026, 2, 28),
)
PAYMENT = replace(
    INVOICE,
    journal="BQ",
    entry_on=date(2026, 2, 10),
    piece="RG0001",
    label="Virement Café Zoé",
    debit=Money(0),
    credit=Money(89_90),
    due_on=None,
)


def read(content: bytes, name: str = "export") -> SourceFile:
    return AccountingFiles().read(name, content)


def read_sample(name: str) -> SourceFile:
    return read((DATA / name).read_bytes(), name)


@pytest.mark.parametrize(("name", "layout"), NAMED.items())
def test_a_layout_is_known_by_its_content_and_only_adds(
    name: str, layout: SourceFormat
) -> None:
    source = read_sample(name)

    assert source.format is layout
    assert not source.is_complete
    assert not source.only_open
    assert source.has_lettering == (layout in WITH_LETTERING)
    assert source.starts_on == date(2026, 1, 15)
    assert source.ends_on in {date(2026, 2, day) for day in (10, 11, 12)}


def test_no_other_file_is_taken_for_a_named_layout() -> None:
    for path in DATA.iterdir():
        if path.name not in NAMED:
            try:
                found = read_sample(path.name).format
            except UnreadableFileError:
                continue
            assert found in {SourceFormat.FEC, SourceFormat.WORKBOOK}, path.name


def test_quadratus_fields_are_where_the_table_says() -> None:
    first, second, payment, refund = read_sample("quadratus_ascii.txt").lines

    assert first == replace(
        INVOICE,
        line=2,
        journal="VTE",
        entry_number="",
        piece="FA2026-001",
        attachment="FA000001.PDF",
    )
    assert (second.due_on, second.payment_mode) == (date(2026, 2, 19), "PRLV")
    assert (second.lettering, payment.lettering) == ("AA", "AA")
    assert payment == replace(
        PAYMENT, line=5, journal="BQ1", entry_number="", piece="B0001", lettering="AA"
    )
    assert refund.credit == Money(-5_12)
    assert refund.label == "Remboursement d'un trop perçu sur la facture de janvier"
    assert (refund.piece, refund.attachment) == ("42", "")


def test_other_records_of_quadratus_say_nothing() -> None:
    source = read_sample("quadratus_ascii.txt")

    assert (source.faults, source.lines_read) == ([], 5)


def test_a_c_record_tells_that_an_account_is_a_customers() -> None:
    ledger = [replace(e, code="C" + e.code[3:]) for e in a_ledger()]

    assert len(read(as_quadratus(ledger)).lines) == len(ledger)


@pytest.mark.parametrize("account", ["51200000", "411DUNES"])
def test_a_settlement_without_its_entry_is_told_and_changes_no_balance(
    account: str,
) -> None:
    above = f"M{account:8}BQ000150326{'':21}D+000000010000\r\n".encode()
    alone = f"R150326+000000010000VIBQ{'RG1':10}{'':20}BQ 411ALPINVIR 1\r\n".encode()
    content = as_quadratus(a_ledger()) + above

    source = read(content + alone)

    assert source.lines == read(content).lines
    assert [(f.kind, f.blocking) for f in source.faults] == [
        (FaultKind.NOT_AN_ENTRY, True)
    ]


@pytest.mark.parametrize("name", ["ximport_dos.txt", "ximport_windows.txt"])
def test_ximport_fields_are_where_the_table_says(name: str) -> None:
    first, second, payment = read_sample(name).lines

    assert first == INVOICE
    assert (second.debit, second.due_on) == (Money(89_90), None)
    assert (second.lettering, payment.lettering) == ("17", "17")
    assert payment == replace(PAYMENT, line=3, entry_number="3", lettering="17")


def test_tra_fields_are_where_the_table_says() -> None:
    source = read_sample("cegid_tra.tra")
    common = {"entry_number": "", "account": "411000", "customer_code": "ZOE"}
    first, payment, cash = source.lines

    assert first == replace(
        replace(INVOICE, line=8, journal="VTE", customer_name="", **common),  # type: ignore[arg-type]
        payment_mode="VIR",
    )
    assert payment == replace(
        replace(PAYMENT, line=10, journal="BQ1", customer_name="", **common),  # type: ignore[arg-type]
        payment_mode="CHQ",
    )
    assert (cash.customer_code, cash.credit) == ("4110PASSAGE", Money(5_00))
    assert [(f.line, f.kind) for f in source.faults] == [(11, FaultKind.NOT_AN_ENTRY)]


def test_sage_fields_are_one_a_line() -> None:
    source = read_sample("sage_text.txt")
    first, payment = source.lines

    assert first == replace(
        INVOICE,
        line=3,
        journal="VT",
        entry_number="",
        account="41100000",
        customer_name="",
        payment_mode="10",
    )
    assert payment == replace(
        PAYMENT,
        line=61,
        entry_number="",
        account="41100000",
        customer_code="41100000",
        customer_name="",
        payment_mode="3",
    )
    assert (source.faults, source.lines_read) == ([], 3)


@pytest.mark.parametrize("name", ["rimport_ansi.txt", "rimport_unicode.txt"])
def test_rimport_fields_are_in_order_within_the_section_of_movements(name: str) -> None:
    source = read_sample(name)

    assert source.lines == [
        replace(INVOICE, line=8),
        replace(PAYMENT, line=10, entry_number="2"),
    ]
    assert [(f.line, f.kind) for f in source.faults] == [(11, FaultKind.NOT_AN_ENTRY)]


@given(any_ledger(), st.sampled_from(sorted(WRITERS)))
def test_any_ledger_reads_as_it_was_written(
    ledger: list[Entry], layout: SourceFormat
) -> None:
    source = read(WRITERS[layout](ledger))
    letters = layout in WITH_LETTERING

    assert source.format is layout
    assert source.faults == []
    assert [
        (x.customer_code, x.entry_on, x.piece, x.label, x.due_on, x.lettering)
        for x in source.lines
    ] == [
        (e.code, e.day, e.piece, e.label, e.due, e.lettering if letters else "")
        for e in ledger
    ]
    assert [(x.debit - x.credit).cents for x in source.lines] == [
        e.cents for e in ledger
    ]


SMALL = a_ledger()[:5]


def money_of(source: SourceFile) -> list[SourceLine]:
    """Keep what a reminder rests on: other records give names and modes."""
    return [replace(x, customer_name="", payment_mode="") for x in source.lines]


@pytest.mark.parametrize(
    "write",
    [*WRITERS.values(), lambda e: as_ximport(e, "cp1252", ",")],
    ids=[*WRITERS, "ximport, windows"],
)
def test_a_file_cut_anywhere_gives_its_first_lines_and_never_a_wrong_one(
    write: Callable[[list[Entry]], bytes],
) -> None:
    content = write(SMALL)
    whole = read(content)

    for end in range(1, len(content)):
        try:
            source = read(content[:end])
        except UnreadableFileError:
            continue
        assert money_of(source) == money_of(whole)[: len(source.lines)]


@given(st.sampled_from(sorted(WRITERS)), st.data())
def test_whatever_bytes_change_a_file_is_read_or_refused(
    layout: SourceFormat, data: st.DataObject
) -> None:
    content = bytearray(WRITERS[layout](SMALL))
    places = st.integers(0, len(content) - 1)

    for at in data.draw(st.lists(places, min_size=1, max_size=30)):
        content[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.binary(max_size=2)
        )

    with suppress(UnreadableFileError):
        read(bytes(content))


@pytest.mark.parametrize("layout", WRITERS)
def test_a_damaged_amount_is_told_and_the_other_lines_read(
    layout: SourceFormat,
) -> None:
    content = WRITERS[layout](SMALL)
    amount = {
        SourceFormat.QUADRATUS: b"C+000000010000",
        SourceFormat.XIMPORT: b"100.00C",
        SourceFormat.CEGID_TRA: b"C              100,00",
        SourceFormat.SAGE_TEXT: b"1\r\n100.00",
        SourceFormat.RIMPORT: b"100.00\tC",
    }[layout]
    at = content.rindex(amount)
    damaged = (
        content[:at] + amount.replace(b"1", b"?", 2)[::1] + content[at:][len(amount) :]
    )

    source = read(damaged)

    assert [f.kind for f in source.faults] in (
        [FaultKind.BAD_AMOUNT],
        [FaultKind.BAD_DIRECTION],
    )
    assert len(source.lines) == len(SMALL) - 1


def test_ansi_and_unicode_rimports_read_the_same() -> None:
    ansi, wide = (read(as_rimport(SMALL, e)) for e in ("cp1252", "utf-16"))

    assert ansi.lines == wide.lines


def test_a_line_that_fits_alone_is_not_enough() -> None:
    line = as_ximport(SMALL).splitlines(keepends=True)[0]

    with pytest.raises(NotAnAccountingFileError):
        read(line)
