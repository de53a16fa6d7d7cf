"""Reads the firm's mailbox over IMAP (RFC 3501), and changes nothing in it.

Folders are opened with EXAMINE and messages fetched with BODY.PEEK: nothing is marked
as read, moved or deleted. Where the user asks for it, copies of what was sent are added
to the Sent folder. What servers and messages say is never trusted.
"""

import re
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from imaplib import IMAP4, IMAP4_SSL, Internaldate2tuple, Time2Internaldate
from time import mktime, monotonic

from domain.basics.errors import DunningError
from domain.basics.sentences import N_
from domain.dunning.incoming import ReceivedMail
from domain.ports.mail_hosts import MailServer
from domain.ports.mailbox import (
    ImapAccount,
    KeptCopies,
    MailboxMark,
    MailboxReading,
    SentCopy,
)
from domain.ports.sign_in import SignInGateway
from storage.mail import secrets
from storage.mail.answers import certificate_answer
from storage.mail.line import bearer
from storage.mail.received import take_apart
from storage.mail.sign_in import SignIns
from storage.mail.sign_in_refusals import (
    ProviderSilentError,
    TokenRefusedError,
    refusal_words,
)
from storage.mail.smtp import LOOPBACK, TRYING_TIMEOUT, ClearConnectionError

MOST_AT_ONCE = 500
LARGEST = 400_000
"""Bytes read of one message: its text comes before its attachments."""
_LONGEST_LOOK = 300.0
"""Seconds; what is left waits for the next look."""
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>.+)')
_SENT_NAMES = (
    b"sent",
    b"sent items",
    b"sent messages",
    b"inbox.sent",
    b"&amo-l&aok-ments envoy&aok-s",
    b"&am8-l&aok-ments envoy&aok-s",
    b"messages envoy&aok-s",
    b"envoy&aok-s",
)
_SAFE_NAME = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{3,250}")
"""A Message-ID that can stand between quotes."""
_FAILURES = (OSError, IMAP4.error, ValueError, DunningError)


class MailboxProblem:
    """Why a mailbox cannot be read, when nothing else tells."""

    LOGIN = N_("The mailbox does not accept this user name or this password.")
    UNREACHABLE = N_("The mailbox's server cannot be reached.")
    NO_SENT_FOLDER = N_("The mailbox has no Sent folder: no copy was put there.")
    COPY_REFUSED = N_(
        "The mailbox took no more copies of what was sent: it may be full."
    )
    NOT_OFFERED = N_(
        "The mailbox's server does not offer this security, or this way to log in: "
        "check the port and the security. Nothing was said to it."
    )
    ODD = N_("The mailbox's server answered something that is not understood.")


class _OddAnswerError(Exception):
    """The server does not open its inbox."""


class _LoginRefusedError(Exception):
    """The server knows no such user, or not with this password."""


class _NotOfferedError(Exception):
    """The server cannot be spoken to in secret, or not logged in to that way."""


_PROBLEMS = (*_FAILURES, _LoginRefusedError, _NotOfferedError, _OddAnswerError)


class _Clear(IMAP4):
    """A connection that no server can make take more than it asked for."""

    def read(self, size: int) -> bytes:
        """Read a part whose size the server tells."""
        if size > 2 * LARGEST:
            raise self.abort
        return super().read(size)


class _Safe(IMAP4_SSL):
    """The same, encrypted from its beginning."""

    def read(self, size: int) -> bytes:
        """Read a part whose size the server tells."""
        if size > 2 * LARGEST:
            raise self.abort
        return super().read(size)


