"""When a customer who could not be spoken to is called again, and who comes first."""

from datetime import date, timedelta

from domain.customers.call import Call, CallResult
from domain.dunning.courtesy import Courtesy

ATTEMPTS_A_DAY = 2
"""Calls to one customer in a day before it is left in peace until the next one."""
_SATURDAY = 5


def next_working_day(day: date, courtesy: Courtesy) -> date:
    """Find the first day after one on which customers are at work."""
    found = courtesy.next_open(day + timedelta(days=1))
    while found.weekday() >= _SATURDAY:
        found = courtesy.next_open(found + timedelta(days=1))
    return found


def again_on(
    result: CallResult,
    today: date,
    courtesy: Courtesy,
    *,
    attempts: int = 1,
    other_number: bool = False,
    asked_for: date | None = None,
) -> date | None:
    """Tell from which day a customer is called again; None once it was spoken to.

    ``attempts`` are today's calls without an answer, this one included. A wrong
    number leaves the customer in today's session while another one is known.
    """
    if result is CallResult.CALL_BACK:
        return asked_for
    if result is CallResult.ABSENT and attempts < ATTEMPTS_A_DAY:
        return today
    if result is CallResult.WRONG_NUMBER and other_number:
        return today
    if result in {CallResult.ABSENT, CallResult.WRONG_NUMBER}:
        return next_working_day(today, courtesy)
    return None


def turn(last: Call | None, today: date, hour: str, cents: int) -> tuple[int, str, int]:
    """Rank a customer in today's session; the lowest is called first.

    Whoever asked to be called back comes first, once its hour has come; then the
    largest amounts; then those who did not answer today; then the hours to come.
    """
    if last is None or not last.is_to_repeat(today):
        return (_UNTRIED, "", -cents)
    if last.result is CallResult.CALL_BACK:
        is_later = last.again_on == today and last.again_at > hour
        return (_LATER if is_later else _ASKED, last.again_at, -cents)
    if last.called_on == today and last.result is CallResult.ABSENT:
        return (_TRIED, "", -cents)
    return (_UNTRIED, "", -cents)


_ASKED, _UNTRIED, _TRIED, _LATER = range(4)
