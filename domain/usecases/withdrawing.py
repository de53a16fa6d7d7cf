"""Take back what waits to leave and should not any more."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from domain.basics.identifiers import EntityId, ProfileId
from domain.basics.sentences import N_
from domain.dunning.exclusions import standing_exclusions
from domain.dunning.outbox import MessageState, OutboxMessage, move
from domain.dunning.planned import Reason
from domain.dunning.profile import Profile
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.situation import CustomerSituation
from domain.ledger.open_item import OpenItem
from domain.ports import Books


class WhyWithdrawn(StrEnum):
    """Why a waiting message will not leave; shown on « Envois »."""

    PAID = N_("Paid in the meantime")
    CHANGED = N_("What is due has changed: a new message will be proposed")
    STOPPED = N_("Dunning was stopped in the meantime")
    DISPUTED = N_("A dispute was opened in the meantime")
    PROMISED = N_("A payment was promised in the meantime")
    EXCLUDED = N_("Excluded from dunning in the meantime")
    BY_HAND = N_("Withdrawn by you")
    REWRITTEN = N_("Written again: another message replaces it")


TO_REVIEW = N_("What is due has changed since it was written")

_BLOCKS = {
    Reason.CUSTOMER_HOLD: WhyWithdrawn.STOPPED,
    Reason.ITEM_HOLD: WhyWithdrawn.STOPPED,
    Reason.DISPUTE: WhyWithdrawn.DISPUTED,
    Reason.PROMISE_TO_COME: WhyWithdrawn.PROMISED,
    Reason.EXCLUDED: WhyWithdrawn.EXCLUDED,
    Reason.COUNTER_SALE: WhyWithdrawn.EXCLUDED,
    Reason.AUTOMATIC_PAYMENT: WhyWithdrawn.EXCLUDED,
    Reason.INSOLVENCY: WhyWithdrawn.EXCLUDED,
}


def withdraw_outdated(
    books: Books, entity_id: EntityId, today: date, now: datetime
) -> int:
    """Withdraw waiting messages whose items changed; inside a transaction."""
    withdrawn = 0
    for message in books.outbox.all(entity_id, [MessageState.QUEUED]):
        withdrawn += put_aside_if_outdated(books, message, today, now)
    return withdrawn


def put_aside_if_outdated(
    books: Books, message: OutboxMessage, today: date, now: datetime
) -> bool:
    """Withdraw a message that is no longer true; inside a transaction.

    What a person wrote goes back to that person instead, unless all is paid: its
    words should not be lost.
    """
    why = why_outdated(books, message, today)
    if why is None:
        return False
    review = TO_REVIEW if why is WhyWithdrawn.CHANGED else why.value
    if message.to_review == review:
        return False
    is_kept = message.written_by_hand and message.channel is Channel.EMAIL
    if is_kept and why is not WhyWithdrawn.PAID:
        books.outbox.save(
            replace(
                message,
                to_review=review,
                is_released=False,
                leave_at=None,
                changed_at=now,
            )
        )
    else:
        withdraw(books, message, why, now)
    return True


def withdraw(
    books: Books, message: OutboxMessage, why: WhyWithdrawn, now: datetime
) -> None:
    """Mark a message as withdrawn, with the reason; inside a transaction."""
    books.outbox.save(
        replace(
            message,
            state=move(message.state, MessageState.WITHDRAWN),
            answer=why.value,
            changed_at=now,
        )
    )


def why_outdated(
    books: Books, message: OutboxMessage, today: date
) -> WhyWithdrawn | None:
    """Look at the books again: may this message still leave as written?"""
    lines = books.outbox.items_of(message.id)
    items = {i.id: i for i in books.ledger.get_items(line.item_id for line in lines)}
    if message.kind is not StepKind.THANK_YOU:
        left = sum(
            items[line.item_id].left.cents for line in lines if line.item_id in items
        )
        if left <= 0:
            return WhyWithdrawn.PAID
    if any(
        line.item_id not in items or items[line.item_id].left != line.left
        for line in lines
    ):
        return WhyWithdrawn.CHANGED
    return _blocked(books, message, list(items.values()), today)


def _blocked(
    books: Books, message: OutboxMessage, items: list[OpenItem], today: date
) -> WhyWithdrawn | None:
    situation = situation_of(books, message)
    options = books.entities.options(message.entity_id)
    is_barred = message.is_registered and situation.customer.is_insolvent
    if is_barred and Reason.INSOLVENCY_NOTICE not in message.despite.split():
        return WhyWithdrawn.EXCLUDED
    for item in items:
        for exclusion in standing_exclusions(item, situation, options, today):
            is_known = exclusion.reason in message.despite.split()
            if exclusion.reason in _BLOCKS and not is_known:
                return _BLOCKS[exclusion.reason]
    return None


def situation_of(books: Books, message: OutboxMessage) -> CustomerSituation:
    """Gather what may stand against a message to its customer."""
    entity_id, customer_id = message.entity_id, message.customer_id
    agreements = books.agreements
    return CustomerSituation(
        customer=books.customers.get(customer_id),
        profile=Profile(id=ProfileId(""), entity_id=entity_id, name=""),
        positions={},
        holds=tuple(
            h for h in agreements.holds(entity_id) if h.customer_id == customer_id
        ),
        disputes=tuple(
            d for d in agreements.disputes(entity_id) if d.customer_id == customer_id
        ),
        promises=tuple(
            p for p in agreements.promises(entity_id) if p.customer_id == customer_id
        ),
        excluded=books.ledger.excluded(entity_id),
        automatic_modes=books.entities.automatic_payment_modes(entity_id),
    )
