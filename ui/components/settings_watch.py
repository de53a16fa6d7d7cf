"""The folder that Relance watches for new exports of a firm."""

from nicegui import app, ui

from domain.basics.identifiers import EntityId
from domain.usecases.synchronising import (
    SyncSettings,
    save_sync_settings,
    sync_settings,
)
from ui import design
from ui.components.buttons import secondary_button
from ui.components.save_file import choose_folder
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.settings_fields import days_field, days_in, text_field
from ui.components.settings_files import folder_says
from ui.session import Session
from ui.translation import _


async def watch_card(
    session: Session, cards: SettingsCards, entity_id: EntityId
) -> None:
    """Let the user choose a folder, and what is imported without asking."""
    settings = await session.run(sync_settings, entity_id)
    with cards.card(
        "watch",
        _("Watched folder"),
        _(
            "A new export put there is noticed within seconds, read, and shown with "
            "what it would change."
        ),
    ) as card:
        _Watched(session, card, entity_id, settings)


class _Watched:
    """The fields of the watched folder."""

    def __init__(
        self,
        session: Session,
        card: SettingsCard,
        entity_id: EntityId,
        settings: SyncSettings,
    ) -> None:
        self._session = session
        self._entity_id = entity_id
        with card.fields():
            self._folder = text_field(
                _("Folder of the exports"),
                settings.folder,
                name="watched-folder",
                says=folder_says,
                hint=_("Empty: nothing is watched."),
            ).classes(design.WIDE)
            self._pattern = text_field(
                _("Names of the files"),
                settings.pattern,
                name="watched-names",
                hint=_("Such as 123456789FEC*.txt. Empty: any accounting file."),
            ).classes(design.WIDE)
            with ui.element("div").classes(f"{design.STACK} {design.WIDE}"):
                self._automatic = ui.checkbox(
                    _("Import by itself a file that raises no doubt"),
                    value=settings.is_automatic,
                ).mark("watched-automatic")
            self._limits(settings)
        with card.save_row(self._save, name="watch"):
            if app.native.main_window is not None:
                secondary_button(_("Choose…"), self._choose, icon="folder_open")

    def _limits(self, settings: SyncSettings) -> None:
        self._vanished = _percent_field(
            _("Ask when more entries than this vanish"),
            settings.max_vanished_percent,
            name="watched-vanished",
        )
        self._jump = _percent_field(
            _("Ask when what is owed changes by more than"),
            settings.max_jump_percent,
            name="watched-jump",
        )
        self._silent = days_field(
            _("Warn when nothing has come for"),
            settings.silent_after_days,
            name="watched-silent",
        )

    async def _choose(self) -> None:
        self._folder.value = await choose_folder() or self._folder.value

    async def _save(self) -> None:
        await self._session.run(
            save_sync_settings,
            self._entity_id,
            SyncSettings(
                folder=self._folder.value.strip(),
                pattern=self._pattern.value.strip(),
                is_automatic=self._automatic.value,
                max_vanished_percent=days_in(self._vanished),
                max_jump_percent=days_in(self._jump),
                silent_after_days=days_in(self._silent),
            ),
            self._session.today(),
        )


def _percent_field(label: str, value: int, *, name: str) -> ui.number:
    drawn = ui.number(label, value=value, min=0, precision=0, suffix="%")
    drawn.props(design.INPUT).mark(name)
    return drawn
