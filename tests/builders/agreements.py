"""What was agreed with customers."""

from datetime import timedelta

from domain.basics.identifiers import (
    new_id,
)
from domain.basics.money import Money
from domain.customers.agreements import Dispute, Hold, Note, Promise
from tests.builders.base import CUSTOMER_ID, ENTITY_ID, NOW, TODAY, with_others


def a_hold(**others: object) -> Hold:
    """Make a hold on the whole customer, in force and without end."""
    hold = Hold(
        id=new_id(),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        reason="Accord de la direction",
        starts_on=TODAY - timedelta(days=5),
    )
    return with_others(hold, others)


def a_dispute(**others: object) -> Dispute:
    """Make an open dispute on the whole account."""
    dispute = Dispute(
        id=new_id(),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        reason="Marchandise abîmée",
        opened_on=TODAY - timedelta(days=5),
    )
    return with_others(dispute, others)


def a_promise(*, cents: int = 120_00, **others: object) -> Promise:
    """Make a promise for next week on the whole account."""
    promise = Promise(
        id=new_id(),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        amount=Money(cents),
        promised_for=TODAY + timedelta(days=7),
        made_on=TODAY - timedelta(days=1),
    )
    return with_others(promise, others)


def a_note(**others: object) -> Note:
    """Make a note about the customer."""
    note = Note(
        id=new_id(),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        text="Rappeler après le 15",
        written_at=NOW,
    )
    return with_others(note, others)
