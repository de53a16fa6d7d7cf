"""Why an item is not proposed: each rule answers with a reason, or nothing."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.basics.money import Money
from domain.customers.agreements import Dispute, Hold, Promise
from domain.customers.customer import Customer
from domain.dunning.planned import Exclusion, Reason
from domain.dunning.scenario import Channel, DunningStep
from domain.dunning.situation import CustomerSituation
from domain.dunning.texts import is_formal
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem

_WORTH_SORTING = 2
_ORDER = {reason: rank for rank, reason in enumerate(Reason)}


def standing_exclusions(
    item: OpenItem,
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> list[Exclusion]:
    """List what keeps an item from being reminded, whatever its next step."""
    return Standing(situation, options, today).against(item)


class Standing:
    """What stands against a customer's items; what is true of all is found once."""

    def __init__(
        self, situation: CustomerSituation, options: DunningOptions, today: date
    ) -> None:
        self._situation = situation
        self._options = options
        self._today = today
        self._of_all = [Exclusion(reason=r) for r in _of_customer(situation, options)]
        self._is_agreed_on = bool(
            situation.holds or situation.disputes or situation.promises
        )

    def against(self, item: OpenItem) -> list[Exclusion]:
        """List what keeps an item from being reminded, whatever its next step."""
        situation = self._situation
        found = [*self._of_all]
        if item.id in situation.excluded:
            found.append(Exclusion(reason=Reason.EXCLUDED))
        if _is_too_small(item, self._options):
            found.append(Exclusion(reason=Reason.BELOW_ITEM_THRESHOLD))
        if item.due_on is None:
            found.append(Exclusion(reason=Reason.NO_DUE_DATE))
        if item.id in situation.pending:
            since = situation.pending[item.id]
            found.append(Exclusion(reason=Reason.PENDING_MESSAGE, since=since))
        mode = situation.customer.payment_mode
        if not item.is_credit:  # how a payment was made settles nothing else
            mode = item.payment_mode or mode
        if mode in situation.automatic_modes:
            found.append(Exclusion(reason=Reason.AUTOMATIC_PAYMENT, detail=mode))
        if self._is_agreed_on:
            found += _holds(item, situation.holds, self._today)
            found += _disputes(item, situation.disputes, self._options, self._today)
            found += _promises(item, situation, self._options, self._today)
        return in_order(found)


def notice_barred(step: DunningStep, customer: Customer) -> list[Exclusion]:
    """Tell whether a step would put a customer in insolvency proceedings on notice.

    What is owed from before the judgment can be neither claimed in court nor paid, it
    is declared: Code de commerce, art. L622-7, L622-21 and L622-24.
    """
    if customer.is_insolvent and is_formal(step.text_key):
        return [Exclusion(reason=Reason.INSOLVENCY_NOTICE)]
    return []


def _of_customer(
    situation: CustomerSituation, options: DunningOptions
) -> Iterator[Reason]:
    customer = situation.customer
    if customer.is_counter_sale:
        yield Reason.COUNTER_SALE
    if customer.is_insolvent and not options.chase_insolvent:
        yield Reason.INSOLVENCY
    if situation.scenario is None:
        yield Reason.NO_SCENARIO


