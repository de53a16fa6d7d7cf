"""When a promise is kept, and by which payment."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.basics.money import Money
from domain.customers.agreements import Promise
from domain.customers.keeping import paid_on
from domain.ledger.open_item import OpenItem
from tests.builders import TODAY, a_promise, an_allocation, an_item

MADE_ON = TODAY - timedelta(days=20)


def a_payment(
    reference: str = "RG-001", cents: int = 100_00, days_ago: int = 5
) -> OpenItem:
    return an_item(
        reference=reference,
        cents=-cents,
        invoice_on=TODAY - timedelta(days=days_ago),
    )


def promised(cents: int = 100_00, **others: object) -> Promise:
    return a_promise(cents=cents, made_on=MADE_ON, promised_for=TODAY, **others)


def test_a_payment_made_since_counts_and_one_made_before_does_not() -> None:
    promise = promised()

    assert paid_on([promise], [a_payment()], []) == {promise.id: Money(100_00)}
    assert paid_on([promise], [a_payment(days_ago=21)], []) == {promise.id: Money(0)}


def test_a_payment_counts_once_for_the_earliest_instalment() -> None:
    first = promised(cents=60_00)
    second = a_promise(
        cents=60_00, made_on=MADE_ON, promised_for=TODAY + timedelta(days=9)
    )

    paid = paid_on([second, first], [a_payment()], [])

    assert paid == {first.id: Money(60_00), second.id: Money(40_00)}


def test_a_promise_on_an_item_counts_what_was_paid_of_that_item() -> None:
    promise = promised(item_id="FA-001")
    account = promised()
    items = [an_item(cents=500_00), a_payment()]

    assert paid_on([promise], items, []) == {promise.id: Money(0)}
    paid = paid_on([account, promise], items, [an_allocation(cents=70_00)])
    assert paid == {promise.id: Money(70_00), account.id: Money(30_00)}


def test_a_cancelled_promise_takes_no_payment() -> None:
    cancelled = promised(cancelled_on=TODAY)
    other = promised()

    assert paid_on([cancelled, other], [a_payment()], []) == {other.id: Money(100_00)}


def test_a_payment_in_another_currency_keeps_nothing() -> None:
    promise = promised()
    dollars = an_item(
        reference="RG",
        invoice_on=TODAY,
        invoiced=Money(-100_00, "USD"),
        settled=Money(0, "USD"),
    )

    assert paid_on([promise], [dollars], []) == {promise.id: Money(0)}


@given(
    st.lists(st.integers(1, 300_00), max_size=4),
    st.lists(st.integers(1, 300_00), max_size=4),
)
def test_no_cent_is_counted_twice(wanted: list[int], received: list[int]) -> None:
    promises = [promised(cents=cents) for cents in wanted]
    payments = [a_payment(f"RG-{n}", cents) for n, cents in enumerate(received)]

    paid = paid_on(promises, payments, [])

    assert sum(one.cents for one in paid.values()) == min(sum(wanted), sum(received))
    assert all(paid[promise.id] <= promise.amount for promise in promises)
