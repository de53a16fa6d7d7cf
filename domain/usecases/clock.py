"""A clock that was set back: what was recorded seems to come from the future."""

from datetime import date

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.ports import Books


class ClockSetBackError(DunningError):
    """The computer says an earlier day than one already recorded."""

    message = (
        "This computer says {today}, but something was done on {last}: nothing leaves"
        " until its date is right, or the application is told that it is."
    )


def set_back(books: Books, entity_id: EntityId, today: date) -> date | None:
    """Give the last day on which something was done, if it is still to come.

    Once a person said that today is right, what was recorded until then, on a day
    that was wrong, is not looked at any more.
    """
    last = books.activities.last_day(entity_id)
    if last is None or last <= today:
        return None
    agreed = books.settings.get(_agreed(entity_id))
    return None if agreed >= last.isoformat() else last


def check_clock(books: Books, entity_id: EntityId, today: date) -> None:
    """Refuse to send on a day before one already recorded.

    Raises:
        ClockSetBackError: it is.
    """
    last = set_back(books, entity_id, today)
    if last:
        raise ClockSetBackError(today=f"{today:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")


def say_today_is_right(books: Books, entity_id: EntityId) -> None:
    """Remember that a person looked at the date, and that it is right."""
    last = books.activities.last_day(entity_id)
    if last:
        with books.atomic():
            books.settings.set(_agreed(entity_id), last.isoformat())


def _agreed(entity_id: EntityId) -> str:
    return f"clock_agreed/{entity_id}"
