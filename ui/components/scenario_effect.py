"""Whom a change of scenario concerns, and what today's work becomes: asked first."""

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from domain.dunning.scenario import Channel
from domain.usecases.scenario_effects import ScenarioEffect
from ui import design, formatting, labels
from ui.components.buttons import primary_button, quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import paragraph, secondary, section_title
from ui.translation import _, ngettext


async def agrees_to_effect(question: str, effect: ScenarioEffect, verb: str) -> bool:
    """Show what a change does today, and ask whether to go on."""
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        section_title(question)
        paragraph(concerned(effect)).mark("effect-customers")
        if effect.before or effect.after:
            _work(effect)
        secondary(_stays(effect))
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), lambda: dialog.submit(False))
            primary_button(verb, lambda: dialog.submit(True)).mark("confirm")
    agreed = await dialog
    dialog.delete()
    return bool(agreed)


def concerned(effect: ScenarioEffect) -> str:
    """Say whom a change concerns, and for how many today is another day."""
    words = ngettext(
        "{count} customer with something open is concerned.",
        "{count} customers with something open are concerned.",
        effect.customers,
    )
    if not effect.changed:
        unchanged = _("Nothing changes in what is proposed to them today.")
        return f"{words} {unchanged}"
    changed = ngettext(
        "Something else is proposed today to {count} of them.",
        "Something else is proposed today to {count} of them.",
        effect.changed,
    )
    return f"{words} {changed}"


def _work(effect: ScenarioEffect) -> None:
    with ui.element("table").classes(design.COUNTS_TABLE).mark("effect-work"):
        with ui.element("thead"), ui.element("tr"):
            for words in (_("Proposed today"), _("As it is"), _("After the change")):
                TextElement(tag="th", text=words).props("scope=col")
        with ui.element("tbody"):
            for key in sorted({*effect.before, *effect.after}, key=_rank):
                code, channel = key
                name = f"{labels.step(code)} – {labels.channel(channel)}"
                _row(name, effect.before.get(key, 0), effect.after.get(key, 0))
            if effect.ended_before or effect.ended_after:
                name = _("Documents at the end of their scenario")
                _row(name, effect.ended_before, effect.ended_after)


def _row(name: str, before: int, after: int) -> None:
    with ui.element("tr"):
        TextElement(tag="td", text=name)
        for count in (before, after):
            words = formatting.count(count) if count else formatting.NOTHING
            drawn = TextElement(tag="td", text=words)
            if before != after:
                drawn.classes(design.STRONG)


def _rank(key: tuple[str, Channel]) -> tuple[bool, str, str]:
    code, channel = key
    return code == "M", code, channel.value


def _stays(effect: ScenarioEffect) -> str:
    words = _("Levels already reached stay in the history as they are.")
    if not effect.waiting:
        return words
    waiting = ngettext(
        "{count} message already prepared stays as it is.",
        "{count} messages already prepared stay as they are.",
        effect.waiting,
    )
    return f"{words} {waiting}"
