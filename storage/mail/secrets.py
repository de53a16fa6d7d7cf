"""Mail passwords and sign-ins: in the system's keyring, never in the books or a log."""

import os

from domain.basics.errors import DunningError
from domain.ports import ImapAccount, SmtpAccount

SERVICE = "Relance"
VARIABLE = "RELANCE_SMTP_PASSWORD"
MAILBOX_VARIABLE = "RELANCE_IMAP_PASSWORD"
PIECE = 1_000

Account = SmtpAccount | ImapAccount


class KeyringUnavailableError(DunningError):
    """This computer has no keyring, or keeps it locked."""

    message = (
        "This computer's keyring cannot be used: the mail password can be neither "
        "kept nor read."
    )


class PasswordMissingError(DunningError):
    """An account has a user, and no password was ever saved for it."""

    message = "The mail account's password is not known: enter it in the settings."


def password(account: Account, variable: str = VARIABLE) -> str:
    """Find the account's password; empty when none was saved.

    A scheduled task may have no keyring: the environment variable comes first.

    Raises:
        KeyringUnavailableError: there is no usable keyring.
    """
    return os.environ.get(variable) or _read(_name(account))


def login_password(account: Account, variable: str = VARIABLE) -> str:
    """Find the password to log in with; empty for an account that needs none.

    Raises:
        KeyringUnavailableError: there is no usable keyring.
        PasswordMissingError: none was saved.
    """
    known = password(account, variable) if account.user else ""
    if account.user and not known:
        raise PasswordMissingError
    return known


def save_password(account: Account, new_password: str) -> None:
    """Keep the account's password in the keyring.

    Raises:
        KeyringUnavailableError: there is no usable keyring.
    """
    _write(_name(account), new_password)


def keep(name: str, text: str) -> None:
    """Keep a text of any length, in pieces that every keyring takes.

    Windows takes 1,280 letters at most, and Microsoft's tokens are longer.

    Raises:
        KeyringUnavailableError: there is no usable keyring.
    """
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    for number, piece in enumerate(pieces):
        _write(f"{name}#{number}", piece)
    _write(name, str(len(pieces)))


def recall(name: str) -> str:
    """Find a text that was kept; empty when none was.

    Raises:
        KeyringUnavailableError: there is no usable keyring.
    """
    count = _read(name)
    numbers = range(int(count)) if count.isdecimal() else ()
    return "".join(_read(f"{name}#{number}") for number in numbers)


def _read(name: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, name) or ""
    except KeyringError as problem:
        raise KeyringUnavailableError from problem


def _write(name: str, text: str) -> None:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, name, text)
    except KeyringError as problem:
        raise KeyringUnavailableError from problem


def _name(account: Account) -> str:
    return f"{account.user}@{account.host}"
