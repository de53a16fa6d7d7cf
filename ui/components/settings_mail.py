"""The mail account that reminders leave from."""

import asyncio
from dataclasses import dataclass

from nicegui import ui

from domain.dunning.outbox import Delivery, DeliveryReport
from domain.ledger.entity import Entity
from domain.ports import SmtpAccount
from domain.usecases.configuring import save_smtp_account
from domain.usecases.settings import SettingsView
from ui import design
from ui.components.buttons import secondary_button
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.settings_fields import text_field
from ui.components.settings_firm import address_says
from ui.components.text import secondary
from ui.design import Tone
from ui.session import Session
from ui.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHost:
    """What a mail host publishes for its customers' programs."""

    name: str
    server: str
    port: int
    security: str


MAIL_HOSTS = (
    MailHost(name="Free", server="smtp.free.fr", port=465, security="ssl"),
    MailHost(name="Gmail", server="smtp.gmail.com", port=465, security="ssl"),
    MailHost(
        name="Microsoft 365",
        server="smtp.office365.com",
        port=587,
        security="starttls",
    ),
    MailHost(name="Orange", server="smtp.orange.fr", port=465, security="ssl"),
    MailHost(name="OVH", server="ssl0.ovh.net", port=465, security="ssl"),
)
"""They only fill the fields in: what the user types there is what counts."""
_USUAL_PORT = 465


def mail_card(session: Session, cards: SettingsCards, view: SettingsView) -> None:
    """Let the user say how e-mails leave, and try it; not in a demonstration."""
    with cards.card(
        "mail",
        _("Mail account"),
        _("E-mails leave through your own mail account, and nothing else does."),
    ) as card:
        form = _MailForm(session, card, view)
        if view.entity.demo:
            form.close()
        else:
            form.save_row()


class _MailForm:
    """The fields of the account, and what its server last said."""

    def __init__(
        self, session: Session, card: SettingsCard, view: SettingsView
    ) -> None:
        self._session = session
        self._card = card
        self._entity = view.entity
        known = view.account or _empty_account(view.entity)
        with card.fields():
            self._presets()
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
            self._user = text_field(_("User name"), known.user, name="user")
            self._password = self._password_field(is_known=view.account is not None)
            self._sender_name = text_field(
                _("Sender's name"), known.sender_name, name="sender-name"
            )
            self._sender_address = text_field(
                _("Sender's address"),
                known.sender_address,
                name="sender-address",
                says=lambda text: address_says(session, text),
            )
            self._reply_to = text_field(
                _("Where answers go, if elsewhere"),
                known.reply_to,
                name="reply-to",
                says=lambda text: address_says(session, text),
            )
        self._answer = ui.element("div").mark("mail-answer")
        self._answer.props["role"] = "status"

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

    def _presets(self) -> None:
        hosts = {host.server: host for host in MAIL_HOSTS}

        def fill() -> None:
            host = hosts[self._preset.value]
            self._host.value = host.server
            self._port.value = str(host.port)
            self._security.value = host.security

        self._preset = ui.select(
            {host.server: host.name for host in MAIL_HOSTS},
            label=_("Fill in for a mail host"),
            on_change=fill,
        )
        self._preset.props(design.INPUT).classes(design.WIDE).mark("mail-host")

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
