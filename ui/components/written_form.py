"""« E-mail » and « Courrier »: the words, whom they reach, and how they will look."""

import asyncio

from nicegui import events, ui

from domain.basics.errors import DunningError
from domain.customers.customer import dunning_contact
from domain.dunning.by_hand import effect_of
from domain.dunning.compose import recipient_lines
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.texts import ABOUT_THE_ACCOUNT, FORMAL_NOTICE, MessageText, base_of
from domain.usecases.by_customer import ByCustomerView, remember_switches, text_name
from domain.usecases.composing import Composed
from domain.usecases.delivering import can_send
from domain.usecases.penalties import claims
from domain.usecases.preparing import Prepared
from domain.usecases.waiting import rewritten
from domain.usecases.writing import (
    HandMessage,
    check_message,
    compose_by_hand,
    tag_examples,
)
from ui import addresses, design, formatting, labels, text_words
from ui.components.address_chips import AddressChips
from ui.components.attached_files import AttachedFiles
from ui.components.buttons import primary_button, secondary_button
from ui.components.confirm_dialog import confirm
from ui.components.form_dialog import text_field
from ui.components.hand_items import HandItems
from ui.components.hand_switches import HandSwitches
from ui.components.message_preview import message_preview
from ui.components.printed_dialog import printed_dialogs
from ui.components.tag_list import TagList
from ui.drafts import Draft, Written
from ui.preparing import prepare_one
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext, refusal

_KINDS = {
    StepKind.ADVANCE_NOTICE: ("advance_notice", *ABOUT_THE_ACCOUNT),
    StepKind.REMINDER: (
        "reminder_1",
        "reminder_2",
        "reminder_3",
        "reminder_4",
        FORMAL_NOTICE,
    ),
    StepKind.THANK_YOU: ("thank_you",),
}
_SETTLE = 0.4
"""Seconds without a key before the preview is drawn anew."""


