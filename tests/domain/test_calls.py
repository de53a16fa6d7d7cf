"""When a customer is called again, and whose turn it is."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import ActivityId, CustomerId, EntityId
from domain.customers.call import SPOKEN, Call, CallResult
from domain.dunning.calls import ATTEMPTS_A_DAY, again_on, next_working_day, turn
from domain.dunning.courtesy import FREE, STARTING, Courtesy

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))
COURTESIES = st.sampled_from([FREE, STARTING])
HOURS = st.times().map(lambda at: f"{at:%H:%M}")
FRIDAY = date(2026, 4, 3)


@settings(deadline=None)  # the first look loads the holidays
@given(DAYS, COURTESIES)
def test_the_next_working_day_comes_later_and_is_never_at_a_week_end(
    day: date, courtesy: Courtesy
) -> None:
    found = next_working_day(day, courtesy)

    assert day < found <= day + timedelta(days=6)
    assert found.isoweekday() <= 5


def test_easter_monday_is_no_working_day_where_holidays_are_spared() -> None:
    assert next_working_day(FRIDAY, STARTING) == date(2026, 4, 7)
    assert next_working_day(FRIDAY, FREE) == date(2026, 4, 6)


@given(DAYS, st.integers(1, 5))
def test_who_was_spoken_to_is_not_called_again(day: date, attempts: int) -> None:
    for result in SPOKEN:
        assert again_on(result, day, STARTING, attempts=attempts) is None


@given(DAYS, st.integers(1, 5))
def test_an_absent_customer_is_tried_so_often_a_day_and_no_more(
    day: date, attempts: int
) -> None:
    found = again_on(CallResult.ABSENT, day, STARTING, attempts=attempts)

    assert found is not None
    assert (found == day) == (attempts < ATTEMPTS_A_DAY)


@given(DAYS, st.booleans())
def test_a_wrong_number_waits_only_where_no_other_is_known(
    day: date,
    other_number: bool,
) -> None:
    found = again_on(CallResult.WRONG_NUMBER, day, FREE, other_number=other_number)

    assert (found == day) == other_number


@given(HOURS, HOURS, st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_call_asked_for_comes_before_all_others_from_its_hour_on(
    at: str, hour: str, asked: int, other: int
) -> None:
    today = FRIDAY
    last = Call(
        activity_id=ActivityId("a"),
        entity_id=EntityId("e"),
        customer_id=CustomerId("c"),
        result=CallResult.CALL_BACK,
        called_on=today - timedelta(days=2),
        again_on=today,
        again_at=at,
    )

    is_first = turn(last, today, hour, asked) < turn(None, today, hour, other)

    assert is_first == (at <= hour)
    tomorrow = today + timedelta(days=1)
    assert turn(last, tomorrow, hour, asked) < turn(None, tomorrow, hour, other)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_largest_amount_comes_first(one: int, other: int) -> None:
    first, second = (turn(None, FRIDAY, "09:00", cents) for cents in (one, other))

    assert (first < second) == (one > other)
