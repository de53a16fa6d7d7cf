"""What became of a registered letter: handed over, signed for, or sent back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.basics.errors import DunningError
from domain.customers.activity import Activity, ActivityKind
from domain.dunning.outbox import MessageState, OutboxMessage, ReturnReason


class PostalEvent(StrEnum):
    """What the post did with a letter, on a day."""

    POSTED = "posted"
    RECEIVED = "received"
    """Signed for: the day that the acknowledgement (« AR ») bears."""
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalNews:
    """What a person notes about one letter or several."""

    event: PostalEvent
    on: date
    reason: ReturnReason | None = None
    """Why it came back."""


class NotRegisteredError(DunningError):
    """Only what the post hands over against a signature is followed."""

    message = "Only registered letters that were printed are followed to the customer."


class PostalDayError(DunningError):
    """A letter moves after it was made, in order, and not in the future."""

    message = "A letter of {first} cannot be noted on {day}: choose a day until {last}."


class ReturnReasonMissingError(DunningError):
    """The post always says why."""

    message = "Say why the letter came back: the post ticks it on the envelope."


NEWS_KINDS = {
    PostalEvent.POSTED: ActivityKind.REGISTERED_POSTED,
    PostalEvent.RECEIVED: ActivityKind.REGISTERED_RECEIVED,
    PostalEvent.RETURNED: ActivityKind.REGISTERED_RETURNED,
}
_EVENTS = {kind: event for event, kind in NEWS_KINDS.items()}

# An address that fails is to be corrected, and the notice sent again. Unclaimed or
# refused, a formal notice holds: not being of a court, it need not be received
# (Cour de cassation, 1re chambre civile, 20 January 2021, n° 19-20.680).
ADDRESS_REASONS = frozenset({ReturnReason.MOVED, ReturnReason.ADDRESS})


def check_news(message: OutboxMessage, news: PostalNews, today: date) -> None:
    """Accept what is noted about a letter, or refuse it.

    Raises:
        NotRegisteredError: it is no registered letter that was printed.
        PostalDayError: it cannot have happened on that day.
        ReturnReasonMissingError: it came back, and nobody said why.
    """
    if not message.is_registered or message.state is not MessageState.SENT:
        raise NotRegisteredError
    is_first = news.event is PostalEvent.POSTED
    first = message.prepared_on if is_first else message.posted_on
    first = first or message.prepared_on
    ended = (message.received_on, message.returned_on) if is_first else ()
    last = min(today, *(day for day in ended if day), today)
    if not first <= news.on <= last:
        raise PostalDayError(first=first, day=news.on, last=last)
    if news.event is PostalEvent.RETURNED and news.reason is None:
        raise ReturnReasonMissingError


def with_news(message: OutboxMessage, news: PostalNews) -> OutboxMessage:
    """Note what became of a letter; signed for and sent back exclude each other."""
    match news.event:
        case PostalEvent.POSTED:
            return replace(message, posted_on=news.on)
        case PostalEvent.RECEIVED:
            return replace(
                message, received_on=news.on, returned_on=None, return_reason=None
            )
        case PostalEvent.RETURNED:
            return replace(
                message,
                received_on=None,
                returned_on=news.on,
                return_reason=news.reason,
            )


def told_by(message: OutboxMessage, history: Iterable[Activity]) -> OutboxMessage:
    """Work out what became of a letter from its lines of history, oldest first."""
    told = replace(
        message, posted_on=None, received_on=None, returned_on=None, return_reason=None
    )
    for activity in history:
        told = with_news(told, _news_of(activity))
    return told


def _news_of(activity: Activity) -> PostalNews:
    reason = ReturnReason(activity.body) if activity.body else None
    return PostalNews(
        event=_EVENTS[activity.kind], on=activity.happened_on, reason=reason
    )
