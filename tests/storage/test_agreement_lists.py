from datetime import timedelta

import pytest

from domain.basics.identifiers import ItemId
from domain.basics.listing import Among, ListPage, ListQuery
from domain.basics.money import Money
from domain.customers.agreement_lines import DisputeLine, PromiseLine, PromiseState
from domain.customers.agreements import Promise
from domain.ledger.open_item import ItemState
from storage.database.books import SqliteBooks
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    a_dispute,
    a_level_change,
    a_promise,
    an_allocation,
    an_entry,
    an_item,
    books_of_one_firm,
    customer_id_of,
)

DAY = timedelta(days=1)
INVOICE = ItemId("FA-001")


@pytest.fixture
def books() -> SqliteBooks:
    """An invoice of 120 euros, twelve days late."""
    books = books_of_one_firm()
    books.ledger.save_entries([an_entry()])
    books.ledger.replace_items(ENTITY_ID, [an_item()])
    return books


def a_past_promise(cents: int = 120_00, **others: object) -> Promise:
    """Make a promise of ten days ago, for three days ago."""
    made_on, promised_for = TODAY - 10 * DAY, TODAY - 3 * DAY
    return a_promise(cents=cents, made_on=made_on, promised_for=promised_for, **others)


def promise(books: SqliteBooks, *promises: Promise) -> ListPage[PromiseLine]:
    for one in promises:
        books.agreements.save_promise(one)
    return books.lists.promises(ENTITY_ID, TODAY, ListQuery(sort="state"))


def fate(books: SqliteBooks, one: Promise) -> tuple[PromiseState, Money]:
    (line,) = promise(books, one).lines
    return line.state, line.received


def pay(books: SqliteBooks, cents: int, *, days_ago: int = 5) -> None:
    """Pay a part of the invoice, as its lettering says."""
    payment = an_entry(
        piece="RG-001",
        cents=-cents,
        journal="BQ",
        entry_on=TODAY - timedelta(days=days_ago),
    )
    books.ledger.save_entries([payment])
    books.ledger.replace_items(
        ENTITY_ID,
        [
            an_item(settled=Money(cents)),
            an_item(
                reference="RG-001",
                cents=-cents,
                settled=Money(-cents),
                state=ItemState.SETTLED,
                invoice_on=TODAY - timedelta(days=days_ago),
            ),
        ],
    )
    books.ledger.replace_allocations(ENTITY_ID, [an_allocation(cents=cents)])


def test_a_promise_for_a_day_to_come_is_to_come(books: SqliteBooks) -> None:
    state, received = fate(books, a_promise(item_id=INVOICE, promised_for=TODAY))

    assert (state, received) == (PromiseState.TO_COME, Money(0))


def test_a_promise_without_payment_is_broken_the_day_after(books: SqliteBooks) -> None:
    yesterday = a_promise(item_id=INVOICE, promised_for=TODAY - DAY)

    assert fate(books, yesterday) == (PromiseState.BROKEN, Money(0))


def test_a_promise_is_partly_kept_by_less_than_its_amount(books: SqliteBooks) -> None:
    pay(books, 50_00)

    assert fate(books, a_past_promise(item_id=INVOICE)) == (
        PromiseState.PARTLY_KEPT,
        Money(50_00),
    )


def test_a_promise_of_a_part_is_kept_by_that_part(books: SqliteBooks) -> None:
    pay(books, 50_00)

    assert fate(books, a_past_promise(cents=50_00, item_id=INVOICE)) == (
        PromiseState.KEPT,
        Money(50_00),
    )


def test_a_payment_from_before_the_promise_keeps_nothing(books: SqliteBooks) -> None:
    pay(books, 50_00, days_ago=20)

    assert fate(books, a_past_promise(item_id=INVOICE))[0] is PromiseState.BROKEN


def test_a_promise_on_an_invoice_settled_since_is_kept(books: SqliteBooks) -> None:
    settled = an_item(settled=Money(120_00), state=ItemState.SETTLED)
    books.ledger.replace_items(ENTITY_ID, [settled])

    assert fate(books, a_past_promise(item_id=INVOICE))[0] is PromiseState.KEPT


