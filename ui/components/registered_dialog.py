"""Follows registered letters: deposit, acknowledgement, return, for one or several."""

from collections.abc import Callable, Collection
from itertools import pairwise
from typing import Any

from nicegui import Client, ui

from domain.basics.identifiers import ActivityId, MessageId
from domain.dunning.outbox import ReturnReason
from domain.dunning.posting import grouped_number, registered_number
from domain.dunning.registered import PostalEvent, PostalNews
from domain.usecases.posting import give_number
from domain.usecases.registered import (
    RegisteredRow,
    note_news,
    show_registered,
    take_back_news,
)
from ui import design, formatting, post_words
from ui.components.buttons import primary_button, quiet_button
from ui.components.date_input import DateInput
from ui.components.dialog import page_dialog
from ui.components.text import secondary, section_title
from ui.components.undo_bar import tell_done
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

Changed = Callable[[], Any]


async def registered_dialog(
    session: Session, on_change: Changed, among: Collection[MessageId] = ()
) -> None:
    """Open the list of registered letters, or of some of them."""
    rows = await session.run(show_registered, session.entity_id, among)
    _RegisteredDialog(session, rows, on_change).open()


class _RegisteredDialog:
    """Letters to tick or scan, then what the post did with them."""

    def __init__(
        self, session: Session, rows: list[RegisteredRow], on_change: Changed
    ) -> None:
        self._session = session
        self._rows = rows
        self._on_change = on_change
        self._boxes: dict[MessageId, ui.checkbox] = {}
        self._numbers: dict[MessageId, str] = {}
        self._dialog = page_dialog()

    def open(self) -> None:
        """Draw the dialog and show it."""
        with self._dialog, ui.element("div").classes(design.DIALOG_WIDE):
            section_title(_("Registered letters"))
            if len(self._rows) > 1:
                self._scan_field()
            self._letters()
            self._form()
        self._dialog.on("hide", self._dialog.delete)
        self._dialog.open()

    def _scan_field(self) -> None:
        """Tick the letter whose number is scanned: a scanner ends with Enter."""
        with ui.element("div").classes(design.ROW_SPREAD):
            secondary(
                _(
                    "Tick letters, or scan the acknowledgements and envelopes that "
                    "came back, then say what happened."
                )
            )
            quiet_button(_("Tick all"), self._tick_all)
        scanned = ui.input(_("Number scanned or typed")).props(design.INPUT)
        scanned.mark("scan")

        def tick() -> None:
            with refusals_shown():
                number = registered_number(scanned.value or "")
                found = [one for one, known in self._numbers.items() if known == number]
                if number and found:
                    self._boxes[found[0]].value = True
                elif number:
                    ui.notify(
                        _(
                            "No letter of this list bears the number {number}.",
                            number=grouped_number(number),
                        ),
                        type="warning",
                    )
                scanned.value = ""

        scanned.on("keydown.enter", tick)

    def _tick_all(self) -> None:
        for box in self._boxes.values():
            box.value = True

    def _letters(self) -> None:
        with ui.element("div").classes(design.REGISTERED):
            fields = [self._letter(row) for row in self._rows]
        for field, following in pairwise(fields):
            field.on("keydown.enter", lambda after=following: after.run_method("focus"))

    def _letter(self, row: RegisteredRow) -> ui.input:
        letter = row.message
        self._numbers[letter.id] = letter.registered_number
        with ui.element("div").classes(design.REGISTERED_ROW).mark("registered-row"):
            box = ui.checkbox(row.customer.name, value=len(self._rows) == 1)
            box.on_value_change(self._count)
            self._boxes[letter.id] = box
            ui.label(post_words.standing(letter)).classes(design.SECONDARY_TEXT)
            ui.label(formatting.money(letter.total)).classes(design.AMOUNT)
            field = ui.input(
                _("Number"), value=grouped_number(letter.registered_number)
            ).props(design.INPUT)

            async def keep() -> None:
                with refusals_shown():
                    number = await self._session.run(
                        give_number, letter.id, field.value or ""
                    )
                    self._numbers[letter.id] = number
                    field.value = grouped_number(number)

            field.on("blur", keep)
        return field

    def _form(self) -> None:
        with ui.element("div").classes(design.TWO_FIELDS):
            self._event = ui.select(
                {one.value: post_words.event(one) for one in PostalEvent},
                label=_("What happened"),
                value=self._likely().value,
            )
            self._event.props(design.INPUT).mark("postal-event")
            self._day = DateInput(_("On"), self._session.today()).mark("postal-day")
        self._reason = ui.select(
            {one.value: post_words.reason(one) for one in ReturnReason},
            label=_("Why it came back"),
        )
        self._reason.props(design.INPUT).mark("return-reason")
        self._reason.bind_visibility_from(
            self._event, "value", value=PostalEvent.RETURNED.value
        )
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Close"), self._dialog.close)
            self._note = primary_button("", self._save).mark("note-news")
        self._count()

    def _likely(self) -> PostalEvent:
        """Begin with the deposit while it is not known."""
        unknown = any(row.message.posted_on is None for row in self._rows)
        return PostalEvent.POSTED if unknown else PostalEvent.RECEIVED

    @property
    def _ticked(self) -> list[MessageId]:
        return [one for one, box in self._boxes.items() if box.value]

    def _count(self) -> None:
        count = len(self._ticked)
        self._note.text = ngettext(
            "Note it for {count} letter", "Note it for {count} letters", count
        )
        self._note.set_enabled(count > 0)

    async def _save(self) -> None:
        with refusals_shown():
            reason = self._reason.value
            news = PostalNews(
                event=PostalEvent(self._event.value),
                on=self._day.day or self._session.today(),
                reason=ReturnReason(reason) if reason else None,
            )
            noted = await self._session.run(
                note_news,
                self._ticked,
                news,
                self._session.today(),
                self._session.now(),
            )
            client = ui.context.client
            self._dialog.close()
            await self._on_change()
            self._tell(client, noted)

    def _tell(self, client: Client, noted: tuple[ActivityId, ...]) -> None:
        async def undo() -> None:
            await self._session.run(take_back_news, noted)
            await self._on_change()

        words = ngettext(
            "Noted for {count} letter", "Noted for {count} letters", len(noted)
        )
        tell_done(client, words, undo)