def message_exclusions(
    step: DunningStep,
    total: Money,
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> list[Exclusion]:
    """List what keeps a whole message from being proposed today."""
    found = customer_exclusions(step, total.currency, situation, options, today)
    # Nothing is asked for where the credits deducted leave nothing.
    if total.cents <= 0 or total.cents < options.message_minimum.cents:
        found.append(Exclusion(reason=Reason.BELOW_MESSAGE_MINIMUM))
    ceiling = options.message_ceiling
    if ceiling is not None and total.cents > ceiling.cents:
        found.append(Exclusion(reason=Reason.ABOVE_MESSAGE_CEILING))
    return in_order(found)


def customer_exclusions(
    step: DunningStep,
    currency: str,
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> list[Exclusion]:
    """List what keeps a customer from being asked for money today."""
    found = contact_exclusions(step, situation, options, today)
    found += set_aside(situation)
    if situation.account_cents(currency) <= 0:
        found.append(Exclusion(reason=Reason.CUSTOMER_NOT_IN_DEBIT))
    return in_order(found)


def contact_exclusions(
    step: DunningStep,
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> list[Exclusion]:
    """List what keeps a customer from being written to today, even to thank it."""
    found = too_many_contacts(situation, options.days_between_contacts, today)
    again_on = situation.call_again_on
    if step.channel is Channel.PHONE and again_on and today < again_on:
        since = situation.called_on
        found.append(Exclusion(reason=Reason.CALL_AGAIN, until=again_on, since=since))
    by_email = step.channel is Channel.EMAIL
    quiet = situation.courtesy.quiet_day(today) if by_email else None
    if quiet:
        found.append(
            Exclusion(reason=Reason.QUIET_DAY, until=quiet.until, detail=quiet.why)
        )
    if by_email and situation.email_problem:
        found.append(
            Exclusion(reason=Reason.EMAIL_TO_CHECK, detail=situation.email_problem)
        )
    return found


def set_aside(situation: CustomerSituation) -> list[Exclusion]:
    """Tell that a person took the customer off the send list, and when."""
    since = situation.set_aside_on
    return [Exclusion(reason=Reason.SET_ASIDE, since=since)] if since else []


def too_many_contacts(
    situation: CustomerSituation, gap_days: int, today: date
) -> list[Exclusion]:
    """List what spares a customer one contact more, by whatever means."""
    found, last = [], situation.last_contact_on
    if last:
        free_on = last + timedelta(days=gap_days)
        if today < free_on:
            reason = Reason.CONTACTED_RECENTLY
            found.append(Exclusion(reason=reason, until=free_on, since=last))
    rested_on = situation.courtesy.rested_on(situation.contacts, today)
    if rested_on:
        reason = Reason.CONTACTED_OFTEN
        found.append(Exclusion(reason=reason, until=rested_on, since=last))
    return found


def in_order(exclusions: list[Exclusion]) -> list[Exclusion]:
    """Sort reasons as they are told: the first one is the one shown."""
    if len(exclusions) < _WORTH_SORTING:
        return exclusions
    return sorted(exclusions, key=lambda e: _ORDER[e.reason])


def _is_too_small(item: OpenItem, options: DunningOptions) -> bool:
    """Whether too little is left; a settled item or a credit is not small."""
    return 0 < item.left_cents < options.item_threshold.cents


def _concerns(item: OpenItem, fact: Hold | Dispute | Promise) -> bool:
    return fact.item_id in (None, item.id)


def _holds(item: OpenItem, holds: tuple[Hold, ...], today: date) -> list[Exclusion]:
    return [
        Exclusion(
            reason=Reason.ITEM_HOLD if hold.item_id else Reason.CUSTOMER_HOLD,
            until=hold.resumes_on,
            detail=hold.reason,
            since=hold.starts_on,
        )
        for hold in holds
        if _concerns(item, hold) and hold.holds_on(today)
    ]


def _disputes(
    item: OpenItem,
    disputes: tuple[Dispute, ...],
    options: DunningOptions,
    today: date,
) -> list[Exclusion]:
    if not options.dispute_stops:
        return []
    return [
        Exclusion(reason=Reason.DISPUTE, detail=dispute.reason, since=dispute.opened_on)
        for dispute in disputes
        if _concerns(item, dispute) and dispute.is_open_on(today)
    ]


def _promises(
    item: OpenItem,
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> list[Exclusion]:
    if not options.promise_stops or item.is_credit:
        return []
    return [
        Exclusion(
            reason=Reason.PROMISE_TO_COME,
            until=promise.promised_for + timedelta(days=1),
            since=promise.made_on,
        )
        for promise in situation.promises
        if _concerns(item, promise)
        and promise.is_to_come(today)
        and promise.id not in situation.kept
    ]
