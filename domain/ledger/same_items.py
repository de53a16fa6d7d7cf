"""What a table lists again is the same item, part payments and mended dates aside.

An entry is identified by its content, amount included. A list of what is open gives
what is left of each invoice: once partly paid, its content is another one. Such a
line is recognised by its customer, reference and date, and keeps its identity: what
was decided on it, and the reminders it had, stay with it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from domain.basics.identifiers import ItemId, digest
from domain.basics.periods import UNDATED, with_day_and_month_swapped
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import SourceFile, SourceFormat

_Likeness = Callable[[LedgerEntry], object]


def recognised(
    entries: Sequence[LedgerEntry],
    known: Mapping[ItemId, LedgerEntry],
    source: SourceFile,
) -> list[LedgerEntry]:
    """Give entries of a table the identity of those the books know them by.

    Those of a ledger keep theirs: nothing of it changes but by another entry.
    """
    if source.only_open:
        return _identities(entries, known, _list_passes(known))
    if source.format is SourceFormat.TABLE_ADDED:
        # Everything known stays: only a date put right makes another content.
        with_reference = [entry for entry in known.values() if entry.piece]
        passes = [(known.values(), _by_id), (with_reference, _same_amount)]
        return _identities(entries, known, passes)
    return list(entries)


_Passes = Sequence[tuple[Iterable[LedgerEntry], _Likeness]]


def _list_passes(known: Mapping[ItemId, LedgerEntry]) -> _Passes:
    """Look for the very same line first; an instalment goes by its due date."""
    still_open = [e for e in known.values() if e.gone_on is None]
    gone = [e for e in known.values() if e.gone_on]
    return (
        (still_open, lambda e: (_same_amount(e), e.file_due_on)),
        (still_open, lambda e: (_same_document(e), e.file_due_on)),
        (gone, lambda e: (_same_amount(e), e.file_due_on)),
        (still_open, _same_amount),
        (gone, _same_amount),
        (still_open, _same_document),
        ([e for e in gone if e.piece], _same_document),
    )


def _identities(
    entries: Sequence[LedgerEntry],
    known: Mapping[ItemId, LedgerEntry],
    passes: _Passes,
) -> list[LedgerEntry]:
    found = {p: e.id for p, e in enumerate(entries) if _is_as_known(e, known)}
    taken = set(found.values())
    for candidates, likeness in passes:
        waiting = [place for place in range(len(entries)) if place not in found]
        free = [e for e in candidates if e.id not in taken]
        if not waiting:
            break
        for place, entry_id in _pairs(entries, waiting, free, likeness):
            found[place] = entry_id
            taken.add(entry_id)
    used = {*known, *taken}
    result = []
    for place, entry in enumerate(entries):
        entry_id = found.get(place) or _unused(entry.id, used)
        used.add(entry_id)
        result.append(replace(entry, id=entry_id) if entry_id != entry.id else entry)
    return result


def _is_as_known(entry: LedgerEntry, known: Mapping[ItemId, LedgerEntry]) -> bool:
    """Spare the lines that did not change, nearly all of them, any search."""
    same = known.get(entry.id)
    return bool(
        same
        and same.gone_on is None
        and same.file_due_on == entry.file_due_on
        and (same.debit, same.credit) == (entry.debit, entry.credit)
    )


def _pairs(
    entries: Sequence[LedgerEntry],
    waiting: Iterable[int],
    free: Iterable[LedgerEntry],
    likeness: _Likeness,
) -> Iterator[tuple[int, ItemId]]:
    """Pair what is alike: a line with the amount it was, or the next above it."""
    groups: dict[object, list[int]] = defaultdict(list)
    for place in waiting:
        groups[likeness(entries[place])].append(place)
    known: dict[object, list[LedgerEntry]] = defaultdict(list)
    for entry in free:
        like = likeness(entry)
        if like in groups:
            known[like].append(entry)
    for like, candidates in known.items():
        candidates.sort(key=_size)
        sizes = [_size(entry) for entry in candidates]
        grown = []
        for place in sorted(groups[like], key=lambda p: _size(entries[p])):
            at = bisect_left(sizes, _size(entries[place]))
            if at == len(sizes):
                grown.append(place)
                continue
            yield place, candidates.pop(at).id
            del sizes[at]
        for place, entry in zip(grown, candidates, strict=False):
            yield place, entry.id


def _unused(entry_id: ItemId, used: set[ItemId]) -> ItemId:
    """Name a line apart from another that had its content once."""
    rank = 1
    unused = entry_id
    while unused in used:
        rank += 1
        unused = ItemId(digest(entry_id, "again", str(rank)))
    return unused


def _by_id(entry: LedgerEntry) -> object:
    return entry.id


def _same_amount(entry: LedgerEntry) -> object:
    day = _either_day(entry) if entry.piece else entry.entry_on
    amount = entry.amount
    return entry.customer_id, entry.piece, day, amount.cents, amount.currency


def _same_document(entry: LedgerEntry) -> object:
    if entry.piece:
        reference, day = entry.piece, _either_day(entry)
    else:  # a balance without date goes by its customer alone
        is_undated = entry.entry_on == UNDATED
        reference, day = "" if is_undated else entry.label, entry.entry_on
    amount = entry.amount
    return entry.customer_id, reference, day, amount.cents < 0, amount.currency


def _either_day(entry: LedgerEntry) -> date:
    """Make one of a date and of what it is with its day and month swapped."""
    day = entry.entry_on
    return min(day, with_day_and_month_swapped(day) or day)


def _size(entry: LedgerEntry) -> int:
    return abs(entry.amount.cents)
