"""How letters begin and end: logo, signature, and a look at one."""

from dataclasses import replace

from nicegui import ui

from domain.ledger.entity import Entity
from domain.usecases.configuring import save_logo
from domain.usecases.settings import SettingsView, compose_example
from ui import design
from ui.components.buttons import quiet_button, secondary_button
from ui.components.message_preview import message_preview
from ui.components.picture_field import PictureField, PictureWords
from ui.components.settings_card import SettingsCards
from ui.components.settings_fields import text_field
from ui.components.settings_firm import save_changes
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


async def letters_card(
    session: Session, cards: SettingsCards, view: SettingsView
) -> None:
    """Let the user choose the logo and who signs, and see what it gives."""
    entity = view.entity
    with cards.card(
        "letters", _("Letters and e-mails"), _("The head and the end of each message.")
    ) as card:
        await _logo(session, entity, view.logo)
        with card.fields():
            name = text_field(
                _("Who signs"),
                entity.signatory_name,
                name="signatory",
                hint=_("Empty: the name of the company."),
            )
            role = text_field(_("Their role"), entity.signatory_role, name="role")

        async def save() -> None:
            await save_changes(
                session,
                entity,
                lambda kept: replace(
                    kept, signatory_name=name.value, signatory_role=role.value
                ),
            )

        with card.save_row(save, name="letters"):
            _preview_button(session, entity)


async def _logo(session: Session, entity: Entity, logo: bytes | None) -> None:
    async def keep(name: str, mime: str, content: bytes) -> None:
        await session.run(save_logo, entity.id, name, mime, content)

    words = PictureWords(
        name="logo",
        label=_("Logo"),
        ask=_("Drop your logo here, or click to choose it (PNG, JPEG or SVG)"),
        none=_("No logo: letters show the name of the company alone."),
        saved=_("The logo is saved."),
        remove=_("Remove the logo"),
    )
    await PictureField(session, words, keep).show(logo)


def _preview_button(session: Session, entity: Entity) -> None:
    async def show() -> None:
        button.props("loading")
        with refusals_shown():
            composed = await session.run(
                compose_example,
                entity.id,
                session.outside.mail.check_address,
                session.today(),
            )
            if composed is None:
                ui.notify(
                    _(
                        "No message is due today. The example is one of them: it will "
                        "show once an invoice is late."
                    )
                )
            else:
                with ui.dialog(value=True) as dialog:
                    window = ui.element("div").classes(design.DIALOG_WIDE)
                with window:
                    await message_preview(session, composed)
                    with ui.element("div").classes(design.PAGE_ACTIONS):
                        quiet_button(_("Close"), dialog.close)
                dialog.on("hide", dialog.delete)
        button.props(remove="loading")

    button = secondary_button(_("See an example"), show, icon="visibility")
    button.mark("example")
