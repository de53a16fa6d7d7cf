"""What waits for a person's decision, each with the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from nicegui import ui

from domain.usecases.deciding import Concern, Decisions
from ui import addresses, design, formatting
from ui.components.text import section_title
from ui.design import Tone
from ui.translation import _, ngettext


def decisions_card(decisions: Decisions) -> None:
    """Draw the card of what is to be decided; a calm sentence where nothing is."""
    with ui.element("section").classes(design.CARD).mark("decisions"):
        section_title(_("To decide"))
        if decisions.is_empty:
            with ui.element("div").classes(design.ROW).classes(Tone.SETTLED.css):
                _icon(Tone.SETTLED)
                ui.label(_("Nothing waits for your decision."))
        for line in [*_in_outbox(decisions), *_about_time(decisions)]:
            with ui.link(target=line.address).classes(design.LINK_ROW):
                _icon(line.tone)
                ui.label(line.words)
                ui.icon("chevron_right").props("aria-hidden=true")
        for words, tone, concerns in _about_customers(decisions):
            _opening(words, tone, concerns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """Something to decide, and where it is done."""

    words: str
    tone: Tone
    address: str = addresses.OUTBOX


def _in_outbox(decisions: Decisions) -> list[_Line]:
    """List what is settled in the outbox, the gravest first."""
    uncertain, failed = decisions.uncertain_messages, decisions.failed_messages
    batches = decisions.batches_to_confirm
    lines = []
    if uncertain:
        words = ngettext(
            "{count} uncertain message: did it leave?",
            "{count} uncertain messages: did they leave?",
            uncertain,
        )
        lines.append(_Line(words=words, tone=Tone.STOPPED))
    if failed:
        words = ngettext("{count} refused message", "{count} refused messages", failed)
        lines.append(_Line(words=words, tone=Tone.STOPPED))
    if decisions.replies_to_read:
        words = ngettext(
            "{count} reply to read",
            "{count} replies to read",
            decisions.replies_to_read,
        )
        lines.append(_Line(words=words, tone=Tone.WARNING))
    if decisions.undelivered:
        words = ngettext(
            "{count} e-mail not delivered",
            "{count} e-mails not delivered",
            decisions.undelivered,
        )
        lines.append(_Line(words=words, tone=Tone.STOPPED))
    if batches:
        words = ngettext(
            "{count} batch of letters to confirm printed",
            "{count} batches of letters to confirm printed",
            batches,
        )
        lines.append(_Line(words=words, tone=Tone.WARNING))
    return lines


def _about_time(decisions: Decisions) -> list[_Line]:
    """List what has waited too long: data, reminders."""
    old, quiet = decisions.data_old_since, decisions.quiet_since
    lines = []
    if old:
        words = _("Data of {day}: import the latest", day=formatting.day(old))
        lines.append(_Line(words=words, tone=Tone.WARNING, address=addresses.IMPORT))
    if quiet:
        words = _("No reminder sent since {day}", day=formatting.day(quiet))
        lines.append(
            _Line(words=words, tone=Tone.OVERDUE, address=addresses.ACT_BY_SCENARIO)
        )
    return lines


def _about_customers(
    decisions: Decisions,
) -> list[tuple[str, Tone, Sequence[Concern]]]:
    """List what is settled on a customer's sheet."""
    broken, odd = decisions.broken_promises, decisions.addresses_to_check
    finished = decisions.finished_scenarios
    unbalanced = decisions.unbalanced_letterings
    lines = (
        (
            ngettext("{count} broken promise", "{count} broken promises", len(broken)),
            Tone.OVERDUE,
            broken,
        ),
        (
            ngettext(
                "{count} customer still owes after the last reminder",
                "{count} customers still owe after the last reminder",
                len(finished),
            ),
            Tone.OVERDUE,
            finished,
        ),
        (
            ngettext(
                "{count} e-mail address to check",
                "{count} e-mail addresses to check",
                len(odd),
            ),
            Tone.WARNING,
            odd,
        ),
        (
            ngettext(
                "{count} unbalanced lettering, to correct in the accounting",
                "{count} unbalanced letterings, to correct in the accounting",
                len(unbalanced),
            ),
            Tone.WARNING,
            unbalanced,
        ),
    )
    return [line for line in lines if line[2]]


def _opening(words: str, tone: Tone, concerns: Sequence[Concern]) -> None:
    """Draw a line that opens on the customers it is about."""
    with ui.element("details").classes(design.OPENING):
        with ui.element("summary").classes(design.LINK_ROW):
            _icon(tone)
            ui.label(words)
            ui.icon("expand_more").props("aria-hidden=true")
        for concern in concerns:
            sheet = addresses.customer(concern.customer.id)
            with ui.link(target=sheet).classes(design.CONCERN):
                ui.label(concern.customer.name)
                ui.label(_detail(concern)).classes(design.SECONDARY_TEXT)


def _detail(concern: Concern) -> str:
    amount = formatting.money(concern.amount) if concern.amount else ""
    return " · ".join(filter(None, (concern.note, amount)))


def _icon(tone: Tone) -> None:
    icon = ui.icon(design.TONE_ICONS[tone]).classes(design.ROW_ICON).classes(tone.css)
    icon.props("aria-hidden=true")
