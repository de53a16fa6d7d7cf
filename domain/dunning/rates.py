"""Rates of interest by half-year: what the penalties of lateness are worked out with.

Two rates are published: that of the European Central Bank (main refinancing
operations) on 1 January and 1 July, and the legal interest rate, by decree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from domain.basics.errors import DunningError

_JULY = 7
_FIRST, _SECOND = 1, 2


class RateKind(StrEnum):
    """Which published rate it is."""

    ECB = "ecb"
    LEGAL = "legal"
    """Legal interest, where the creditor is not a private person: Code monétaire et
    financier, art. L313-2, « tous les autres cas »."""


class HalfYear(NamedTuple):
    """Half of a calendar year, the first or the second; in order of time."""

    year: int
    half: int

    @property
    def starts_on(self) -> date:
        """Its first day: 1 January or 1 July."""
        return date(self.year, 1 if self.half == _FIRST else _JULY, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.next.starts_on - timedelta(days=1)

    @property
    def next(self) -> "HalfYear":
        """The half-year after this one."""
        if self.half == _FIRST:
            return HalfYear(self.year, _SECOND)
        return HalfYear(self.year + 1, _FIRST)


def half_year_of(day: date) -> HalfYear:
    """Find the half-year of a day."""
    return HalfYear(day.year, _FIRST if day.month < _JULY else _SECOND)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRate:
    """A yearly percentage in force for one half-year."""

    year: int
    half: int
    kind: RateKind
    rate: Decimal
    typed_on: date | None = None
    """The day a person typed it; None as it shipped."""

    @property
    def half_year(self) -> HalfYear:
        """When it is in force."""
        return HalfYear(self.year, self.half)


class EcbRateMissingError(DunningError):
    """A rate that is not known is asked for, never supposed."""

    message = (
        "Penalties cannot be claimed: the rate of the ECB on {day} is not known. Type"
        " it in the settings, “Late-payment penalties”, or claim none."
    )


class LegalRateMissingError(DunningError):
    """A rate that is not known is asked for, never supposed."""

    message = (
        "Penalties cannot be claimed: the legal interest rate from {day} on is not"
        " known. Type it in the settings, “Late-payment penalties”, or claim none."
    )


class MissingRate(NamedTuple):
    """A rate that is needed and not known."""

    half_year: HalfYear
    kind: RateKind

    @property
    def refusal(self) -> DunningError:
        """Say that it is needed."""
        day = f"{self.half_year.starts_on:%d/%m/%Y}"
        if self.kind is RateKind.ECB:
            return EcbRateMissingError(day=day)
        return LegalRateMissingError(day=day)


class RateTable:
    """The rates known; it never supposes one."""

    def __init__(self, rates: Iterable[PublishedRate]) -> None:
        self._rates: Mapping[tuple[HalfYear, RateKind], Decimal] = {
            (one.half_year, one.kind): one.rate for one in rates
        }

    def knows(self, half_year: HalfYear, kind: RateKind) -> bool:
        """Whether a rate was published and typed."""
        return (half_year, kind) in self._rates

    def rate(self, half_year: HalfYear, kind: RateKind) -> Decimal:
        """Read a rate; it must be known."""
        return self._rates[half_year, kind]
