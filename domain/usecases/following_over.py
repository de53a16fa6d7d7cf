"""What was decided on an opening line follows the invoice that takes its place.

A firm that begins with the current year reminds, stops and disputes opening lines;
once the year before is imported, the invoices themselves stand there instead.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from domain.basics.identifiers import EntityId, ItemId
from domain.ports import Books


def follow_over(
    books: Books,
    entity_id: EntityId,
    places: Mapping[ItemId, ItemId | None],
    excluded: Collection[ItemId],
) -> None:
    """Move what hangs on items that gave their place; inside a transaction.

    ``places`` gives, for an item of before, the one that took its place, where it
    is one only. ``excluded`` are the items left out of reminders until now.
    """
    taken = {old: new for old, new in places.items() if new}
    if not taken:
        return
    agreements = books.agreements
    for hold in agreements.holds(entity_id):
        if hold.item_id in taken:
            agreements.save_hold(replace(hold, item_id=taken[hold.item_id]))
    for dispute in agreements.disputes(entity_id):
        if dispute.item_id in taken:
            agreements.save_dispute(replace(dispute, item_id=taken[dispute.item_id]))
    for promise in agreements.promises(entity_id):
        if promise.item_id in taken:
            agreements.save_promise(replace(promise, item_id=taken[promise.item_id]))
    for item_id in taken.keys() & set(excluded):
        books.ledger.set_excluded(taken[item_id], excluded=True)
    _copy_levels(books, entity_id, taken)


def _copy_levels(
    books: Books, entity_id: EntityId, taken: Mapping[ItemId, ItemId]
) -> None:
    """Levels are only ever added to, so that each item keeps its own history."""
    history = books.activities.level_history(entity_id)
    books.activities.record_levels(
        copied
        for old, new in taken.items()
        for change in history.get(old, ())
        if (copied := replace(change, item_id=new)) not in history.get(new, ())
    )
