"""A template as a chosen customer will receive it, drawn while it is written."""

import asyncio

from nicegui import events, ui

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId
from domain.dunning.scenario import Channel
from domain.dunning.texts import MessageText
from domain.usecases.previewing_texts import (
    Readable,
    TextPreview,
    choose_reader,
    preview_text,
    readers,
)
from ui import design, text_words
from ui.components.message_preview import email_frame, letter_pages
from ui.components.tag_list import TagList
from ui.components.text import secondary
from ui.session import Session
from ui.translation import _, refusal

_SETTLE = 0.4
"""Seconds without a key before it is drawn anew."""


class TextPreviewPane:
    """The customer to choose, then the message; what is typed never waits for it."""

    def __init__(self, session: Session, text: MessageText) -> None:
        self._session = session
        self._text = text
        self._turn = 0
        self._customer_id: CustomerId | None = None
        self.tags: TagList | None = None
        """Where the examples go."""

    async def draw(self) -> None:
        """Draw the choice of a customer, and the place of the message."""
        found = await self._readers("")
        self._customer_id = found[0].id if found else None
        self._choice = ui.select(
            {one.id: one.name for one in found},
            label=_("As this customer will read it"),
            value=self._customer_id,
            with_input=True,
            on_change=self._choose,
        )
        self._choice.props(design.INPUT).mark("reader")
        self._choice.on("input-value", self._search, throttle=_SETTLE)
        self._problem = ui.label().classes(design.NOTICE_BOX).mark("problem")
        self._problem.props("role=alert").set_visibility(False)
        self._place = ui.element("div").classes(design.STACK).mark("preview")
        if not found:
            with self._place:
                secondary(_("Import customers first: the preview shows one of them."))

    async def show_soon(self, text: MessageText) -> None:
        """Draw the text once the user has stopped typing."""
        self._text = text
        self._turn += 1
        turn = self._turn
        await asyncio.sleep(_SETTLE)
        if turn == self._turn:
            await self.show(text)

    async def show(self, text: MessageText) -> None:
        """Draw the text, or say why it cannot be sent; the last drawing stays."""
        self._text = text
        self._turn += 1
        turn = self._turn
        if self._customer_id is None or self._place.is_deleted:
            return
        session, problem = self._session, ""
        shown: TextPreview | None = None
        try:
            shown = await session.run(
                preview_text,
                text,
                self._customer_id,
                session.outside.mail.check_address,
                session.today(),
            )
        except DunningError as error:
            problem = refusal(error)
        if turn != self._turn or self._place.is_deleted:
            return  # something newer is on its way
        self._problem.text = problem
        self._problem.set_visibility(bool(problem))
        if shown:
            await self._draw_message(text, shown, turn)

    async def _draw_message(
        self, text: MessageText, shown: TextPreview, turn: int
    ) -> None:
        if self.tags:
            self.tags.show(shown.examples)
        documents = self._session.outside.documents
        by_email = text.channel is Channel.EMAIL
        make = email_frame if by_email else letter_pages
        try:
            draw = await make(documents, shown.content)
        except DunningError as error:  # this computer cannot make letters
            self._problem.text = refusal(error)
            self._problem.set_visibility(True)
            return
        if turn != self._turn or self._place.is_deleted:
            return
        self._place.clear()
        with self._place:
            _notes(shown)
            if by_email:
                ui.label(shown.content.subject).classes(design.STRONG).mark(
                    "preview-subject"
                )
            draw()

    async def _choose(self, event: events.ValueChangeEventArguments[str]) -> None:
        if event.value and event.value != self._customer_id:
            self._customer_id = CustomerId(event.value)
            session = self._session
            await session.run(choose_reader, session.entity_id, self._customer_id)
            await self.show(self._text)

    async def _search(self, event: events.GenericEventArguments) -> None:
        words = str(event.args or "").strip()
        if not words:
            return
        options = {one.id: one.name for one in await self._readers(words)}
        known = self._choice.options
        if self._customer_id and isinstance(known, dict):
            options.setdefault(self._customer_id, known.get(self._customer_id, ""))
        self._choice.set_options(options, value=self._customer_id)

    async def _readers(self, words: str) -> list[Readable]:
        session = self._session
        return await session.run(readers, session.entity_id, words, session.today())


def _notes(shown: TextPreview) -> None:
    """Say what is not as it will be."""
    if shown.is_invented:
        secondary(
            _("This customer has nothing of the kind: the amounts here are made up.")
        )
    if shown.other_language:
        said = _(
            "This customer reads in another language ({theirs}): it will receive"
            " the template in that language, or in French if there is none.",
            theirs=text_words.language(shown.other_language),
        )
        secondary(said).mark("other-language")
