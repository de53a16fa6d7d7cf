"""Finds the servers of a mailbox from its address: known hosts, else tried ones."""

import asyncio
from collections.abc import Callable

from nicegui import ui

from domain.ports import MailHost, MailServer
from domain.ports.mail_hosts import domain_of, probable_imap, probable_smtp
from ui import design
from ui.components.buttons import secondary_button
from ui.components.text import secondary
from ui.session import Session
from ui.translation import _


class MailFinding:
    """What the address tells; nothing is connected to unless the user asks."""

    def __init__(
        self,
        session: Session,
        fill: Callable[[MailHost], None],
        found: Callable[[MailServer], None],
    ) -> None:
        self._session, self._fill, self._found = session, fill, found
        self._told_imap: list[Callable[[MailServer, str], None]] = []
        self._address = ""
        self._place = ui.element("div").classes(design.WIDE).mark("mail-finding")
        self._place.props["role"] = "status"

    def on_imap(self, told: Callable[[MailServer, str], None]) -> None:
        """Tell where the mailbox is, and its user, each time it is found."""
        self._told_imap.append(told)

    def look(self, address: str, host: str) -> None:
        """Fill the form in when the address shows its host; else propose to try.

        A server that the user typed stays: only known ones are replaced.
        """
        self._address = address.strip()
        hosts = self._session.outside.mail_hosts
        known = hosts.of_address(self._address)
        is_free = not host or hosts.of_server(host) is not None
        if known and is_free:
            self._fill(known)
        elif domain_of(self._address) and not known and not host:
            self._propose()
        else:
            self._place.clear()

    def tell(self, host: MailHost) -> None:
        """Say whose servers these are, and what password they take."""
        self._place.clear()
        with self._place:
            secondary(_("Servers of {host}, filled in.", host=host.name))
            if host.password.says:
                secondary(_(host.password.says))
        user = host.user_of(self._address)
        for told in self._told_imap:
            told(host.imap, user)

    def _propose(self) -> None:
        self._place.clear()
        names = sorted({one.host for one in probable_smtp(self._address)})
        with self._place:
            secondary(
                _(
                    "A domain of your own: choose your mail host below, or let Relance"
                    " try the usual names ({names}). Nothing else is contacted.",
                    names=", ".join(names),
                )
            )
            self._button = secondary_button(
                _("Try these servers"), self._try, icon="travel_explore"
            ).mark("try-servers")

    async def _try(self) -> None:
        """Connect to the usual names, without logging in; keep what answers."""
        address, outside = self._address, self._session.outside
        self._button.props("loading")
        smtp, imap = await asyncio.gather(
            _first(outside.mail.answers, probable_smtp(address)),
            _first(outside.mailbox.answers, probable_imap(address)),
        )
        self._button.props(remove="loading")
        self._place.clear()
        if smtp:
            self._found(smtp)
        if imap:
            for told in self._told_imap:
                told(imap, address)
        with self._place:
            secondary(
                _("{server} answers: filled in.", server=smtp.host)
                if smtp
                else _(
                    "None of them answers and proves who it is: your mail host tells"
                    " its servers on its help pages."
                )
            )


async def _first(
    answers: Callable[[MailServer], bool], servers: tuple[MailServer, ...]
) -> MailServer | None:
    """Ask all at once; take the likeliest that answers."""
    said = await asyncio.gather(*(asyncio.to_thread(answers, one) for one in servers))
    return next((one for one, yes in zip(servers, said, strict=True) if yes), None)
