"""A call that was made, and how it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import ActivityId, CustomerId, EntityId


class CallResult(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    ABSENT = "absent"
    """Nobody answered, or nobody who could."""
    PROMISE = "promise"
    DISPUTE = "dispute"
    WRONG_NUMBER = "wrong_number"
    CALL_BACK = "call_back"
    """To be called again on a day that was agreed."""


SPOKEN = frozenset({CallResult.REACHED, CallResult.PROMISE, CallResult.DISPUTE})
"""The customer was told what it owes: the call is a contact, and may be a reminder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The result of a call; its words are those of its activity."""

    activity_id: ActivityId
    entity_id: EntityId
    customer_id: CustomerId
    result: CallResult
    called_on: date
    again_on: date | None = None
    """The day from which the customer is to be called again."""
    again_at: str = ""
    """Its hour, as « 14:30 »; empty for any."""
    number: str = ""
    """Of a wrong number: what was dialled."""
    corrected: str = ""
    """Of a wrong number: the one that took its place."""
    made: str = ""
    """Promises or disputes that came of it, by their names between spaces."""

    def is_to_repeat(self, day: date) -> bool:
        """Whether the customer is to be called again, on that day or before."""
        return self.again_on is not None and self.again_on <= day


def digits(number: str) -> str:
    """Keep what is dialled of a number, to compare numbers by."""
    return "".join(filter(str.isdigit, number))


def wrong_numbers(calls: Iterable[Call]) -> dict[str, date]:
    """Read which numbers calls found wrong, and on which day at the latest."""
    return {
        digits(call.number): call.called_on
        for call in calls
        if call.result is CallResult.WRONG_NUMBER
    }
