"""Who is in which case today: the table that makes every state present.

Lateness is in days before today, so that the firm looks alive whenever it is
shown. The past reminders are worked out from there by the engine itself.
"""

from dataclasses import dataclass
from enum import StrEnum


class Trait(StrEnum):
    """What is lasting and particular about a customer."""

    NO_ADDRESS = "no_address"
    PUBLIC = "public"
    INSOLVENT = "insolvent"
    COUNTER_SALE = "counter_sale"
    INDIVIDUAL = "individual"
    DIRECT_DEBIT = "direct_debit"
    LONG_NAME = "long_name"
    AWKWARD_NAME = "awkward_name"
    BELGIAN = "belgian"
    BRITISH = "british"
    NEW = "new"
    GONE = "gone"
    LARGE = "large"
    """Buys much every month; its head office pays twice a month."""


class Happening(StrEnum):
    """What happened to a late invoice, or to the account."""

    PARTLY_PAID = "partly_paid"
    CREDIT_NOTE = "credit_note"
    PAYMENT_UNALLOCATED = "payment_unallocated"
    IN_CREDIT = "in_credit"
    DEBIT_REJECTED = "debit_rejected"
    LETTERING_WRONG = "lettering_wrong"
    CALLED = "called"
    PROMISE_TO_COME = "promise_to_come"
    INSTALMENTS = "instalments"
    PROMISE_BROKEN = "promise_broken"
    PROMISE_KEPT = "promise_kept"
    DISPUTE = "dispute"
    ACCOUNT_DISPUTE = "account_dispute"
    DISPUTE_CLOSED = "dispute_closed"
    STOP = "stop"
    ITEM_STOP = "item_stop"
    STOP_FOR_A_TIME = "stop_for_a_time"
    STOP_LIFTED = "stop_lifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A customer's case; the ordinary customer pays more or less on time."""

    unpaid: tuple[int, ...] = ()
    """Days since each of its unpaid invoices fell due; negative before that."""
    has_email: bool = True
    odd_email: str = ""
    """An address that cannot be right, made from ``{first}`` and ``{stem}``."""
    trait: Trait | None = None
    happening: Happening | None = None


def _late(*days: int) -> tuple[Situation, ...]:
    return tuple(Situation(unpaid=(count,)) for count in days)


def _by_letter(*days: int) -> tuple[Situation, ...]:
    return tuple(Situation(unpaid=(count,), has_email=False) for count in days)


def _happened(happening: Happening, *days: int) -> tuple[Situation, ...]:
    return tuple(Situation(unpaid=(count,), happening=happening) for count in days)


def _traits(trait: Trait, count: int) -> tuple[Situation, ...]:
    return (Situation(trait=trait),) * count


_COMMON = (
    *_happened(Happening.CREDIT_NOTE, 12, 24),
    *_happened(Happening.PARTLY_PAID, 14, 34),
    *_happened(Happening.PROMISE_TO_COME, 22, 41),
    *_happened(Happening.PROMISE_BROKEN, 30),
    *_happened(Happening.PROMISE_KEPT, 38),
    *_happened(Happening.DISPUTE, 47),
    *_happened(Happening.STOP, 64),
    *_happened(Happening.CALLED, 33),
    Situation(happening=Happening.IN_CREDIT),
    *_traits(Trait.LARGE, 2),
    *_traits(Trait.NEW, 2),
    *_traits(Trait.GONE, 2),
)

_WORKSHOP_CASES = (
    *_COMMON,
    *_late(9, 10, 12, 13, 16, 19, 20, 21, 23, 26, 29, 31, 32, 34, 37, 41, 43, 44),
    *_late(46, 48, 49, 63, 78, 118),
    Situation(unpaid=(11, 31)),
    Situation(unpaid=(20, 44, 72)),
    *_by_letter(-5, -4, 10, 21, 32, 43, 66),
    *_traits(Trait.INDIVIDUAL, 8),
    Situation(unpaid=(18,), trait=Trait.INDIVIDUAL),
    Situation(unpaid=(33,), trait=Trait.INDIVIDUAL, has_email=False),
    Situation(unpaid=(12,), odd_email="compta@example"),
    Situation(unpaid=(20,), odd_email="{first}.{stem}@@example.com"),
    Situation(odd_email="compta {stem}@example.com"),
    Situation(unpaid=(44,), trait=Trait.NO_ADDRESS),
    *_happened(Happening.PAYMENT_UNALLOCATED, 15),
    *_happened(Happening.PROMISE_BROKEN, 45),
    *_happened(Happening.INSTALMENTS, 58),
    *_happened(Happening.DISPUTE, 33),
    *_happened(Happening.ACCOUNT_DISPUTE, 82),
    *_happened(Happening.DISPUTE_CLOSED, 55),
    *_happened(Happening.ITEM_STOP, 29),
    *_happened(Happening.STOP_FOR_A_TIME, 36),
    *_happened(Happening.STOP_LIFTED, 50),
    *_happened(Happening.LETTERING_WRONG, 27),
    *_traits(Trait.LARGE, 3),
    *_traits(Trait.DIRECT_DEBIT, 6),
    Situation(trait=Trait.DIRECT_DEBIT, happening=Happening.DEBIT_REJECTED),
    Situation(unpaid=(150, 176), trait=Trait.INSOLVENT),
    Situation(unpaid=(25,), trait=Trait.PUBLIC),
    Situation(unpaid=(16,), trait=Trait.COUNTER_SALE),
    Situation(unpaid=(21,), trait=Trait.LONG_NAME),
    Situation(unpaid=(10,), trait=Trait.AWKWARD_NAME),
)

_TRADING_CASES = (
    *_COMMON,
    *_late(11, 21, 31, 42, 70),
    *_by_letter(-5, 11, 22, 33, 42),
    Situation(unpaid=(13,), trait=Trait.NO_ADDRESS, has_email=False),
    Situation(unpaid=(12,), odd_email="facturation.{stem}@example,com"),
    *_traits(Trait.DIRECT_DEBIT, 2),
    Situation(unpaid=(19,), trait=Trait.BELGIAN),
    Situation(unpaid=(12,), trait=Trait.BRITISH),
)


def _scattered(cases: tuple[Situation, ...], count: int) -> tuple[Situation, ...]:
    """Add ordinary customers and spread the cases over the alphabet."""
    filled = (*cases, *(Situation(),) * (count - len(cases)))
    step = 7  # shares no divisor with either count, so that each case comes once
    return tuple(filled[step * rank % count] for rank in range(count))


WORKSHOP = _scattered(_WORKSHOP_CASES, 110)
TRADING = _scattered(_TRADING_CASES, 40)
