"""Payment modes: which come by themselves, and when invoices so paid are due."""

from dataclasses import replace
from datetime import date

import pytest

from domain.basics.identifiers import EntityId, customer_key
from domain.dunning.outbox import MessageState
from domain.ledger.entity import Entity
from domain.ledger.entry import DueOrigin
from domain.ledger.payment_modes import PaymentMode
from domain.ports import Books
from domain.usecases.configuring import save_entity
from domain.usecases.customer_details import TermsNotUnderstoodError, save_customer
from domain.usecases.payment_modes import (
    due_dates_moved,
    save_payment_modes,
    show_payment_modes,
)
from tests.journeys.stories import (
    a_file,
    a_line,
    books_of,
    bring_in,
    give_email,
    moment,
    prepare_all,
)

JAN = date(2026, 1, 10)
TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
CHEQUE = PaymentMode(code="CHQ", terms="60 jours")
DEBIT = PaymentMode(code="PRLV", is_automatic=True)


def kept_books() -> tuple[Books, EntityId]:
    """Fill books: one invoice by cheque, one by transfer, one that says nothing."""
    books, entity_id = books_of()
    lines = (
        replace(a_line("F1", 100_00, JAN), payment_mode="CHQ"),
        replace(a_line("F2", 200_00, JAN), payment_mode="VIR"),
        a_line("F3", 300_00, JAN, code="C002"),
        replace(a_line("R1", -50_00, JAN, lettering="Z"), payment_mode="CB"),
    )
    bring_in(books, entity_id, a_file(*lines), TODAY)
    return books, entity_id


def save(books: Books, entity_id: EntityId, *modes: PaymentMode) -> None:
    save_payment_modes(books, entity_id, modes, TODAY, NOW)


def due(books: Books, entity_id: EntityId) -> dict[str, tuple[int, DueOrigin]]:
    """Tell after how many days each invoice is due, and why."""
    return {
        i.reference: ((i.due_on - JAN).days, i.due_origin)
        for i in books.ledger.open_items(entity_id)
        if i.due_on and not i.is_credit
    }


def pays_by(books: Books, entity_id: EntityId, mode: str, terms: str = "") -> None:
    customer = books.customers.get(customer_key(entity_id, "C002"))
    save_customer(books, replace(customer, payment_mode=mode, payment_terms=terms))


def test_the_terms_of_a_mode_count_before_the_firms_and_say_so() -> None:
    books, entity_id = kept_books()

    save(books, entity_id, CHEQUE)

    assert due(books, entity_id) == {
        "F1": (60, DueOrigin.MODE_TERMS),
        "F2": (30, DueOrigin.DEFAULT),
        "F3": (30, DueOrigin.DEFAULT),
    }


def test_an_invoice_without_a_mode_follows_its_customers() -> None:
    books, entity_id = kept_books()
    save(books, entity_id, CHEQUE)

    pays_by(books, entity_id, "CHQ")

    assert due(books, entity_id)["F3"] == (60, DueOrigin.MODE_TERMS)


def test_the_customers_own_terms_count_before_those_of_its_mode() -> None:
    books, entity_id = kept_books()
    save(books, entity_id, CHEQUE)

    pays_by(books, entity_id, "CHQ", terms="45 jours")

    assert due(books, entity_id)["F3"] == (45, DueOrigin.TERMS)


def test_a_file_imported_later_follows_the_terms_of_its_modes() -> None:
    books, entity_id = kept_books()
    save(books, entity_id, CHEQUE)

    later = replace(a_line("F4", 10_00, JAN), payment_mode="CHQ")
    bring_in(books, entity_id, a_file(later, starts_on=None, ends_on=None), TODAY)

    assert due(books, entity_id)["F4"] == (60, DueOrigin.MODE_TERMS)


def test_how_many_due_dates_move_is_known_before_anything_is_kept() -> None:
    books, entity_id = kept_books()
    before = due(books, entity_id)

    same_day = PaymentMode(code="VIR", terms="30 jours")
    assert due_dates_moved(books, entity_id, [CHEQUE, same_day, DEBIT]) == 1
    assert due_dates_moved(books, entity_id, [DEBIT]) == 0

    assert due(books, entity_id) == before
    assert books.entities.payment_modes(entity_id) == []


def test_terms_taken_away_give_the_firms_back() -> None:
    books, entity_id = kept_books()
    before = due(books, entity_id)
    save(books, entity_id, CHEQUE)

    save(books, entity_id, replace(CHEQUE, terms=""))

    assert due(books, entity_id) == before


def test_terms_that_mean_nothing_are_refused_and_nothing_is_kept() -> None:
    books, entity_id = kept_books()

    with pytest.raises(TermsNotUnderstoodError):
        save(books, entity_id, DEBIT, replace(CHEQUE, terms="à voir"))

    assert books.entities.payment_modes(entity_id) == []


def test_the_modes_met_are_counted_by_open_invoice_whoever_names_them() -> None:
    books, entity_id = kept_books()
    pays_by(books, entity_id, "LCR")
    save(books, entity_id, DEBIT, PaymentMode(code="TIP"))

    met = {m.mode.code: m.open_invoices for m in show_payment_modes(books, entity_id)}

    # A payment's own mode is nobody's terms; a mode without any choice is forgotten.
    assert met == {"CHQ": 1, "LCR": 1, "PRLV": 0, "VIR": 1}


def test_another_firms_modes_are_its_own() -> None:
    books, entity_id = kept_books()
    other = Entity(id=EntityId("other"), name="Autre")
    books.entities.save(other)
    save_entity(books, replace(other, default_terms="45 jours"))

    save(books, other.id, CHEQUE)

    assert due(books, entity_id)["F1"] == (30, DueOrigin.DEFAULT)
    assert [m.mode for m in show_payment_modes(books, other.id)] == [CHEQUE]


def test_a_message_waiting_about_what_becomes_automatic_is_withdrawn() -> None:
    books, entity_id = kept_books()
    give_email(books, entity_id, "a@client.example.com")
    prepare_all(books, entity_id, TODAY)

    automatic = [PaymentMode(code=c, is_automatic=True) for c in ("CHQ", "VIR")]
    save(books, entity_id, *automatic)

    (withdrawn,) = books.outbox.all(entity_id, [MessageState.WITHDRAWN])
    (still_waiting,) = books.outbox.all(entity_id, [MessageState.QUEUED])
    assert withdrawn.customer_id == customer_key(entity_id, "C001")
    assert still_waiting.customer_id == customer_key(entity_id, "C002")