class WrittenForm:
    """The form on the left, the message as it will arrive on the right."""

    def __init__(
        self, session: Session, view: ByCustomerView, draft: Draft, items: HandItems
    ) -> None:
        self._session, self._view, self._draft = session, view, draft
        self._items = items
        self._is_email = draft.channel is Channel.EMAIL
        if draft.channel not in draft.written:
            draft.written[draft.channel] = self._begun()
        self._written = draft.written[draft.channel]
        self._written.sender_name = self._written.sender_name or view.sender_name
        self._drawn = self._typed = 0

    def _begun(self) -> Written:
        """Begin as the scenario would: its next text, its recipient."""
        situation = self._view.situation
        contact = dunning_contact(list(self._view.contacts))
        lines = recipient_lines(
            situation.customer, contact, situation.customer.language
        )
        written = Written(
            recipients=[situation.email] if situation.email else [],
            address="\n".join(lines),
            sender_name=self._view.sender_name,
        )
        level = max(
            (situation.position(i).level for i in self._items.ticked), default=0
        )
        step = situation.scenario.reminder_after(level) if situation.scenario else None
        keys = self._keys(written.kind)
        wanted = step.text_key if step and step.text_key in keys else ""
        self._take_text(written, wanted or next(iter(keys), ""))
        written.claims_penalties = step is not None and claims(situation.customer, step)
        return written

    def _keys(self, kind: StepKind) -> list[str]:
        channel, texts = self._draft.channel, self._view.texts
        keys = dict.fromkeys([*_KINDS[kind], *(text.key for text in texts.values())])
        return [
            key
            for key in keys
            if base_of(key) in _KINDS[kind] and text_name(channel, key) in texts
        ]

    def _text(self, key: str) -> MessageText | None:
        return self._view.texts.get(text_name(self._draft.channel, key))

    def _take_text(self, written: Written, key: str) -> None:
        text = self._text(key)
        written.text_key = key
        written.subject = text.subject if text else ""
        written.body = text.body if text else ""

    async def draw(self) -> None:
        """Draw both sides."""
        self._whole = ui.element("div")
        with self._whole:
            await self._draw()

    async def _draw(self) -> None:
        with ui.element("div").classes(design.DESK):
            with ui.element("div").classes(design.STACK):
                self._fields()
                self._switches = HandSwitches(
                    self._view.situation, self._draft, self._view.switches
                )
                with ui.element("div").classes(design.PAGE_ACTIONS):
                    if self._is_email and not self._draft.replaces:
                        secondary_button(
                            _("Prepare without sending"), self._prepare
                        ).mark("prepare")
                    words = _("Send this e-mail") if self._is_email else _("Print it")
                    icon = "send" if self._is_email else "print"
                    if self._is_email and self._draft.replaces:
                        words, icon = _("Put back in the outbox"), "outbox"
                    primary_button(words, self._finish, icon=icon).mark("save")
            with ui.element("section").classes(design.CARD):
                self._place = ui.element("div").classes(design.STACK)
        await self.show()

    def _fields(self) -> None:
        written = self._written
        with ui.element("div").classes(design.HAND_FIELDS):
            with ui.element("div").classes(design.TWO_FIELDS):
                self._head()
            if self._is_email:
                self._addresses()
            else:
                area = text_field(_("Postal address"), written.address, lines=6)
                area.mark("address").bind_value_to(written, "address")
                self._follow(area)
            subject = text_field(_("Subject"), written.subject).mark("subject")
            subject.bind_value_to(written, "subject")
            body = text_field(_("Text"), written.body, lines=10).mark("body")
            body.bind_value_to(written, "body")
            self._follow(subject)
            self._follow(body)
            self._tags = TagList(body)
            if written.kind is StepKind.REMINDER:
                claim = ui.checkbox(_("Claim late-payment penalties, with their annex"))
                claim.bind_value(written, "claims_penalties").mark("claim-penalties")
                claim.on_value_change(self._show_soon)
            if self._is_email:
                AttachedFiles(
                    self._session,
                    written.attachments,
                    lambda: self._items.ticked,
                    self.show,
                ).draw()

    def _head(self) -> None:
        written = self._written
        if self._is_email:
            sender = text_field(_("Sender"), written.sender_name)
            sender.bind_value_to(written, "sender_name").mark("sender")
            sender.props["hint"] = self._view.sender_address
        self._amount = text_field(_("Amount")).props("readonly")
        ui.select(
            {kind: _kind(kind) for kind in _KINDS},
            label=_("Type"),
            value=written.kind,
            on_change=self._choose_kind,
        ).props(design.INPUT).mark("kind")
        ui.select(
            {key: text_words.kind(key) for key in self._keys(written.kind)},
            label=_("Template"),
            value=written.text_key or None,
            on_change=self._choose_text,
        ).props(design.INPUT).mark("template")

    def _addresses(self) -> None:
        situation, check = (
            self._view.situation,
            self._session.outside.mail.check_address,
        )
        accepted = {c.email for c in self._view.contacts if c.email_accepted}
        known = list(dict.fromkeys(c.email for c in self._view.contacts if c.email))

        def problem_of(address: str) -> str:
            return "" if address in accepted else check(address)

        self._problem_of = problem_of
        self._recipients = AddressChips(
            _("Recipients"),
            self._written.recipients,
            known or [a for a in [situation.email] if a],
            problem_of,
            self.show,
        ).mark("recipients")
        self._copies = AddressChips(
            _("Copy to"), self._written.copies, (), problem_of, self.show
        ).mark("copies")

    def _follow(self, field: ui.input) -> None:
        """Draw the preview anew once the user has stopped typing.

        The waiting is here: a field that waits would lose its last letters when
        Ctrl+Enter sends at once.
        """
        field.on_value_change(self._show_soon)

    async def _show_soon(self) -> None:
        self._typed += 1
        turn = self._typed
        await asyncio.sleep(_SETTLE)
        if turn == self._typed and not self._place.is_deleted:
            await self.show()

    async def _choose_kind(self, event: events.ValueChangeEventArguments[str]) -> None:
        kind = StepKind(event.value)
        self._written.kind = kind
        self._take_text(self._written, next(iter(self._keys(kind)), ""))
        self._items.show_settled(shown=kind is StepKind.THANK_YOU)
        await self._redraw()

    async def _choose_text(self, event: events.ValueChangeEventArguments[str]) -> None:
        if event.value and event.value != self._written.text_key:
            self._take_text(self._written, event.value)
            await self._redraw()

    async def _redraw(self) -> None:
        self._whole.clear()
        with self._whole:
            await self._draw()

    def _hand(self) -> HandMessage:
        written = self._written
        return HandMessage(
            draft_id=self._draft.id,
            channel=self._draft.channel,
            kind=written.kind,
            text_key=written.text_key,
            item_ids=[item.id for item in self._items.ticked],
            subject=written.subject,
            body=written.body,
            sender_name=written.sender_name,
            recipients=tuple(written.recipients),
            copies=tuple(written.copies) if self._is_email else (),
            attachments=tuple(written.attachments) if self._is_email else (),
            address=written.address,
            counts=self._switches.counts,
            level_after=self._switches.level_after,
            claims_penalties=written.claims_penalties,
        )

    async def show(self) -> None:
        """Show the message with what is typed and ticked now, or why it cannot be."""
        session, customer = self._session, self._view.situation.customer
        situation, kind = self._view.situation, self._written.kind
        effect = effect_of(situation, self._items.ticked, kind, session.today())
        self._switches.show({kind: effect}, self._draft.channel)
        self._drawn += 1
        turn, hand = self._drawn, self._hand()
        self._amount.value = self._items.sums
        what = (customer.id, hand, session.outside.mail.check_address, session.today())
        composed: Composed | None = None
        problem = ""
        try:
            self._tags.show(await session.run(tag_examples, *what))
            composed = await session.run(compose_by_hand, *what)
        except DunningError as error:
            problem = refusal(error)
        if turn != self._drawn or self._place.is_deleted:
            return  # something newer is on its way
        self._place.clear()
        with self._place:
            if composed:
                await message_preview(session, composed)
            else:
                ui.label(problem).classes(design.NOTICE_BOX).mark("problem")

    async def _finish(self) -> None:
        """Check, ask once, then hand over to the outbox like any other message."""
        session, customer = self._session, self._view.situation.customer
        with refusals_shown():
            composed = await self._checked()
            leaves = self._is_email and not self._draft.replaces
            leaves = leaves and await session.run(can_send, session.entity_id)
            if leaves and not await confirm(
                _("Send this e-mail?"),
                self._leaves(composed),
                _("Send this e-mail"),
            ):
                return
            prepared = await self._hand_over(composed)
            if prepared.batch_ids:
                await printed_dialogs(session, prepared.batch_ids)
                ui.navigate.to(addresses.customer(customer.id))
                return
            if self._draft.replaces:
                [new] = prepared.email_ids
                await session.run(rewritten, self._draft.replaces, new, session.now())
            elif leaves:
                session.postman.send_soon(session.entity_id, prepared.email_ids)
            ui.navigate.to(addresses.OUTBOX)

    async def _prepare(self) -> None:
        """Put the e-mail in the outbox, where it waits until somebody sends it."""
        with refusals_shown():
            await self._hand_over(await self._checked())
            ui.navigate.to(addresses.OUTBOX)

    async def _checked(self) -> Composed:
        """Fix the words, once what is typed holds."""
        session, customer = self._session, self._view.situation.customer
        if self._is_email:
            await self._recipients.read()
            await self._copies.read()
        hand = self._hand()
        check_message(hand, session.outside.mail.can_be_sent_to)
        return await session.run(
            compose_by_hand,
            customer.id,
            hand,
            session.outside.mail.check_address,
            session.today(),
        )

    async def _hand_over(self, composed: Composed) -> Prepared:
        """Put the message in the outbox; the draft has become it."""
        session = self._session
        prepared = await prepare_one(session, composed)
        await session.run(remember_switches, self._switches.chosen)
        session.drafts.forget(self._view.situation.customer.id)
        return prepared

    def _leaves(self, composed: Composed) -> str:
        """State exactly what leaves, to whom."""
        written, count = self._written, len(self._written.attachments)
        said = [
            _(
                "“{subject}”, for {amount}, leaves to {recipients}.",
                subject=composed.content.subject,
                amount=formatting.money(composed.message.total),
                recipients=", ".join(written.recipients),
            )
        ]
        if written.copies:
            copies = ", ".join(written.copies)
            said.append(_("Copy to {addresses}.", addresses=copies))
        if count:
            words = ngettext("{count} file enclosed.", "{count} files enclosed.", count)
            said.append(words)
        for address in (*written.recipients, *written.copies):
            problem = self._problem_of(address)
            if problem:
                odd = _(
                    "Check {address}: {problem}", address=address, problem=_(problem)
                )
                said.append(odd)
        said.append(_("What has left cannot be taken back."))
        return " ".join(said)


def _kind(kind: StepKind) -> str:
    if kind is StepKind.REMINDER:
        return _("Reminder")
    return labels.step_kind(kind, 0)