class ImapGateway:
    """Reads the inbox and finds sent messages, one connection for each look."""

    def __init__(
        self, timeout: float = 30.0, *, sign_in: SignInGateway | None = None
    ) -> None:
        self._timeout = timeout
        self._sign_in = sign_in or SignIns()

    def read(
        self, account: ImapAccount, mark: MailboxMark | None, since: datetime
    ) -> MailboxReading:
        """Read what came after the mark; without one, what came since a moment."""
        try:
            with self._logged_in(account) as box:
                return _read_inbox(box, mark, since)
        except _PROBLEMS as problem:
            return MailboxReading(problem=_explained(problem))

    def find_sent(
        self, account: ImapAccount, names: Sequence[str]
    ) -> Mapping[str, datetime]:
        """Tell when messages of these Message-IDs were put in the Sent folder."""
        safe = [name for name in names if _SAFE_NAME.fullmatch(name)]
        try:
            with self._logged_in(account) as box:
                folder = _sent_folder(box)
                if folder is None or box.select(folder, readonly=True)[0] != "OK":
                    return {}
                found = {name: _dated(box, name) for name in safe}
                return {name: day for name, day in found.items() if day}
        except _PROBLEMS:
            return {}

    def keep_sent(self, account: ImapAccount, copies: Sequence[SentCopy]) -> KeptCopies:
        """Put messages in the Sent folder, those that are not there yet."""
        kept: list[str] = []
        try:
            with self._logged_in(account) as box:
                folder = _sent_folder(box)
                if folder is None or box.select(folder, readonly=True)[0] != "OK":
                    return KeptCopies(problem=MailboxProblem.NO_SENT_FOLDER)
                for copy in copies:
                    if not _is_kept(box, folder, copy):
                        problem = MailboxProblem.COPY_REFUSED
                        return KeptCopies(names=tuple(kept), problem=problem)
                    kept.append(copy.name)
        except _PROBLEMS as problem:
            return KeptCopies(names=tuple(kept), problem=_explained(problem))
        return KeptCopies(names=tuple(kept))

    def test(self, account: ImapAccount) -> str:
        """Log in and open the inbox; say what is wrong, empty when nothing is."""
        try:
            with self._logged_in(account) as box:
                _examine(box)
        except _PROBLEMS as problem:
            return _explained(problem)
        return ""

    def answers(self, server: MailServer) -> bool:
        """Whether a server is there and proves who it is; nobody logs in."""
        nobody = ImapAccount(
            host=server.host, port=server.port, security=server.security, user=""
        )
        try:
            _hang_up(self._connected(nobody, TRYING_TIMEOUT))
        except _PROBLEMS:
            return False
        return True

    def password(self, account: ImapAccount) -> str:
        """Find the account's password; empty when none was saved."""
        return secrets.password(account, secrets.MAILBOX_VARIABLE)

    def save_password(self, account: ImapAccount, password: str) -> None:
        """Keep the account's password in the system's keyring."""
        secrets.save_password(account, password)

    @contextmanager
    def _logged_in(self, account: ImapAccount) -> Iterator[IMAP4]:
        """Open a connection and log in; only ever to a server that proves itself."""
        if account.security == "none" and account.host not in LOOPBACK:
            raise ClearConnectionError
        box = self._opened(account)
        try:
            yield box
        finally:
            _hang_up(box)

    def _opened(self, account: ImapAccount) -> IMAP4:
        """Log in; a token that is refused is asked for anew, once."""
        if account.oauth is None:
            password = secrets.login_password(account, secrets.MAILBOX_VARIABLE)
            return self._entered(account, lambda box: box.login(account.user, password))
        for anew in (False, True):
            token = self._sign_in.access_token(account.oauth, account.user, anew=anew)
            give = partial(_give_token, said=bearer(account.user, token))
            with suppress(_LoginRefusedError):
                return self._entered(account, give)
        raise TokenRefusedError

    def _entered(
        self, account: ImapAccount, log_in: Callable[[IMAP4], object]
    ) -> IMAP4:
        box = self._connected(account)
        try:
            log_in(box)
        except (box.abort, _NotOfferedError, OSError):
            _hang_up(box)
            raise
        except box.error as problem:
            _hang_up(box)
            raise _LoginRefusedError from problem
        return box

    def _connected(self, account: ImapAccount, timeout: float = 0.0) -> IMAP4:
        patience = timeout or self._timeout
        context = ssl.create_default_context()
        where = (account.host, account.port)
        if account.security == "ssl":
            return _Safe(*where, ssl_context=context, timeout=patience)
        box = _Clear(*where, timeout=patience)
        if account.security == "starttls":
            try:
                _encrypt(box, context)
            except BaseException:
                with suppress(*_FAILURES):  # its socket may be gone: that is not why
                    box.shutdown()
                raise
        return box


def _encrypt(box: IMAP4, context: ssl.SSLContext) -> None:
    """Go on in secret, or not at all: nobody on the way may say otherwise."""
    if "STARTTLS" not in box.capabilities:
        raise _NotOfferedError
    try:
        box.starttls(context)
    except box.abort:
        raise
    except box.error as problem:  # said to be logged in already, or refused
        raise _NotOfferedError from problem


def _give_token(box: IMAP4, said: str) -> None:
    """Log in with a token; to the reasons of a refusal, say nothing."""
    if "AUTH=XOAUTH2" not in box.capabilities:
        raise _NotOfferedError
    box.authenticate("XOAUTH2", lambda reasons: b"" if reasons else said.encode())


def _hang_up(box: IMAP4) -> None:
    with suppress(*_FAILURES):
        box.logout()
    with suppress(*_FAILURES):
        box.shutdown()


