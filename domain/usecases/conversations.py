"""E-mails about the same debts follow one another, as mail programs group them."""

from dataclasses import dataclass

from domain.dunning.outbox import OutboxMessage
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import Channel, StepKind
from domain.ports import Books

_ANSWER = "Re: "
"""In every language: mail programs know it, and group by what comes after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What a new e-mail goes on with."""

    subject: str
    header_ids: tuple[str, ...]
    """Message-IDs of the earlier e-mails, the oldest first."""


def conversation_of(
    books: Books, planned: PlannedMessage, recipient: str
) -> Conversation | None:
    """Find the reminders that the same person received of exactly the same debts.

    Something more, or less, to pay begins another one: its subject may tell a total.
    """
    if (planned.channel, planned.step.kind) != (Channel.EMAIL, StepKind.REMINDER):
        return None
    asked = {item.id: item.left for item in planned.items}
    addresses = set(recipient.splitlines())
    earlier = [
        sent
        for sent in books.outbox.emails_sent_to(planned.customer_id)
        if _is_reminder(sent)
        and addresses & set(sent.recipient.splitlines())
        and {line.item_id: line.left for line in books.outbox.items_of(sent.id)}
        == asked
    ]
    if not earlier:
        return None
    return Conversation(
        subject=_ANSWER + earlier[0].subject.removeprefix(_ANSWER),
        header_ids=tuple(sent.message_header_id for sent in earlier),
    )


def _is_reminder(sent: OutboxMessage) -> bool:
    return sent.kind is StepKind.REMINDER and bool(sent.message_header_id)
