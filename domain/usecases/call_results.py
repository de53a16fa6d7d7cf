"""How a call ended: recorded in one gesture with what came of it, and taken back."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.basics import wording
from domain.basics.errors import DunningError
from domain.basics.identifiers import ActivityId, CustomerId, ItemId
from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.customers.call import SPOKEN, Call, CallResult, digits
from domain.dunning.by_voice import (
    Completed,
    asked_by_voice,
    completed_by_voice,
    highest,
)
from domain.dunning.calls import again_on
from domain.dunning.engine import plan_customer
from domain.dunning.planned import Plan
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.scenario import Channel
from domain.dunning.situation import CustomerSituation
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.agreeing import (
    cancel_promise,
    close_dispute,
    open_dispute,
    record_promise,
)
from domain.usecases.call_session import numbers_of
from domain.usecases.levels import take_back
from domain.usecases.situations import AddressCheck, gather_one
from domain.usecases.tracing import trace

_KINDS = {
    CallResult.ABSENT: ActivityKind.CALL_UNANSWERED,
    CallResult.WRONG_NUMBER: ActivityKind.WRONG_NUMBER,
    CallResult.CALL_BACK: ActivityKind.CALL_PUT_OFF,
}
_HOUR = re.compile(r"([01]?\d|2[0-3])\s*(?:[hH:]\s*([0-5]\d)?)?")


class CallBackDayError(DunningError):
    """A call put off comes on a day."""

    message = "Give the day on which to call again: today or later."


class HourNotUnderstoodError(DunningError):
    """An hour of the day, or nothing."""

    message = "“{typed}” is not an hour: type it as 14:30, or leave it empty."


class PromiseMissingError(DunningError):
    """A promise is an amount and a day."""

    message = "A promise needs both its amount and its day."


class DisputeReasonError(DunningError):
    """A dispute says what is contested."""

    message = "Say what the customer contests: the dispute keeps it."


class NumberMissingError(DunningError):
    """A wrong number is one of the customer's."""

    message = "Choose the number that is wrong."


