"""What there is to send today, and the way to it."""

from nicegui import ui

from domain.dunning.scenario import Channel
from domain.usecases.dashboard import HomeView
from ui import addresses, design, formatting
from ui.components.buttons import primary_button
from ui.components.text import secondary, section_title
from ui.translation import _, ngettext


def todays_work(view: HomeView) -> None:
    """Draw the card of today's reminders."""
    with ui.element("section").classes(design.CARD).mark("todays-work"):
        section_title(_("To do today"))
        if not view.messages:
            secondary(_("Nobody is to be reminded today."))
            return
        for channel, words in _counts(view):
            with ui.element("div").classes(design.ROW):
                icon = ui.icon(design.CHANNEL_ICONS[channel])
                icon.classes(design.ROW_ICON).props("aria-hidden=true")
                ui.label(words)
        if view.customers_to_remind:
            secondary(
                ngettext(
                    "{amount} to ask {count} customer for",
                    "{amount} to ask {count} customers for",
                    view.customers_to_remind,
                    amount=formatting.money(view.to_remind),
                )
            )
        if view.courtesies:
            secondary(
                ngettext(
                    "{count} of them is an advance notice or a thank-you",
                    "{count} of them are advance notices or thank-yous",
                    view.courtesies,
                )
            )
        with ui.element("div").classes(design.CARD_ACTIONS):
            primary_button(
                _("I send my reminders"),
                lambda: ui.navigate.to(addresses.ACT_BY_SCENARIO),
                icon="send",
            ).mark("remind")


def _counts(view: HomeView) -> list[tuple[Channel, str]]:
    """Count today's messages by means; what is never used takes no line."""
    counts = [
        (
            Channel.EMAIL,
            view.emails,
            ngettext("{count} e-mail", "{count} e-mails", view.emails),
        ),
        (
            Channel.LETTER,
            view.letters,
            ngettext("{count} letter", "{count} letters", view.letters),
        ),
        (
            Channel.PHONE,
            view.calls,
            ngettext("{count} call", "{count} calls", view.calls),
        ),
        (
            Channel.OTHER,
            view.others,
            ngettext("{count} other action", "{count} other actions", view.others),
        ),
    ]
    return [(channel, words) for channel, count, words in counts if count]
