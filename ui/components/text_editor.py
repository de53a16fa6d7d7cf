"""A template being written: its tone, its words, and what becomes of them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from nicegui import events, ui

from domain.dunning.text_checks import BODY_LENGTH, SUBJECT_LENGTH, cleaned
from domain.dunning.texts import MessageText, TextVersion, Tone
from domain.usecases.editing_texts import (
    TextDraft,
    TextView,
    forget_draft,
    keep_draft,
    reset_text,
    save_text,
    show_text,
    words_in,
)
from ui import design, text_words
from ui.components.buttons import quiet_button
from ui.components.confirm_dialog import confirm
from ui.components.form_dialog import text_field
from ui.components.tag_list import TagList
from ui.components.text_toolbar import text_toolbar
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

OnType = Callable[[MessageText], Awaitable[None]]
_SETTLE = 0.3
"""Seconds without a key before the draft is kept."""
_LINES = 16


class TextEditor:
    """The fields; what is typed is kept as a draft until it is saved or given up."""

    def __init__(self, session: Session, view: TextView, on_type: OnType) -> None:
        self._session = session
        self.view = view
        """The template as kept, with what it said before."""
        self._on_type = on_type
        self._typed = 0
        begun = view.draft or TextDraft(
            tone=view.text.tone, subject=view.text.subject, body=view.text.body
        )
        self._tone = begun.tone
        self._tone_choice: ui.select | None = None
        self._begun = begun

    def draw(self) -> TagList:
        """Draw the fields; the answer is where the examples of tags go."""
        with ui.element("div").classes(design.HAND_FIELDS):
            self._draft_line()
            self._tones()
            self._subject = text_field(_("Subject"), self._begun.subject)
            self._subject.props(f"maxlength={SUBJECT_LENGTH}").mark("subject")
            bar = ui.element("div")
            self._body = text_field(_("Text"), self._begun.body, lines=_LINES)
            self._body.props(f"maxlength={BODY_LENGTH}").mark("body")
            with bar:
                text_toolbar(self._body)
            self._subject.on_value_change(self._follow)
            self._body.on_value_change(self._follow)
            self._notice.set_visibility(self.is_changed)
            return TagList(self._body, is_open=True)

    def _draft_line(self) -> None:
        self._notice = ui.element("div").classes(design.STANDING).mark("draft")
        with self._notice:
            ui.label(_("Not saved yet: what you typed is kept here as a draft."))
            quiet_button(_("Give the draft up"), self._give_up).mark("give-up")

    def _tones(self) -> None:
        if len(self.view.tones) < 2:  # noqa: PLR2004 - nothing to choose from
            return
        tones = {tone: text_words.tone(tone) for tone in self.view.tones}
        self._tone_choice = ui.select(
            tones, label=_("Tone"), value=self._tone, on_change=self._choose_tone
        )
        self._tone_choice.props(design.INPUT).mark("tone")

    @property
    def text(self) -> MessageText:
        """The template as typed."""
        return replace(
            self.view.text,
            tone=self._tone,
            subject=self._subject.value or "",
            body=self._body.value or "",
        )

    @property
    def is_changed(self) -> bool:
        """Whether what is typed differs from what is kept."""
        typed, kept = self.text, self.view.text
        words = cleaned(typed.subject, typed.body)
        return (typed.tone, words) != (kept.tone, (kept.subject, kept.body))

    async def save(self) -> None:
        """Keep the words, or say why they cannot be."""
        typed = self.text
        with refusals_shown():
            await self._session.run(
                save_text,
                typed.id,
                typed.tone,
                typed.subject,
                typed.body,
                self._session.now(),
            )
            # The fields stay as they are: someone may be typing on.
            await self._read_anew()
            said = _("Template saved: the next messages will use it.")
            ui.notify(said, type="positive")

    async def reset(self) -> None:
        """Go back to the words that ship, in the tone that is shown."""
        agreed = await confirm(
            _("Go back to the supplied text?"),
            _("Your text stays among the earlier versions, to be restored."),
            _("Use the supplied text"),
        )
        if agreed:
            session, documents = self._session, self._session.outside.documents
            shipped = await asyncio.to_thread(documents.shipped_texts)
            text_id, now = self.view.text.id, session.now()
            with refusals_shown():
                await session.run(reset_text, text_id, self._tone, shipped, now)
                await self._show_kept()
                ui.notify(_("The supplied text is in use again."), type="positive")

    async def restore(self, version: TextVersion) -> None:
        """Go back to an earlier version; the present one joins them."""
        session, text_id = self._session, self.view.text.id
        tone, subject, body = version.tone, version.subject, version.body
        with refusals_shown():
            await session.run(save_text, text_id, tone, subject, body, session.now())
            await self._show_kept()
            ui.notify(_("This version is in use again."), type="positive")

    async def _give_up(self) -> None:
        await self._session.run(forget_draft, self.view.text.id)
        await self._show_kept()

    async def _read_anew(self) -> None:
        self.view = await self._session.run(show_text, self.view.text.id)
        self._tell_state()

    async def _show_kept(self) -> None:
        """Put what is kept in the fields, whatever was typed."""
        self._typed += 1
        await self._read_anew()
        kept = self.view.text
        self._tone = kept.tone
        if self._tone_choice:
            self._tone_choice.value = kept.tone
        self._subject.value, self._body.value = kept.subject, kept.body
        await self._follow()

    def _tell_state(self) -> None:
        """Say what is not saved, and ask before it is left."""
        changed = self.is_changed
        self._notice.set_visibility(changed)
        asking = "(event) => event.preventDefault()" if changed else "null"
        ui.run_javascript(f"window.onbeforeunload = {asking};")

    async def _choose_tone(self, event: events.ValueChangeEventArguments[str]) -> None:
        """Show the words of this tone; those typed in the other stay in its draft."""
        chosen = Tone(event.value)
        if chosen is self._tone:
            return
        documents = self._session.outside.documents
        shipped = await asyncio.to_thread(documents.shipped_texts)
        subject, body = words_in(self.view, chosen, shipped)
        self._tone = chosen
        self._subject.value, self._body.value = subject, body
        await self._follow()

    async def _follow(self) -> None:
        """Keep the draft once the user has stopped typing, and show the words."""
        self._tell_state()
        self._typed += 1
        turn = self._typed
        typed = self.text
        await asyncio.sleep(_SETTLE)
        if turn != self._typed:
            return
        if self.is_changed:
            draft = TextDraft(tone=typed.tone, subject=typed.subject, body=typed.body)
            await self._session.run(keep_draft, typed.id, draft)
        else:
            await self._session.run(forget_draft, typed.id)
        if turn == self._typed:
            await self._on_type(typed)
