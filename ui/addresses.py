"""Addresses of the screens, for the links between them."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from domain.basics.identifiers import CustomerId, EntityId

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
INVOICE = "/invoices/{entity_id}/{name}"


def customer(customer_id: CustomerId) -> str:
    """Give the address of a customer's sheet."""
    return CUSTOMER.format(customer_id=customer_id)


def invoice(entity_id: EntityId, name: str) -> str:
    """Give the address of the PDF of an invoice."""
    return INVOICE.format(entity_id=quote(entity_id), name=quote(name))


def narrowed(path: str, filters: Mapping[str, Iterable[str]]) -> str:
    """Give the address of a list narrowed by filters, values by name."""
    query = urlencode(
        {name: list(values) for name, values in filters.items()}, doseq=True
    )
    return f"{path}?{query}" if query else path