def test_what_came_goes_to_the_first_instalment(books: SqliteBooks) -> None:
    pay(books, 60_00)
    first, second, third = (
        a_promise(
            cents=40_00,
            item_id=INVOICE,
            made_on=TODAY - 10 * DAY,
            promised_for=TODAY + days * DAY,
        )
        for days in (-3, -1, 7)
    )

    lines = {
        line.promise_id: (line.state, line.received)
        for line in promise(books, third, second, first).lines
    }

    assert lines == {
        first.id: (PromiseState.KEPT, Money(40_00)),
        second.id: (PromiseState.PARTLY_KEPT, Money(20_00)),
        third.id: (PromiseState.TO_COME, Money(0)),
    }


def test_a_promise_on_the_account_is_kept_by_any_payment(books: SqliteBooks) -> None:
    payment = an_item(reference="RG", cents=-120_00, invoice_on=TODAY - 4 * DAY)
    books.ledger.replace_items(ENTITY_ID, [an_item(), payment])

    assert fate(books, a_past_promise())[0] is PromiseState.KEPT


def test_a_cancelled_promise_is_no_longer_late(books: SqliteBooks) -> None:
    cancelled = a_past_promise(item_id=INVOICE, cancelled_on=TODAY)

    assert fate(books, cancelled)[0] is PromiseState.CANCELLED


def test_late_promises_come_first_and_the_account_is_late_once(
    books: SqliteBooks,
) -> None:
    late = a_past_promise(item_id=INVOICE, cents=20_00)
    to_come = a_promise(item_id=INVOICE, cents=30_00)

    page = promise(books, to_come, late)

    assert [line.promise_id for line in page.lines] == [late.id, to_come.id]
    assert page.totals == {
        "overdue": (Money(120_00),),
        "amount": (Money(50_00),),
        "received": (Money(0),),
    }


def test_promises_are_narrowed_by_state_and_salesperson(books: SqliteBooks) -> None:
    books.customers.save_many([a_customer(code="C002", salesperson="Zoé")])
    second = customer_id_of("C002")
    books.ledger.replace_items(
        ENTITY_ID, [an_item(), an_item(reference="FA-002", customer_id=second)]
    )
    theirs = a_promise(customer_id=second)
    promise(books, theirs, a_promise(), a_past_promise(item_id=INVOICE))
    wanted = {"state": Among(("to_come",)), "salesperson": Among(("Zoé",))}

    page = books.lists.promises(ENTITY_ID, TODAY, ListQuery(filters=wanted))

    assert [line.promise_id for line in page.lines] == [theirs.id]


def test_the_level_of_a_promise_is_that_of_its_invoice_or_account(
    books: SqliteBooks,
) -> None:
    books.ledger.replace_items(ENTITY_ID, [an_item(), an_item(reference="FA-002")])
    books.activities.record_levels(
        [a_level_change(level=1), a_level_change(item_id="FA-002", level=3)]
    )
    of_invoice, of_account = a_promise(item_id=INVOICE), a_promise()

    levels = {
        x.promise_id: x.level for x in promise(books, of_invoice, of_account).lines
    }

    assert levels == {of_invoice.id: 1, of_account.id: 3}


def disputes(books: SqliteBooks, **query: object) -> ListPage[DisputeLine]:
    asked = ListQuery(**query)  # type: ignore[arg-type]
    return books.lists.disputes(ENTITY_ID, TODAY, asked)


def test_open_disputes_tell_what_is_due(books: SqliteBooks) -> None:
    books.ledger.replace_items(
        ENTITY_ID, [an_item(), an_item(reference="FA-002", cents=80_00)]
    )
    books.agreements.save_dispute(a_dispute(item_id=INVOICE))
    books.agreements.save_dispute(a_dispute(reason="Compte contesté"))

    page = disputes(books, sort="due")

    assert [(line.reference, line.due) for line in page.lines] == [
        ("FA-001", Money(120_00)),
        ("", Money(200_00)),
    ]
    assert page.totals == {"due": (Money(320_00),)}


def test_closed_disputes_are_not_listed(books: SqliteBooks) -> None:
    books.agreements.save_dispute(a_dispute(closed_on=TODAY))

    assert disputes(books).count == 0


def test_disputes_are_found_by_name_and_by_what_they_are_about(
    books: SqliteBooks,
) -> None:
    books.agreements.save_dispute(a_dispute(item_id=INVOICE))
    about = {"about": Among(("account",))}

    assert disputes(books, search="c001").count == 1
    assert disputes(books, filters=about).count == 0
