"""What accounts owe by age, their credits deducted."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.basics.money import EUR, Money
from domain.dashboard.aged import (
    AccountSums,
    aged,
    aged_total,
    currencies_of,
    figures_of,
)
from domain.dashboard.expected import expected_by_week, expected_date
from tests.builders import TODAY, a_promise, an_item, customer_id_of

ONE, OTHER = customer_id_of("C001"), customer_id_of("C002")
DAY = timedelta(days=1)
cents = st.integers(0, 10**9)
accounts = st.builds(
    AccountSums,
    st.sampled_from([ONE, OTHER]),
    st.just(EUR),
    cents,
    st.tuples(cents, cents, cents),
    cents,
)


def an_account(
    not_due: int = 0, *late: int, unused: int = 0, currency: str = EUR
) -> AccountSums:
    return AccountSums(ONE, currency, not_due, late or (0, 0, 0), unused)


def test_credits_pay_off_the_oldest_debits_first() -> None:
    found = aged(an_account(50_00, 30_00, 20_00, 10_00, unused=25_00))

    assert (found.not_due, found.late) == (50_00, (30_00, 5_00, 0))
    assert found.balance == 85_00


def test_an_account_in_credit_owes_nothing() -> None:
    found = aged(an_account(50_00, 0, 0, 10_00, unused=75_00))

    assert (found.balance, found.not_due, found.overdue) == (-15_00, 0, 0)


@given(st.lists(accounts))
def test_not_due_and_every_age_make_what_is_owed_and_credits_the_ledger(
    sums: list[AccountSums],
) -> None:
    total = aged_total(map(aged, sums), EUR, 3)

    balances = [s.not_due + sum(s.late) - s.unused for s in sums]
    assert total.not_due + sum(total.late) == sum(max(0, b) for b in balances)
    assert total.balance == sum(balances)


def test_amounts_of_two_currencies_are_never_added() -> None:
    found = [
        aged(an_account(100_00)),
        aged(an_account(7_00, currency="USD")),
        aged(an_account(0, 5_00, 0, 0, currency="USD")),
    ]

    assert currencies_of(found, EUR) == ["USD", EUR]
    assert figures_of(found, "USD", 3).owed == Money(12_00, "USD")
    assert figures_of(found, EUR, 3).owed == Money(100_00)


def test_a_firm_without_accounts_counts_in_euros() -> None:
    assert currencies_of([], EUR) == [EUR]


def test_money_is_expected_on_the_due_date_until_a_promise_names_another() -> None:
    item = an_item(days_late=-5)
    promise = a_promise(made_on=TODAY, promised_for=TODAY + 20 * DAY)

    assert expected_date(item, [], TODAY) == TODAY + 5 * DAY
    assert expected_date(item, [promise], TODAY) == TODAY + 20 * DAY


def test_a_promise_about_the_invoice_counts_before_one_about_the_account() -> None:
    item = an_item(days_late=40)
    account = a_promise(made_on=TODAY, promised_for=TODAY + DAY)
    own = a_promise(made_on=TODAY, promised_for=TODAY + 9 * DAY, item_id=item.id)

    assert expected_date(item, [account, own], TODAY) == TODAY + 9 * DAY


def test_late_money_that_nobody_promised_has_no_day() -> None:
    past = a_promise(made_on=TODAY - 9 * DAY, promised_for=TODAY - DAY)

    assert expected_date(an_item(days_late=3), [past], TODAY) is None


def test_what_is_expected_by_week_leaves_out_what_is_late_and_says_so() -> None:
    items = [
        an_item(days_late=10, reference="F1"),
        an_item(days_late=0, reference="F2", cents=30_00),
        an_item(days_late=-8, reference="F3", cents=40_00),
        an_item(days_late=-99, reference="F4", cents=50_00),
        an_item(days_late=5, reference="AV", cents=-20_00),
        an_item(days_late=-1, reference="X", cents=-9_00, customer_id=OTHER),
    ]

    found = expected_by_week(items, [], TODAY, weeks=3)

    assert [week.amount.cents for week in found.weeks] == [30_00, 40_00, 0]
    assert found.weeks[0].starts_on.weekday() == 0
    assert (found.late.cents, found.later.cents) == (100_00, 50_00)
