"""Money as whole cents, and the only place that rounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from domain.basics.errors import DunningError

EUR = "EUR"
_CENT = Decimal("0.01")


class CurrenciesMixedError(DunningError):
    """Amounts of two currencies cannot be added or compared."""

    message = "Amounts in {first} and {second} cannot be added together."


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole cents of one currency."""

    cents: int
    currency: str = EUR

    @classmethod
    def of(cls, amount: Decimal, currency: str = EUR) -> Self:
        """Round a decimal amount to the cent, half away from zero."""
        rounded = amount.quantize(_CENT, rounding=ROUND_HALF_UP)
        return cls(int(rounded.scaleb(2)), currency)

    @classmethod
    def total(cls, amounts: Iterable[Self], currency: str = EUR) -> Self:
        """Add amounts up; nothing adds up to zero of the given currency."""
        cents, used = 0, ""
        for amount in amounts:
            if used and amount.currency != used:
                raise CurrenciesMixedError(first=used, second=amount.currency)
            used = amount.currency
            cents += amount.cents
        return cls(cents, used or currency)

    def __add__(self, other: Self) -> Self:
        self._same_currency(other)
        return type(self)(self.cents + other.cents, self.currency)

    def __sub__(self, other: Self) -> Self:
        self._same_currency(other)
        return type(self)(self.cents - other.cents, self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.cents, self.currency)

    def __lt__(self, other: Self) -> bool:
        self._same_currency(other)
        return self.cents < other.cents

    def __le__(self, other: Self) -> bool:
        self._same_currency(other)
        return self.cents <= other.cents

    def __gt__(self, other: Self) -> bool:
        return other < self

    def __ge__(self, other: Self) -> bool:
        return other <= self

    def __bool__(self) -> bool:
        return self.cents != 0

    @property
    def amount(self) -> Decimal:
        """The amount in units of the currency, exact."""
        return Decimal(self.cents).scaleb(-2)

    def _same_currency(self, other: Self) -> None:
        if self.currency != other.currency:
            raise CurrenciesMixedError(first=self.currency, second=other.currency)


def per_currency(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """Add amounts up, each currency apart, euros first."""
    cents: dict[str, int] = {}
    for amount in amounts:
        cents[amount.currency] = cents.get(amount.currency, 0) + amount.cents
    return tuple(Money(cents[name], name) for name in in_order(cents))


def in_order(currencies: Iterable[str]) -> list[str]:
    """Put currencies in the order in which they are told: euros first."""
    return sorted(set(currencies), key=lambda name: (name != EUR, name))
