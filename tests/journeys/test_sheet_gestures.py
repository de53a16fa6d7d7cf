"""What is agreed and corrected on a customer's sheet, and how it is taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.basics.identifiers import ProfileId
from domain.basics.listing import ListQuery
from domain.basics.money import CurrenciesMixedError, Money
from domain.customers.agreements import Promise
from domain.customers.customer_line import CustomerState
from domain.customers.free_fields import FieldNames, ItemFields
from domain.ledger.open_item import ItemState
from domain.usecases.agreeing import (
    change_hold,
    change_note,
    change_promise,
    lift_hold,
    open_dispute,
    place_hold,
    record_promise,
    remove_note,
    restore_hold,
    restore_note,
    write_note,
)
from domain.usecases.customer_details import (
    choose_profile,
    follow,
    remove_contact,
    restore_contact,
)
from domain.usecases.free_fields import (
    FieldNameTwiceError,
    field_names,
    save_field_names,
    save_item_fields,
)
from domain.usecases.lists import customers_page
from storage.database.books import SqliteBooks
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    TODAY,
    a_profile,
    a_promise,
    an_allocation,
    an_item,
)
from tests.journeys.sheet import (
    FIRST,
    LATER,
    SECOND,
    filled,
    sheet_of,
)


@pytest.fixture
def books() -> SqliteBooks:
    return filled()


def test_one_gesture_on_several_items_is_one_line_that_names_them(
    books: SqliteBooks,
) -> None:
    ids = [FIRST.id, SECOND.id]
    holds = place_hold(books, CUSTOMER_ID, "Attente", None, TODAY, NOW, ids)
    disputes = open_dispute(books, CUSTOMER_ID, "Prix", TODAY, NOW, ids)
    notes = write_note(books, CUSTOMER_ID, "À revoir", TODAY, NOW, ids)

    assert [len(made) for made in (holds, disputes, notes)] == [2, 2, 2]
    sheet = sheet_of(books)
    assert len(sheet.activities) == 3
    assert set(sheet.named.values()) == {("FA-1", "FA-2")}
    assert [row.state for row in sheet.rows[:2]] == [CustomerState.STOPPED] * 2
    assert [len(row.notes) for row in sheet.rows[:2]] == [1, 1]


def test_a_promise_on_several_items_goes_to_the_oldest_first(
    books: SqliteBooks,
) -> None:
    ids = [SECOND.id, FIRST.id]
    less = record_promise(books, CUSTOMER_ID, Money(120_00), LATER, TODAY, NOW, ids)
    more = record_promise(books, CUSTOMER_ID, Money(170_00), LATER, TODAY, NOW, ids)
    little = record_promise(books, CUSTOMER_ID, Money(30_00), LATER, TODAY, NOW, ids)

    def shared(promises: tuple[Promise, ...]) -> list[tuple[str | None, int]]:
        return [(p.item_id, p.amount.cents) for p in promises]

    assert shared(less) == [("FA-1", 100_00), ("FA-2", 20_00)]
    assert shared(more) == [("FA-1", 100_00), ("FA-2", 70_00)]
    assert shared(little) == [("FA-1", 30_00)]
    assert books.activities.of(CUSTOMER_ID)[-1].amount == Money(120_00)


def test_a_promise_in_another_currency_than_the_item_is_refused(
    books: SqliteBooks,
) -> None:
    dollars = Money(10_00, "USD")
    with pytest.raises(CurrenciesMixedError):
        record_promise(books, CUSTOMER_ID, dollars, LATER, TODAY, NOW, [FIRST.id])


def test_stops_promises_and_notes_are_corrected_and_put_back(
    books: SqliteBooks,
) -> None:
    (hold,) = place_hold(books, CUSTOMER_ID, "Attente", None, TODAY, NOW)
    (promise,) = record_promise(books, CUSTOMER_ID, Money(5_00), LATER, TODAY, NOW)
    (note,) = write_note(books, CUSTOMER_ID, "Avant", TODAY, NOW)

    change_hold(books, hold, "Accord", LATER, TODAY, NOW)
    change_promise(books, promise, Money(7_00), TODAY, TODAY, NOW)
    change_note(books, note, "Après", TODAY, NOW)
    sheet = sheet_of(books)
    assert sheet.hold is not None
    assert (sheet.hold.reason, sheet.hold.ends_on) == ("Accord", LATER)
    assert [(p.amount, p.promised_for) for p in sheet.promises] == [
        (Money(7_00), TODAY)
    ]
    assert [one.text for one in sheet.notes] == ["Après"]

    lift_hold(books, sheet.hold, TODAY, NOW)
    restore_hold(books, hold, TODAY, NOW)
    remove_note(books, note, TODAY, NOW)
    assert sheet_of(books).notes == ()
    restore_note(books, note, TODAY, NOW)
    assert sheet_of(books).hold == hold
    assert sheet_of(books).notes == (note,)


def test_a_promise_kept_by_a_part_payment_is_not_broken(books: SqliteBooks) -> None:
    day = TODAY - timedelta(days=2)
    made_on = TODAY - timedelta(days=9)
    promise = a_promise(cents=40_00, item_id="FA-1", promised_for=day, made_on=made_on)
    books.agreements.save_promise(promise)
    assert sheet_of(books).promises == (promise,)
    assert any(m.promise_broken for m in sheet_of(books).plan.messages)

    part = replace(FIRST, settled=Money(40_00))
    payment = an_item(
        reference="RG",
        cents=-40_00,
        settled=Money(-40_00),
        state=ItemState.SETTLED,
        invoice_on=day,
    )
    books.ledger.replace_items(ENTITY_ID, [part, SECOND, payment])
    books.ledger.replace_allocations(
        ENTITY_ID, [an_allocation(debit_id="FA-1", credit_id="RG", cents=40_00)]
    )

    sheet = sheet_of(books)
    assert sheet.promises == ()
    assert sheet.fates[promise.id].received == Money(40_00)
    assert not any(m.promise_broken for m in sheet.plan.messages)


def test_a_profile_is_chosen_with_a_trace_and_given_back(books: SqliteBooks) -> None:
    books.scenarios.save_profile(
        a_profile(id="grand", name="Grand compte", is_default=False)
    )

    before = choose_profile(books, CUSTOMER_ID, ProfileId("grand"), TODAY, NOW)
    assert sheet_of(books).profile_name == "Grand compte"
    choose_profile(books, CUSTOMER_ID, before, TODAY, NOW)

    assert sheet_of(books).profile_name == "Standard"
    assert [one.subject for one in books.activities.of(CUSTOMER_ID)] == [
        "Grand compte → Standard",
        "Standard → Grand compte",
    ]


def test_a_customer_is_followed_and_no_longer(books: SqliteBooks) -> None:
    follow(books, CUSTOMER_ID, followed=True)
    assert sheet_of(books).customer.is_followed
    follow(books, CUSTOMER_ID, followed=False)
    assert not sheet_of(books).customer.is_followed


def test_a_removed_contact_receives_nothing_and_can_come_back(
    books: SqliteBooks,
) -> None:
    (contact,) = books.customers.contacts_of(CUSTOMER_ID)

    remove_contact(books, contact, TODAY)
    assert sheet_of(books).dunning_contact is None
    assert books.customers.contacts(ENTITY_ID) == []
    assert books.customers.removed_contacts(ENTITY_ID) == {contact.id}
    assert customers_page(books, ENTITY_ID, TODAY, ListQuery()).lines[0].email == ""

    restore_contact(books, contact)
    assert sheet_of(books).dunning_contact == contact


def test_free_fields_keep_their_names_and_what_they_hold(books: SqliteBooks) -> None:
    names = FieldNames(customer=("Secteur ", ""), item=("Chantier", "", "Dépôt"))
    save_field_names(books, ENTITY_ID, names)
    fields = ItemFields(
        item_id=FIRST.id, entity_id=ENTITY_ID, customer_id=CUSTOMER_ID, free_1="Lyon"
    )
    save_item_fields(books, fields)

    sheet = sheet_of(books)
    assert sheet.field_names.customer == ("Secteur", "")
    assert sheet.rows[0].fields == fields
    assert field_names(books, ENTITY_ID).item == ("Chantier", "", "Dépôt")
    with pytest.raises(FieldNameTwiceError):
        twice = FieldNames(customer=("Secteur", "secteur"))
        save_field_names(books, ENTITY_ID, twice)


def test_free_fields_survive_the_leaving_and_return_of_their_item(
    books: SqliteBooks,
) -> None:
    fields = ItemFields(
        item_id=FIRST.id, entity_id=ENTITY_ID, customer_id=CUSTOMER_ID, free_2="x"
    )
    save_item_fields(books, fields)
    books.ledger.replace_items(ENTITY_ID, [SECOND])
    assert books.customers.item_fields(ENTITY_ID) == [fields]

    books.ledger.replace_items(ENTITY_ID, [FIRST, SECOND])
    assert sheet_of(books).rows[0].fields == fields


def test_two_currencies_stand_side_by_side(books: SqliteBooks) -> None:
    dollars = an_item(
        reference="US", invoiced=Money(70_00, "USD"), settled=Money(0, "USD")
    )
    books.ledger.replace_items(ENTITY_ID, [FIRST, dollars])

    accounts = sheet_of(books).accounts
    assert [one.amounts.balance for one in accounts] == [
        Money(100_00),
        Money(70_00, "USD"),
    ]


def test_a_customer_who_left_the_books_keeps_what_it_promised(
    books: SqliteBooks,
) -> None:
    books.ledger.replace_items(ENTITY_ID, [])
    to_come = a_promise(item_id="FA-1", promised_for=date(2026, 4, 9))
    books.agreements.save_promise(to_come)

    sheet = sheet_of(books)

    assert sheet.promises == (to_come,)
    assert sheet.rows == ()
    assert not sheet.owes
