"""What the sheet of a customer tells, and what is decided there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.customers.customer_line import CustomerState
from domain.dunning.planned import Reason
from domain.ledger.open_item import ItemState, OpenItem
from domain.usecases.agreeing import (
    cancel_promise,
    close_dispute,
    lift_hold,
    open_dispute,
    place_hold,
    record_promise,
)
from domain.usecases.customer_details import (
    AddressUnusableError,
    TermsNotUnderstoodError,
    accept_address,
    save_contact,
    save_customer,
)
from domain.usecases.customer_sheet import CustomerSheet, show_activity, show_customer
from storage.database.books import SqliteBooks
from storage.mail.addresses import is_usable
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    TODAY,
    a_contact,
    a_hold,
    a_promise,
    a_scenario,
    an_activity,
    an_activity_item,
    an_item,
    books_of_one_firm,
)


def no_oddity(_address: str) -> str:
    return ""


@pytest.fixture
def books() -> SqliteBooks:
    books = books_of_one_firm()
    books.scenarios.save_scenario(a_scenario())
    books.customers.save_contacts([a_contact(is_dunning=True)])
    return books


def sheet_of(books: SqliteBooks, *items: OpenItem) -> CustomerSheet:
    if items:
        books.ledger.replace_items(ENTITY_ID, items)
    return show_customer(books, CUSTOMER_ID, no_oddity, TODAY)


def test_what_keeps_the_oldest_invoice_back_is_the_reason_told(
    books: SqliteBooks,
) -> None:
    books.agreements.save_hold(a_hold(item_id="OLD"))
    sheet = sheet_of(
        books,
        an_item(reference="NEW", days_late=-30),
        an_item(reference="OLD", days_late=40),
        an_item(reference="CREDIT", days_late=90, cents=-1_00),
    )

    assert sheet.main_reason is not None
    assert sheet.main_reason.reason is Reason.ITEM_HOLD


def test_nothing_is_to_be_explained_when_something_is_proposed(
    books: SqliteBooks,
) -> None:
    sheet = sheet_of(books, an_item(days_late=30))

    assert sheet.plan.messages
    assert sheet.main_reason is None


def test_an_item_tells_its_state_in_one_word(books: SqliteBooks) -> None:
    books.agreements.save_hold(a_hold(item_id="STOPPED"))
    place_late = an_item(reference="LATE", days_late=3)
    sheet = sheet_of(
        books,
        place_late,
        an_item(reference="STOPPED"),
        an_item(reference="LATER", days_late=-3),
        an_item(reference="CREDIT", cents=-10_00),
        replace(
            an_item(reference="PAID", settled=Money(120_00)), state=ItemState.SETTLED
        ),
    )

    assert {row.item.id: row.state for row in sheet.rows} == {
        "LATE": CustomerState.LATE,
        "STOPPED": CustomerState.STOPPED,
        "LATER": CustomerState.TO_COME,
        "CREDIT": CustomerState.CREDIT,
        "PAID": CustomerState.SETTLED,
    }


def test_a_promise_stands_until_kept(books: SqliteBooks) -> None:
    past = a_promise(item_id="FA-001", promised_for=TODAY - timedelta(days=1))
    kept = a_promise(item_id="PAID", promised_for=TODAY - timedelta(days=1))
    to_come = a_promise(promised_for=TODAY)
    for promise in (past, kept, to_come):
        books.agreements.save_promise(promise)

    sheet = sheet_of(
        books,
        an_item(),
        an_item(reference="PAID", settled=Money(120_00), state=ItemState.SETTLED),
    )

    assert set(sheet.promises) == {past, to_come}


def test_every_decision_can_be_ended_and_leaves_two_traces(books: SqliteBooks) -> None:
    sheet_of(books, an_item())
    place_hold(books, CUSTOMER_ID, "Accord", None, TODAY, NOW)
    open_dispute(books, CUSTOMER_ID, "Prix", TODAY, NOW)
    record_promise(books, CUSTOMER_ID, Money(5_00), TODAY, TODAY, NOW)
    before = sheet_of(books)

    lift_hold(books, before.holds[0], TODAY, NOW)
    close_dispute(books, before.disputes[0], TODAY, NOW)
    cancel_promise(books, before.promises[0], TODAY, NOW)

    after = sheet_of(books)
    assert (after.holds, after.disputes, after.promises) == ((), (), ())
    assert [activity.kind for activity in reversed(after.activities)] == [
        ActivityKind.HOLD_PLACED,
        ActivityKind.DISPUTE_OPENED,
        ActivityKind.PROMISE_MADE,
        ActivityKind.HOLD_LIFTED,
        ActivityKind.DISPUTE_CLOSED,
        ActivityKind.PROMISE_CANCELLED,
    ]


def test_a_message_is_shown_with_what_was_left_then(books: SqliteBooks) -> None:
    sheet_of(books, an_item(settled=Money(100_00)))
    sent = an_activity(body="Bonjour")
    books.activities.record(
        sent,
        [an_activity_item(sent), an_activity_item(sent, item_id="GONE", cents=7_00)],
    )

    view = show_activity(books, sent)

    assert [(line.item and line.item.id, line.left) for line in view.lines] == [
        ("FA-001", Money(120_00)),
        (None, Money(7_00)),
    ]
    assert view.document is None


def test_whoever_receives_the_reminders_takes_over_from_the_others(
    books: SqliteBooks,
) -> None:
    save_contact(books, a_contact(email="compta@client.example.com", is_dunning=True))

    contact = sheet_of(books).dunning_contact
    assert contact is not None
    assert contact.email == "compta@client.example.com"
    others = books.customers.contacts_of(CUSTOMER_ID)
    assert [one.is_dunning for one in others] == [False, True]


def test_an_accepted_address_is_looked_at_again_once_changed(
    books: SqliteBooks,
) -> None:
    (contact,) = books.customers.contacts_of(CUSTOMER_ID)
    accept_address(books, contact, is_usable)
    (accepted,) = books.customers.contacts_of(CUSTOMER_ID)

    save_contact(books, replace(accepted, phone="04 00 00 00 00"))
    assert books.customers.contacts_of(CUSTOMER_ID)[0].email_accepted
    save_contact(books, replace(accepted, email="autre@client.example.com"))
    assert not books.customers.contacts_of(CUSTOMER_ID)[0].email_accepted


def test_an_address_that_no_mail_server_takes_is_not_accepted(
    books: SqliteBooks,
) -> None:
    (contact,) = books.customers.contacts_of(CUSTOMER_ID)
    typed = replace(contact, email="compta@client..example.com")
    save_contact(books, typed)

    with pytest.raises(AddressUnusableError):
        accept_address(books, typed, is_usable)

    assert not books.customers.contacts_of(CUSTOMER_ID)[0].email_accepted


def test_terms_that_were_not_understood_in_the_file_do_not_block_an_address(
    books: SqliteBooks,
) -> None:
    odd = replace(books.customers.get(CUSTOMER_ID), payment_terms="voir contrat")
    books.customers.save_many([odd])

    save_customer(books, replace(odd, city="Valence"))

    assert books.customers.get(CUSTOMER_ID).city == "Valence"
    with pytest.raises(TermsNotUnderstoodError):
        save_customer(books, replace(odd, payment_terms="quand je peux"))
