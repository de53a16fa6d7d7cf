"""The mail password: in the system's keyring, never in the books nor in a log."""

import os

from domain.basics.errors import DunningError
from domain.ports import ImapAccount, SmtpAccount

SERVICE = "Relance"
VARIABLE = "RELANCE_SMTP_PASSWORD"
MAILBOX_VARIABLE = "RELANCE_IMAP_PASSWORD"

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
    import keyring
    from keyring.errors import KeyringError

    if given := os.environ.get(variable):
        return given
    try:
        return keyring.get_password(SERVICE, _name(account)) or ""
    except KeyringError as problem:
        raise KeyringUnavailableError from problem


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
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, _name(account), new_password)
    except KeyringError as problem:
        raise KeyringUnavailableError from problem


def _name(account: Account) -> str:
    return f"{account.user}@{account.host}"
