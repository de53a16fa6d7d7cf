"""The list of promises, the sheet and the engine tell one story."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import ItemId
from domain.basics.listing import Among, ListQuery
from domain.basics.money import Money
from domain.customers.agreement_lines import PromiseState
from domain.customers.agreements import Promise
from domain.customers.keeping import Fate, fates
from domain.dunning.planned import Reason
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import ItemState, OpenItem
from domain.usecases.customer_sheet import show_customer
from domain.usecases.keeping_promises import fates_of
from storage.database.books import SqliteBooks
from storage.mail.addresses import check_address
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    TODAY,
    a_promise,
    an_allocation,
    an_item,
    books_of_one_firm,
)

DAY = timedelta(days=1)
_INVOICES = ("FA-001", "FA-002")


@st.composite
def _promises(draw: st.DrawFn) -> list[Promise]:
    return [
        a_promise(
            cents=draw(st.integers(1, 90_00)),
            item_id=draw(st.sampled_from([None, *map(ItemId, _INVOICES)])),
            made_on=TODAY - draw(st.integers(1, 20)) * DAY,
            promised_for=TODAY + draw(st.integers(-6, 6)) * DAY,
            cancelled_on=draw(st.sampled_from([None, None, None, TODAY])),
        )
        for _ in range(draw(st.integers(1, 5)))
    ]


@st.composite
def _account(draw: st.DrawFn) -> tuple[list[OpenItem], list[tuple[str, str, int]]]:
    """Make two invoices of 100 euros, and payments shared between them."""
    left = dict.fromkeys(_INVOICES, 100_00)
    items, shares = [], []
    for number in range(draw(st.integers(0, 4))):
        used = 0
        for invoice in _INVOICES:
            share = min(left[invoice], draw(st.sampled_from([0, 30_00, 60_00])))
            left[invoice] -= share
            used += share
            if share:
                shares.append((invoice, f"RG-{number}", share))
        if used:
            items.append(
                an_item(
                    reference=f"RG-{number}",
                    cents=-used,
                    settled=Money(-used),
                    state=ItemState.SETTLED,
                    invoice_on=TODAY - draw(st.integers(0, 25)) * DAY,
                )
            )
    items += [
        an_item(
            reference=name,
            cents=100_00,
            settled=Money(100_00 - rest),
            state=ItemState.OPEN if rest else ItemState.SETTLED,
            settled_on=None if rest else TODAY - draw(st.integers(0, 25)) * DAY,
        )
        for name, rest in left.items()
    ]
    return items, shares


def _books(
    promises: list[Promise], items: list[OpenItem], shares: list[tuple[str, str, int]]
) -> SqliteBooks:
    books = books_of_one_firm()
    books.ledger.replace_items(ENTITY_ID, items)
    books.ledger.replace_allocations(
        ENTITY_ID,
        [an_allocation(debit_id=d, credit_id=c, cents=cents) for d, c, cents in shares],
    )
    for promise in promises:
        books.agreements.save_promise(promise)
    return books


def kept_back(books: SqliteBooks) -> set[ItemId]:
    """Find the items that promises keep from being reminded."""
    sheet = show_customer(books, CUSTOMER_ID, check_address, TODAY)
    return {
        left.item.id
        for left in sheet.plan.left_out
        if Reason.PROMISE_TO_COME in {one.reason for one in left.exclusions}
    }


@settings(max_examples=40, deadline=None)
@given(_promises(), _account())
def test_the_list_tells_of_each_promise_what_the_sheet_and_the_engine_do(
    promises: list[Promise],
    account: tuple[list[OpenItem], list[tuple[str, str, int]]],
) -> None:
    books = _books(promises, *account)

    listed = {
        line.promise_id: (line.state, line.received)
        for line in books.lists.promises(ENTITY_ID, TODAY, ListQuery()).lines
    }
    told = fates_of(books, promises, TODAY)
    sheet = show_customer(books, CUSTOMER_ID, check_address, TODAY)

    assert listed == {name: (one.state, one.received) for name, one in told.items()}
    assert {promise.id for promise in sheet.promises if promise.is_past(TODAY)} == {
        name for name, (state, _received) in listed.items() if state.is_late
    }
    wanted = ListQuery(filters={"state": Among(("promise",))})
    options = DunningOptions()
    items = books.lists.items(ENTITY_ID, TODAY, wanted, options).lines
    assert {line.item_id for line in items} == kept_back(books)
    books.close()


def test_a_promise_paid_early_keeps_nothing_back() -> None:
    promise = a_promise(
        cents=40_00, made_on=TODAY - 4 * DAY, promised_for=TODAY + 9 * DAY
    )
    payment = an_item(
        reference="RG", cents=-40_00, invoice_on=TODAY, state=ItemState.SETTLED
    )
    unpaid = _books([promise], [an_item()], [])
    paid = _books(
        [promise],
        [an_item(settled=Money(40_00)), payment],
        [("FA-001", "RG", 40_00)],
    )

    assert (kept_back(unpaid), kept_back(paid)) == ({"FA-001"}, set())


@settings(max_examples=40, deadline=None)
@given(_promises(), _account())
def test_what_is_read_tells_as_much_as_the_whole_account(
    promises: list[Promise],
    account: tuple[list[OpenItem], list[tuple[str, str, int]]],
) -> None:
    books = _books(promises, *account)

    told = fates_of(books, promises, TODAY)

    items = books.ledger.items_of(CUSTOMER_ID)
    shares = books.ledger.allocations_of(CUSTOMER_ID)
    assert told == fates(promises, items, shares, TODAY)
    books.close()


def test_an_invoice_that_vanished_was_not_paid() -> None:
    made = {"made_on": TODAY - 9 * DAY, "promised_for": TODAY - DAY}
    account = a_promise(cents=100_00, **made)
    invoice = a_promise(cents=100_00, item_id=ItemId("FA-001"), **made)
    earlier = an_item(
        reference="FA-000",
        state=ItemState.SETTLED,
        settled=Money(120_00),
        settled_on=TODAY - 30 * DAY,
    )
    books = _books([account, invoice], [earlier], [])

    told = fates_of(books, [account, invoice], TODAY)

    broken = Fate(state=PromiseState.BROKEN, received=Money(0))
    assert told == {account.id: broken, invoice.id: broken}


def test_of_an_account_partly_vanished_only_what_was_settled_was_received() -> None:
    promise = a_promise(cents=150_00, made_on=TODAY - 9 * DAY, promised_for=TODAY - DAY)
    settled = an_item(
        cents=50_00,
        state=ItemState.SETTLED,
        settled=Money(50_00),
        settled_on=TODAY - 2 * DAY,
        invoice_on=TODAY - 40 * DAY,
    )
    books = _books([promise], [settled], [])

    assert fates_of(books, [promise], TODAY) == {
        promise.id: Fate(state=PromiseState.KEPT, received=Money(50_00))
    }
