"""Whom to call, as one line each."""

from collections.abc import Iterable

from domain.customers.customer import Contact, Customer


def phone_numbers(customer: Customer, contacts: Iterable[Contact]) -> list[str]:
    """List the numbers of the contacts by name, then the customer's own."""
    people = [(c.name, c.phone, c.mobile) for c in contacts]
    people.append(("", customer.phone, customer.mobile))
    return [
        f"{name} {number}".strip()
        for name, *numbers in people
        for number in numbers
        if number
    ]
