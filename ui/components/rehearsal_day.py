"""One day of a rehearsal: who is written to or called, which step, which documents."""

from datetime import date

from babel.dates import format_date
from nicegui import ui

from domain.dunning.planned import PlannedMessage
from domain.dunning.rehearsal import RehearsedDay, is_formal_notice
from domain.usecases.rehearsing import Rehearsal
from ui import addresses, design, formatting, labels, rehearsal_words
from ui.components.buttons import quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import secondary, section_title
from ui.translation import _, ngettext

_SHOWN = 200


class RehearsedDayDialog:
    """Shows a day, and the next or the one before that sends something."""

    def __init__(self, found: Rehearsal) -> None:
        self._found = found
        self._days = [day for day in found.days if day.messages]
        self._dialog: ui.dialog | None = None
        self._card: ui.element

    def open(self, day: date) -> None:
        """Show a day."""
        dialog = self._dialog = page_dialog()
        with dialog:
            self._card = ui.element("div").classes(design.DIALOG_WIDE)
        dialog.on("hide", dialog.delete)
        self._draw(next(n for n, one in enumerate(self._days) if one.day == day))
        dialog.open()

    def _draw(self, rank: int) -> None:
        day = self._days[rank]
        self._card.clear()
        with self._card:
            section_title(labels.capitalised(_weekday(day.day)))
            secondary(_summary(day)).mark("day-summary")
            if day.quiet:
                secondary(rehearsal_words.why_quiet(day))
            if day.is_catching_up:
                secondary(
                    _("Catching up after days off: one message per customer at a time.")
                )
            self._messages(day)
            self._buttons(rank)

    def _messages(self, day: RehearsedDay) -> None:
        ordered = sorted(
            day.messages, key=lambda m: (not is_formal_notice(m), -m.total.cents)
        )
        with ui.element("div").classes(design.REHEARSED).mark("rehearsed"):
            for message in ordered[:_SHOWN]:
                self._message(message)
        if len(ordered) > _SHOWN:
            secondary(
                ngettext(
                    "{count} other message that day: export the rehearsal to read it.",
                    "{count} other messages that day: export the rehearsal to read "
                    "them.",
                    len(ordered) - _SHOWN,
                )
            )

    def _message(self, message: PlannedMessage) -> None:
        customer = self._found.customers[message.customer_id]
        with ui.element("div"):
            icon = ui.icon(design.CHANNEL_ICONS[message.channel])
            icon.props["title"] = labels.channel(message.channel)
            ui.link(customer.name, addresses.customer(customer.id))
            step = ui.label(labels.step(message.step.code))
            if is_formal_notice(message):
                step.text = f"{step.text} · {_('Formal notice')}"
                step.classes(design.FORMAL_NOTICE)
            references = (i.reference or i.label for i in message.items)
            ui.label(", ".join(references)).classes(design.SECONDARY_TEXT)
            ui.label(formatting.money(message.total)).classes(design.AMOUNT)

    def _buttons(self, rank: int) -> None:
        with ui.element("div").classes(design.PAGE_ACTIONS):
            before = quiet_button(_("Day before"), lambda: self._draw(rank - 1))
            before.mark("day-before").set_enabled(rank > 0)
            after = quiet_button(_("Day after"), lambda: self._draw(rank + 1))
            after.mark("day-after").set_enabled(rank + 1 < len(self._days))
            assert self._dialog
            quiet_button(_("Close"), self._dialog.close).props("autofocus")


def _summary(day: RehearsedDay) -> str:
    customers = len({message.customer_id for message in day.messages})
    amounts = " · ".join(map(formatting.money, day.totals))
    return _(
        "{messages} to {customers}, {amount} in all",
        messages=ngettext("{count} message", "{count} messages", len(day.messages)),
        customers=ngettext("{count} customer", "{count} customers", customers),
        amount=amounts,
    )


def _weekday(day: date) -> str:
    return format_date(day, "EEEE d MMMM y", locale="fr")
