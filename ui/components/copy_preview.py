"""What a copy of the books holds, what it would cost, and the gesture that restores."""

import asyncio
from datetime import UTC, datetime

from nicegui import ui

from domain.copies import CopyPreview, KeptCopy, Restored, Since
from ui import addresses, copy_words, design, formatting
from ui.components.buttons import danger_button, primary_button, quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import paragraph, secondary, section_title
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_SENT_SHOWN = 20


async def show_copy(session: Session, copy: KeptCopy) -> None:
    """Look at a copy; the user may then put it in the place of the books."""
    with refusals_shown():
        copies = session.outside.copies(session.folder)
        found = await asyncio.to_thread(copies.preview, copy.file)
        _dialog(session, found)


def _dialog(session: Session, found: CopyPreview) -> None:
    moment = formatting.moment(found.copy.made_at)
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
        section_title(_("Copy of {moment}", moment=moment))
        secondary(copy_words.reason(found.copy))
        holding_table(found)
        if found.since:
            _lost(found.since)
            _sent(found.since)
        paragraph(
            _(
                "The books as they are now are kept first: this can be undone by "
                "restoring them in their turn."
            )
        )

        async def restore() -> None:
            button.props("loading")
            with refusals_shown():
                done = await session.replace_books(
                    lambda copies: copies.restore(found.copy.file, datetime.now(UTC))
                )
                dialog.close()
                _done(moment, done)
            button.props(remove="loading")

        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Cancel"), dialog.close)
            button = danger_button(_("Restore this copy"), restore, icon="restore")
            button.mark("restore-copy")
    dialog.on("hide", dialog.delete)
    dialog.open()


def holding_table(found: CopyPreview) -> None:
    """Compare what a copy holds with what the books hold, where they can be read."""
    headings = ["", _("In this copy"), *([_("At present")] if found.now else [])]
    present = copy_words.holding(found.now) if found.now else []
    with ui.element("table").classes(design.TABLE_OF_WORDS).mark("holding"):
        _line(headings, "th")
        for place, (name, worth) in enumerate(copy_words.holding(found.holding)):
            _line([name, worth, *([present[place][1]] if present else [])])


def _lost(since: Since) -> None:
    told = copy_words.added(since)
    paragraph(
        _("Added since, and gone if you restore: {list}.", list=", ".join(told))
        if told
        else _("Nothing was added since.")
    )


def _sent(since: Since) -> None:
    if not since.sent:
        return
    paragraph(
        ngettext(
            "{count} message left since this copy. It stays noted as sent:",
            "{count} messages left since this copy. They stay noted as sent:",
            len(since.sent),
        )
    )
    with ui.element("table").classes(design.TABLE_OF_WORDS):
        for one in since.sent[:_SENT_SHOWN]:
            _line([formatting.moment(one.at), one.customer, one.subject])
    if len(since.sent) > _SENT_SHOWN:
        secondary(
            ngettext(
                "and {count} other",
                "and {count} others",
                len(since.sent) - _SENT_SHOWN,
            )
        )


def _done(moment: str, done: Restored) -> None:
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG):
        dialog.props("persistent")
        section_title(_("The copy of {moment} is in place", moment=moment))
        for sentence in copy_words.restored(done):
            paragraph(sentence)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            primary_button(_("Continue"), lambda: ui.navigate.to(addresses.HOME)).mark(
                "restored"
            )
    dialog.open()


def _line(texts: list[str], tag: str = "td") -> None:
    with ui.element("tr"):
        for text in texts:
            with ui.element(tag):
                ui.label(text)
