"""Dates set back, changes of hour, data where other computers write."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.basics.identifiers import StepId
from domain.dunning.scenario import StepKind
from domain.files import SharedPlace
from domain.ports import Books
from domain.usecases.automatic import (
    CLOCK_BACK,
    SendingHours,
    save_automatic,
    why_not_now,
)
from domain.usecases.clock import (
    ClockSetBackError,
    check_clock,
    say_today_is_right,
    set_back,
)
from domain.usecases.delivering import count_released, take_next
from storage.database.books import open_books
from tests.builders import (
    ENTITY_ID,
    NOW,
    SCENARIO_ID,
    TODAY,
    a_message,
    a_scenario,
    a_step,
    an_activity,
    an_entity,
)
from tests.ui.window import BooksInMemory, one_firm, open_window

TOMORROW = TODAY + timedelta(days=1)


def worked_tomorrow(books: Books) -> None:
    """As where the date was set back after something was done."""
    one_firm(books)
    books.entities.save(an_entity(demo=True))
    books.activities.record(an_activity(days_ago=-1))


@pytest.fixture
def books() -> Books:
    opened = open_books()
    worked_tomorrow(opened)
    document = opened.outbox.save_document("m.eml", "message/rfc822", b"From: x")
    message = a_message(document_id=document, is_released=True, kind=StepKind.THANK_YOU)
    opened.outbox.add(message, [])
    return opened


def test_on_a_day_before_one_recorded_nothing_leaves_until_a_person_agrees(
    books: Books,
) -> None:
    assert set_back(books, ENTITY_ID, TODAY) == TOMORROW
    assert count_released(books, TODAY, NOW) == {}
    assert take_next(books, ENTITY_ID, TODAY, NOW) is None
    with pytest.raises(ClockSetBackError):
        check_clock(books, ENTITY_ID, TODAY)

    say_today_is_right(books, ENTITY_ID)

    check_clock(books, ENTITY_ID, TODAY)
    assert count_released(books, TODAY, NOW) == {ENTITY_ID: 1}
    assert take_next(books, ENTITY_ID, TODAY, NOW)


def test_a_date_set_back_later_is_told_again(books: Books) -> None:
    say_today_is_right(books, ENTITY_ID)
    books.activities.record(an_activity(days_ago=-2))

    assert set_back(books, ENTITY_ID, TODAY) == TODAY + timedelta(days=2)


def test_on_the_right_day_it_leaves(books: Books) -> None:
    assert set_back(books, ENTITY_ID, TOMORROW) is None
    assert take_next(books, ENTITY_ID, TOMORROW, NOW)


def test_automatic_steps_say_why_they_wait(books: Books) -> None:
    books.scenarios.save_scenario(a_scenario(steps=(a_step(is_automatic=True),)))
    all_day = SendingHours(starts_at=0, ends_at=24)
    save_automatic(books, ENTITY_ID, {(SCENARIO_ID, StepId("R1"))}, all_day)

    assert why_not_now(books, ENTITY_ID, NOW, TODAY) == CLOCK_BACK
    assert why_not_now(books, ENTITY_ID, NOW, TOMORROW) != CLOCK_BACK


async def test_the_screen_warns_of_the_date_and_takes_it_back_once_agreed() -> None:
    async with open_window(worked_tomorrow) as user:
        await user.open("/")
        await user.should_see("Cet ordinateur indique le 31/03/2026")
        await user.should_see("01/04/2026")

        user.find("La date est juste").click()

        await user.should_not_see("Cet ordinateur indique le")


async def test_data_where_others_write_is_told_once() -> None:
    class InACloud(BooksInMemory):
        def shared_place(self, _folder: str) -> SharedPlace | None:
            return SharedPlace(name="OneDrive", is_network=False)

    async with open_window(outside=InACloud(one_firm)) as user:
        await user.open("/")
        await user.should_see("Les données sont dans un dossier OneDrive")

        user.find("J’ai compris").click()
        await user.should_not_see("dossier OneDrive")
        await user.open("/customers")

        await user.should_not_see("dossier OneDrive")


@pytest.fixture
def in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_paris")
@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (date(2026, 10, 24), 6),  # summer time
        (date(2026, 10, 25), 7),  # the day on which the hour changes
        (date(2027, 3, 27), 7),
        (date(2027, 3, 28), 6),
    ],
)
def test_eight_oclock_is_eight_oclock_on_both_sides_of_a_change_of_hour(
    day: date, utc_hour: int
) -> None:
    local = datetime.combine(day, datetime.min.time().replace(hour=8)).astimezone()
    opens_at = datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)

    assert local == opens_at
    hours = SendingHours(starts_at=8, ends_at=18)
    assert hours.hold(opens_at.astimezone().time())
    assert not hours.hold((opens_at - timedelta(minutes=1)).astimezone().time())


@pytest.mark.usefixtures("in_paris")
@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_a_message_left_for_an_hour_that_comes_twice_or_never_leaves_once(
    day: date,
) -> None:
    books = open_books()
    one_firm(books)
    chosen = datetime.combine(day, datetime.min.time().replace(hour=2, minute=30))
    leave_at = chosen.astimezone()
    message = a_message(is_released=True, leave_at=leave_at)
    books.outbox.add(message, [])
    night = datetime(day.year, day.month, day.day, tzinfo=UTC)

    moments = [night + timedelta(minutes=10 * n) for n in range(24)]
    free = [bool(books.outbox.may_leave(ENTITY_ID, one)) for one in moments]

    assert free == sorted(free)
    assert moments[free.index(True)] == leave_at
    assert books.outbox.get(message.id).leave_at == leave_at
