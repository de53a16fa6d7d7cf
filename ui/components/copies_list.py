"""The copies of the books, the latest first, each a click from being looked at."""

import asyncio
from functools import partial

from nicegui import ui

from domain.copies import KeptCopy
from ui import copy_words, design, formatting
from ui.components.buttons import secondary_button
from ui.components.copy_preview import show_copy
from ui.components.empty_state import empty_state
from ui.session import Session
from ui.translation import _


async def copies_list(session: Session) -> list[KeptCopy]:
    """Draw the copies; says so where there is none."""
    copies = session.outside.copies(session.folder)
    found = list(await asyncio.to_thread(copies.all))
    if not found:
        with empty_state(
            _("No copy yet"),
            _("One is made each day, before each import and before each update."),
            icon="inventory_2",
        ):
            pass
        return []
    with ui.element("table").classes(design.TABLE_OF_WORDS).mark("copies"):
        with ui.element("tr"):
            for heading in (_("Made on"), _("Why"), _("Size"), ""):
                with ui.element("th"):
                    ui.label(heading)
        for copy in found:
            _row(session, copy)
    return found


def _row(session: Session, copy: KeptCopy) -> None:
    moment = formatting.moment(copy.made_at)
    with ui.element("tr"):
        for text in (moment, copy_words.reason(copy), copy_words.size(copy.size)):
            with ui.element("td"):
                ui.label(text)
        with ui.element("td"):
            button = secondary_button(_("See"), partial(show_copy, session, copy))
            button.mark("see-copy").props["aria-label"] = _(
                "See the copy of {moment}", moment=moment
            )
