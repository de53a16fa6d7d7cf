"""All templates to a file, or from one."""

from collections.abc import Sequence

from nicegui import ui

from domain.usecases.text_files import (
    IncomingText,
    export_texts,
    import_texts,
    read_texts,
)
from ui import addresses, design, formatting, text_words
from ui.components.buttons import quiet_button
from ui.components.confirm_dialog import confirm
from ui.components.dialog import page_dialog
from ui.components.file_drop import file_drop
from ui.components.save_file import save_file
from ui.components.text import secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_NAMED = 8
"""Templates named before an import; the others are counted."""


async def export_templates(session: Session) -> None:
    """Save all the templates of the firm as one file."""
    content = await session.run(export_texts, session.entity_id)
    name = f"relance-modeles-{session.today():%Y-%m-%d}.json"
    await save_file(name, content)


def import_templates(session: Session) -> None:
    """Ask for a file, say what it changes, then bring it in."""
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("Import templates"))
        secondary(
            _(
                "A file exported from this screen, by this firm or another. Nothing is"
                " changed before you agree; what is replaced stays among the earlier"
                " versions."
            )
        )

        async def brought(_name: str, content: bytes) -> None:
            with refusals_shown():
                found = await session.run(read_texts, session.entity_id, content)
                dialog.close()
                await _bring_in(session, found, content)

        file_drop(_("Drop the file of templates here"), brought, accept=".json")
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()


async def _bring_in(
    session: Session, found: Sequence[IncomingText], content: bytes
) -> None:
    changing = [text_words.name(text.mine) for text in found if text.changes]
    if not changing:
        ui.notify(_("These templates are already yours, word for word."))
        return
    count = ngettext(
        "{count} template changes: {names}.",
        "{count} templates change: {names}.",
        len(changing),
        names=", ".join(changing[:_NAMED])
        + (
            f" (+{formatting.count(len(changing) - _NAMED)})" * (len(changing) > _NAMED)
        ),
    )
    if not await confirm(
        _("Import these templates?"), count, _("Import the templates")
    ):
        return
    with refusals_shown():
        await session.run(import_texts, session.entity_id, content, session.now())
        ui.notify(_("Templates imported."), type="positive")
        ui.navigate.to(addresses.TEMPLATES)
