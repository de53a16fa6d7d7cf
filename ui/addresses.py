"""Addresses of the screens, for the links between them."""

from domain.basics.identifiers import CustomerId

HOME = "/"
CUSTOMERS = "/customers"
CUSTOMER = "/customers/{customer_id}"
ACT_BY_SCENARIO = "/act/scenario"
RECIPIENTS = "/act/recipients"
OUTBOX = "/outbox"
IMPORT = "/import"
WORKBOOK = "/workbook"
SETTINGS = "/settings"


def customer(customer_id: CustomerId) -> str:
    """Give the address of a customer's sheet."""
    return CUSTOMER.format(customer_id=customer_id)
