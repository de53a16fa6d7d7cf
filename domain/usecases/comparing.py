"""What a file changes, entry by entry, against what the books hold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from domain.basics.identifiers import EntityId, ItemId
from domain.basics.money import EUR, Money
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import (
    BalanceChange,
    EntryChange,
    Movements,
    SourceFile,
)
from domain.ledger.items import DerivedItems
from domain.ledger.open_item import ItemState, OpenItem
from domain.ports import Books


def leaving_entries(
    known: Mapping[ItemId, LedgerEntry],
    given: Mapping[ItemId, LedgerEntry],
    source: SourceFile,
    *,
    from_scratch: bool = False,
) -> list[LedgerEntry]:
    """Find the entries the file should hold, and does not."""
    missing = [e for i, e in known.items() if i not in given and e.gone_on is None]
    if source.only_open or from_scratch:
        return missing
    start, end = source.starts_on, source.ends_on
    if start is None or end is None or not source.is_complete:
        return []
    # An opening line belongs to the year it opens, which begins with a month.
    year_start = start.replace(day=1)
    return [
        e
        for e in missing
        if (year_start <= e.opens_on <= end if e.opens_on else e.entry_on >= start)
        and e.entry_on <= end
    ]


def entries_after(
    known: dict[ItemId, LedgerEntry],
    given: dict[ItemId, LedgerEntry],
    leaving: Iterable[LedgerEntry],
    gone_on: date | None,
) -> dict[ItemId, LedgerEntry]:
    """Give the entries as they would become; those that leave a list are kept."""
    if not known:
        return given
    after = known | given
    for entry in leaving:
        if gone_on:
            after[entry.id] = replace(entry, gone_on=gone_on)
        else:
            del after[entry.id]
    return after


def movements_of(
    books: Books,
    entity_id: EntityId,
    known: Mapping[ItemId, LedgerEntry],
    given: Mapping[ItemId, LedgerEntry],
    leaving: list[LedgerEntry],
    derived: DerivedItems,
    source: SourceFile,
) -> Movements:
    """List what the sheet of movements tells, reading only what was open."""
    open_before = {i.id: i for i in books.ledger.open_items(entity_id)}
    counted_before = {i.id for i in books.ledger.get_items(e.id for e in leaving)}
    left_out = derived.continued.repeats
    settled = {
        i.id
        for i in derived.items
        if i.state is ItemState.SETTLED and i.id in open_before
    }
    changed = [
        EntryChange(before=known[i], after=entry)
        for i, entry in given.items()
        if i in known
        and i not in left_out
        and known[i] != entry
        and known[i].gone_on is None
        and i not in settled
    ]
    return Movements(
        new=[
            entry for i, entry in given.items() if i not in known and i not in left_out
        ],
        settled=[i for i in open_before if i in settled],
        changed=changed,
        vanished=[]
        if source.only_open
        else [e for e in leaving if e.id in counted_before],
        reappeared=[
            entry for i, entry in given.items() if i in known and known[i].gone_on
        ],
        balances=_balances(open_before.values(), derived.items),
    )


def _balances(
    before: Iterable[OpenItem], after: Iterable[OpenItem]
) -> tuple[BalanceChange, ...]:
    """Tell what is owed before and after, each currency apart."""
    owed: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place, items in enumerate((before, after)):
        for item in items:
            owed[item.currency][place] += item.left_cents
    if not owed:
        owed[EUR] = [0, 0]
    return tuple(
        BalanceChange(before=Money(was, currency), after=Money(will, currency))
        for currency, (was, will) in sorted(
            owed.items(), key=lambda one: (one[0] != EUR, one[0])
        )
    )