def _examine(box: IMAP4) -> int:
    """Open the inbox without the right to change it; tell its validity."""
    if box.select("INBOX", readonly=True)[0] != "OK":
        raise _OddAnswerError
    _kind, said = box.response("UIDVALIDITY")
    number = said[0] if said else None
    return int(number) if isinstance(number, bytes) and number.isdigit() else 0


def _read_inbox(
    box: IMAP4, mark: MailboxMark | None, since: datetime
) -> MailboxReading:
    """Read what is new, the oldest first, not too much at once."""
    validity = _examine(box)
    known = mark.last_uid if mark and mark.validity == validity else 0
    uids = _numbers(box, f"UID {known + 1}:*" if known else f"SINCE {_day(since)}")
    # « n:* » names the last message even when nothing is new.
    new = sorted(uid for uid in uids if uid > known)
    taken = new[:MOST_AT_ONCE]
    until, messages, last = monotonic() + _LONGEST_LOOK, [], known
    for uid in taken:
        if monotonic() > until:
            break
        one, last = _message(box, uid), uid
        messages += [one] if one else []
    return MailboxReading(
        mark=MailboxMark(validity=validity, last_uid=last),
        messages=tuple(messages),
        is_more=bool(new) and last < new[-1],
    )


def _numbers(box: IMAP4, wanted: str) -> list[int]:
    _kind, said = box.uid("SEARCH", *wanted.split(" "))
    found = said[0] if said and isinstance(said[0], bytes) else b""
    return [int(uid) for uid in found.split() if uid.isdigit()]


def _message(box: IMAP4, uid: int) -> ReceivedMail | None:
    """Fetch one message without marking it as read; None when it is gone."""
    _kind, said = box.uid("FETCH", str(uid), f"(UID BODY.PEEK[]<0.{LARGEST}>)")
    for part in said or ():
        if isinstance(part, tuple) and len(part) > 1:
            named = _UID.search(part[0])
            if named is None or int(named[1]) == uid:
                return take_apart(part[1][:LARGEST], uid)
    return None


def _sent_folder(box: IMAP4) -> str | None:
    """Find where sent messages are kept: as flagged (RFC 6154), else by name."""
    _kind, said = box.list()
    folders = [
        (found["flags"].lower(), found["name"].strip())
        for line in said or ()
        if isinstance(line, bytes) and (found := _LISTED.match(line))
    ]
    flagged = [name for flags, name in folders if b"\\sent" in flags]
    named = [
        name
        for _flags, name in folders
        if name.strip(b'"').lower().rpartition(b"/")[2] in _SENT_NAMES
    ]
    chosen = (flagged + named)[:1]
    return chosen[0].decode("ascii", "replace") if chosen else None


def _is_kept(box: IMAP4, folder: str, copy: SentCopy) -> bool:
    """Put a copy where none is; one that cannot be told from others is left out."""
    if not copy.content or not _SAFE_NAME.fullmatch(copy.name):
        return True
    if _numbers(box, f'HEADER Message-ID "<{copy.name}>"'):
        return True
    moment = Time2Internaldate(copy.sent_at)
    return box.append(folder, r"(\Seen)", moment, copy.content)[0] == "OK"


def _dated(box: IMAP4, name: str) -> datetime | None:
    """Tell when the message of that name was put in the open folder."""
    uids = _numbers(box, f'HEADER Message-ID "<{name}>"')
    for uid in uids[:1]:
        _kind, said = box.uid("FETCH", str(uid), "(INTERNALDATE)")
        for part in said or ():
            line = part[0] if isinstance(part, tuple) else part
            if isinstance(line, bytes) and (moment := Internaldate2tuple(line)):
                return datetime.fromtimestamp(mktime(moment), UTC)
    return None


def _day(moment: datetime) -> str:
    month = _MONTHS[3 * moment.month - 3 : 3 * moment.month]
    return f"{moment.day}-{month}-{moment.year}"


def _explained(problem: Exception) -> str:
    """Say in a sentence why the mailbox could not be read."""
    says: str = MailboxProblem.ODD
    match problem:
        case DunningError():
            says = refusal_words(problem)
        case ssl.SSLCertVerificationError():
            says = certificate_answer(problem)
        case ProviderSilentError():
            says = problem.says
        case _LoginRefusedError():
            says = MailboxProblem.LOGIN
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            says = MailboxProblem.UNREACHABLE
        case _NotOfferedError() | ssl.SSLError():
            says = MailboxProblem.NOT_OFFERED
        case OSError():
            says = MailboxProblem.UNREACHABLE
    return says
