"""When an item that is left out would be reminded, if nobody changes anything."""

from datetime import date

from domain.dunning.planned import LeftOut, Reason

_TIMING = (Reason.NOT_DUE_YET, Reason.STEP_NOT_DUE)


def leaves_on(left_out: LeftOut, today: date) -> date | None:
    """Find the day its next step would leave; None while something blocks it.

    A stop, a promise or a recent contact end by themselves on a known day; a dispute
    or a threshold waits for a person, or for the books to change.
    """
    if left_out.next_on is None:
        return None
    day = max(left_out.next_on, today)
    for exclusion in left_out.exclusions:
        if exclusion.reason in _TIMING:
            continue
        if exclusion.until is None:
            return None
        day = max(day, exclusion.until)
    return day
