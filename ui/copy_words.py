"""The words of copies: why each was made, its size, what it holds, what came since."""

from collections.abc import Sequence

from domain.copies import CopyReason, Holding, KeptCopy, Restored, Since
from ui import formatting
from ui.translation import _, ngettext

_MEGABYTE = 1_000_000
_GIGABYTE = 1_000_000_000


def reason(copy: KeptCopy) -> str:
    """Say what a copy was made before."""
    return {
        CopyReason.START: _("copy of the day"),
        CopyReason.UPDATE: _("before an update of Relance"),
        CopyReason.IMPORT: _("before an import"),
        CopyReason.RESTORE: _("before a copy was restored"),
        CopyReason.UNKNOWN: _("copy"),
    }[copy.reason]


def size(octets: int) -> str:
    """Write a size in kilobytes, megabytes or gigabytes."""
    if octets < _MEGABYTE:
        return _("{size} kB", size=formatting.count(-(-octets // 1000)))
    if octets < _GIGABYTE:
        return _("{size} MB", size=_tenths(octets, _MEGABYTE))
    return _("{size} GB", size=_tenths(octets, _GIGABYTE))


def holding(held: Holding) -> list[tuple[str, str]]:
    """Name what books hold, each with its worth."""
    owed = " + ".join(formatting.money(one) for one in held.owed)
    sent, imported = held.last_sent_at, held.last_import_at
    return [
        (_("Companies"), ", ".join(held.entities) or formatting.NOTHING),
        (_("Customers"), formatting.count(held.customers)),
        (_("Open items"), formatting.count(held.items)),
        (_("Amount left to pay"), owed or formatting.NOTHING),
        (
            _("Last import"),
            formatting.moment(imported) if imported else formatting.NOTHING,
        ),
        (
            _("Last message sent"),
            formatting.moment(sent) if sent else formatting.NOTHING,
        ),
    ]


def added(since: Since) -> list[str]:
    """Count what came after a copy was made, kind by kind."""
    words = {
        "imports": lambda n: ngettext("{count} import", "{count} imports", n),
        "customers": lambda n: ngettext("{count} customer", "{count} customers", n),
        "promises": lambda n: ngettext("{count} promise", "{count} promises", n),
        "disputes": lambda n: ngettext("{count} dispute", "{count} disputes", n),
        "holds": lambda n: ngettext("{count} stop", "{count} stops", n),
        "notes": lambda n: ngettext("{count} note", "{count} notes", n),
        "activities": lambda n: ngettext("{count} activity", "{count} activities", n),
    }
    return [words[kind](count) for kind, count in since.added.items()]


def restored(found: Restored) -> Sequence[str]:
    """Say what became of the books that were there, and of what had been sent."""
    told = []
    if found.set_aside:
        told.append(_("The books as they were are kept: {file}", file=found.set_aside))
    if found.kept_sent:
        told.append(
            ngettext(
                "{count} message sent since stays noted as sent: it will not be "
                "proposed again.",
                "{count} messages sent since stay noted as sent: they will not be "
                "proposed again.",
                found.kept_sent,
            )
        )
    if found.doubted:
        told.append(
            ngettext(
                "{count} message may have been sent since: it is to be checked in "
                "the outbox, and is not proposed again meanwhile.",
                "{count} messages may have been sent since: they are to be checked in "
                "the outbox, and are not proposed again meanwhile.",
                found.doubted,
            )
        )
    if found.unknown:
        told.append(
            ngettext(
                "{count} message was sent since to a customer that this copy does "
                "not know: look at the Sent folder of your mailbox before reminding.",
                "{count} messages were sent since to customers that this copy does "
                "not know: look at the Sent folder of your mailbox before reminding.",
                found.unknown,
            )
        )
    told.append(_("The e-mails that were waiting leave only once you send them."))
    return told


def _tenths(octets: int, unit: int) -> str:
    tenths = round(octets * 10 / unit)
    return f"{tenths // 10},{tenths % 10}"
