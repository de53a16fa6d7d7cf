"""The mailbox in which bounces, receipts and replies are read."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.ledger.entity import Entity
from domain.ports import ImapAccount, SmtpAccount
from domain.usecases.mailbox import imap_account, save_imap_account
from domain.usecases.settings import SettingsView
from ui import design
from ui.components.buttons import quiet_button, secondary_button
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.settings_fields import text_field
from ui.components.text import secondary
from ui.design import Tone
from ui.session import Session
from ui.translation import _

_SERVERS = {
    "smtp.free.fr": "imap.free.fr",
    "smtp.gmail.com": "imap.gmail.com",
    "smtp.office365.com": "outlook.office365.com",
    "smtp.orange.fr": "imap.orange.fr",
    "ssl0.ovh.net": "ssl0.ovh.net",
}
"""Where the hosts whose servers fill the mail account in keep their mailboxes."""
_USUAL_PORT = 993


async def mailbox_card(
    session: Session, cards: SettingsCards, view: SettingsView
) -> None:
    """Let the user say which mailbox is read, and try it; not in a demonstration."""
    with cards.card(
        "mailbox",
        _("Mailbox"),
        _(
            "Replies, undelivered e-mails and absences are read where your customers"
            " answer. Nothing there is marked as read, moved or deleted."
        ),
    ) as card:
        if view.entity.demo:
            secondary(_("In the demonstration, no mailbox is read."))
            return

        @ui.refreshable
        async def form() -> None:
            known = await session.run(imap_account, view.entity.id)
            _MailboxForm(session, card, view.entity, known, view.account, again)

        async def again() -> None:
            # What is typed in the other cards stays.
            await form.refresh()

        await form()


class _MailboxForm:
    """The fields of the mailbox, and what its server last said."""

    def __init__(
        self,
        session: Session,
        card: SettingsCard,
        entity: Entity,
        known: ImapAccount | None,
        mail: SmtpAccount | None,
        redraw: Callable[[], Awaitable[None]],
    ) -> None:
        self._session, self._card, self._entity = session, card, entity
        self._redraw = redraw
        shown = known or _guessed(mail, entity)
        with card.fields():
            self._host = text_field(
                _("Mailbox server (IMAP)"), shown.host, name="imap-host"
            )
            self._port = text_field(_("Port"), str(shown.port), name="imap-port")
            self._security = ui.select(
                {
                    "ssl": _("SSL/TLS (usually port 993)"),
                    "starttls": _("STARTTLS (usually port 143)"),
                    "none": _("None: a server on this computer only"),
                },
                value=shown.security,
                label=_("Security"),
            ).props(design.INPUT)
            self._user = text_field(_("User name"), shown.user, name="imap-user")
            self._password = ui.input(
                _("Password"), password=True, password_toggle_button=True
            )
        self._password.props(design.INPUT).mark("imap-password")
        self._password.props["autocomplete"] = "new-password"
        self._password.props["hint"] = (
            _("Leave empty to keep the one saved in this computer's keyring.")
            if known
            else _("Kept in this computer's keyring, never in the books.")
        )
        self._answer = ui.element("div").mark("mailbox-answer")
        self._answer.props["role"] = "status"
        with card.save_row(self._save, name="mailbox"):
            if known:
                quiet_button(_("Read no more"), self._forget).mark("forget-mailbox")
            self._button = secondary_button(
                _("Save and test"), self._test, icon="network_check"
            ).mark("test-mailbox")

    async def _save(self) -> None:
        account = self._account()
        await self._session.run(save_imap_account, self._entity.id, account)
        if self._password.value:
            mailbox = self._session.outside.mailbox
            typed = self._password.value
            await asyncio.to_thread(mailbox.save_password, account, typed)
            self._password.value = ""

    async def _forget(self) -> None:
        await self._session.run(save_imap_account, self._entity.id, None)
        await self._redraw()

    async def _test(self) -> None:
        """Save, log in, open the inbox, and say what came of it."""
        self._answer.clear()
        if not await self._card.keep(self._save):
            return
        self._button.props("loading")
        mailbox = self._session.outside.mailbox
        problem = await asyncio.to_thread(mailbox.test, self._account())
        self._button.props(remove="loading")
        tone = Tone.WARNING if problem else Tone.SETTLED
        with self._answer, ui.element("div").classes(design.ANSWER_BOX):
            self._answer.classes(replace=tone.css)
            ui.icon(design.TONE_ICONS[tone]).props("aria-hidden=true")
            ui.label(
                _(problem)
                if problem
                else _("The mailbox can be read. Nothing in it was changed.")
            )

    def _account(self) -> ImapAccount:
        port = self._port.value.strip()
        return ImapAccount(
            host=self._host.value.strip(),
            port=int(port) if port.isdecimal() else 0,
            security=self._security.value,
            user=self._user.value.strip(),
        )


def _guessed(mail: SmtpAccount | None, entity: Entity) -> ImapAccount:
    """Guess the mailbox from the account that sends; nothing is kept by itself."""
    host = mail.host if mail else ""
    is_named_after = host.startswith("smtp.")
    named = f"imap.{host.removeprefix('smtp.')}" if is_named_after else ""
    return ImapAccount(
        host=_SERVERS.get(host, named),
        port=_USUAL_PORT,
        security="ssl",
        user=mail.user if mail else entity.email,
    )
