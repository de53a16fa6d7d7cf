"""« Prévisions »: what each week should bring; moving it moves no reminder."""

from datetime import date, timedelta

import pytest

from domain.dashboard.expected import ExpectedOrigin
from domain.dashboard.forecast import ColumnKind
from domain.usecases.forecasting import (
    ForecastQuery,
    ForecastView,
    forget_moves,
    move_to_week,
    put_moves_again,
    show_forecast,
    take_moves_back,
)
from domain.usecases.keeping_promises import kept_promises
from domain.usecases.repositioning import NothingLeftError
from storage.database.books import SqliteBooks
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    TODAY,
    a_customer,
    a_profile,
    a_promise,
    an_allocation,
    an_entry,
    an_item,
    customer_id_of,
)
from tests.journeys.sheet import FIRST, SECOND, filled, plans, sheet_of

OTHER = customer_id_of("C002")
MONDAY = TODAY - timedelta(days=TODAY.weekday())


def shown(books: SqliteBooks, query: ForecastQuery | None = None) -> ForecastView:
    return show_forecast(books, ENTITY_ID, query or ForecastQuery(), TODAY)


def amounts(books: SqliteBooks) -> list[int]:
    return [column.amount.cents for column in shown(books).forecast.columns]


def put(books: SqliteBooks, weeks: int) -> date:
    """Move the first invoice some weeks on; give its new day."""
    monday = MONDAY + timedelta(weeks=weeks)
    [moved] = move_to_week(books, {CUSTOMER_ID: {FIRST.id}}, monday, TODAY, NOW)
    return moved.expected_on


def test_totals_follow_what_is_moved_and_reminders_do_not() -> None:
    books = filled()
    before = plans(books)
    assert amounts(books)[:4] == [140_00, 0, 0, 0]

    put(books, 2)

    assert amounts(books)[:4] == [50_00, 0, 0, 90_00]
    assert plans(books) == before


def test_what_is_moved_twice_and_taken_back_is_where_it_was_between() -> None:
    books = filled()
    put(books, 1)
    again = move_to_week(
        books, {CUSTOMER_ID: {FIRST.id}}, MONDAY + timedelta(weeks=3), TODAY, NOW
    )

    take_moves_back(books, again, TODAY, NOW)

    assert amounts(books)[:5] == [50_00, 0, 90_00, 0, 0]


def test_items_of_several_customers_move_together_or_not_at_all() -> None:
    books = filled()
    books.customers.save_many([a_customer(code="C002")])
    paid = an_item(reference="FB-1", customer_id=OTHER, cents=0)
    items = [FIRST, SECOND, paid]
    books.ledger.replace_items(ENTITY_ID, items)

    with pytest.raises(NothingLeftError):
        move_to_week(
            books, {CUSTOMER_ID: {FIRST.id}, OTHER: {paid.id}}, MONDAY, TODAY, NOW
        )

    assert amounts(books)[:2] == [150_00, 0]


def test_a_move_forgotten_by_mistake_is_put_back() -> None:
    books = filled()
    put(books, 2)

    forgotten = forget_moves(books, {CUSTOMER_ID: {FIRST.id}}, TODAY, NOW)
    without = amounts(books)
    put_moves_again(books, forgotten, TODAY, NOW)

    assert without[:4] == [140_00, 0, 0, 0]
    assert amounts(books)[:4] == [50_00, 0, 0, 90_00]


def test_the_forecast_is_told_for_a_salesperson_or_a_profile() -> None:
    books = filled()
    books.customers.save_many([a_customer(code="C002", salesperson="Ada")])
    books.scenarios.save_profile(a_profile(id="P2", name="Autre", is_default=False))
    theirs = an_item(reference="FB-1", customer_id=OTHER, days_late=-1, cents=7_00)
    books.ledger.replace_items(ENTITY_ID, [FIRST, theirs])

    hers = shown(books, ForecastQuery(salesperson="Ada"))
    nobody = shown(books, ForecastQuery(profile_id=a_profile(id="P2").id))

    assert [line.item.id for line in hers.forecast.lines] == ["FB-1"]
    assert hers.salespersons == ["Ada"]
    assert nobody.forecast.lines == ()
    assert not nobody.is_empty


def paying(books: SqliteBooks, days_late: int) -> None:
    """Have three past invoices paid late, beside the open ones."""
    entries, items, allocations = [], [FIRST, SECOND], []
    for n in range(3):
        due_on = TODAY - timedelta(days=60 + n)
        items.append(
            an_item(reference=f"P{n}", due_on=due_on, settled=an_item().invoiced)
        )
        entries.append(an_entry(piece=f"P{n}"))
        credit = an_entry(
            piece=f"R{n}",
            cents=-120_00,
            journal="BQ",
            entry_on=due_on + timedelta(days=days_late),
        )
        entries.append(credit)
        items.append(an_item(reference=f"R{n}", cents=-120_00, settled=credit.amount))
        allocations.append(an_allocation(debit_id=f"P{n}", credit_id=f"R{n}"))
    books.ledger.save_entries(entries)
    books.ledger.replace_items(ENTITY_ID, items)
    books.ledger.replace_allocations(ENTITY_ID, allocations)


def test_the_sheet_and_the_forecast_expect_an_invoice_on_the_same_day() -> None:
    books = filled()
    paying(books, days_late=45)

    sheet = sheet_of(books).payer
    [line] = [one for one in shown(books).forecast.lines if one.item.id == FIRST.id]

    assert sheet.habit
    assert (sheet.habit.days, sheet.habit.rests_on) == (45, 3)
    assert sheet.expected[FIRST.id] == line.expected
    assert line.expected.origin is ExpectedOrigin.HABIT
    assert line.expected.day == TODAY + timedelta(days=5)


def test_a_score_counts_the_payments_of_the_fiscal_year_only() -> None:
    books = filled()
    paying(books, days_late=45)
    long_ago = filled()
    paying(long_ago, days_late=-40)

    scored = sheet_of(books).payer.score

    assert scored
    assert (scored.grade, scored.days, scored.rests_on) == ("D", 45, 3)
    assert sheet_of(long_ago).payer.score is None


def test_a_promise_is_told_by_the_forecast_the_sheet_and_the_promises() -> None:
    books = filled()
    promised = TODAY + timedelta(days=16)
    promise = a_promise(
        item_id=FIRST.id, amount=FIRST.left, made_on=TODAY, promised_for=promised
    )
    books.agreements.save_promise(promise)

    [line] = [one for one in shown(books).forecast.lines if one.item.id == FIRST.id]
    sheet = sheet_of(books)

    assert (line.expected.day, line.expected.origin) == (
        promised,
        ExpectedOrigin.PROMISED,
    )
    assert sheet.payer.expected[FIRST.id] == line.expected
    assert promise in sheet.promises
    assert not kept_promises(books, [promise], TODAY)


def test_columns_are_as_many_as_asked() -> None:
    view = shown(filled(), ForecastQuery(weeks=12))

    kinds = [column.kind for column in view.forecast.columns]
    assert kinds == [
        ColumnKind.LATE,
        *[ColumnKind.WEEK] * 12,
        ColumnKind.LATER,
        ColumnKind.UNDATED,
    ]
