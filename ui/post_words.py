"""Words for what the post did with a registered letter."""

from collections.abc import Callable, Mapping

from domain.customers.activity import ActivityKind
from domain.customers.activity_line import SendingState
from domain.dunning.outbox import OutboxMessage, ReturnReason
from domain.dunning.registered import ADDRESS_REASONS, PostalEvent
from ui import formatting
from ui.translation import _

STATES: Mapping[SendingState, Callable[[], str]] = {
    SendingState.SENT: lambda: _("printed"),
    SendingState.READ: lambda: _("signed for"),
    SendingState.RETURNED: lambda: _("returned by the post"),
}
"""Where a letter is, in words that are not those of an e-mail."""
NEWS: Mapping[ActivityKind, Callable[[], str]] = {
    ActivityKind.REGISTERED_POSTED: lambda: _("Registered letter posted"),
    ActivityKind.REGISTERED_RECEIVED: lambda: _("Acknowledgement of receipt signed"),
    ActivityKind.REGISTERED_RETURNED: lambda: _("Registered letter returned"),
}


def event(kind: PostalEvent) -> str:
    """Name what can be noted about registered letters."""
    return {
        PostalEvent.POSTED: _("Handed to the post"),
        PostalEvent.RECEIVED: _("Signed for (acknowledgement received)"),
        PostalEvent.RETURNED: _("Returned to us"),
    }[kind]


def reason(why: ReturnReason) -> str:
    """Say why a letter came back, as the post does."""
    return {
        ReturnReason.UNCLAIMED: _("Unclaimed"),
        ReturnReason.REFUSED: _("Refused by the addressee"),
        ReturnReason.MOVED: _("Unknown at the address"),
        ReturnReason.ADDRESS: _("Incomplete or inaccessible address"),
    }[why]


def what_to_do(why: ReturnReason) -> str:
    """Say what a return changes: a formal notice need not have been read."""
    if why in ADDRESS_REASONS:
        return _("Correct the address, then send the formal notice again.")
    return _("The formal notice holds: keep the envelope as it came back.")


def standing(letter: OutboxMessage) -> str:
    """Say where a registered letter is."""
    if letter.returned_on and letter.return_reason:
        return _(
            "returned on {day}: {reason}",
            day=formatting.day(letter.returned_on),
            reason=reason(letter.return_reason).lower(),
        )
    if letter.received_on:
        return _("signed for on {day}", day=formatting.day(letter.received_on))
    if letter.posted_on:
        return _("handed to the post on {day}", day=formatting.day(letter.posted_on))
    return _("printed, not yet noted as posted")
