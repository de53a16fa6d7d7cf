"""The text of a SEPA QR code: paying a transfer by scanning it (EPC069-12)."""

from dataclasses import dataclass
from typing import ClassVar

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from domain.basics.company_numbers import bic_valid, iban_compact, iban_problem
from domain.basics.errors import DunningError
from domain.basics.money import EUR, Money
from domain.basics.text import folded, squeezed

NAME_LENGTH = 70
TEXT_LENGTH = 140
_REFERENCE_LENGTH = 21
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


class TransferReferenceError(DunningError):
    """A structured reference has check digits, and stands alone."""

    message: ClassVar[str] = (
        "The structured reference {reference} is not right, or there is a text beside"
        " it."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A transfer to ask for."""

    name: str
    iban: str
    bic: str = ""
    amount: Money
    text: str = ""
    reference: str = ""
    """Structured (ISO 11649); it excludes the text."""


def creditor_reference(name: str) -> str:
    """Make a structured reference of a name, with its check digits (ISO 11649).

    The letters and digits of the name, the first 21; empty when it has none.
    """
    signs = folded(name).upper()
    kept = "".join(s for s in signs if s.isascii() and s.isalnum())[:_REFERENCE_LENGTH]
    if not kept:
        return ""
    return f"RF{mod_97_10.calc_check_digits(f'{kept}RF')}{kept}"


def reference_grouped(reference: str) -> str:
    """Write a structured reference in groups of four."""
    return str(iso11649.format(reference))


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
    if transfer.reference and (text or not iso11649.is_valid(transfer.reference)):
        raise TransferReferenceError(reference=transfer.reference)
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
        transfer.reference,
        text,
    )
    return "\n".join(lines).rstrip("\n")
