"""The first screen, before there is any firm."""

import asyncio
from dataclasses import replace

from nicegui import ui

from domain.usecases.configuring import choose_entity, create_entity, new_entity
from domain.usecases.first_hour import begin_first_hour
from ui import addresses, design
from ui.components.buttons import primary_button, quiet_button
from ui.components.demonstration_door import demonstration_button
from ui.components.page_head import page_head
from ui.components.settings_travel import start_from_settings
from ui.components.terms_input import USUAL_TERMS, terms_input
from ui.components.text import paragraph, secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


async def welcome_page(session: Session) -> None:
    """Offer a look at a made-up firm, or to begin with one's own."""
    page_head(_("Welcome to Relance"))
    paragraph(
        _(
            "Relance reads your accounting, shows who owes you what, and prepares "
            "today's reminders."
        )
    )
    with ui.element("div").classes(design.CHOICES):
        _own_firm(session)
        _demonstration(session)
    with ui.element("div").classes(design.FACTS):
        _fact(
            _("Where your data lives"),
            _("In {folder}, on this computer and nowhere else.", folder=session.folder),
        )
        _fact(
            _("What leaves this computer"),
            _(
                "Nothing, except the e-mails that you send, through your own mail "
                "account."
            ),
        )
        _fact(
            _("The files it reads"),
            _(
                "The FEC that every French accounting program exports, the usual "
                "journals of accounting programs, and any table of customers or "
                "invoices due: Excel, LibreOffice or text."
            ),
        )


def _own_firm(session: Session) -> None:
    async def create() -> None:
        entity = replace(new_entity(name.value), default_terms=terms.value or "")
        with refusals_shown():
            wordings = await asyncio.to_thread(session.outside.documents.starting_texts)
            made = await session.run(create_entity, entity, wordings)
            await session.run(choose_entity, made.id)
            await session.run(begin_first_hour, made.id)
            ui.navigate.to(addresses.FIRST_HOUR)

    with ui.element("section").classes(design.CHOICE):
        section_title(_("Create my company"))
        secondary(
            _("Its name and its usual payment terms; you are then led step by step.")
        )
        name = ui.input(_("Name of the company")).props(design.INPUT).mark("name")
        name.props("autofocus").on("keydown.enter", create)
        terms = terms_input(
            _("Usual payment terms"), USUAL_TERMS[0], session.today()
        ).mark("terms")
        secondary(
            _("They serve where neither the file nor the customer says when to pay.")
        )
        with ui.element("div").classes(design.CARD_ACTIONS):
            quiet_button(
                _("I have a file of settings"), lambda: start_from_settings(session)
            ).mark("start-from-settings")
            primary_button(_("Create my company"), create, icon="add_business").mark(
                "create"
            )


def _demonstration(session: Session) -> None:
    with ui.element("section").classes(design.CHOICE):
        section_title(_("Try the demonstration"))
        secondary(
            _(
                "A made-up firm, its customers and its reminders, to try everything "
                "without risk: nothing can leave this computer."
            )
        )
        secondary(
            _("It lives in a folder of its own and never mixes with your company.")
        )
        with ui.element("div").classes(design.CARD_ACTIONS):
            demonstration_button(session)


def _fact(heading: str, text: str) -> None:
    with ui.element("div").classes(design.STACK):
        section_title(heading)
        secondary(text)
