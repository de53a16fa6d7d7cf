"""Say how fast a firm's e-mails leave, and when the next one may."""

import json
from dataclasses import asdict
from datetime import datetime

from domain.basics.identifiers import EntityId
from domain.dunning.outbox import Delivery
from domain.dunning.server_answers import About
from domain.dunning.throttle import (
    DAY,
    HOUR,
    RETRY_MINUTES,
    LimitWrongError,
    Rest,
    SendingLimits,
    WhyRest,
    rest_after,
    usual_limits,
)
from domain.ports import Books, SmtpAccount
from domain.usecases.configuring import smtp_account


def account_name(account: SmtpAccount) -> str:
    """Name what a mail host counts: two firms may send through one account."""
    return f"{account.user or account.sender_address}@{account.host}".lower()


def chosen_limits(books: Books, entity_id: EntityId) -> SendingLimits | None:
    """Read the limits a person chose; None where those of the mail host hold."""
    stored = books.settings.get(_key(entity_id))
    return SendingLimits(**json.loads(stored)) if stored else None


def limits_of(books: Books, entity_id: EntityId) -> SendingLimits:
    """Tell the limits a firm sends within."""
    return chosen_limits(books, entity_id) or host_limits(books, entity_id)


def host_limits(books: Books, entity_id: EntityId) -> SendingLimits:
    """Tell the usual limits of a firm's mail host."""
    account = smtp_account(books, entity_id)
    return usual_limits(account.host) if account else SendingLimits()


def save_limits(
    books: Books, entity_id: EntityId, limits: SendingLimits | None
) -> None:
    """Keep the limits a person chose; None goes back to those of the mail host.

    Raises:
        LimitWrongError: one is below zero.
    """
    if limits and min(limits.per_minute, limits.per_hour, limits.per_day) < 0:
        raise LimitWrongError
    with books.atomic():
        text = json.dumps(asdict(limits)) if limits else ""
        books.settings.set(_key(entity_id), text)


def rest_of(
    books: Books,
    entity_id: EntityId,
    account: SmtpAccount,
    now: datetime,
    asked_at: datetime | None = None,
) -> Rest | None:
    """Tell how long the next message waits, and why; None when it may leave.

    What the server asked before a person's own « envoyer », ``asked_at``, is past:
    that person may know better. All is counted from the attempts kept, so that a
    night asleep or another start of the app changes nothing.
    """
    limits, name = limits_of(books, entity_id), account_name(account)
    rests = []
    for count, period, why in (
        (limits.per_hour, HOUR, WhyRest.HOUR),
        (limits.per_day, DAY, WhyRest.DAY),
    ):
        left = count and books.outbox.nth_departure(name, count, now - period, now)
        if left:
            rests.append(Rest(until=left + period, why=why))
    if limits.per_minute:
        since = now - limits.spacing
        last = books.outbox.nth_departure(name, 1, since, now)
        if last:
            rests.append(Rest(until=last + limits.spacing, why=WhyRest.PACE))
    rests += _asked_by_server(books, name, asked_at or now - DAY)
    longest = max(rests, key=lambda rest: rest.until, default=None)
    return longest if longest and longest.until > now else None


def _asked_by_server(books: Books, name: str, since: datetime) -> list[Rest]:
    attempts = books.outbox.last_attempts(name, len(RETRY_MINUTES), since)
    times = 0
    for attempt in attempts:
        if attempt.outcome is not Delivery.LATER or attempt.about is not About.ALL:
            break
        times += 1
    if not times:
        return []
    last = attempts[0]
    return [rest_after(times, last.ended_at or last.began_at)]


def _key(entity_id: EntityId) -> str:
    return f"sending_limits/{entity_id}"
