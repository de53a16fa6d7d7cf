"""Lists of customers and contacts come in, and are taken back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import EntityId, customer_key
from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.ledger.import_report import (
    ImportRecord,
    PastReminder,
    SourceContact,
    SourceCustomer,
    SourceFile,
    SourceFormat,
)
from domain.ports import Books
from domain.usecases.agreeing import write_note
from domain.usecases.customer_details import save_contact, save_customer
from domain.usecases.importing import (
    NothingToUndoError,
    data_is_old,
    preview_import,
    undo_last_import,
)
from tests.journeys.stories import (
    a_file,
    a_line,
    books_of,
    bring_in,
    give_email,
    moment,
)

TODAY = date(2026, 3, 31)
LATER = date(2026, 4, 2)
LEDGER = a_file(a_line("F1", 120_00, date(2026, 1, 10)))
CODES = ("C001", "C002", "00042", "É=1", "Alpha")
MAILS = ("", "a@example.com", "A@example.com", "b@example.com")
DETAILS = ("address", "city", "phone", "payment_terms", "payment_mode", "siren")
words = st.sampled_from(("30 jours", "Lens", "VIR", "É & <b>", "0321000000"))


def a_list(*rows: SourceCustomer | SourceContact) -> SourceFile:
    """Make a list of customers and contacts."""
    return a_file(
        name="clients.csv",
        format=SourceFormat.TABLE,
        customers=[r for r in rows if isinstance(r, SourceCustomer)],
        contacts=[r for r in rows if isinstance(r, SourceContact)],
        starts_on=None,
        ends_on=None,
    )


def described(code: str = "C001", **details: str) -> SourceCustomer:
    return SourceCustomer(
        customer_code=code, customer_name=f"Client {code}", details=details
    )


def reached(code: str = "C001", email: str = "a@example.com") -> SourceContact:
    return SourceContact(
        line=2, customer_code=code, email=email, last_name="Durand", is_dunning=True
    )


def known(books: Books, entity_id: EntityId) -> object:
    """Everything that an import may touch."""
    customers = sorted(books.customers.all(entity_id), key=lambda c: c.id)
    contacts = sorted(books.customers.contacts(entity_id), key=lambda c: c.id)
    items = sorted(books.ledger.items(entity_id), key=lambda i: i.id)
    return customers, contacts, items, books.ledger.entries(entity_id)


def codes(books: Books, entity_id: EntityId) -> list[str]:
    return [c.code for c in books.customers.all(entity_id)]


def undo(books: Books, entity_id: EntityId) -> ImportRecord:
    return undo_last_import(books, entity_id, LATER, moment(LATER))


def customer(books: Books, entity_id: EntityId, code: str = "C001") -> Customer:
    return books.customers.get(customer_key(entity_id, code))


customers = st.builds(
    SourceCustomer,
    customer_code=st.sampled_from(CODES),
    customer_name=st.sampled_from(("", "Alpha", "Bêta")),
    details=st.dictionaries(st.sampled_from(DETAILS), words),
)
contacts = st.builds(
    SourceContact,
    line=st.just(2),
    customer_code=st.sampled_from(CODES),
    customer_name=st.sampled_from(("", "Alpha")),
    email=st.sampled_from(MAILS),
    last_name=st.sampled_from(("", "Durand")),
    is_dunning=st.sampled_from((True, False, None)),
)
Rows = list[SourceCustomer | SourceContact]
lists = st.lists(st.one_of(customers, contacts), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.booleans(), lists, lists)
def test_any_list_taken_back_leaves_the_books_as_they_were(
    has_ledger: bool, first: Rows, second: Rows
) -> None:
    books, entity_id = books_of()
    if has_ledger:
        bring_in(books, entity_id, LEDGER, TODAY)
    states = [known(books, entity_id)]
    for rows in (first, second):
        bring_in(books, entity_id, a_list(*rows), TODAY)
        states.append(known(books, entity_id))

    while len(states) > 1:
        assert known(books, entity_id) == states.pop()
        undo(books, entity_id)
    assert known(books, entity_id) == states.pop()


def test_the_entries_of_an_import_taken_back_take_their_customers_along() -> None:
    books, entity_id = books_of()
    before = known(books, entity_id)
    bring_in(books, entity_id, LEDGER, TODAY)

    undo(books, entity_id)

    assert known(books, entity_id) == before
    assert codes(books, entity_id) == []


def test_a_list_is_taken_back_before_the_entries_imported_earlier() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, LEDGER, TODAY)
    bring_in(books, entity_id, a_list(described(phone="0321"), described("C9")), TODAY)

    taken_back = undo(books, entity_id)

    assert (taken_back.format, taken_back.new) == (SourceFormat.PEOPLE, 1)
    assert taken_back.changed == 1
    assert codes(books, entity_id) == ["C001"]
    assert len(books.ledger.open_items(entity_id)) == 1
    undo(books, entity_id)
    assert books.ledger.items(entity_id) == []
    with pytest.raises(NothingToUndoError):
        undo(books, entity_id)


def test_what_was_corrected_by_hand_since_stays_field_by_field() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, LEDGER, TODAY)
    bring_in(books, entity_id, a_list(described(phone="0321", city="Lens")), TODAY)
    corrected = replace(customer(books, entity_id), city="Arras", mobile="06")
    save_customer(books, corrected)

    undo(books, entity_id)

    now = customer(books, entity_id)
    assert (now.phone, now.city, now.mobile) == ("", "Arras", "06")
    assert now.name == "Boulangerie Inventée"


def test_a_customer_brought_and_used_since_stays() -> None:
    books, entity_id = books_of()
    rows = [described(c) for c in ("C1", "C2", "C3", "C4", "C5")]
    bring_in(books, entity_id, a_list(*rows, reached("C5")), TODAY)
    save_customer(books, replace(customer(books, entity_id, "C1"), city="Lens"))
    give_email(books, entity_id, "b@example.com", "C2")
    third = customer_key(entity_id, "C3")
    write_note(books, third, "À rappeler", TODAY, moment(TODAY))

    undo(books, entity_id)

    assert codes(books, entity_id) == ["C1", "C2", "C3"]
    assert books.check() == []


def test_a_contact_brought_goes_unless_it_was_corrected() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, LEDGER, TODAY)
    both = (reached(email="a@example.com"), reached(email="b@example.com"))
    bring_in(books, entity_id, a_list(*both), TODAY)
    first, _second = books.customers.contacts(entity_id)
    save_contact(books, replace(first, phone="0321", is_dunning=False))

    undo(books, entity_id)

    assert [c.id for c in books.customers.contacts(entity_id)] == [first.id]


def test_the_terms_a_list_brought_give_way_when_it_is_taken_back() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, LEDGER, TODAY)
    before = books.ledger.items(entity_id)
    bring_in(books, entity_id, a_list(described(payment_terms="60 jours")), TODAY)
    assert books.ledger.items(entity_id) != before

    undo(books, entity_id)

    assert books.ledger.items(entity_id) == before


def test_a_list_makes_no_data_fresh_and_no_ledger_older() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, LEDGER, TODAY)
    bring_in(books, entity_id, a_list(described()), LATER)

    assert data_is_old(books, entity_id, date(2026, 4, 11))
    again = preview_import(books, LEDGER, entity_id, LATER)
    assert again.already_imported
    assert not again.older_than_known


def test_an_address_read_in_a_history_takes_no_name_away() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_list(replace(reached(), is_dunning=False)), TODAY)
    reminder = PastReminder(
        line=2,
        reminded_on=TODAY,
        customer_code="C001",
        piece="F1",
        level=1,
        email="a@example.com",
        debit=Money(120_00),
        credit=Money(0),
    )

    bring_in(books, entity_id, replace(LEDGER, past_reminders=[reminder]), TODAY)

    (contact,) = books.customers.contacts(entity_id)
    assert (contact.last_name, contact.is_dunning) == ("Durand", True)
