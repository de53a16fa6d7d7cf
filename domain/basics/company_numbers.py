"""Numbers that identify firms and their accounts (python-stdnum under our names)."""

from enum import StrEnum

from stdnum import bic, iban
from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
from stdnum.fr import siren, siret

# ISO 7064, MOD 97-10: what the calculation can give.
_KEYS = range(2, 99)


class IbanProblem(StrEnum):
    """What is wrong with an IBAN."""

    COUNTRY = "country"
    """It starts with no country that issues IBANs."""
    SHAPE = "shape"
    """Its length or its characters are not those of its country."""
    KEY = "key"
    """Its check digits do not match: a character is mistyped."""


def iban_problem(text: str) -> IbanProblem | None:
    """Find what is wrong with an IBAN, spaces aside."""
    try:
        # The national checks are left out: they know only some countries' banks.
        number = iban.validate(text, check_country=False)
    except InvalidComponent:
        return IbanProblem.COUNTRY
    except InvalidChecksum:
        return IbanProblem.KEY
    except ValidationError:
        return IbanProblem.SHAPE
    key = number[2:4]
    return None if key.isdecimal() and int(key) in _KEYS else IbanProblem.KEY


def iban_grouped(text: str) -> str:
    """Write an IBAN in groups of four."""
    return str(iban.format(text))


def iban_compact(text: str) -> str:
    """Write an IBAN without spaces."""
    return str(iban.compact(text))


def bic_valid(text: str) -> bool:
    """Tell whether a BIC is well formed: 8 or 11 characters."""
    return bool(bic.is_valid(text))


def siret_valid(text: str) -> bool:
    """Tell whether a SIRET is right, La Poste's own rule included."""
    return bool(siret.is_valid(text))


def siren_valid(text: str) -> bool:
    """Tell whether a SIREN is right."""
    return bool(siren.is_valid(text))


def siret_grouped(text: str) -> str:
    """Write a SIRET or a SIREN as it is read out: 812 345 678 00012."""
    digits = text.replace(" ", "")
    groups = [digits[start : start + 3] for start in (0, 3, 6)]
    return " ".join(group for group in (*groups, digits[9:]) if group)
