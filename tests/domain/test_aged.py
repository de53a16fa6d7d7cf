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
from tests.builders import customer_id_of

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
