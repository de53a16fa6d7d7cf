"""What is owed, by payment mode and by profile."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from domain.basics.identifiers import ProfileId
from domain.basics.money import EUR, Money


class PartSums(NamedTuple):
    """What accounts in debit owe by one mode and in one profile."""

    currency: str
    mode: str
    """Of the items, or else of their customers; empty where nothing is known."""
    profile_id: ProfileId | None
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of what is owed; nameless where nothing is known of it."""

    name: str
    amount: Money


def by_mode(parts: Iterable[PartSums], currency: str = EUR) -> tuple[Share, ...]:
    """Part what is owed by payment mode, the greatest first."""
    cents: Counter[str] = Counter()
    for part in parts:
        if part.currency == currency:
            cents[part.mode] += part.cents
    return _shares(cents, currency)


def by_profile(
    parts: Iterable[PartSums],
    names: dict[ProfileId, str],
    default: str,
    currency: str = EUR,
) -> tuple[Share, ...]:
    """Part what is owed by profile; who has none follows the default one."""
    cents: Counter[str] = Counter()
    for part in parts:
        if part.currency == currency:
            name = names.get(part.profile_id, default) if part.profile_id else default
            cents[name] += part.cents
    return _shares(cents, currency)


def _shares(cents: Counter[str], currency: str) -> tuple[Share, ...]:
    return tuple(
        Share(name=name, amount=Money(amount, currency))
        for name, amount in cents.most_common()
        if amount
    )
