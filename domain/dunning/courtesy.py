"""When customers are left in peace: Sundays, holidays, quiet periods, a weekly cap."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from domain.basics.sentences import N_

_WEEK = timedelta(days=7)
_SUNDAY = 6
_FAR = 400
"""Days: no run of quiet days is longer, unless a period was typed wrongly."""
LONG_DAYS_OFF = 10
"""Days without any reminder; a firm that reminds every week is never late."""
SUNDAY = N_("Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietPeriod:
    """Days on which the firm writes to nobody, both ends included."""

    first_on: date
    last_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietDay:
    """A day on which no e-mail leaves, and why."""

    why: str
    until: date
    """The next day on which e-mails leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesy:
    """What a firm spares its customers."""

    contacts_per_week: int = 0
    """Days of contact in any seven days, all media counted; 0: no cap."""
    spares_sundays: bool = False
    spares_holidays: bool = False
    alsace_moselle: bool = False
    """Good Friday and 26 December are holidays there too."""
    periods: tuple[QuietPeriod, ...] = ()
    catch_up_after: int = LONG_DAYS_OFF
    """Days without a reminder after which one message per customer goes; 0: never."""
    open_on: date | None = None
    """A quiet day on which a person writes all the same; never kept."""

    def except_on(self, day: date) -> "Courtesy":
        """Let e-mails leave on a day, whatever day it is."""
        return replace(self, open_on=day)

    def quiet_day(self, day: date) -> QuietDay | None:
        """Tell why no e-mail leaves on a day; None when e-mails may."""
        why = self._why(day)
        return QuietDay(why=why, until=self.next_open(day)) if why else None

    def next_open(self, day: date) -> date:
        """Find the first day, from this one on, on which e-mails leave."""
        for ahead in range(_FAR):
            found = day + timedelta(days=ahead)
            if not self._why(found):
                return found
        return day + timedelta(days=_FAR)

    def rested_on(self, contacts: Collection[date], today: date) -> date | None:
        """Tell when the weekly cap lets a customer be contacted; None if today."""
        if not self.contacts_per_week or len(contacts) < self.contacts_per_week:
            return None
        lately = sorted(
            {day for day in contacts if today - _WEEK < day <= today}, reverse=True
        )
        if len(lately) < self.contacts_per_week:
            return None
        return lately[self.contacts_per_week - 1] + _WEEK

    def _why(self, day: date) -> str:
        if day == self.open_on:
            return ""
        for period in self.periods:
            if period.first_on <= day <= period.last_on:
                return period.reason or _QUIET
        if self.spares_holidays and (name := _holiday(day, self.alsace_moselle)):
            return name
        return SUNDAY if self.spares_sundays and day.weekday() == _SUNDAY else ""


_QUIET = N_("quiet period")
FREE = Courtesy()
"""Nothing is spared: what the engine supposes when it is told nothing."""
STARTING = Courtesy(contacts_per_week=2, spares_sundays=True, spares_holidays=True)
"""What a firm starts with: two contacts a week, as five days between them allow."""


def _holiday(day: date, alsace_moselle: bool) -> str:
    return _holidays(day.year, alsace_moselle).get(day, "")


@lru_cache(maxsize=64)
def _holidays(year: int, alsace_moselle: bool) -> dict[date, str]:
    """List the public holidays of a year (Code du travail, art. L3133-1)."""
    # Imported when first asked: the library takes 0.1 s to load.
    from holidays.countries.france import France

    subdivision = "57" if alsace_moselle else None
    found = France(years=year, subdiv=subdivision, language="fr")  # type: ignore[no-untyped-call]
    return {day: str(name) for day, name in found.items()}
