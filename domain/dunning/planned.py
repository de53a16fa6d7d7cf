"""What the engine proposes, and what it leaves out and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money
from domain.dunning.scenario import Channel, DunningStep, Scenario
from domain.ledger.open_item import OpenItem, left_of


class Reason(StrEnum):
    """Why an item is not proposed, in the order in which they are told."""

    CUSTOMER_HOLD = "customer_hold"
    ITEM_HOLD = "item_hold"
    SET_ASIDE = "set_aside"
    """Taken off the send list by a person, until put back."""
    EXCLUDED = "excluded"
    COUNTER_SALE = "counter_sale"
    AUTOMATIC_PAYMENT = "automatic_payment"
    DISPUTE = "dispute"
    PROMISE_TO_COME = "promise_to_come"
    BELOW_ITEM_THRESHOLD = "below_item_threshold"
    BELOW_MESSAGE_MINIMUM = "below_message_minimum"
    ABOVE_MESSAGE_CEILING = "above_message_ceiling"
    CUSTOMER_NOT_IN_DEBIT = "customer_not_in_debit"
    CONTACTED_RECENTLY = "contacted_recently"
    CONTACTED_OFTEN = "contacted_often"
    """As often as the firm allows in a week."""
    CATCHING_UP = "catching_up"
    """After days off, another message of the customer goes first."""
    CALL_AGAIN = "call_again"
    """A call without an answer, or put off: the next one comes on a known day."""
    QUIET_DAY = "quiet_day"
    """No e-mail leaves today: a Sunday, a holiday or a quiet period."""
    INSOLVENCY = "insolvency"
    INSOLVENCY_NOTICE = "insolvency_notice"
    """A formal notice to a customer in insolvency proceedings: the claim is declared
    instead, whatever the firm allows."""
    NO_DUE_DATE = "no_due_date"
    PENDING_MESSAGE = "pending_message"
    """In a message already prepared: waiting, in doubt, or to confirm printed."""
    EMAIL_TO_CHECK = "email_to_check"
    NO_SCENARIO = "no_scenario"
    NOT_DUE_YET = "not_due_yet"
    STEP_NOT_DUE = "step_not_due"
    """Late, but its next step comes on a later day."""
    END_OF_SCENARIO = "end_of_scenario"
    CREDIT_UNUSED = "credit_unused"
    """A credit that no message of today can deduct."""
    ALREADY_AT_LEVEL = "already_at_level"
    """From here on, only told by a run by criteria."""
    LEVEL_PASSED = "level_passed"
    LEVEL_NOT_IN_SCENARIO = "level_not_in_scenario"
    CUSTOMER_WITHOUT_LEVEL = "customer_without_level"
    NOT_LATE_ENOUGH = "not_late_enough"
    NO_THANK_YOU = "no_thank_you"
    ALREADY_THANKED = "already_thanked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """One reason, with the day from which it no longer applies, if known."""

    reason: Reason
    until: date | None = None
    detail: str = ""
    since: date | None = None
    """The day of what it comes from, where there is one."""


@dataclass(frozen=True, kw_only=True)
class PlannedMessage:
    """One message that one customer should receive today.

    Without slots, so that its total is added up once.
    """

    customer_id: CustomerId
    scenario: Scenario
    step: DunningStep
    channel: Channel
    items: tuple[OpenItem, ...]
    """Debits first, oldest due first; then the credits deducted from them."""
    due_since: date
    """The day from which the step could be done."""
    promise_broken: bool = False

    @cached_property
    def total(self) -> Money:
        """What the message asks for: the sum of what is left of its items."""
        return left_of(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An open item that is not proposed, with every reason, the main one first."""

    item: OpenItem
    exclusions: tuple[Exclusion, ...]
    next_step: DunningStep | None = None
    next_on: date | None = None
    """The day its next step becomes due, blocks aside."""
    gives_way_on: date | None = None
    """The day on which another step takes the place of the next one, if one does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Today's proposals for one customer; every open item stands once."""

    customer_id: CustomerId
    messages: tuple[PlannedMessage, ...]
    left_out: tuple[LeftOut, ...]
