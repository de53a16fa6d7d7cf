"""The mail account that reminders leave from."""

import asyncio
from collections.abc import Callable

from nicegui import ui

from domain.dunning.outbox import Delivery, DeliveryReport
from domain.ledger.entity import Entity
from domain.ports import MailHost, MailServer, SmtpAccount
from domain.ports.mail_hosts import PasswordKind
from domain.usecases.configuring import save_smtp_account
from domain.usecases.settings import SettingsView
from ui import design
from ui.components.buttons import secondary_button
from ui.components.mail_finding import MailFinding
from ui.components.mail_sign_in import SignInPart
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.settings_fields import text_field
from ui.components.settings_firm import address_says
from ui.components.text import secondary
from ui.design import Tone
from ui.session import Session
from ui.translation import _

_USUAL_PORT = 465


def mail_card(session: Session, cards: SettingsCards, view: SettingsView) -> "MailForm":
    """Let the user say how e-mails leave, and try it; not in a demonstration."""
    with cards.card(
        "mail",
        _("Mail account"),
        _("E-mails leave through your own mail account, and nothing else does."),
    ) as card:
        form = MailForm(session, card, view)
        if view.entity.demo:
            form.close()
        else:
            form.save_row()
    return form


class MailForm:
    """The fields of the account, and what its server last said."""

    def __init__(
        self, session: Session, card: SettingsCard, view: SettingsView
    ) -> None:
        self._session = session
        self._card = card
        self._entity = view.entity
        self._hosts = session.outside.mail_hosts
        known = view.account or _empty_account(view.entity)
        with card.fields():
            self._who(known)
            self._where(known)
            self._key(known, is_known=view.account is not None)
            self._asked = ui.switch(
                _("Ask the reader's program to say that the e-mail was read"),
                value=known.wants_receipt,
            )
            self._asked.classes(design.WIDE).mark("wants-receipt")
            secondary(
                _(
                    "Many programs ask their user first, or never answer: no receipt"
                    " does not mean that the e-mail was not read."
                )
            ).classes(design.WIDE)
        self._sign_in.answer_place()
        self._answer = ui.element("div").mark("mail-answer")
        self._answer.props["role"] = "status"

    def on_imap_found(self, told: Callable[[MailServer, str], None]) -> None:
        """Tell where the mailbox is, and its user, when the address shows it."""
        self._finding.on_imap(told)

    def _who(self, known: SmtpAccount) -> None:
        session = self._session
        self._sender_address = text_field(
            _("Sender's address"),
            known.sender_address,
            name="sender-address",
            says=lambda text: address_says(session, text),
        )
        self._sender_name = text_field(
            _("Sender's name"), known.sender_name, name="sender-name"
        )
        self._reply_to = text_field(
            _("Where answers go, if elsewhere"),
            known.reply_to,
            name="reply-to",
            says=lambda text: address_says(session, text),
        )
        self._finding = MailFinding(session, self._fill, self._found)

    def _where(self, known: SmtpAccount) -> None:
        names = {host.name: host for host in self._hosts.all}
        self._preset = ui.select([*names], label=_("Fill in for a mail host"))
        self._preset.on_value_change(lambda: self._fill(names[self._preset.value]))
        self._preset.props(design.INPUT).mark("mail-host")
        self._host = text_field(_("Mail server (SMTP)"), known.host, name="host")
        self._port = text_field(_("Port"), str(known.port), name="port")
        self._security = ui.select(
            {
                "ssl": _("SSL/TLS (usually port 465)"),
                "starttls": _("STARTTLS (usually port 587)"),
                "none": _("None: a server on this computer only"),
            },
            value=known.security,
            label=_("Security"),
        ).props(design.INPUT)
        self._security.mark("security")
        self._last_address = known.sender_address
        self._sender_address.on_value_change(self._look)
        if not known.host:
            self._finding.look(known.sender_address, "")

    def _key(self, known: SmtpAccount, *, is_known: bool) -> None:
        self._user = text_field(_("User name"), known.user, name="user")
        self._sign_in = SignInPart(self._session, known.oauth)
        self._password = self._password_field(is_known=is_known)
        self._sign_in.on_change(self._show_password)

    def _show_password(self) -> None:
        self._password.visible = self._sign_in.provider is None

    def _look(self) -> None:
        """Follow the address: its host's servers, and the user name that was it."""
        address = self._sender_address.value.strip()
        is_here = self._security.value == "none"  # such a server asks for no name
        if not is_here and self._user.value in ("", self._last_address):
            self._user.value = address
        self._last_address = address
        self._finding.look(address, self._host.value)

    def _fill(self, host: MailHost) -> None:
        """Fill the fields in for a host; what was typed there is replaced."""
        self._found(host.smtp)
        address = self._sender_address.value.strip()
        if address:
            self._user.value = host.user_of(address)
        is_refused = host.password is PasswordKind.BROWSER
        self._sign_in.choose(host.provider if is_refused else None)
        self._finding.tell(host)

    def _found(self, server: MailServer) -> None:
        self._host.value = server.host
        self._port.value = str(server.port)
        self._security.value = server.security

    def close(self) -> None:
        """Make the fields read-only, and say why."""
        for field in (
            self._preset,
            self._host,
            self._port,
            self._security,
            self._user,
            self._password,
            self._sender_name,
            self._sender_address,
            self._reply_to,
            self._asked,
            *self._sign_in.fields,
        ):
            field.disable()
        secondary(
            _("In the demonstration, nothing can leave this computer: no account here.")
        )

    def save_row(self) -> None:
        """Draw the buttons that keep the account, and try it."""
        with self._card.save_row(self._save, name="mail"):
            self._button = secondary_button(
                _("Save and test"), self._test, icon="network_check"
            ).mark("test-mail")
            self._sign_in.button(lambda: self._card.keep(self._save), self._user)

    def _password_field(self, *, is_known: bool) -> ui.input:
        drawn = ui.input(_("Password"), password=True, password_toggle_button=True)
        drawn.props(design.INPUT).mark("password")
        # A browser would otherwise propose the passwords of other sites.
        drawn.props["autocomplete"] = "new-password"
        drawn.props["hint"] = (
            _("Leave empty to keep the one saved in this computer's keyring.")
            if is_known
            else _("Kept in this computer's keyring, never in the books.")
        )
        return drawn

    async def _save(self) -> None:
        """Keep the account first: a missing keyring only loses the password."""
        account = self._account()
        await self._session.run(save_smtp_account, self._entity.id, account)
        if self._password.value:
            mail = self._session.outside.mail
            await asyncio.to_thread(mail.save_password, account, self._password.value)
            self._password.value = ""

    async def _test(self) -> None:
        """Save, log in, and say what the server answered."""
        self._answer.clear()
        if not await self._card.keep(self._save):
            return
        self._button.props("loading")
        mail = self._session.outside.mail
        report = await asyncio.to_thread(mail.test, self._account())
        self._button.props(remove="loading")
        self._show(report)

    def _show(self, report: DeliveryReport) -> None:
        is_right = report.outcome is Delivery.ACCEPTED
        tone = Tone.SETTLED if is_right else Tone.WARNING
        with self._answer, ui.element("div").classes(design.ANSWER_BOX):
            self._answer.classes(replace=tone.css)
            ui.icon(design.TONE_ICONS[tone]).props("aria-hidden=true")
            ui.label(_words(report))

    def _account(self) -> SmtpAccount:
        port = self._port.value.strip()
        return SmtpAccount(
            host=self._host.value.strip(),
            port=int(port) if port.isdecimal() else 0,
            security=self._security.value,
            user=self._user.value.strip(),
            sender_name=self._sender_name.value.strip(),
            sender_address=self._sender_address.value.strip(),
            reply_to=self._reply_to.value.strip(),
            wants_receipt=self._asked.value,
            oauth=self._sign_in.client,
        )


def _empty_account(entity: Entity) -> SmtpAccount:
    return SmtpAccount(
        host="",
        port=_USUAL_PORT,
        security="ssl",
        user=entity.email,
        sender_name=entity.name,
        sender_address=entity.email,
    )


def _words(report: DeliveryReport) -> str:
    if report.outcome is Delivery.ACCEPTED:
        return _("The server accepted the account. Nothing was sent.")
    if report.answer[:3].isdecimal():
        return _("The server answered: {answer}", answer=report.answer)
    return _(report.answer)
