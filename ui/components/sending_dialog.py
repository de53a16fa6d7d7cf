"""Ask before e-mails leave; on a quiet day, whether they leave all the same."""

from dataclasses import dataclass
from datetime import date

from domain.usecases.courtesy import quiet_today
from ui.components.confirm_dialog import confirm
from ui.quiet_words import quiet_sentence
from ui.session import Session
from ui.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The user wants e-mails to leave."""

    even_on: date | None = None
    """Today, where it is a quiet day."""


async def confirm_sending(
    session: Session, question: str, consequence: str, verb: str
) -> Agreed | None:
    """Ask before e-mails leave; None when the user would rather not."""
    today = session.today()
    quiet = await session.run(quiet_today, session.entity_id, today)
    if quiet:
        consequence = f"{quiet_sentence(quiet)} {consequence}"
        verb = _("Send all the same")
    if not await confirm(question, consequence, verb, dangerous=quiet is not None):
        return None
    return Agreed(even_on=today if quiet else None)


async def agrees_to_quiet_day(session: Session) -> Agreed | None:
    """Ask on a quiet day only, where the gesture itself was the answer."""
    today = session.today()
    quiet = await session.run(quiet_today, session.entity_id, today)
    if quiet is None:
        return Agreed()
    agreed = await confirm(
        _("Send it today?"),
        quiet_sentence(quiet),
        _("Send all the same"),
        dangerous=True,
    )
    return Agreed(even_on=today) if agreed else None
