"""Makes a template of the firm's own, and deletes one."""

from nicegui import ui

from domain.basics.wording import LANGUAGES
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.texts import STEP_KEYS, WRITTEN_CHANNELS, base_of
from domain.usecases.own_texts import create_text, delete_own, keys_for
from ui import addresses, design, labels, text_words
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import secondary
from ui.session import Session
from ui.translation import _, ngettext


def new_text_dialog(session: Session) -> None:
    """Ask for a name and what to start from, then open the new template."""

    async def save() -> None:
        made = await session.run(
            create_text,
            session.entity_id,
            typed(name),
            start.value,
            Channel(channel.value),
            language.value,
            session.now(),
        )
        ui.navigate.to(addresses.template(made.id))

    with form_dialog(_("New template"), _("Create the template"), save):
        secondary(
            _(
                "A text of your own for some steps or customers. The same name again "
                "gives it another medium or language; where it has none, the template "
                "that it starts from is used."
            )
        )
        name = text_field(_("Name of the template")).props("autofocus")
        name.mark("text-name")
        start = _choice(
            _("Starting from"),
            {key: text_words.kind(key) for key in STEP_KEYS},
            "reminder_1",
        ).mark("start-from")
        with ui.element("div").classes(design.TWO_FIELDS):
            channel = _choice(
                _("Media"),
                {one.value: labels.channel(one) for one in WRITTEN_CHANNELS},
                Channel.EMAIL.value,
            ).mark("text-channel")
            language = _choice(
                _("Language"),
                {one: text_words.language(one) for one in LANGUAGES},
                LANGUAGES[0],
            )


async def delete_text_dialog(session: Session, key: str, uses: int) -> None:
    """Ask which template steps send instead, then delete one of the firm's own."""
    others = {}
    for kind in StepKind:
        keys = await session.run(keys_for, session.entity_id, kind)
        if key in keys:
            others = {one: text_words.kind(one) for one in keys if one != key}

    async def save() -> None:
        await session.run(delete_own, session.entity_id, key, instead.value)
        ui.navigate.to(addresses.TEMPLATES)

    heading = _("Delete the template “{name}”?", name=text_words.kind(key))
    with form_dialog(heading, _("Delete the template"), save):
        secondary(_("In every medium and language. What was sent keeps its own words."))
        if uses:
            secondary(
                ngettext(
                    "{count} step of your scenarios sends it.",
                    "{count} steps of your scenarios send it.",
                    uses,
                )
            )
        instead = _choice(_("Steps that send it will send"), others, base_of(key)).mark(
            "send-instead"
        )


def _choice(label: str, options: dict[str, str], value: str) -> ui.select:
    return ui.select(options, label=label, value=value).props(design.INPUT)
