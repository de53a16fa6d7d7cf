"""All the settings as one file: saved, looked at before they come in, taken back."""

import asyncio

from nicegui import ui

from domain.basics.file_names import safe_file_name
from domain.basics.identifiers import EntityId
from domain.usecases.first_hour import begin_first_hour
from domain.usecases.travelling.bringing import (
    ENDING,
    PartPreview,
    TakenBack,
    Visitor,
    can_take_back,
    create_from_settings,
    export_settings,
    import_settings,
    preview_settings,
    read_settings,
    take_back_settings,
)
from domain.usecases.travelling.records import (
    PART_NAMES,
    Part,
    TravellingSettings,
)
from ui import addresses, design, formatting, settings_words
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.dialog import page_dialog
from ui.components.file_drop import file_drop
from ui.components.save_file import save_file
from ui.components.settings_card import SettingsCards
from ui.components.text import paragraph, secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext, refusal

_SHOWN = 12
"""Changes of a part that are told; the others are counted."""


async def travel_card(
    session: Session, cards: SettingsCards, entity_id: EntityId
) -> None:
    """Let the user save all the settings as one file, and bring such a file in."""
    last = await session.run(can_take_back, entity_id)
    with cards.card(
        "travel",
        _("Settings as one file"),
        _(
            "To keep them, to share them with another company or to find them again on"
            " another computer. Passwords stay in this computer, and customers in the"
            " books."
        ),
    ):
        if last:
            _taken_back(session, entity_id, last)
        with ui.element("div").classes(design.CARD_ACTIONS):
            secondary_button(
                _("Import settings…"),
                lambda: _ask(session, entity_id),
                icon="upload_file",
            ).mark("import-settings")
            secondary_button(
                _("Export all settings"), lambda: _export(session), icon="save"
            ).mark("export-settings")


def _visitor_of(session: Session) -> Visitor:
    """Tell when settings are brought in, and how addresses are checked."""
    return Visitor(
        today=session.today(),
        now=session.now(),
        can_be_sent_to=session.outside.mail.can_be_sent_to,
    )


def start_from_settings(session: Session) -> None:
    """Ask for a file of settings, and make a company from it."""
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("Start from a file of settings"))
        secondary(
            _(
                "The company is made as the file says: scenarios, templates, layout,"
                " limits. Passwords and customers are not in it."
            )
        )

        async def brought(name: str, content: bytes) -> None:
            with refusals_shown():
                settings = await _read_dropped(session, name, content)
                texts = session.outside.documents.starting_texts
                made = await session.run(
                    create_from_settings,
                    name,
                    settings,
                    await asyncio.to_thread(texts),
                    _visitor_of(session),
                )
                await session.run(begin_first_hour, made.id)
                ui.navigate.to(addresses.FIRST_HOUR)

        file_drop(_("Drop the file of settings here"), brought, accept=ENDING).mark(
            "settings-drop"
        )
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()


async def _read_dropped(
    session: Session, name: str, content: bytes
) -> TravellingSettings:
    """Read a file of settings that the user gave."""
    outside = session.outside
    return await asyncio.to_thread(
        read_settings, outside.files, outside.documents, name, content
    )


async def _export(session: Session) -> None:
    with refusals_shown():
        content = await session.run(
            export_settings, session.outside.files, session.entity_id
        )
        name = safe_file_name(f"relance-{session.today():%Y-%m-%d}{ENDING}")
        await save_file(name, content)


def _taken_back(session: Session, entity_id: EntityId, last: TakenBack) -> None:
    async def undo() -> None:
        outside = session.outside
        with refusals_shown():
            await session.run(
                take_back_settings,
                entity_id,
                _visitor_of(session),
                outside.files,
                outside.documents,
            )
            ui.notify(_("The settings are as they were before."), type="positive")
            ui.navigate.reload()

    with ui.element("div").classes(design.ROW_SPREAD):
        at = formatting.moment(last.at)
        ui.label(
            _("Settings imported on {at}: what they replaced can be put back.", at=at)
        )
        secondary_button(_("Take this import back"), undo, icon="undo").mark(
            "take-settings-back"
        )


def _ask(session: Session, entity_id: EntityId) -> None:
    """Ask for a file, say what it would change, and bring in what is chosen."""
    with page_dialog() as dialog:
        window = ui.element("div").classes(design.DIALOG_WIDE)

    async def brought(name: str, content: bytes) -> None:
        with refusals_shown():
            settings = await _read_dropped(session, name, content)
            found = await session.run(
                preview_settings, entity_id, settings, _visitor_of(session)
            )
            window.clear()
            with window:
                _Choice(session, entity_id, name, settings, found, dialog)

    with window:
        section_title(_("Import settings"))
        secondary(
            _(
                "A file exported from this card, by this company or another. What it"
                " would change is shown before anything is written."
            )
        )
        file_drop(_("Drop the file of settings here"), brought, accept=ENDING).mark(
            "settings-drop"
        )
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()


class _Choice:
    """What each part would change, and those that the user ticks."""

    def __init__(
        self,
        session: Session,
        entity_id: EntityId,
        name: str,
        settings: TravellingSettings,
        found: list[PartPreview],
        dialog: ui.dialog,
    ) -> None:
        self._session = session
        self._entity_id = entity_id
        self._name = name
        self._settings = settings
        self._boxes: dict[Part, ui.checkbox] = {}
        section_title(_("What these settings would change"))
        paragraph(_("They come from {firm}.", firm=settings.firm))
        for preview in found:
            self._draw(preview)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), dialog.close)
            self._button = primary_button(_("Import what is ticked"), self._bring_in)
            self._button.mark("bring-settings-in")
        self._enable()

    def _draw(self, preview: PartPreview) -> None:
        words = _(PART_NAMES[preview.part])
        if not preview.changes and preview.refusal is None:
            words = _("{part}: nothing changes", part=words)
        box = ui.checkbox(words, value=preview.is_chosen, on_change=self._enable)
        box.mark(f"part-{preview.part}").set_enabled(bool(preview.changes))
        self._boxes[preview.part] = box
        with ui.element("ul").classes(design.CHANGES_LIST):
            if preview.refusal:
                with ui.element("li"):
                    ui.label(refusal(preview.refusal))
            told = settings_words.lines(preview.changes)
            for line in told[:_SHOWN]:
                with ui.element("li"):
                    ui.label(line)
            if len(told) > _SHOWN:
                more = len(told) - _SHOWN
                with ui.element("li"):
                    ui.label(ngettext("and {count} other", "and {count} others", more))

    def _enable(self) -> None:
        self._button.set_enabled(any(box.value for box in self._boxes.values()))

    async def _bring_in(self) -> None:
        chosen = frozenset(part for part, box in self._boxes.items() if box.value)
        with refusals_shown():
            await self._session.run(
                import_settings,
                self._entity_id,
                self._name,
                self._settings,
                chosen,
                _visitor_of(self._session),
                self._session.outside.files,
            )
            ui.notify(_("The settings are imported."), type="positive")
            ui.navigate.reload()
