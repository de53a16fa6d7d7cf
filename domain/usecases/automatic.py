"""Steps that leave by themselves: when they may, what leaves, what was done.

The messages are those that the screens propose, prepared and sent the same way:
only the person's click is missing, so nothing leaves where a person would be asked.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId, MessageId, StepId
from domain.basics.sentences import N_
from domain.dunning.outbox import MessageState
from domain.dunning.scenario import Channel, DunningStep
from domain.ports import Books
from domain.usecases.account_refusals import refusal_of
from domain.usecases.acting import Choice, show_today
from domain.usecases.clock import set_back
from domain.usecases.configuring import smtp_account
from domain.usecases.courtesy import quiet_today
from domain.usecases.importing import data_is_old
from domain.usecases.penalties import rate_is_wanted
from domain.usecases.situations import AddressCheck

_HOURS = range(24)
KEPT_REPORTS = 30


class HoursBackwardsError(DunningError):
    """Sending hours end after they begin."""

    message = "The sending hours end after they begin, between 0 and 24."


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingHours:
    """When e-mails may leave by themselves, on the user's clock."""

    starts_at: int = 8
    ends_at: int = 18
    """The first hour at which nothing leaves any more."""

    def hold(self, moment: time) -> bool:
        """Tell whether a moment is within them."""
        return self.starts_at <= moment.hour < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticStep:
    """A step whose e-mails could leave by themselves."""

    scenario_name: str
    step: DunningStep


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticSettings:
    """The steps of a firm that send e-mails, and the hours."""

    steps: tuple[AutomaticStep, ...]
    hours: SendingHours


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticReport:
    """What one automatic round did; the last ones are kept."""

    at: datetime
    sent: int = 0
    kept: int = 0
    """E-mails that should have left and did not."""
    why: str = ""
    """Why they did not, in a sentence to translate; or the mail server's words."""


NOTHING_AUTOMATIC = N_("No step is automatic.")
OUT_OF_HOURS = N_("It is outside the sending hours.")
CLOCK_BACK = N_("The date of this computer is before what was already recorded.")
QUIET = N_("No e-mail leaves today: a Sunday, a holiday or a quiet period.")
OLD_DATA = N_("The data is old: import a newer file first.")
DOUBTFUL = N_("A message is to be checked first: it may not have left.")
NO_ACCOUNT = N_("No mail account is set.")
ACCOUNT_REFUSED = N_(
    "The mail server refused the account: look at “Outbox”, put it right, then send."
)
RATE_MISSING = N_(
    "Penalties are to be claimed, and the rate of this half-year is missing: type it"
    " in the settings."
)
SOME_FAILED = N_("Some were refused, wait or are uncertain: look at “Outbox”.")


def automatic_settings(books: Books, entity_id: EntityId) -> AutomaticSettings:
    """List the steps that send e-mails, and read the hours."""
    steps = tuple(
        AutomaticStep(scenario_name=scenario.name, step=step)
        for scenario in books.scenarios.scenarios(entity_id)
        for step in scenario.steps
        if step.channel is Channel.EMAIL and step.is_active and scenario.is_active
    )
    stored = books.settings.get(f"sending_hours/{entity_id}", "{}")
    return AutomaticSettings(steps=steps, hours=SendingHours(**json.loads(stored)))


def save_automatic(
    books: Books,
    entity_id: EntityId,
    automatic: Collection[tuple[str, StepId]],
    hours: SendingHours,
) -> None:
    """Say which steps are automatic, each by its scenario and name, and when.

    Raises:
        HoursBackwardsError: they end before they begin.
    """
    if not (
        hours.starts_at in _HOURS and hours.starts_at < hours.ends_at <= len(_HOURS)
    ):
        raise HoursBackwardsError
    with books.atomic():
        for scenario in books.scenarios.scenarios(entity_id):
            steps = tuple(
                replace(
                    step,
                    is_automatic=(scenario.id, step.id) in automatic
                    and step.channel is Channel.EMAIL,
                )
                for step in scenario.steps
            )
            if steps != scenario.steps:
                books.scenarios.save_scenario(replace(scenario, steps=steps))
        books.settings.set(f"sending_hours/{entity_id}", json.dumps(asdict(hours)))


