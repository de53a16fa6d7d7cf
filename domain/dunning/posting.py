"""What goes to the post office with a batch: order, weights, numbers, the slip."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.basics import wording
from domain.basics.errors import DunningError
from domain.basics.money import Money
from domain.basics.text import folded
from domain.customers.customer import Customer
from domain.dunning.letter_layout import BatchOrder, LetterLayout
from domain.dunning.outbox import OutboxMessage

SHEET_GRAMS = 5
"""A4 of 80 g/m²."""
_NUMBER = re.compile(r"[0-9A-Z]{11,20}")


class RegisteredNumberError(DunningError):
    """A number of registered letter has letters and digits, 13 most often."""

    message = "This is not the number of a registered letter: {number}"


class RegisteredNumberTakenError(DunningError):
    """Each registered letter has a number of its own."""

    message = "This number is already that of another letter of the batch: {number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLetter:
    """A letter of a batch, and whom it is for."""

    message: OutboxMessage
    customer: Customer


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingSlip:
    """« Bordereau de dépôt », or the cover sheet of a batch where it has no row."""

    language: str
    title: str
    facts: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    numbers: frozenset[int]
    """Which headings, from 0, stand above numbers."""
    rows: tuple[tuple[str, ...], ...]
    note: str
    page: str
    """The word before the number of a page."""


def in_order(letters: Sequence[BatchLetter], order: BatchOrder) -> list[BatchLetter]:
    """Sort letters as they come out of the printer."""
    return sorted(letters, key=_KEYS[order])


def _by_postcode(letter: BatchLetter) -> tuple[Any, ...]:
    customer = letter.customer
    return customer.postal_code, folded(customer.name), letter.message.id


def _by_customer(letter: BatchLetter) -> tuple[Any, ...]:
    return folded(letter.customer.name), letter.message.id


def _by_amount(letter: BatchLetter) -> tuple[Any, ...]:
    total = letter.message.total
    name = folded(letter.customer.name)
    return total.currency, -total.cents, name, letter.message.id


_KEYS: dict[BatchOrder, Callable[[BatchLetter], tuple[Any, ...]]] = {
    BatchOrder.POSTCODE: _by_postcode,
    BatchOrder.CUSTOMER: _by_customer,
    BatchOrder.AMOUNT: _by_amount,
}
_ORDERS = {
    BatchOrder.POSTCODE: "code postal",
    BatchOrder.CUSTOMER: "client",
    BatchOrder.AMOUNT: "montant",
}


def registered_number(typed: str) -> str:
    """Read the number of a registered letter, typed or scanned; empty for none.

    Raises:
        RegisteredNumberError: it cannot be one.
    """
    number = "".join(char for char in typed.upper() if char.isalnum())
    if number and not _NUMBER.fullmatch(number):
        raise RegisteredNumberError(number=typed.strip())
    return number


def grouped_number(number: str) -> str:
    """Write a number of registered letter as the post does: « 1A 123 456 7890 1 »."""
    parts = (number[:2], number[2:5], number[5:8], number[8:12], number[12:])
    return " ".join(part for part in parts if part)


def name_in_history(message: OutboxMessage) -> str:
    """Name a message in the history; a registered letter by its number too."""
    if not message.registered_number:
        return message.subject
    return f"{message.subject} – {grouped_number(message.registered_number)}"


def grams(pages: int, layout: LetterLayout) -> int:
    """Weigh a letter printed on both sides, in its envelope."""
    return (pages + 1) // 2 * SHEET_GRAMS + layout.envelope.grams


def posting_slip(
    letters: Sequence[BatchLetter],
    page_counts: Sequence[int],
    *,
    order: BatchOrder,
    layout: LetterLayout,
    prepared_at: datetime,
    today: date,
    sender: str,
    is_cover: bool = False,
) -> PostingSlip:
    """Write what a batch holds; the firm's own paper, in French.

    A cover sheet has the same head and no row.
    """
    is_registered = any(letter.message.is_registered for letter in letters)
    weights = [grams(pages, layout) for pages in page_counts]
    sheets = [(pages + 1) // 2 for pages in page_counts]
    headings = ["N°", "Client", "Code postal et ville", "Pages", "Feuilles", "Poids"]
    if is_registered:
        headings.append("N° de recommandé")
    rows = [
        _row(rank, letter, pages, weight, is_registered=is_registered)
        for rank, (letter, pages, weight) in enumerate(
            zip(letters, page_counts, weights, strict=True), 1
        )
    ]
    kind = "recommandés avec avis de réception" if is_registered else "courriers"
    title = f"Lot de {kind}" if is_cover else f"Bordereau de dépôt – {kind}"
    return PostingSlip(
        language="fr",
        title=title,
        facts=(
            ("Expéditeur", sender),
            ("Préparé le", wording.day(prepared_at.date())),
            ("Imprimé le", wording.day(today)),
            ("Courriers", str(len(letters))),
            ("Feuilles", str(sum(sheets))),
            ("Poids total estimé", _weight(sum(weights))),
            ("Ordre", _ORDERS[order]),
            ("Montant réclamé", _totals(letters)),
        ),
        headings=tuple(headings),
        numbers=frozenset({0, 3, 4, 5}),
        rows=() if is_cover else tuple(rows),
        note=(
            "Poids estimés : feuilles de 80 g/m² imprimées recto verso, enveloppe de "
            f"{layout.envelope.grams} g."
        ),
        page="Page",
    )


def _row(
    rank: int, letter: BatchLetter, pages: int, weight: int, *, is_registered: bool
) -> tuple[str, ...]:
    customer = letter.customer
    town = " ".join(
        p for p in (customer.postal_code, customer.city, customer.country) if p
    )
    row = [
        str(rank),
        customer.name,
        town,
        str(pages),
        str((pages + 1) // 2),
        _weight(weight),
    ]
    if is_registered:
        row.append(grouped_number(letter.message.registered_number))
    return tuple(row)


def _weight(weight: int) -> str:
    return f"{weight:,}\u00a0g".replace(",", "\u202f")


def _totals(letters: Sequence[BatchLetter]) -> str:
    currencies = sorted({letter.message.total.currency for letter in letters})
    return " + ".join(
        wording.money(
            Money.total(
                (
                    letter.message.total
                    for letter in letters
                    if letter.message.total.currency == currency
                ),
                currency,
            ),
            "fr",
        )
        for currency in currencies
    )
