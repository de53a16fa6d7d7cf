"""What to say on the phone, as it would be read aloud."""

import asyncio
from collections.abc import Sequence

from nicegui import ui

from domain.basics.identifiers import CustomerId
from domain.ledger.open_item import OpenItem
from domain.usecases.call_session import script
from ui import design
from ui.components.text import secondary, section_title
from ui.session import Session
from ui.translation import _


async def said(
    session: Session, customer_id: CustomerId, items: Sequence[OpenItem]
) -> tuple[str, ...]:
    """Read what to say to a customer about some items."""
    scripts = await asyncio.to_thread(session.outside.documents.call_scripts)
    return await session.run(
        script,
        customer_id,
        items,
        scripts,
        session.outside.mail.check_address,
        session.today(),
    )


def call_script(paragraphs: Sequence[str]) -> None:
    """Draw what to say, paragraph by paragraph."""
    section_title(_("What to say"))
    if not paragraphs:
        secondary(_("Nothing is left to ask for."))
    with ui.element("div").classes(design.CALL_SCRIPT).mark("script"):
        for words in paragraphs:
            with ui.element("p"):
                ui.label(words)
