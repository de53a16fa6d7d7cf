"""Whom to call, as one line each."""

from collections.abc import Container, Iterable

from domain.customers.call import digits
from domain.customers.customer import Contact, Customer


def phone_numbers(
    customer: Customer, contacts: Iterable[Contact], wrong: Container[str]
) -> list[str]:
    """List the numbers of the contacts by name, then the customer's own.

    Those found wrong are left out: they are not to be dialled again.
    """
    people = [(c.name, c.phone, c.mobile) for c in contacts]
    people.append(("", customer.phone, customer.mobile))
    return [
        f"{name} {number}".strip()
        for name, *numbers in people
        for number in numbers
        if number and digits(number) not in wrong
    ]
