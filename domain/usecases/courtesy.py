"""Keep what a firm spares its customers: Sundays, holidays, quiet periods, a cap."""

import json
from dataclasses import asdict, replace
from datetime import date

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.dunning.courtesy import STARTING, Courtesy, QuietDay, QuietPeriod
from domain.ports import Books


class PeriodBackwardsError(DunningError):
    """A quiet period ends after it begins."""

    message = "A quiet period ends after it begins: check its two days."


class PeriodDayMissingError(DunningError):
    """A quiet period has a first and a last day."""

    message = "A quiet period needs its first and its last day."


def courtesy_of(books: Books, entity_id: EntityId) -> Courtesy:
    """Read what a firm spares its customers."""
    stored = books.settings.get(_name(entity_id))
    if not stored:
        return STARTING
    values = json.loads(stored)
    values["periods"] = tuple(
        QuietPeriod(
            first_on=date.fromisoformat(period["first_on"]),
            last_on=date.fromisoformat(period["last_on"]),
            reason=period["reason"],
        )
        for period in values["periods"]
    )
    return Courtesy(**values)


def quiet_today(books: Books, entity_id: EntityId, today: date) -> QuietDay | None:
    """Tell why no e-mail of a firm leaves today; None when e-mails may."""
    return courtesy_of(books, entity_id).quiet_day(today)


def save_courtesy(books: Books, entity_id: EntityId, courtesy: Courtesy) -> None:
    """Keep what a firm spares its customers.

    Raises:
        PeriodBackwardsError: a period ends before it begins.
    """
    if any(period.last_on < period.first_on for period in courtesy.periods):
        raise PeriodBackwardsError
    kept = asdict(replace(courtesy, open_on=None))
    text = json.dumps(kept, default=date.isoformat)
    with books.atomic():
        books.settings.set(_name(entity_id), text)


def _name(entity_id: EntityId) -> str:
    return f"courtesy/{entity_id}"
