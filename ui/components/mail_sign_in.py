"""Signing in by the browser: whose client ID, how to get one, and the sign-in."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from domain.basics.errors import DunningError
from domain.basics.sentences import N_
from domain.ports import OAuthClient, Provider, SignInWords
from ui import design
from ui.browser import open_browser
from ui.components.buttons import quiet_button, secondary_button
from ui.components.settings_fields import text_field
from ui.components.text import secondary
from ui.design import Tone
from ui.session import Session
from ui.translation import _, refusal

_PASSWORD = "password"  # noqa: S105 - it is what the user chooses, not a password
NAMES = {Provider.GOOGLE: "Google", Provider.MICROSOFT: "Microsoft"}
_STEPS = {
    Provider.GOOGLE: (
        N_(
            "Open console.cloud.google.com with an account of your firm, and create a"
            " project, “Relance” for instance."
        ),
        N_(
            "Under “OAuth consent screen”, choose “Internal” with Google Workspace,"
            " else “External”, then publish the app: while it is being tested, Google"
            " ends each sign-in after 7 days."
        ),
        N_("Under “Data access”, add the scope https://mail.google.com/"),
        N_(
            "Under “Clients”, create a client of the type “Desktop app”: copy its"
            " client ID and its secret here."
        ),
        N_(
            "At the first sign-in, Google says that it has not verified the app: it is"
            " your own. Choose “Advanced”, then go on."
        ),
    ),
    Provider.MICROSOFT: (
        N_(
            "Open entra.microsoft.com as an administrator of your firm: “App"
            " registrations”, then “New registration”, “Relance” for instance."
        ),
        N_(
            "As the redirect URI, choose “Public client/native (mobile & desktop)”,"
            " and write http://localhost"
        ),
        N_(
            "Under “API permissions”, add the delegated permissions SMTP.Send,"
            " IMAP.AccessAsUser.All and offline_access of Microsoft Graph."
        ),
        N_(
            "Copy the “Application (client) ID” here, and the “Directory (tenant) ID”"
            " if the app is for your organisation only. For an Outlook.com or Hotmail"
            " address, write consumers there."
        ),
        N_(
            "In the Microsoft 365 admin center, the mailbox must allow “Authenticated"
            " SMTP” among its e-mail apps."
        ),
    ),
}


class SignInPart:
    """How the account logs in; with the browser, what that needs."""

    def __init__(self, session: Session, known: OAuthClient | None) -> None:
        self._session = session
        self._known = known
        self._touched: list[Callable[[], None]] = []
        self._way = ui.select(
            {
                _PASSWORD: _("With a password"),
                **{
                    provider.value: _(
                        "With {provider}, by the browser", provider=NAMES[provider]
                    )
                    for provider in Provider
                },
            },
            value=known.provider.value if known else _PASSWORD,
            label=_("How to log in"),
            on_change=self._show,
        )
        self._way.props(design.INPUT).mark("sign-in-way")
        self._client_id = text_field(
            _("Client ID"), known.client_id if known else "", name="client-id"
        )
        self._secret = ui.input(_("Client secret"), password=True)
        self._secret.props(design.INPUT).mark("client-secret")
        self._secret.props["autocomplete"] = "new-password"
        self._secret.props["hint"] = _(
            "Leave empty to keep the one saved in this computer's keyring."
        )
        self._tenant = text_field(
            _("Directory (tenant) ID"),
            known.tenant if known else "",
            name="tenant",
            hint=_("Empty if the app is for any organisation."),
        )
        self._steps = ui.element("div").classes(design.WIDE)

    @property
    def fields(self) -> tuple[ui.select, ui.input, ui.input, ui.input]:
        """Those that a demonstration closes."""
        return self._way, self._client_id, self._secret, self._tenant

    @property
    def provider(self) -> Provider | None:
        """Who lets in by the browser; None for a password."""
        chosen = self._way.value
        return None if chosen == _PASSWORD else Provider(chosen)

    @property
    def client(self) -> OAuthClient | None:
        """What was chosen and typed."""
        provider = self.provider
        if provider is None:
            return None
        is_microsoft = provider is Provider.MICROSOFT
        return OAuthClient(
            provider=provider,
            client_id=self._client_id.value.strip(),
            tenant=self._tenant.value.strip() if is_microsoft else "",
        )

    def choose(self, provider: Provider | None) -> None:
        """Propose a way to log in."""
        self._way.value = provider.value if provider else _PASSWORD

    def on_change(self, told: Callable[[], None]) -> None:
        """Tell when another way was chosen; also now."""
        self._touched.append(told)
        self._show()

    def answer_place(self) -> None:
        """Draw, below the fields, the button and what comes of it."""
        self._place = ui.element("div").classes(design.STACK).mark("sign-in")
        self._place.props["role"] = "status"

    def button(self, save: Callable[[], Awaitable[bool]], user: ui.input) -> None:
        """Draw « Se connecter avec … » among the card's buttons."""

        async def sign_in() -> None:
            if await save() and (client := self.client):
                await self._sign_in(client, user.value.strip())

        self._button = secondary_button("", sign_in, icon="login")
        self._button.mark("sign-in-button")
        self._show()

    def _show(self) -> None:
        provider = self.provider
        self._client_id.visible = provider is not None
        self._secret.visible = provider is Provider.GOOGLE
        self._tenant.visible = provider is Provider.MICROSOFT
        self._steps.clear()
        if provider:
            with self._steps:
                folded = ui.expansion(_("How to get a client ID")).props("dense")
            with folded, ui.element("ol").classes(design.STEPS_LIST):
                for step in _STEPS[provider]:
                    TextElement(tag="li", text=_(step))
            with self._steps:
                secondary(
                    _(
                        "Relance then asks {provider}, and nobody else, for what opens"
                        " the mailbox for an hour at a time.",
                        provider=NAMES[provider],
                    )
                )
        if hasattr(self, "_button"):
            self._button.visible = provider is not None
            if provider:
                self._button.text = _(
                    "Sign in with {provider}", provider=NAMES[provider]
                )
        for told in self._touched:
            told()

    async def _sign_in(self, client: OAuthClient, user: str) -> None:
        """Let the user sign in in the browser, and say what came of it."""
        loop, gateway = asyncio.get_running_loop(), self._session.outside.sign_in

        def show(address: str) -> None:
            loop.call_soon_threadsafe(self._wait_for, address, gateway.cancel)
            open_browser(address)

        words = SignInWords(
            done=_("You are signed in: go back to Relance, and close this page."),
            refused=_("Nobody was signed in: go back to Relance."),
        )
        self._button.props("loading")
        secret = self._secret.value if client.provider is Provider.GOOGLE else ""
        try:
            await asyncio.to_thread(gateway.sign_in, client, user, secret, show, words)
        except DunningError as problem:
            self._say(refusal(problem), Tone.WARNING)
        else:
            self._secret.value = ""
            self._say(
                _("Signed in as {user}. Nothing was sent.", user=user), Tone.SETTLED
            )
        finally:
            self._button.props(remove="loading")

    def _wait_for(self, address: str, cancel: Callable[[], None]) -> None:
        if self._place.is_deleted:  # the user went to another page meanwhile
            return
        self._place.clear()
        with self._place, ui.element("div").classes(design.ANSWER_BOX):
            self._place.classes(replace=f"{design.STACK} {Tone.NEUTRAL.css}")
            ui.icon("open_in_browser").props("aria-hidden=true")
            ui.label(_("Your browser asks you to sign in. Nothing opened?"))
            ui.link(_("Open the page"), address, new_tab=True).mark("sign-in-page")
            quiet_button(_("Give up"), cancel).mark("give-up")

    def _say(self, words: str, tone: Tone) -> None:
        if self._place.is_deleted:
            return
        self._place.clear()
        with self._place, ui.element("div").classes(design.ANSWER_BOX):
            self._place.classes(replace=f"{design.STACK} {tone.css}")
            ui.icon(design.TONE_ICONS[tone]).props("aria-hidden=true")
            ui.label(words)
