"""What there is to send today, and the way to it."""

from nicegui import ui

from domain.dunning.scenario import Channel
from domain.usecases.days_work import DaysWork
from ui import addresses, design, formatting
from ui.components.buttons import primary_button
from ui.components.text import secondary, section_title
from ui.quiet_words import waiting_sentence
from ui.translation import _, ngettext


def todays_work(work: DaysWork) -> None:
    """Draw the card of today's reminders."""
    with ui.element("section").classes(design.CARD).mark("todays-work"):
        section_title(_("To do today"))
        if work.call_backs:
            with ui.element("div").classes(design.ROW):
                icon = ui.icon("phone_callback")
                icon.classes(design.ROW_ICON).props("aria-hidden=true")
                words = ngettext(
                    "{count} customer to call again",
                    "{count} customers to call again",
                    work.call_backs,
                )
                ui.link(words, addresses.CALLS).mark("call-backs")
        if work.quiet:
            words = waiting_sentence(work.quiet, work.kept_waiting)
            secondary(words).mark("quiet-today")
        if not work.messages:
            if not work.kept_waiting:
                secondary(_("Nobody is to be reminded today."))
            return
        if work.customers_to_remind:
            with ui.element("div").classes(design.FIGURE_ROW).mark("to-remind"):
                for amount in work.to_remind:
                    ui.label(formatting.money(amount)).classes(design.FIGURE_VALUE)
                secondary(
                    ngettext(
                        "to ask {count} customer for",
                        "to ask {count} customers for",
                        work.customers_to_remind,
                    )
                )
        for channel, words in _counts(work):
            with ui.element("div").classes(design.ROW):
                icon = ui.icon(design.CHANNEL_ICONS[channel])
                icon.classes(design.ROW_ICON).props("aria-hidden=true")
                if channel is Channel.PHONE:
                    ui.link(words, addresses.CALLS).mark("calls")
                else:
                    ui.label(words)
        if work.courtesies:
            secondary(
                ngettext(
                    "{count} of them is an advance notice or a thank-you",
                    "{count} of them are advance notices or thank-yous",
                    work.courtesies,
                )
            )
        with ui.element("div").classes(design.CARD_ACTIONS):
            primary_button(
                _("I send my reminders"),
                lambda: ui.navigate.to(addresses.ACT_BY_SCENARIO),
                icon="send",
            ).mark("remind")


def _counts(work: DaysWork) -> list[tuple[Channel, str]]:
    """Count today's messages by means; what is never used takes no line."""
    counts = [
        (
            Channel.EMAIL,
            work.emails,
            ngettext("{count} e-mail", "{count} e-mails", work.emails),
        ),
        (
            Channel.LETTER,
            work.letters,
            ngettext("{count} letter", "{count} letters", work.letters),
        ),
        (
            Channel.PHONE,
            work.calls,
            ngettext("{count} call", "{count} calls", work.calls),
        ),
        (
            Channel.OTHER,
            work.others,
            ngettext("{count} other action", "{count} other actions", work.others),
        ),
    ]
    return [(channel, words) for channel, count, words in counts if count]
