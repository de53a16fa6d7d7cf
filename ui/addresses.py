"""Addresses of the screens, for the links between them."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import quote, urlencode

from domain.basics.identifiers import (
    CustomerId,
    EntityId,
    PairId,
    ProfileId,
    TextId,
)
from domain.dashboard.account import AGE_LIMITS

HOME = "/"
OWING = "/owing"
CUSTOMERS = "/customers"
ITEMS = "/items"
CUSTOMER = "/customers/{customer_id}"
RECEIPTS = "/receipts"
PROMISES = "/promises"
DISPUTES = "/disputes"
ACTIVITIES = "/activities"
FORECAST = "/follow/forecast"
KEY_FIGURES = "/follow/key-figures"
ACT_BY_SCENARIO = "/act/scenario"
REHEARSAL = "/act/scenario/rehearsal"
ACT_BY_CUSTOMER = "/act/customer"
ACT_BY_CRITERIA = "/act/criteria"
CALLS = "/act/calls"
RECIPIENTS = "/act/recipients"
OUTBOX = "/outbox"
IMPORT = "/import"
WORKBOOK = "/workbook"
TEMPLATES = "/templates"
TEMPLATE = "/templates/{text_id}"
SCENARIOS = "/scenarios"
SCENARIO = "/scenarios/{pair_id}"
SCENARIOS_BESIDE = "/scenarios/{pair_id}/beside/{other_id}"
PROFILES = "/profiles"
SETTINGS = "/settings"
INVOICE = "/invoices/{entity_id}/{name}"


def customer(customer_id: CustomerId) -> str:
    """Give the address of a customer's sheet."""
    return CUSTOMER.format(customer_id=customer_id)


def template(text_id: TextId) -> str:
    """Give the address where a template is changed."""
    return TEMPLATE.format(text_id=text_id)


def scenario(pair_id: PairId) -> str:
    """Give the address where a scenario is changed."""
    return SCENARIO.format(pair_id=pair_id)


def scenarios_beside(pair_id: PairId, other_id: PairId) -> str:
    """Give the address that shows two scenarios side by side."""
    return SCENARIOS_BESIDE.format(pair_id=pair_id, other_id=other_id)


def act_for(customer_id: CustomerId) -> str:
    """Give the address from which one customer is written to, or called."""
    return narrowed(ACT_BY_CUSTOMER, {"customer": [customer_id]})


def rehearsal(profile_id: ProfileId, *customer_ids: CustomerId) -> str:
    """Give the address of what a profile would send to customers put on it."""
    return narrowed(REHEARSAL, {"profile": [profile_id], "customer": customer_ids})


def invoice(entity_id: EntityId, name: str) -> str:
    """Give the address of the PDF of an invoice."""
    return INVOICE.format(entity_id=quote(entity_id), name=quote(name))


def narrowed(path: str, filters: Mapping[str, Iterable[str]]) -> str:
    """Give the address of a list narrowed by filters, values by name."""
    query = urlencode(
        {name: list(values) for name, values in filters.items()}, doseq=True
    )
    return f"{path}?{query}" if query else path


def whole(path: str) -> str:
    """Give the address of a whole list, whatever filter was in force last."""
    return narrowed(path, {"q": [""]})


def late_debtors(older_than: int | None = None) -> str:
    """Give the address of who is late: at all, or for an age of the shown parts."""
    if older_than is None:
        return narrowed(OWING, {"overdue": ["1.."]})
    parts = "-".join(map(str, AGE_LIMITS))
    return narrowed(OWING, {"age": [str(older_than)], "ages": [parts]})


def debtors_to_come() -> str:
    """Give the address of who owes something not due yet."""
    return narrowed(OWING, {"to_come": ["1.."]})


def items_due(
    first: date | None = None, last: date | None = None, *, followed: bool = False
) -> str:
    """Give the address of what falls due between two days."""
    days = f"{first or ''}..{last or ''}"
    whose = {"followed": ["yes"]} if followed else {}
    return narrowed(ITEMS, {"due_on": [days], **whose})


def key_figures(day: date, currency: str = "") -> str:
    """Give the address of the key figures as they were on a day."""
    chosen = {"currency": [currency]} if currency else {}
    return narrowed(KEY_FIGURES, {"day": [day.isoformat()], **chosen})


def home(currency: str) -> str:
    """Give the address of the home page, told in a currency."""
    return narrowed(HOME, {"currency": [currency]} if currency else {})