class NumberUnlikelyError(DunningError):
    """A number has digits."""

    message = "“{typed}” is not a phone number: correct it, or leave it empty."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a call ended, as a person says it."""

    result: CallResult
    comment: str = ""
    item_ids: Sequence[ItemId] = ()
    """What the call was about, where no scenario asked for it."""
    counts: bool = False
    """It completes the next reminder, where no scenario asked for it."""
    promised: Money | None = None
    promised_for: date | None = None
    reason: str = ""
    """What is contested."""
    disputed: Sequence[ItemId] = ()
    """All that the call was about where none is named."""
    again_on: date | None = None
    again_at: str = ""
    number: str = ""
    """The one that is wrong."""
    corrected: str = ""


def record_call(
    books: Books,
    customer_id: CustomerId,
    outcome: Outcome,
    check_address: AddressCheck,
    today: date,
    now: datetime,
) -> Call:
    """Keep how a call ended and what came of it, together or not at all.

    A call in which the customer was spoken to completes the steps of its scenario
    that are calls due today, as a message that leaves does.
    """
    situation = gather_one(books, customer_id, check_address, today)
    options = books.entities.options(situation.customer.entity_id)
    plan = plan_customer(situation, options, today)
    about = asked_by_voice(plan, Channel.PHONE) or tuple(
        item for item in situation.open_items if item.id in outcome.item_ids
    )
    _check(outcome, today)
    with books.atomic():
        made = _agreements(books, situation, about, outcome, today, now)
        reached = _completed(situation, plan, about, outcome, today)
        activity_id = trace(
            books,
            situation.customer,
            _KINDS.get(outcome.result, ActivityKind.CALL),
            _words(outcome),
            today,
            now,
            amount=_amount(about) if outcome.result in SPOKEN else Money(0),
            level=highest(reached),
            item_ids=[item.id for item in about],
            channel=Channel.PHONE,
        )
        books.activities.record_levels(
            LevelChange(
                entity_id=situation.customer.entity_id,
                customer_id=customer_id,
                item_id=one.item_id,
                kind=one.kind,
                level=one.level,
                reached_on=today,
                deadline_on=one.deadline_on,
                cause=LevelCause.CALLED,
                reason=outcome.comment.strip(),
                activity_id=activity_id,
                recorded_at=now,
            )
            for one in reached
        )
        if outcome.result is CallResult.WRONG_NUMBER and outcome.corrected.strip():
            _replace_number(books, customer_id, outcome.number, outcome.corrected)
        call = Call(
            activity_id=activity_id,
            entity_id=situation.customer.entity_id,
            customer_id=customer_id,
            result=outcome.result,
            called_on=today,
            again_on=_again_on(books, situation, outcome, today),
            again_at=read_hour(outcome.again_at),
            number=outcome.number.strip(),
            corrected=outcome.corrected.strip(),
            made=" ".join(made),
        )
        books.calls.record(call)
    return call


def _check(outcome: Outcome, today: date) -> None:
    result = outcome.result
    if result is CallResult.CALL_BACK:
        if outcome.again_on is None or outcome.again_on < today:
            raise CallBackDayError
        read_hour(outcome.again_at)
    if result is CallResult.PROMISE and not (outcome.promised and outcome.promised_for):
        raise PromiseMissingError
    if result is CallResult.DISPUTE and not outcome.reason.strip():
        raise DisputeReasonError
    if result is CallResult.WRONG_NUMBER:
        if not digits(outcome.number):
            raise NumberMissingError
        if outcome.corrected.strip() and not digits(outcome.corrected):
            raise NumberUnlikelyError(typed=outcome.corrected.strip())


def read_hour(typed: str) -> str:
    """Read an hour as « 14:30 » from 14h30, 14 h or 14:30; empty stays empty.

    Raises:
        HourNotUnderstoodError: it is none.
    """
    if not typed.strip():
        return ""
    found = _HOUR.fullmatch(typed.strip())
    if found is None:
        raise HourNotUnderstoodError(typed=typed.strip())
    return f"{int(found[1]):02}:{found[2] or '00'}"


def _agreements(
    books: Books,
    situation: CustomerSituation,
    about: Sequence[OpenItem],
    outcome: Outcome,
    today: date,
    now: datetime,
) -> list[str]:
    """Record the promise or the dispute that came of a call; name what was made."""
    customer_id = situation.customer.id
    if outcome.result is CallResult.PROMISE and outcome.promised:
        currency = outcome.promised.currency
        owed = [i.id for i in about if not i.is_credit and i.currency == currency]
        promises = record_promise(
            books,
            customer_id,
            outcome.promised,
            outcome.promised_for or today,
            today,
            now,
            owed,
        )
        return [promise.id for promise in promises]
    if outcome.result is CallResult.DISPUTE:
        items = outcome.disputed or [item.id for item in about if not item.is_credit]
        opened = open_dispute(books, customer_id, outcome.reason, today, now, items)
        return [dispute.id for dispute in opened]
    return []


def _completed(
    situation: CustomerSituation,
    plan: Plan,
    about: Sequence[OpenItem],
    outcome: Outcome,
    today: date,
) -> list[Completed]:
    """Tell what each item reaches, and until when the call asked to be paid."""
    by_scenario = asked_by_voice(plan, Channel.PHONE)
    if outcome.result not in SPOKEN or not (by_scenario or outcome.counts):
        return []
    return completed_by_voice(situation, plan, about, Channel.PHONE, today)


def _amount(items: Sequence[OpenItem]) -> Money:
    same = [i.left for i in items if i.currency == items[0].currency]
    return Money.total(same, items[0].currency) if same else Money(0)


def _words(outcome: Outcome) -> str:
    """Say in the history what the result alone does not."""
    told = ""
    if outcome.result is CallResult.CALL_BACK and outcome.again_on:
        told = f"{wording.day(outcome.again_on)} {read_hour(outcome.again_at)}".strip()
    elif outcome.result is CallResult.WRONG_NUMBER:
        numbers = (outcome.number.strip(), outcome.corrected.strip())
        told = " → ".join(filter(None, numbers))
    return " · ".join(filter(None, (told, outcome.comment.strip())))


def _again_on(
    books: Books, situation: CustomerSituation, outcome: Outcome, today: date
) -> date | None:
    """Tell when the customer comes back; read before this call is recorded."""
    calls = books.calls.of(situation.customer.id)
    failed = [
        call
        for call in calls
        if call.called_on == today and call.result is CallResult.ABSENT
    ]
    customer = books.customers.get(situation.customer.id)
    contacts = books.customers.contacts_of(customer.id)
    others = (
        one
        for one in numbers_of(customer, contacts, calls)
        if not one.is_wrong and digits(one.number) != digits(outcome.number)
    )
    return again_on(
        outcome.result,
        today,
        situation.courtesy,
        attempts=len(failed) + 1,
        other_number=any(others),
        asked_for=outcome.again_on,
    )


def _replace_number(
    books: Books, customer_id: CustomerId, wrong: str, right: str
) -> None:
    """Put a number where another one stands, on the contacts and the customer."""
    wanted, right = digits(wrong), right.strip()

    def corrected(numbers: Iterable[str]) -> list[str]:
        return [right if digits(n) == wanted else n for n in numbers]

    customer = books.customers.get(customer_id)
    phone, mobile = corrected((customer.phone, customer.mobile))
    books.customers.save_many([replace(customer, phone=phone, mobile=mobile)])
    contacts = []
    for contact in books.customers.contacts_of(customer_id):
        phone, mobile = corrected((contact.phone, contact.mobile))
        contacts.append(replace(contact, phone=phone, mobile=mobile))
    books.customers.save_contacts(contacts)


def take_back_call(
    books: Books,
    customer_id: CustomerId,
    activity_id: ActivityId,
    today: date,
    now: datetime,
) -> None:
    """Take a call back with all that came of it: promise, dispute, new number."""
    call = books.calls.get(activity_id)
    with books.atomic():
        made = call.made.split() if call else []
        entity_id = books.customers.get(customer_id).entity_id
        for promise in books.agreements.promises(entity_id) if made else ():
            if promise.id in made and promise.cancelled_on is None:
                cancel_promise(books, promise, today, now)
        for dispute in books.agreements.disputes(entity_id) if made else ():
            if dispute.id in made and dispute.closed_on is None:
                close_dispute(books, dispute, today, now)
        if call and call.corrected:
            _replace_number(books, customer_id, call.corrected, call.number)
        take_back(books, customer_id, [activity_id], today, now)
