"""The mailbox in which bounces, receipts and replies are read."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.ledger.entity import Entity
from domain.ports import ImapAccount, MailHosts, MailServer, SmtpAccount
from domain.usecases.mailbox import imap_account, save_imap_account
from domain.usecases.settings import SettingsView
from ui import design
from ui.components.buttons import quiet_button, secondary_button
from ui.components.mail_sign_in import NAMES
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.settings_fields import text_field
from ui.components.settings_mail import MailForm
from ui.components.text import secondary
from ui.design import Tone
from ui.session import Session
from ui.translation import _

_USUAL_PORT = 993


async def mailbox_card(
    session: Session, cards: SettingsCards, view: SettingsView, mail: MailForm
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
            drawn = _MailboxForm(session, card, view.entity, known, view.account, again)
            if known is None:
                mail.on_imap_found(drawn.fill)

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
        self._known, self._mail, self._redraw = known, mail, redraw
        shown = known or _guessed(mail, entity, session.outside.mail_hosts)
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
            self._choices(shown)
        self._password.props(design.INPUT).mark("imap-password")
        self._password.props["autocomplete"] = "new-password"
        self._password.props["hint"] = (
            _("Leave empty to keep the one saved in this computer's keyring.")
            if known
            else _("Kept in this computer's keyring, never in the books.")
        )
        self._show_choices()
        self._answer = ui.element("div").mark("mailbox-answer")
        self._answer.props["role"] = "status"
        with card.save_row(self._save, name="mailbox"):
            if known:
                quiet_button(_("Read no more"), self._forget).mark("forget-mailbox")
            self._button = secondary_button(
                _("Save and test"), self._test, icon="network_check"
            ).mark("test-mailbox")

    def fill(self, server: MailServer, user: str) -> None:
        """Fill the fields in for the mailbox that an address showed."""
        self._host.value, self._port.value = server.host, str(server.port)
        self._security.value, self._user.value = server.security, user

    def _choices(self, shown: ImapAccount) -> None:
        """Draw the switches: the mail account's sign-in, copies of what is sent."""
        oauth = self._mail.oauth if self._mail else None
        self._same = ui.switch(
            _(
                "Sign in as the mail account does, with {provider}",
                provider=NAMES[oauth.provider] if oauth else "",
            ),
            value=bool(oauth and (shown.oauth or self._known is None)),
            on_change=self._show_choices,
        )
        self._same.classes(design.WIDE).mark("imap-same-sign-in")
        self._same.visible = oauth is not None
        self._copies = ui.switch(
            _("Put a copy of each e-mail sent in the mailbox's Sent folder"),
            value=bool(shown.copies_since),
        )
        self._copies.classes(design.WIDE).mark("imap-copies")
        self._kept = secondary("").classes(design.WIDE)
        self._host.on_value_change(self._show_choices)

    def _show_choices(self) -> None:
        """Close what the host already does, or does not need."""
        host = self._session.outside.mail_hosts.of_server(self._host.value.strip())
        does_it = host is not None and host.keeps_sent
        self._password.visible = not self._same.value
        self._copies.visible = not does_it
        self._kept.visible = does_it
        if host and does_it:
            self._kept.text = _(
                "{host} puts what is sent in the Sent folder by itself.", host=host.name
            )

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
            copies_since=self._copies_since(),
            oauth=self._mail.oauth if self._mail and self._same.value else None,
        )

    def _copies_since(self) -> str:
        """Tell from when on copies are put there: not those sent long before."""
        if not (self._copies.visible and self._copies.value):
            return ""
        before = self._known.copies_since if self._known else ""
        return before or self._session.now().isoformat()


def _guessed(mail: SmtpAccount | None, entity: Entity, hosts: MailHosts) -> ImapAccount:
    """Guess the mailbox from the account that sends; nothing is kept by itself."""
    host = mail.host if mail else ""
    known = hosts.of_server(host)
    is_named_after = host.startswith("smtp.")
    named = f"imap.{host.removeprefix('smtp.')}" if is_named_after else ""
    return ImapAccount(
        host=known.imap.host if known else named,
        port=known.imap.port if known else _USUAL_PORT,
        security=known.imap.security if known else "ssl",
        user=mail.user if mail else entity.email,
    )
