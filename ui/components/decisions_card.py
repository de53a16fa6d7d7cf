"""What waits for a person's decision, each with the way to it."""

from nicegui import ui

from domain.usecases.dashboard import Decisions
from ui import addresses, design
from ui.components.text import section_title
from ui.design import Tone
from ui.translation import _, ngettext


def decisions_card(decisions: Decisions) -> None:
    """Draw the card of what is to be decided; a calm sentence where nothing is."""
    with ui.element("section").classes(design.CARD).mark("decisions"):
        section_title(_("To decide"))
        if not decisions.count:
            with ui.element("div").classes(design.ROW).classes(Tone.SETTLED.css):
                icon = ui.icon(design.TONE_ICONS[Tone.SETTLED])
                icon.classes(design.ROW_ICON).props("aria-hidden=true")
                ui.label(_("Nothing waits for your decision."))
            return
        for tone, sentence, address in _lines(decisions):
            with ui.link(target=address).classes(design.LINK_ROW).classes(tone.css):
                icon = ui.icon(design.TONE_ICONS[tone])
                icon.classes(design.ROW_ICON).props("aria-hidden=true")
                ui.label(sentence)
                ui.icon("chevron_right").props("aria-hidden=true")


def _lines(decisions: Decisions) -> list[tuple[Tone, str, str]]:
    """List what is to be decided, the gravest first."""
    uncertain, failed = decisions.uncertain_messages, decisions.failed_messages
    batches, broken = decisions.batches_to_confirm, decisions.broken_promises
    unbalanced, odd = decisions.unbalanced_letterings, decisions.addresses_to_check
    lines = [
        (
            uncertain,
            Tone.STOPPED,
            ngettext(
                "{count} uncertain message: did it leave?",
                "{count} uncertain messages: did they leave?",
                uncertain,
            ),
            addresses.OUTBOX,
        ),
        (
            failed,
            Tone.STOPPED,
            ngettext("{count} refused message", "{count} refused messages", failed),
            addresses.OUTBOX,
        ),
        (
            batches,
            Tone.WARNING,
            ngettext(
                "{count} batch of letters to confirm printed",
                "{count} batches of letters to confirm printed",
                batches,
            ),
            addresses.OUTBOX,
        ),
        (
            broken,
            Tone.OVERDUE,
            ngettext("{count} broken promise", "{count} broken promises", broken),
            addresses.PROMISES,
        ),
        (
            odd,
            Tone.WARNING,
            ngettext(
                "{count} e-mail address to check",
                "{count} e-mail addresses to check",
                odd,
            ),
            addresses.ACT_BY_SCENARIO,
        ),
        (
            unbalanced,
            Tone.WARNING,
            ngettext(
                "{count} unbalanced lettering, to correct in the accounting",
                "{count} unbalanced letterings, to correct in the accounting",
                unbalanced,
            ),
            addresses.IMPORT,
        ),
    ]
    return [(tone, words, address) for count, tone, words, address in lines if count]
