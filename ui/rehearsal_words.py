"""Words of the rehearsal, on the screen and in the terminal."""

from domain.dunning.rehearsal import RehearsedDay
from domain.dunning.scenario import Channel
from domain.usecases.rehearsing import Rehearsal
from ui import formatting, labels
from ui.translation import _, ngettext


def supposing(found: Rehearsal) -> str:
    """Say what the rehearsal supposes."""
    words = _(
        "Supposing that nobody pays, that nothing else changes, and that all that is "
        "proposed is done the same day."
    )
    if found.waiting:
        waiting = ngettext(
            "{count} message that waits in the outbox leaves first.",
            "{count} messages that wait in the outbox leave first.",
            found.waiting,
        )
        words = f"{words} {waiting}"
    return words


def why_quiet(day: RehearsedDay) -> str:
    """Say why no e-mail leaves on a day, and when they will; empty if they do."""
    if day.quiet is None:
        return ""
    return _(
        "{why}: e-mails wait until {day}.",
        why=labels.capitalised(_(day.quiet.why)),
        day=formatting.day(day.quiet.until),
    )


def counted(channel: Channel, count: int) -> str:
    """Count messages by one means."""
    if channel is Channel.EMAIL:
        return ngettext("{count} e-mail", "{count} e-mails", count)
    if channel is Channel.LETTER:
        return ngettext("{count} letter", "{count} letters", count)
    if channel is Channel.PHONE:
        return ngettext("{count} call", "{count} calls", count)
    return ngettext("{count} other action", "{count} other actions", count)


def formal_notices(count: int) -> str:
    """Count formal notices."""
    return ngettext("{count} formal notice", "{count} formal notices", count)
