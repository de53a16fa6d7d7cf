"""An open bucket: its customers to tick, their messages to read, one gesture."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.dunning.by_voice import BY_VOICE
from domain.dunning.scenario import Channel
from domain.usecases.acting import Bucket, BucketRow, Choice, TodayView
from domain.usecases.composing import compose_chosen
from domain.usecases.delivering import check_can_send
from domain.usecases.noting_done import note_done, take_back_done
from domain.usecases.preparing import Prepared
from ui import addresses, design, formatting, labels
from ui.components.bucket_row import bucket_row
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.call_script import call_script, said
from ui.components.confirm_dialog import confirm
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.invoice_button import invoice_buttons
from ui.components.message_preview import message_preview
from ui.components.preparing_dialog import preparing_dialog
from ui.components.printed_dialog import printed_dialogs
from ui.components.text import secondary, section_title
from ui.components.undo_bar import tell_done
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_ROWS_AT_ONCE = 50


class BucketDesk:
    """The part of the screen below the buckets; remembers what is ticked."""

    def __init__(
        self,
        session: Session,
        view: TodayView,
        on_change: Callable[[], Awaitable[object]],
        *,
        even_today: bool = False,
    ) -> None:
        self._session = session
        self._on_change = on_change
        self._even_today = even_today
        self._buckets = {bucket.key: bucket for bucket in view.buckets}
        self._cards: dict[str, ui.element] = {}
        self._ticked: dict[str, frozenset[ItemId]] = {}
        self._open = view.buckets[0]
        self._shown = _ROWS_AT_ONCE
        self._read: BucketRow | None = None
        for bucket in view.buckets:
            for row in bucket.rows:
                self._ticked[_key(row)] = row.choice.item_ids

    def add_card(self, card: ui.element, bucket: Bucket) -> None:
        """Remember the card of a bucket, to light it when it is open."""
        self._cards[bucket.key] = card

    async def place(self) -> None:
        """Draw the desk here."""
        await self._find_invoices()
        with ui.element("div").classes(design.DESK) as self._place:
            with ui.element("section").classes(design.CARD):
                self._list()
            with ui.element("section").classes(design.CARD).mark("preview"):
                self._preview_place = ui.element("div").classes(design.STACK)

    async def begin(self) -> None:
        """Light the first bucket, and show its first customer's message."""
        self._light()
        await self._show(self._open.rows[0])

    async def open(self, key: str) -> None:
        """Show a bucket's customers, and the first one's message."""
        self._open, self._shown = self._buckets[key], _ROWS_AT_ONCE
        self._light()
        await self._find_invoices()
        self._list.refresh()
        await self._show(self._open.rows[0])

    def _light(self) -> None:
        for key, card in self._cards.items():
            card.props["aria-pressed"] = "true" if key == self._open.key else "false"

    @ui.refreshable_method
    def _list(self) -> None:
        bucket = self._open
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(
                _(
                    "{step}, {timing}",
                    step=labels.step(bucket.step_code),
                    timing=labels.timing(bucket.rows[0].message.step),
                )
            )
            self._gestures()
        with ui.element("div").classes(design.PLAIN_TABLE):
            for row in bucket.rows[: self._shown]:
                bucket_row(
                    row,
                    self._ticked[_key(row)],
                    self._invoices,
                    today=self._session.today(),
                    is_read=self._read is not None and _key(row) == _key(self._read),
                    on_tick=partial(self._tick, row),
                    on_open=partial(self._show, row),
                )
        if len(bucket.rows) > self._shown:
            quiet_button(
                _(
                    "Show the next ones ({count} more)",
                    count=formatting.count(len(bucket.rows) - self._shown),
                ),
                self._show_more,
            )

    @ui.refreshable_method
    def _gestures(self) -> None:
        chosen = self._chosen()
        total = Money.total(
            item.left
            for row in self._open.rows
            for item in row.message.items
            if item.id in self._ticked[_key(row)]
        )
        with ui.element("div").classes(design.PAGE_ACTIONS):
            secondary(
                _(
                    "{amount} ticked",
                    amount=formatting.money(total),
                )
            )
            everything = len(chosen) == len(self._open.rows)
            quiet_button(
                _("Untick all") if everything else _("Tick all"),
                partial(self._tick_all, not everything),
            )
            if self._open.channel is Channel.EMAIL:
                later = secondary_button(_("Prepare only"), partial(self._email, False))
                later.tooltip(_("The e-mails wait in the outbox, to be read again"))
                later.set_enabled(bool(chosen))
                words = ngettext(
                    "Send {count} e-mail", "Send {count} e-mails", len(chosen)
                )
                send = primary_button(words, partial(self._email, True), icon="send")
            elif self._open.channel is Channel.PHONE:
                words = _("Start the calls")
                send = primary_button(
                    words, lambda: ui.navigate.to(addresses.CALLS), icon="call"
                )
            elif self._open.channel is Channel.OTHER:
                words = ngettext(
                    "Note {count} customer as done",
                    "Note {count} customers as done",
                    len(chosen),
                )
                send = primary_button(words, self._note_done, icon="check")
            else:
                words = ngettext(
                    "Print {count} letter", "Print {count} letters", len(chosen)
                )
                send = primary_button(words, self._print, icon="print")
            send.mark("do-it").set_enabled(bool(chosen))

    def _chosen(self) -> list[Choice]:
        """List the ticked messages of the open bucket, with their ticked items."""
        return [
            self._choice(row)
            for row in self._open.rows
            if any(
                item.id in self._ticked[_key(row)] and not item.is_credit
                for item in row.message.items
            )
        ]

    def _choice(self, row: BucketRow) -> Choice:
        return Choice(
            customer_id=row.customer.id,
            step_code=row.message.step.code,
            currency=row.message.total.currency,
            item_ids=self._ticked[_key(row)],
        )

    async def _tick(self, row: BucketRow, item_ids: frozenset[ItemId]) -> None:
        self._ticked[_key(row)] = item_ids
        self._gestures.refresh()
        if self._read and _key(row) == _key(self._read):
            await self._show(row)

    async def _find_invoices(self) -> None:
        """Find the PDFs of the items shown."""
        rows = self._open.rows[: self._shown]
        items = [item for row in rows for item in row.message.items]
        self._invoices = await invoice_buttons(self._session, items)

    def _tick_all(self, ticked: bool) -> None:
        for row in self._open.rows:
            self._ticked[_key(row)] = row.choice.item_ids if ticked else frozenset()
        self._list.refresh()

    async def _show_more(self) -> None:
        self._shown += _ROWS_AT_ONCE
        await self._find_invoices()
        self._list.refresh()

    async def _show(self, row: BucketRow) -> None:
        """Show a customer's message as it will arrive, with what is ticked."""
        self._read = row
        self._preview_place.clear()
        choice = self._choice(row)
        if not any(
            i.id in choice.item_ids for i in row.message.items if not i.is_credit
        ):
            with self._preview_place:
                secondary(_("Nothing is ticked for {name}.", name=row.customer.name))
            return
        if self._open.channel in BY_VOICE:
            items = [i for i in row.message.items if i.id in choice.item_ids]
            words = await said(self._session, row.customer.id, items)
            with self._preview_place:
                call_script(words)
            return
        with refusals_shown():
            composed = await self._session.run(
                compose_chosen,
                self._session.entity_id,
                [choice],
                self._session.outside.mail.check_address,
                self._session.today(),
                even_today=self._even_today,
            )
            with self._preview_place:
                await message_preview(self._session, composed[0])

    async def _prepare(self) -> Prepared | None:
        return await preparing_dialog(
            self._session, self._chosen(), even_today=self._even_today
        )

    async def _email(self, at_once: bool) -> None:
        """Prepare the ticked e-mails, and let them leave at once if asked."""
        with self._place, refusals_shown():
            count = len(self._chosen())
            if at_once:
                await self._session.run(check_can_send, self._session.entity_id)
                if not await confirm(
                    ngettext("Send {count} e-mail?", "Send {count} e-mails?", count),
                    _(
                        "They leave one by one, and what is paid meanwhile is "
                        "withdrawn. What has left cannot be taken back."
                    ),
                    ngettext("Send {count} e-mail", "Send {count} e-mails", count),
                ):
                    return
            prepared = await self._prepare()
            if prepared is None:
                return
            if at_once:
                self._session.postman.send_soon(
                    self._session.entity_id,
                    prepared.email_ids,
                    even_on=self._session.today() if self._even_today else None,
                )
            ui.navigate.to(addresses.OUTBOX)

    def _note_done(self) -> None:
        """Ask what was said, then note the step as done for the ticked customers."""
        session, client = self._session, ui.context.client
        chosen = self._chosen()

        async def save() -> None:
            noted = await session.run(
                note_done,
                session.entity_id,
                chosen,
                typed(comment),
                session.outside.mail.check_address,
                session.today(),
                session.now(),
            )

            async def undo() -> None:
                when = session.today(), session.now()
                await session.run(take_back_done, noted, *when)
                await self._on_change()

            words = ngettext(
                "{count} customer noted as done",
                "{count} customers noted as done",
                len(noted),
            )
            await self._on_change()
            tell_done(client, words, undo)

        heading = _(
            "Note as done: {step}", step=labels.step(self._open.step_code).lower()
        )
        with self._place, form_dialog(heading, _("Note as done"), save):
            secondary(_("The history keeps it, and the levels move as for a letter."))
            comment = text_field(_("What was done or said"), lines=3)
            comment.props("autofocus").mark("comment")

    async def _print(self) -> None:
        """Make the ticked letters one PDF, then ask whether they were printed."""
        with self._place, refusals_shown():
            prepared = await self._prepare()
            if prepared is None or not prepared.batch_ids:
                return
            session = self._session
            await printed_dialogs(session, prepared.batch_ids)
            # A batch that is not printed waits: the menu counts it.
            await session.incoming.tell(session.entity_id)
            await self._on_change()


def _key(row: BucketRow) -> str:
    return f"{row.customer.id} {row.message.step.code} {row.message.total.currency}"
