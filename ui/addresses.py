"""Addresses of the screens, for the links between them."""

from urllib.parse import quote

from domain.basics.identifiers import CustomerId, EntityId

HOME = "/"
CUSTOMERS = "/customers"
CUSTOMER = "/customers/{customer_id}"
ACT_BY_SCENARIO = "/act/scenario"
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
