"""« Modèles »: what each step says, by e-mail and by letter, in each language."""

from collections.abc import Mapping, Sequence

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from domain.basics.wording import LANGUAGES
from domain.dunning.texts import TEXT_KEYS, WRITTEN_CHANNELS, base_of, own_name
from domain.usecases.editing_texts import (
    TextLine,
    TextUse,
    show_texts,
    uses_of_texts,
)
from ui import addresses, design, formatting, labels, text_words
from ui.components.badge import Badge, badge
from ui.components.buttons import icon_button, primary_button, secondary_button
from ui.components.own_text_dialogs import delete_text_dialog, new_text_dialog
from ui.components.page_head import page_head
from ui.components.text import secondary
from ui.components.text_files import export_templates, import_templates
from ui.design import Tone
from ui.session import Session
from ui.translation import _


async def templates_page(session: Session) -> None:
    """List the templates: a line for each kind of message."""
    documents = session.outside.documents
    shipped = documents.shipped_texts()
    lines = await session.run(show_texts, session.entity_id, shipped)
    uses = await session.run(uses_of_texts, session.entity_id)
    with page_head(_("Templates")):
        secondary_button(
            _("Import templates"), lambda: import_templates(session), icon="upload"
        ).mark("import-templates")
        secondary_button(
            _("Export all templates"),
            lambda: export_templates(session),
            icon="download",
        ).mark("export-templates")
        primary_button(
            _("New template"), lambda: new_text_dialog(session), icon="add"
        ).mark("new-template")
    secondary(
        _(
            "What was sent keeps its own words. A customer is written to in its"
            " language, else in French."
        )
    )
    _table(session, lines, uses)


def _table(
    session: Session,
    lines: Sequence[TextLine],
    uses: Mapping[str, Sequence[TextUse]],
) -> None:
    """Draw a line for each kind, a column for each medium and language."""
    by_name = {
        (line.text.key, line.text.channel, line.text.language): line for line in lines
    }
    columns = [(c, language) for c in WRITTEN_CHANNELS for language in LANGUAGES]
    with ui.element("table").classes(design.TEXT_TABLE):
        with ui.element("thead"), ui.element("tr"):
            TextElement(tag="th", text=_("Message")).props("scope=col")
            for channel, language in columns:
                words = f"{labels.channel(channel)} – {text_words.language(language)}"
                TextElement(tag="th", text=words).props("scope=col")
        with ui.element("tbody"):
            own = {line.text.key for line in lines if own_name(line.text.key)}
            for key in (*TEXT_KEYS, *sorted(own, key=own_name)):
                with ui.element("tr"):
                    _kind(session, key, uses.get(key, ()))
                    for channel, language in columns:
                        with ui.element("td"):
                            line = by_name.get((key, channel, language))
                            if line:
                                _cell(line)


def _kind(session: Session, key: str, uses: Sequence[TextUse]) -> None:
    """Name a kind of message, and say which steps send it."""
    with ui.element("th").props("scope=row"):
        with ui.element("div").classes(design.ROW):
            ui.label(text_words.kind(key))
            if own_name(key):
                icon_button(
                    "delete",
                    _("Delete the template"),
                    lambda: delete_text_dialog(session, key, len(uses)),
                ).mark(f"delete-{own_name(key)}")
        if own_name(key):
            base = text_words.kind(base_of(key))
            ui.label(_("your own, from {name}", name=base)).classes(
                design.SECONDARY_TEXT
            )
        profiles: dict[str, list[str]] = {}
        for use in uses:
            profiles.setdefault(use.step_code, []).append(use.profile)
        for code, names in profiles.items():
            step, told = labels.step(code), ", ".join(dict.fromkeys(names))
            said = _("Profile {profiles}", profiles=told)
            if step != text_words.kind(key):
                said = _("{step}: profile {profiles}", step=step, profiles=told)
            ui.label(said).classes(design.SECONDARY_TEXT)


def _cell(line: TextLine) -> None:
    """Lead to a template, and say how it stands."""
    with ui.element("div").classes(design.ROW):
        link = ui.link(
            text_words.tone(line.text.tone), addresses.template(line.text.id)
        )
        link.props["aria-label"] = _("Change: {name}", name=text_words.name(line.text))
        link.mark(f"open-{line.text.key}-{line.text.channel}-{line.text.language}")
        if own_name(line.text.key):
            if line.text.saved_at:
                day = formatting.moment(line.text.saved_at)
                link.tooltip(_("Changed on {day}", day=day))
        elif line.is_shipped:
            ui.label(_("supplied")).classes(design.SECONDARY_TEXT)
        else:
            shown = badge(Badge(text=_("changed"), tone=Tone.NOT_DUE, icon="edit"))
            if line.text.saved_at:
                day = formatting.moment(line.text.saved_at)
                shown.tooltip(_("Changed on {day}", day=day))
        if line.has_draft:
            badge(Badge(text=_("draft"), tone=Tone.WARNING, icon="pending"))
