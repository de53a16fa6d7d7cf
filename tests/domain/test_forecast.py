"""When money is expected, and what that makes of each week."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.customers.agreements import Promise
from domain.dashboard.expected import Expected, ExpectedOrigin, Foresight
from domain.dashboard.forecast import ColumnKind, cards, day_in_week, forecast
from domain.dashboard.payers import Habit
from domain.ledger.open_item import OpenItem
from tests.builders import CUSTOMER_ID, TODAY, a_promise, an_item, customer_id_of

DAY = timedelta(days=1)
OTHER = customer_id_of("C002")


def a_foresight(
    *delays: int, promises: tuple[Promise, ...] = (), moved: date | None = None
) -> Foresight:
    return Foresight(
        today=TODAY,
        habits={CUSTOMER_ID: Habit(delays=delays)} if delays else {},
        promises={CUSTOMER_ID: promises},
        repositioned={an_item().id: moved} if moved else {},
    )


def expected(item: OpenItem, *delays: int) -> Expected:
    return a_foresight(*delays).of(item)


def test_a_day_put_by_someone_comes_before_a_promise_and_a_habit() -> None:
    item = an_item(days_late=1)
    later, promised = TODAY + 20 * DAY, TODAY + 9 * DAY
    promise = a_promise(made_on=TODAY, promised_for=promised)

    moved = a_foresight(5, 5, 5, promises=(promise,), moved=later).of(item)
    kept = a_foresight(5, 5, 5, promises=(promise,)).of(item)
    usual = expected(item, 5, 5, 5)
    bare = expected(item)

    assert (moved.day, moved.origin) == (later, ExpectedOrigin.REPOSITIONED)
    assert (kept.day, kept.origin) == (promised, ExpectedOrigin.PROMISED)
    assert usual.day == TODAY + 4 * DAY
    assert (usual.origin, usual.rests_on) == (ExpectedOrigin.HABIT, 3)
    assert (bare.day, bare.origin) == (item.due_on, ExpectedOrigin.DUE)


def test_a_day_put_by_someone_that_went_by_tells_nothing_more() -> None:
    found = a_foresight(5, 5, 5, moved=TODAY - DAY).of(an_item(days_late=1))

    assert found.origin is ExpectedOrigin.HABIT


def test_a_promise_about_the_invoice_counts_before_one_about_the_account() -> None:
    item = an_item(days_late=40)
    account = a_promise(made_on=TODAY, promised_for=TODAY + DAY)
    own = a_promise(made_on=TODAY, promised_for=TODAY + 9 * DAY, item_id=item.id)

    assert a_foresight(promises=(account, own)).of(item).day == TODAY + 9 * DAY


def test_a_promise_about_the_account_says_nothing_of_an_invoice_made_since() -> None:
    item = an_item(days_late=-30)
    promise = a_promise(made_on=TODAY - 9 * DAY, promised_for=TODAY + DAY)

    assert a_foresight(promises=(promise,)).of(item).origin is ExpectedOrigin.DUE


def test_a_promise_that_went_by_counts_no_more() -> None:
    past = a_promise(made_on=TODAY - 9 * DAY, promised_for=TODAY - DAY)

    found = a_foresight(promises=(past,)).of(an_item(days_late=3))

    assert found.origin is ExpectedOrigin.DUE


def test_an_item_without_due_date_is_expected_on_no_day() -> None:
    found = expected(an_item(due_on=None), 1, 2, 3)

    assert (found.day, found.origin) == (None, ExpectedOrigin.NONE)


def test_who_is_later_than_half_its_payments_is_expected_as_the_others() -> None:
    assert expected(an_item(days_late=15), 0, 0, 0, 40, 44).day == TODAY + 25 * DAY


@given(
    delays=st.lists(st.integers(-30, 200), min_size=3, max_size=24),
    days_late=st.integers(-90, 400),
)
def test_a_range_holds_its_middle_and_is_only_past_after_every_delay(
    delays: list[int], days_late: int
) -> None:
    found = expected(an_item(days_late=days_late), *sorted(delays))

    assert found.day
    assert found.early
    assert found.late
    assert found.early <= found.day <= found.late
    assert (found.day < TODAY) == (days_late > max(delays))


def test_each_column_adds_up_what_is_expected_in_it() -> None:
    items = [
        an_item(days_late=10, reference="F1"),
        an_item(days_late=0, reference="F2", cents=30_00),
        an_item(days_late=-8, reference="F3", cents=40_00),
        an_item(days_late=-99, reference="F4", cents=50_00),
        an_item(reference="F5", cents=7_00, due_on=None),
        an_item(days_late=5, reference="AV", cents=-20_00),
        an_item(days_late=-1, reference="X", cents=-9_00, customer_id=OTHER),
    ]

    found = forecast(items, a_foresight(), weeks=3)

    assert [column.amount.cents for column in found.columns] == [
        *(100_00, 30_00, 40_00, 0),
        *(50_00, 7_00),
    ]
    assert found.weeks[0].starts_on
    assert found.weeks[0].starts_on.weekday() == 0
    assert found.amount(ColumnKind.LATER).cents == 50_00


def test_late_money_is_expected_as_late_as_it_usually_comes() -> None:
    habit = a_foresight(20, 20, 20)

    still = forecast([an_item(days_late=12)], habit, weeks=4)
    never = forecast([an_item(days_late=21)], habit, weeks=4)

    assert still.amount(ColumnKind.LATE).cents == 0
    assert never.amount(ColumnKind.LATE).cents == 120_00


def test_a_week_holds_at_least_what_is_sure_and_at_most_what_may_come() -> None:
    """A payer never late, and one whose delays go from no week to four."""
    unsure = an_item(days_late=-1, reference="F2", cents=50_00)
    sure = an_item(days_late=-1, customer_id=OTHER)
    foresight = a_foresight(0, 7, 14, 21, 28)

    found = forecast([unsure, sure], foresight, weeks=5)

    ranges = [(w.low.cents, w.amount.cents, w.high.cents) for w in found.weeks]
    first = found.weeks[0]
    assert (first.low.cents, first.amount.cents) == (120_00, 120_00)
    assert (0, 50_00, 50_00) in ranges
    assert sum(high for _, _, high in ranges) == 120_00 + 3 * 50_00


@given(
    st.lists(
        st.builds(
            lambda late, cents, n: an_item(
                days_late=late, cents=cents, reference=f"F{n}"
            ),
            st.integers(-120, 200),
            st.integers(-50_00, 100_00).filter(bool),
            st.integers(0, 10**6),
        ),
        max_size=8,
        unique_by=lambda item: item.id,
    ),
    st.lists(st.integers(-30, 120), max_size=24),
)
def test_all_that_is_owed_is_in_one_column(
    items: list[OpenItem], delays: list[int]
) -> None:
    foresight = a_foresight(*sorted(delays))

    found = forecast(items, foresight, weeks=8)

    owed = max(0, sum(item.left.cents for item in items))
    assert sum(column.amount.cents for column in found.columns) == owed
    assert all(c.low.cents <= c.amount.cents <= c.high.cents for c in found.columns)
    for by_customer in (True, False):
        drawn = cards(found, by_customer=by_customer)
        assert [sum(card.cents for card in column) for column in drawn] == [
            column.amount.cents for column in found.columns
        ]


def test_money_put_to_a_week_is_expected_on_its_friday_or_today() -> None:
    monday = date(2026, 3, 9)

    assert day_in_week(monday, monday) == date(2026, 3, 13)
    assert day_in_week(monday, date(2026, 3, 15)) == date(2026, 3, 15)
