"""Say how each payment mode is followed, and what that moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.basics.identifiers import EntityId
from domain.ledger.open_item import ItemState
from domain.ledger.payment_modes import PaymentMode
from domain.ports import Books
from domain.usecases.customer_details import check_terms
from domain.usecases.deriving import (
    is_kept_from_lists,
    items_with_modes,
    refresh_items,
)
from domain.usecases.withdrawing import withdraw_outdated


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeMet:
    """A payment mode that the books name."""

    mode: PaymentMode
    open_invoices: int
    """Number of open invoices to be paid so."""


def show_payment_modes(books: Books, entity_id: EntityId) -> list[ModeMet]:
    """List the payment modes met in the data, by name."""
    known = {mode.code: mode for mode in books.entities.payment_modes(entity_id)}
    return [
        ModeMet(mode=known.get(code, PaymentMode(code=code)), open_invoices=count)
        for code, count in books.entities.payment_modes_met(entity_id).items()
    ]


def due_dates_moved(
    books: Books, entity_id: EntityId, modes: Sequence[PaymentMode]
) -> int:
    """Count the open items whose due date these modes would move.

    Raises:
        TermsNotUnderstoodError: terms that no due date could be computed from.
    """
    if not _terms_change(books, entity_id, modes):
        return 0
    before = {i.id: i.due_on for i in books.ledger.open_items(entity_id)}
    after = items_with_modes(books, entity_id, modes)
    return sum(
        item.state is ItemState.OPEN and before.get(item.id) != item.due_on
        for item in after
    )


def save_payment_modes(
    books: Books,
    entity_id: EntityId,
    modes: Sequence[PaymentMode],
    today: date,
    now: datetime,
) -> None:
    """Keep how payment modes are followed; their terms move due dates at once.

    Waiting messages about what has become automatic are withdrawn.

    Raises:
        TermsNotUnderstoodError: terms that no due date could be computed from.
    """
    moves = _terms_change(books, entity_id, modes)
    with books.atomic():
        books.entities.save_payment_modes(entity_id, modes)
        if moves:
            only_open = is_kept_from_lists(books, entity_id)
            refresh_items(books, entity_id, only_open=only_open)
        withdraw_outdated(books, entity_id, today, now)


def _terms_change(
    books: Books, entity_id: EntityId, modes: Sequence[PaymentMode]
) -> bool:
    known = {m.code: m.terms for m in books.entities.payment_modes(entity_id)}
    changed = [m for m in modes if m.terms != known.get(m.code, "")]
    for mode in changed:
        check_terms(mode.terms)
    return bool(changed)
