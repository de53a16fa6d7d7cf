"""The text of a SEPA QR code: paying a transfer by scanning it (EPC069-12)."""

from dataclasses import dataclass
from typing import ClassVar

from domain.basics.company_numbers import bic_valid, iban_compact, iban_problem
from domain.basics.errors import DunningError
from domain.basics.money import EUR, Money
from domain.basics.text import squeezed

NAME_LENGTH = 70
TEXT_LENGTH = 140
PAYLOAD_BYTES = 331
"""What a QR code of version 13, correction M, holds."""
HIGHEST = Money(999_999_999_99)


class TransferNameError(DunningError):
    """A transfer needs the name of who is paid, short enough to fit."""

    message: ClassVar[str] = (
        "The name on a transfer must have 1 to {longest} characters."
    )


class TransferAccountError(DunningError):
    """A transfer needs an account that exists."""

    message: ClassVar[str] = "The IBAN {iban} or the BIC {bic} is not right."


class TransferAmountError(DunningError):
    """A SEPA transfer is in euros, from one cent up."""

    message: ClassVar[str] = "A SEPA transfer is in euros, from 0.01 to 999,999,999.99."


class TransferTextError(DunningError):
    """The text of a transfer has a limited length."""

    message: ClassVar[str] = (
        "The text on a transfer must have at most {longest} characters."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A transfer to ask for."""

    name: str
    iban: str
    bic: str = ""
    amount: Money
    text: str = ""


def payload(transfer: Transfer) -> str:
    """Write what the QR code holds: version 002, in UTF-8, parted by line feeds.

    Raises:
        DunningError: the standard does not allow one of the fields.
    """
    name, text = squeezed(transfer.name), squeezed(transfer.text)
    if not 1 <= len(name) <= NAME_LENGTH:
        raise TransferNameError(longest=NAME_LENGTH)
    if iban_problem(transfer.iban) or (transfer.bic and not bic_valid(transfer.bic)):
        raise TransferAccountError(iban=transfer.iban, bic=transfer.bic)
    amount = transfer.amount
    if amount.currency != EUR or not Money(1) <= amount <= HIGHEST:
        raise TransferAmountError
    result = _lines(name, transfer, text)
    if len(text) > TEXT_LENGTH or len(result.encode()) > PAYLOAD_BYTES:
        raise TransferTextError(longest=TEXT_LENGTH)
    return result


def _lines(name: str, transfer: Transfer, text: str) -> str:
    lines = (
        "BCD",
        "002",
        "1",  # UTF-8
        "SCT",
        transfer.bic.replace(" ", "").upper(),
        name,
        iban_compact(transfer.iban),
        f"EUR{transfer.amount.amount:.2f}",
        "",  # purpose
        "",  # structured reference: excludes the text
        text,
    )
    return "\n".join(lines).rstrip("\n")
