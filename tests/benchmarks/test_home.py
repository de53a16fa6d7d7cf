"""How long home and the forecast take for 5,000 customers and 200,000 entries."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from domain.dashboard.account import AGE_LIMITS
from domain.dashboard.followed import scale
from domain.dashboard.key_figures import paid_since
from domain.dashboard.payers import accuracy
from domain.ledger.entry import LedgerEntry
from domain.ledger.items import derive_items
from domain.usecases.dashboard import show_home
from domain.usecases.days_work import show_work
from domain.usecases.delays import delays_by_month, show_aged_balance
from domain.usecases.forecasting import ForecastQuery, past_payments, show_forecast
from storage.database.books import SqliteBooks, open_books
from tests.benchmarks.told import tell
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    a_profile,
    a_scenario,
    an_entity,
    an_entry,
    customer_id_of,
)

CUSTOMERS = 5_000
INVOICES = 105_000
DAY = timedelta(days=1)
MORE_THAN_SQL = 1.5
"""What the figures may take, for what their statements alone take."""
TIMES_ITS_READINGS = 2
"""What the forecast may take, for what reading habits and open items takes."""


def _entries() -> Iterator[LedgerEntry]:
    """Make two years of invoices, most of them paid; one account in ten in credit."""
    dice = Random(1)  # noqa: S311 - the same books at every run
    for number in range(INVOICES):
        on = TODAY - dice.randint(0, 800) * DAY
        is_open = (TODAY - on).days < 45 or dice.random() < 0.05
        lettering = "" if is_open else f"L{number}"
        invoice = an_entry(
            piece=f"F{number}",
            cents=dice.randint(10_00, 3_000_00),
            customer_id=customer_id_of(f"C{number % CUSTOMERS}"),
            entry_on=on,
            piece_on=on,
            lettering=lettering,
            payment_mode=("", "VIR", "CHQ")[number % 3],
        )
        yield invoice
        if not is_open or number % 10 == 0:
            payment = an_entry(
                piece=f"R{number}",
                cents=-5_00 if is_open else -invoice.amount.cents,
                customer_id=invoice.customer_id,
                journal="BQ",
                lettering=lettering,
            )
            paid_on = min(TODAY, on + dice.randint(10, 90) * DAY)
            yield replace(payment, entry_on=paid_on, piece_on=paid_on)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteBooks]:
    """Books of a large firm, filled once."""
    books = open_books(tmp_path_factory.mktemp("home") / "relance.db")
    entries = list(_entries())
    derived = derive_items(entries, {}, "30 jours", match_payments=False)
    with books.atomic():
        books.entities.save(an_entity())
        books.scenarios.save_profile(a_profile())
        books.scenarios.save_scenario(a_scenario())
        books.customers.save_many(
            a_customer(code=f"C{n}", is_followed=n % 50 == 0) for n in range(CUSTOMERS)
        )
        books.ledger.save_entries(entries)
        books.ledger.replace_items(ENTITY_ID, derived.items)
        books.ledger.replace_allocations(ENTITY_ID, derived.allocated.allocations)
    yield books
    books.close()


def test_the_figures_shown_at_once(
    benchmark: BenchmarkFixture, books: SqliteBooks
) -> None:
    view = benchmark(show_home, books, ENTITY_ID, TODAY)

    assert view.has_entries
    assert benchmark.stats is not None
    best, alone = benchmark.stats.stats.min, _statements_alone(books)
    tell("home", "the figures, beside their SQL alone", best, alone, "s")
    assert best < MORE_THAN_SQL * alone


def _statements_alone(books: SqliteBooks) -> float:
    """Measure the sums that the figures rest on, without what is made of them."""
    best = float("inf")
    for _ in range(5):
        start = perf_counter()
        books.figures.accounts(ENTITY_ID, TODAY, AGE_LIMITS)
        books.figures.parts(ENTITY_ID)
        books.figures.paid(ENTITY_ID, paid_since(TODAY, 1), TODAY)
        books.figures.followed_due(ENTITY_ID, *scale(TODAY))
        best = min(best, perf_counter() - start)
    return best


def test_the_day_s_work_and_what_to_decide(
    benchmark: BenchmarkFixture, books: SqliteBooks
) -> None:
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        show_work, (books, ENTITY_ID, lambda _: "", TODAY), rounds=3
    )


def test_the_dso_of_twelve_months(
    benchmark: BenchmarkFixture, books: SqliteBooks
) -> None:
    months = benchmark.pedantic(  # type: ignore[no-untyped-call]
        delays_by_month, (books, ENTITY_ID, TODAY), rounds=3
    )

    assert all(month.dso for month in months)


def test_the_balance_by_age_a_year_ago(
    benchmark: BenchmarkFixture, books: SqliteBooks
) -> None:
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        show_aged_balance, (books, ENTITY_ID, TODAY - 365 * DAY), rounds=3
    )


def test_the_forecast(benchmark: BenchmarkFixture, books: SqliteBooks) -> None:
    view = benchmark.pedantic(  # type: ignore[no-untyped-call]
        show_forecast, (books, ENTITY_ID, ForecastQuery(), TODAY), rounds=3
    )

    assert len(view.forecast.lines) > CUSTOMERS
    assert benchmark.stats is not None
    assert benchmark.stats.stats.min < TIMES_ITS_READINGS * _readings_alone(books)


def _readings_alone(books: SqliteBooks) -> float:
    best = float("inf")
    for _ in range(3):
        start = perf_counter()
        books.figures.habits(ENTITY_ID)
        books.ledger.open_items(ENTITY_ID)
        books.customers.all(ENTITY_ID)
        best = min(best, perf_counter() - start)
    return best


def test_the_forecast_after_a_move(
    benchmark: BenchmarkFixture, books: SqliteBooks
) -> None:
    habits = books.figures.habits(ENTITY_ID)

    benchmark.pedantic(  # type: ignore[no-untyped-call]
        show_forecast, (books, ENTITY_ID, ForecastQuery(), TODAY, habits), rounds=3
    )


def test_how_far_off_expected_dates_were(
    benchmark: BenchmarkFixture, books: SqliteBooks
) -> None:
    found = benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: accuracy(past_payments(books, ENTITY_ID, TODAY)), rounds=3
    )

    assert found
