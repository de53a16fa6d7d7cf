"""Addresses of the screens, for the links between them."""

from datetime import date
from urllib.parse import urlencode

from domain.basics.identifiers import CustomerId

HOME = "/"
CUSTOMERS = "/customers"
CUSTOMER = "/customers/{customer_id}"
KEY_FIGURES = "/follow/key-figures"
ACT_BY_SCENARIO = "/act/scenario"
OUTBOX = "/outbox"
IMPORT = "/import"
WORKBOOK = "/workbook"
SETTINGS = "/settings"

# The lists behind the figures of the home page, each named once.
_DEBTORS = CUSTOMERS
_INSTALMENTS = CUSTOMERS
_RECEIPTS = CUSTOMERS


def customer(customer_id: CustomerId) -> str:
    """Give the address of a customer's sheet."""
    return CUSTOMER.format(customer_id=customer_id)


def debtors(*, only: str = "debit", **narrowed: str) -> str:
    """Give the address of « Qui vous doit quoi ? », narrowed as a figure is.

    ``only`` is a value of CustomerFilter; ``narrowed`` may give ``age`` ("31-60"),
    ``mode``, ``profile``, ``currency``.
    """
    return _with_filter(_DEBTORS, only=only, **narrowed)


def instalments(**narrowed: str) -> str:
    """Give the address of what is to be paid; ``first`` and ``last`` are ISO days."""
    return _with_filter(_INSTALMENTS, only="debit", **narrowed)


def receipts(**narrowed: str) -> str:
    """Give the address of the payments received since ``first``, an ISO day."""
    return _with_filter(_RECEIPTS, **narrowed)


def key_figures(day: date, currency: str = "") -> str:
    """Give the address of the key figures as they were on a day."""
    return _with_filter(KEY_FIGURES, day=day.isoformat(), currency=currency)


def home(currency: str) -> str:
    """Give the address of the home page, told in a currency."""
    return _with_filter(HOME, currency=currency)


def _with_filter(path: str, **narrowed: str) -> str:
    chosen = {name: value for name, value in narrowed.items() if value}
    return f"{path}?{urlencode(chosen)}" if chosen else path
