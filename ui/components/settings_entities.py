"""The companies followed here, and one more."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from nicegui import ui

from domain.ledger.entity import Entity
from domain.usecases.configuring import choose_entity, create_entity, new_entity
from domain.usecases.first_hour import begin_first_hour
from ui import addresses, design
from ui.components.badge import Badge, badge
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.demonstration_door import demonstration_button
from ui.components.first_hour_card import show_first_hour_again
from ui.components.settings_card import SettingsCards
from ui.components.settings_fields import name_says, text_field
from ui.components.terms_input import USUAL_TERMS, terms_input
from ui.components.text import secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


def entities_settings(
    session: Session, cards: SettingsCards, entities: Sequence[Entity], shown: Entity
) -> None:
    """List the companies; let the user add one, except to a demonstration."""
    with cards.card(
        "companies",
        _("Companies"),
        _("Each has its customers, its texts, its mail account and its limits."),
    ):
        for entity in entities:
            with ui.element("div").classes(design.ROW):
                ui.label(entity.name)
                if entity.id == shown.id:
                    badge(Badge(text=_("on screen")))
        if shown.demo:
            secondary(
                _(
                    "The demonstration has books of its own: add your companies in "
                    "Relance itself."
                )
            )
            return
        with ui.element("div").classes(design.CARD_ACTIONS):
            secondary_button(
                _("Show the first steps again"),
                partial(show_first_hour_again, session),
                icon="checklist",
            ).mark("first-steps")
            demonstration_button(session)
            secondary_button(
                _("Add a company"), lambda: _add(session), icon="add_business"
            ).mark("add-company")


def _add(session: Session) -> None:
    with ui.dialog(value=True) as dialog, ui.element("div").classes(design.DIALOG):
        section_title(_("Add a company"))
        name = text_field(
            _("Name of the company"), "", name="new-name", says=name_says
        ).props("autofocus")
        terms = terms_input(_("Usual payment terms"), USUAL_TERMS[0], session.today())
        terms.mark("new-terms")

        async def create() -> None:
            entity = replace(new_entity(name.value), default_terms=terms.value.strip())
            with refusals_shown():
                documents = session.outside.documents
                wordings = await asyncio.to_thread(documents.starting_texts)
                made = await session.run(create_entity, entity, wordings)
                await session.run(choose_entity, made.id)
                await session.run(begin_first_hour, made.id)
                ui.navigate.to(addresses.FIRST_HOUR)

        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), dialog.close)
            primary_button(_("Add this company"), create).mark("create-company")
    dialog.on("hide", dialog.delete)
