"""Addresses of the screens, for the links between them."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from domain.basics.identifiers import CustomerId

HOME = "/"
OWING = "/owing"
CUSTOMERS = "/customers"
ITEMS = "/items"
CUSTOMER = "/customers/{customer_id}"
RECEIPTS = "/receipts"
PROMISES = "/promises"
DISPUTES = "/disputes"
ACTIVITIES = "/activities"
ACT_BY_SCENARIO = "/act/scenario"
RECIPIENTS = "/act/recipients"
OUTBOX = "/outbox"
IMPORT = "/import"
WORKBOOK = "/workbook"
SETTINGS = "/settings"


def customer(customer_id: CustomerId) -> str:
    """Give the address of a customer's sheet."""
    return CUSTOMER.format(customer_id=customer_id)


def narrowed(path: str, filters: Mapping[str, Iterable[str]]) -> str:
    """Give the address of a list narrowed by filters, values by name."""
    query = urlencode(
        {name: list(values) for name, values in filters.items()}, doseq=True
    )
    return f"{path}?{query}" if query else path
