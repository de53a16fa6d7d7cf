"""Why no e-mail leaves today, on screens and in the terminal."""

from domain.dunning.courtesy import QuietDay
from ui import formatting
from ui.translation import _, ngettext


def quiet_sentence(quiet: QuietDay) -> str:
    """Say that no e-mail leaves today, why, and when they will."""
    return _(
        "No e-mail leaves today ({why}); they leave from {day} on.",
        why=_(quiet.why),
        day=formatting.day(quiet.until),
    )


def waiting_sentence(quiet: QuietDay, customers: int) -> str:
    """Say how many e-mails a quiet day keeps back, and until when."""
    if not customers:
        return quiet_sentence(quiet)
    waiting = ngettext(
        "The e-mail to {count} customer waits until then.",
        "The e-mails to {count} customers wait until then.",
        customers,
    )
    return f"{quiet_sentence(quiet)} {waiting}"
