"""Which PDF is an item's own."""

from dataclasses import replace

import pytest

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.ledger.invoice_file import InvoiceFile, InvoiceProblem
from domain.ledger.invoice_matching import (
    Billed,
    Buyer,
    InvoiceDoubt,
    InvoiceFinder,
    InvoiceMatch,
)
from tests.builders.base import CUSTOMER_ID, ENTITY_ID


def a_file(
    name: str, number: str = "", cents: int = 0, **others: object
) -> InvoiceFile:
    """Make a PDF; with a number, it holds data."""
    file = InvoiceFile(
        entity_id=ENTITY_ID,
        name=name,
        size=1,
        modified_ns=1,
        number=number,
        type_code="380" if number else "",
        total=Money(cents) if cents else None,
    )
    return replace(file, **others)  # type: ignore[arg-type]


def billed(
    reference: str, cents: int = 120_00, attachment: str = "", buyer: str = "Émery Bois"
) -> Billed:
    return Billed(
        id=ItemId(reference),
        customer_id=CUSTOMER_ID,
        reference=reference,
        attachment=attachment,
        amounts=(Money(cents),),
        buyer=Buyer(name=buyer, siren="012345005"),
    )


def match(wanted: Billed, *files: InvoiceFile) -> InvoiceMatch | None:
    return InvoiceFinder(files).find(wanted)


def found(wanted: Billed, *files: InvoiceFile) -> str | None:
    sure = match(wanted, *files)
    return sure.file.name if sure and sure.is_sure else None


NAMED = [
    a_file("CLI000228_20191213597.pdf"),
    a_file("Facture F2610-2599.PDF"),
    a_file("F2610-2600 copie.pdf"),
    a_file("F2610-2600.pdf"),
]


def test_an_invoice_is_found_by_the_name_the_books_give() -> None:
    wanted = billed("191213597", attachment="cli000228_20191213597.PDF")
    assert found(wanted, *NAMED) == "CLI000228_20191213597.pdf"


def test_else_by_its_number_inside_the_name() -> None:
    assert found(billed("F2610-2599"), *NAMED) == "Facture F2610-2599.PDF"


def test_the_exact_name_wins_over_a_longer_one() -> None:
    assert found(billed("F2610-2600"), *NAMED) == "F2610-2600.pdf"


@pytest.mark.parametrize("reference", ["F2610-26", "12", "", "Avoir"])
def test_a_number_too_short_or_unknown_finds_nothing(reference: str) -> None:
    assert match(billed(reference), *NAMED) is None


def test_a_number_that_fits_two_files_finds_neither() -> None:
    twice = [*NAMED, a_file("F2610-2599 bis.pdf")]
    assert match(billed("F2610-2599"), *twice) is None


def test_else_by_the_number_in_the_data_written_otherwise() -> None:
    file = a_file("scan 0001.pdf", "FA 2026/0012", 120_00)
    assert found(billed("fa-2026-0012"), file) == "scan 0001.pdf"


def test_the_data_tell_apart_two_files_of_the_same_name() -> None:
    files = [
        a_file("F2610-2599 a.pdf", "F2610-2599", 120_00),
        a_file("F2610-2599 b.pdf", "F2610-2600", 80_00),
    ]
    assert found(billed("F2610-2599"), *files) == "F2610-2599 a.pdf"


def test_an_amount_that_differs_by_a_cent_is_a_doubt() -> None:
    doubtful = match(billed("FA-001"), a_file("x.pdf", "FA-001", 120_01))
    assert doubtful
    assert doubtful.doubts == (InvoiceDoubt.AMOUNT,)


def test_a_file_named_after_the_invoice_is_doubted_too_when_its_amount_differs() -> (
    None
):
    doubtful = match(billed("FA-001"), a_file("FA-001.pdf", "FA-001", 119_99))
    assert doubtful
    assert not doubtful.is_sure


def test_what_was_paid_in_advance_is_no_difference() -> None:
    file = a_file("x.pdf", "FA-001", 150_00, payable=Money(120_00))
    assert found(billed("FA-001"), file) == "x.pdf"


def test_instalments_are_compared_all_together() -> None:
    part = replace(billed("FA-001"), amounts=(Money(60_00), Money(120_00)))
    assert found(part, a_file("x.pdf", "FA-001", 120_00)) == "x.pdf"


def test_another_siren_is_a_doubt_and_the_same_one_settles_names() -> None:
    other = a_file("x.pdf", "FA-001", 120_00, buyer_siren="012346003")
    same = replace(other, buyer_siren="012345005", buyer_name="Holding Z")
    doubtful = match(billed("FA-001"), other)
    assert doubtful
    assert doubtful.doubts == (InvoiceDoubt.BUYER,)
    assert found(billed("FA-001"), same) == "x.pdf"


@pytest.mark.parametrize(
    ("name", "is_same"),
    [
        ("EMERY BOIS SARL", True),
        ("Ets Emery", True),
        ("", True),
        ("SARL Des Quais", False),
        ("Dupont SARL", False),
    ],
)
def test_names_need_one_word_in_common(name: str, is_same: bool) -> None:
    file = a_file("x.pdf", "FA-001", 120_00, buyer_name=name)
    assert (found(billed("FA-001"), file) is not None) is is_same


def test_a_payment_that_bears_its_invoices_number_has_no_invoice() -> None:
    file = a_file("FA-001.pdf", "FA-001", 120_00)
    assert match(billed("FA-001", cents=-120_00), file) is None


def test_a_credit_note_finds_its_own() -> None:
    file = a_file("x.pdf", "AV-001", 120_00, type_code="381")
    assert found(billed("AV-001", cents=-120_00), file) == "x.pdf"


def test_a_number_of_two_digits_is_believed_only_when_all_agrees() -> None:
    assert found(billed("12"), a_file("x.pdf", "12", 120_00)) == "x.pdf"
    assert match(billed("12"), a_file("x.pdf", "12", 99_00)) is None


def test_a_sure_one_is_better_than_a_doubtful_one_found_before() -> None:
    files = [
        a_file("FA-001.pdf", "FA-001", 99_00),
        a_file("scan.pdf", "FA-001", 120_00),
    ]
    assert found(billed("FA-001"), *files) == "scan.pdf"


@pytest.mark.parametrize("problem", [InvoiceProblem.DAMAGED, InvoiceProblem.ENCRYPTED])
def test_what_the_customer_could_not_open_is_never_sent_unseen(
    problem: InvoiceProblem,
) -> None:
    doubtful = match(billed("FA-001"), a_file("FA-001.pdf", problem=problem))
    assert doubtful
    assert doubtful.doubts == (InvoiceDoubt.UNOPENABLE,)


def test_data_refused_do_not_keep_a_sound_pdf_from_being_sent() -> None:
    file = a_file("FA-001.pdf", problem=InvoiceProblem.DATA_REFUSED)
    assert found(billed("FA-001"), file) == "FA-001.pdf"


def test_another_iban_than_ones_own_is_told() -> None:
    file = a_file("x.pdf", "FA-001", ibans="FR1 FR2")
    assert file.other_iban("FR3") == "FR1"
    assert file.other_iban("F R2") == ""
    assert file.other_iban("") == ""