def is_automatic(books: Books, entity_id: EntityId) -> bool:
    """Tell whether any step of a firm leaves by itself."""
    return any(s.step.is_automatic for s in automatic_settings(books, entity_id).steps)


def why_not_now(books: Books, entity_id: EntityId, now: datetime, today: date) -> str:
    """Say why nothing may leave by itself now; empty when e-mails may.

    ``now`` is read on the user's clock.
    """
    settings = automatic_settings(books, entity_id)
    is_demo = books.entities.get(entity_id).demo
    doubtful = books.outbox.all(entity_id, [MessageState.UNCERTAIN])
    for holds, why in (
        (not any(s.step.is_automatic for s in settings.steps), NOTHING_AUTOMATIC),
        (not settings.hours.hold(now.astimezone().time()), OUT_OF_HOURS),
        (set_back(books, entity_id, today) is not None, CLOCK_BACK),
        (quiet_today(books, entity_id, today) is not None, QUIET),
        (data_is_old(books, entity_id, today), OLD_DATA),
        (bool(doubtful), DOUBTFUL),
        (not is_demo and smtp_account(books, entity_id) is None, NO_ACCOUNT),
        (refusal_of(books, entity_id) is not None, ACCOUNT_REFUSED),
        (rate_is_wanted(books, entity_id, today), RATE_MISSING),
    ):
        if holds:
            return why
    return ""


def automatic_choices(
    books: Books, entity_id: EntityId, check_address: AddressCheck, today: date
) -> list[Choice]:
    """Tick today's e-mails of the steps that leave by themselves.

    On a quiet day too: they are told as kept back.
    """
    view = show_today(books, entity_id, check_address, today, even_today=True)
    return [
        row.choice
        for bucket in view.buckets
        if bucket.channel is Channel.EMAIL
        for row in bucket.rows
        if row.message.step.is_automatic
    ]


def note_refusal(
    books: Books, entity_id: EntityId, kept: int, why: str, now: datetime
) -> AutomaticReport:
    """Keep that e-mails should have left and why they did not; once a reason."""
    report = AutomaticReport(at=now, kept=kept, why=why)
    last = last_report(books, entity_id)
    is_new = last is None or (last.kept, last.why) != (kept, why)
    if kept and (is_new or last is None or last.at.date() != now.date()):
        _keep_report(books, entity_id, report)
    return report


def report_on(
    books: Books, entity_id: EntityId, message_ids: Sequence[MessageId], now: datetime
) -> AutomaticReport:
    """Count what came of the messages of a round, and keep it."""
    states = [books.outbox.get(one).state for one in message_ids]
    sent = states.count(MessageState.SENT)
    report = AutomaticReport(
        at=now,
        sent=sent,
        kept=len(states) - sent,
        why=SOME_FAILED if sent < len(states) else "",
    )
    if message_ids:
        _keep_report(books, entity_id, report)
    return report


def _keep_report(books: Books, entity_id: EntityId, report: AutomaticReport) -> None:
    with books.atomic():
        kept = [report, *last_reports(books, entity_id)][:KEPT_REPORTS]
        text = json.dumps([asdict(one) for one in kept], default=datetime.isoformat)
        books.settings.set(f"automatic_reports/{entity_id}", text)


def last_reports(books: Books, entity_id: EntityId) -> list[AutomaticReport]:
    """Read what the last rounds did, the latest first."""
    stored = json.loads(books.settings.get(f"automatic_reports/{entity_id}", "[]"))
    if not stored:  # books written before more than one was kept
        one = json.loads(books.settings.get(f"automatic_report/{entity_id}", "{}"))
        stored = [one] if one else []
    return [
        AutomaticReport(**{**one, "at": datetime.fromisoformat(one["at"])})
        for one in stored
    ]


def last_report(books: Books, entity_id: EntityId) -> AutomaticReport | None:
    """Read what the last round did; None before the first one."""
    return next(iter(last_reports(books, entity_id)), None)


def waiting_by_itself(books: Books, entity_id: EntityId) -> list[MessageId]:
    """List what automatic steps made and has not left yet."""
    return [
        message.id
        for message in books.outbox.all(entity_id, [MessageState.QUEUED])
        if message.by_itself
    ]
