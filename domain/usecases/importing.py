"""Bring a file into the books: look first, accept, take back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    CustomerId,
    EntityId,
    ImportId,
    ItemId,
    new_id,
)
from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.customers.people_changes import PeopleChanges
from domain.ledger.allocation import UnbalancedLettering
from domain.ledger.entry import LedgerEntry, identified
from domain.ledger.import_report import (
    EntryChange,
    ImportFault,
    ImportRecord,
    Movements,
    SourceFile,
    SourceFormat,
)
from domain.ledger.items import DerivedItems, derive_items
from domain.ledger.open_item import ItemState, OpenItem
from domain.ledger.openings import without_repeats
from domain.ledger.payment_modes import PaymentMode, mode_terms
from domain.ledger.same_items import recognised
from domain.ledger.swapped_dates import find_swaps
from domain.ports import Books
from domain.usecases.following_over import follow_over
from domain.usecases.import_checks import (
    derived_faults,
    is_older,
    other_firm,
    was_accepted_before,
)
from domain.usecases.import_kinds import refuse_other_kind
from domain.usecases.matching_invoices import invoice_dues
from domain.usecases.named_customers import customers_changed, with_known_codes
from domain.usecases.people_imports import (
    changed_since,
    known_people,
    remove_brought_customers,
    restore_people,
)
from domain.usecases.taking_over import settled_before, take_over
from domain.usecases.withdrawing import withdraw_outdated


class NoCustomerLineError(DunningError):
    """The file holds no line of a customer account."""

    message = (
        "{file}: no line of a customer account (411) among the {lines} lines read."
        " Check that this is the export of the right firm and year."
    )


class NothingToUndoError(DunningError):
    """There is no import left to take back."""

    message = "There is no import to take back."


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """Everything a file would do, computed and not yet written."""

    entity_id: EntityId
    source: SourceFile
    movements: Movements
    faults: tuple[ImportFault, ...]
    unbalanced: tuple[UnbalancedLettering, ...]
    entries: tuple[LedgerEntry, ...]
    """Those the file gives."""
    settled: tuple[LedgerEntry, ...]
    """Those that the file settles, given by it or known before."""
    customers: tuple[Customer, ...]
    """New ones, and those whose name changed."""
    customer_names: Mapping[CustomerId, str]
    already_imported: bool
    """This very file was the last one accepted."""
    other_entity: str
    """The other firm that the file seems to come from, by its name or SIREN."""
    older_than_known: bool
    """Its last entry is older than what the books already hold."""
    today: date
    seen: frozenset[ItemId]
    """What the books held when this was computed."""
    from_scratch: bool = False
    """Whether the file replaces all that is known, whatever period it covers."""
    accept_swaps: bool = True
    """Whether dates whose day and month look swapped are taken as corrected."""

    @property
    def client_count(self) -> int:
        """Customers that the file names."""
        return len({e.customer_id for e in self.entries})

    @property
    def vanished_count(self) -> int:
        """Known entries that would go; all, for a list where nothing is open."""
        movements = self.movements
        is_emptied = self.source.lists_nothing_open
        return len(movements.settled if is_emptied else movements.vanished)

    @property
    def vanished_share(self) -> float:
        """Share of the known entries that would go, from 0 to 1."""
        if self.source.lists_nothing_open:
            return 1.0 if self.vanished_count else 0.0
        return self.vanished_count / len(self.seen) if self.seen else 0.0


def preview_import(
    books: Books,
    source: SourceFile,
    entity_id: EntityId,
    today: date,
    *,
    from_scratch: bool = False,
    accept_swaps: bool = True,
) -> ImportPreview:
    """Work out what a file would change; nothing is written.

    ``from_scratch`` lets go of every entry that a ledger does not hold. A list of
    open items always does: what it does not hold is settled. ``accept_swaps`` takes
    the dates of a table whose day and month were swapped as corrected.
    """
    known = {e.id: e for e in books.ledger.entries(entity_id)}
    if not (source.holds_rows or (known and source.lists_nothing_open)):
        raise NoCustomerLineError(file=source.name, lines=source.lines_read)
    source = with_known_codes(books, source, entity_id)
    entity = books.entities.get(entity_id)
    last = books.imports.last(entity_id)
    refuse_other_kind(last, source, entity.name)
    swaps = find_swaps(source, today)
    lines = swaps.lines if accept_swaps else source.lines
    entries = [entry for entry, _ in identified(lines, entity_id)]
    given = {e.id: e for e in recognised(entries, known, source)}
    leaving = _leaving(known, given, source, from_scratch=from_scratch)
    after = known | given
    if source.only_open:
        after |= {e.id: replace(e, gone_on=today) for e in leaving}
    else:
        after = {k: e for k, e in after.items() if k not in {x.id for x in leaving}}
    customers = customers_changed(books, source, entity_id)
    derived = _derive(
        list(after.values()),
        books,
        entity_id,
        customers,
        only_open=source.only_open or is_kept_from_lists(books, entity_id),
    )
    items_before = {i.id: i for i in books.ledger.items(entity_id)}
    movements = _movements(known, given, leaving, items_before, derived, source)
    names = {c.id: c.name for c in books.customers.all(entity_id)}
    names |= {c.id: c.name for c in customers}
    return ImportPreview(
        entity_id=entity_id,
        source=source,
        movements=movements,
        faults=(
            *source.faults,
            *swaps.faults,
            *derived_faults(derived, names, given, source),
        ),
        unbalanced=tuple(derived.allocated.unbalanced),
        entries=tuple(given.values()),
        settled=tuple(after[i] for i in movements.settled),
        customers=tuple(customers),
        customer_names=names,
        already_imported=bool(last and last.sha256 == source.sha256),
        other_entity=other_firm(books, source, entity_id),
        older_than_known=(
            is_older(known, given, entity.fiscal_year_start_month)
            or (
                not movements.is_empty and was_accepted_before(books, source, entity_id)
            )
        ),
        today=today,
        seen=frozenset(known),
        from_scratch=from_scratch,
        accept_swaps=accept_swaps,
    )


def confirm_import(
    books: Books, preview: ImportPreview, now: datetime, *, accept_swaps: bool = True
) -> ImportRecord:
    """Write what was previewed, all or nothing, and keep how to take it back."""
    entity_id = preview.entity_id
    with books.atomic():
        people = known_people(books, entity_id)
        known = {e.id: e for e in books.ledger.entries(entity_id)}
        is_same_answer = accept_swaps == preview.accept_swaps
        if known.keys() != preview.seen or not is_same_answer:  # look again
            preview = preview_import(
                books,
                preview.source,
                entity_id,
                preview.today,
                from_scratch=preview.from_scratch,
                accept_swaps=accept_swaps,
            )
        given = {e.id: e for e in preview.entries}
        touched = [i for i, e in given.items() if known.get(i) != e]
        gone = _leaving(known, given, preview.source, from_scratch=preview.from_scratch)
        leaving = [e.id for e in gone]
        # Addresses may have been typed since the preview.
        books.customers.save_many(customers_changed(books, preview.source, entity_id))
        books.ledger.save_entries([given[i] for i in touched])
        if preview.source.only_open:
            books.ledger.save_entries(
                [replace(known[i], gone_on=preview.today) for i in leaving]
            )
        else:
            books.ledger.remove_entries(leaving)
        past = settled_before(
            books, preview.source, given.values(), entity_id, accept_swaps=accept_swaps
        )
        books.ledger.save_entries(past)
        excluded = books.ledger.excluded(entity_id)
        is_list = preview.source.only_open or is_kept_from_lists(books, entity_id)
        derived = refresh_items(books, entity_id, only_open=is_list)
        follow_over(books, entity_id, derived.continued.repeats, excluded)
        take_over(books, preview.source, entity_id, now)
        written = [*touched, *leaving, *(e.id for e in past)]
        changes = changed_since(books, entity_id, people)
        record = _record(preview, changes, now)
        books.imports.record(record, {i: known.get(i) for i in written})
        books.imports.record_people(record.id, changes)
        withdraw_outdated(books, entity_id, preview.today, now)
    return record


def undo_last_import(
    books: Books, entity_id: EntityId, today: date, now: datetime
) -> ImportRecord:
    """Put entries, customers and contacts back as they were before the last import.

    What people decided since stays: it hangs on items, not on imports. So do the
    customers used since, and what was corrected by hand.
    """
    with books.atomic():
        imports = books.imports.all(entity_id)
        last = next((i for i in imports if i.undone_at is None), None)
        if last is None:
            raise NothingToUndoError
        before = books.imports.before(last.id)
        repeats = without_repeats(books.ledger.entries(entity_id)).repeats
        excluded = books.ledger.excluded(entity_id)
        books.ledger.remove_entries([i for i, entry in before.items() if not entry])
        books.ledger.save_entries([entry for entry in before.values() if entry])
        restore_people(books, entity_id, last.id)
        books.imports.save(replace(last, undone_at=now))
        is_list = is_kept_from_lists(books, entity_id)
        derived = refresh_items(books, entity_id, only_open=is_list)
        items = {item.id for item in derived.items}
        back = {
            line: opening
            for opening, line in repeats.items()
            if line and line not in items and opening in items
        }
        follow_over(books, entity_id, back, excluded)
        remove_brought_customers(books, entity_id, last.id)
        withdraw_outdated(books, entity_id, today, now)
    return last


def list_imports(books: Books, entity_id: EntityId) -> list[ImportRecord]:
    """List the imports accepted, the latest first."""
    return books.imports.all(entity_id)


def refresh_items(
    books: Books, entity_id: EntityId, *, only_open: bool
) -> DerivedItems:
    """Derive the open items again from the entries; inside a transaction."""
    derived = _derive(
        books.ledger.entries(entity_id), books, entity_id, [], only_open=only_open
    )
    books.ledger.replace_items(entity_id, derived.items)
    books.ledger.replace_allocations(entity_id, derived.allocated.allocations)
    return derived


def items_with_modes(
    books: Books, entity_id: EntityId, modes: Sequence[PaymentMode]
) -> list[OpenItem]:
    """Work out the items as other payment modes would make them; nothing is kept."""
    entries = books.ledger.entries(entity_id)
    only_open = is_kept_from_lists(books, entity_id)
    return _derive(
        entries, books, entity_id, [], only_open=only_open, modes=modes
    ).items


def is_kept_from_lists(books: Books, entity_id: EntityId) -> bool:
    """Whether the firm's files only list what is open, some additions aside."""
    return any(
        i.format.lists_what_is_open and i.undone_at is None
        for i in books.imports.all(entity_id)
    )


def data_is_old(books: Books, entity_id: EntityId, today: date) -> bool:
    """Whether the last import is older than the freshness limit."""
    last = books.imports.last(entity_id)
    if last is None:
        return False
    limit = timedelta(days=books.entities.options(entity_id).freshness_days)
    return last.imported_at.date() + limit < today


def _leaving(
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


def _derive(
    entries: list[LedgerEntry],
    books: Books,
    entity_id: EntityId,
    more_customers: Sequence[Customer],
    *,
    only_open: bool,
    modes: Sequence[PaymentMode] | None = None,
) -> DerivedItems:
    customers = [*books.customers.all(entity_id), *more_customers]
    return derive_items(
        entries,
        {c.id: c.payment_terms for c in customers},
        books.entities.get(entity_id).default_terms,
        match_payments=not only_open and not any(e.lettering for e in entries),
        by_mode=mode_terms(
            books.entities.payment_modes(entity_id) if modes is None else modes,
            {c.id: c.payment_mode for c in customers},
        ),
        invoice_dues=invoice_dues(books, entity_id, entries, customers),
    )


def _movements(
    known: Mapping[ItemId, LedgerEntry],
    given: Mapping[ItemId, LedgerEntry],
    leaving: list[LedgerEntry],
    items_before: Mapping[ItemId, OpenItem],
    derived: DerivedItems,
    source: SourceFile,
) -> Movements:
    items_after = {i.id: i for i in derived.items}
    counted = {i: e for i, e in given.items() if i in items_after}
    settled = [
        item.id
        for item in items_before.values()
        if item.state is ItemState.OPEN
        and item.id in items_after
        and items_after[item.id].state is ItemState.SETTLED
    ]
    changed = [
        EntryChange(before=known[i], after=entry)
        for i, entry in counted.items()
        if i in known and known[i] != entry and known[i].gone_on is None
    ]
    return Movements(
        new=[entry for i, entry in counted.items() if i not in known],
        settled=settled,
        changed=[c for c in changed if c.after.id not in set(settled)],
        vanished=[]
        if source.only_open
        else [e for e in leaving if e.id in items_before],
        reappeared=[
            entry for i, entry in given.items() if i in known and known[i].gone_on
        ],
        balance_before=Money.total(i.left for i in items_before.values()),
        balance_after=Money.total(i.left for i in items_after.values()),
    )


def _record(
    preview: ImportPreview, people: PeopleChanges, now: datetime
) -> ImportRecord:
    """Sum an import up; that of a list counts customers and contacts."""
    movements, is_list = preview.movements, not preview.source.brings_entries
    changed = len(movements.changed) + len(movements.reappeared)
    return ImportRecord(
        id=ImportId(new_id()),
        entity_id=preview.entity_id,
        file_name=preview.source.name,
        format=SourceFormat.PEOPLE if is_list else preview.source.format,
        sha256=preview.source.sha256,
        imported_at=now,
        entries=len(preview.entries),
        new=people.created if is_list else len(movements.new),
        settled=len(movements.settled),
        changed=people.changed if is_list else changed,
        vanished=len(movements.vanished),
        fault_count=len(preview.faults),
        balance_before=movements.balance_before,
        balance_after=movements.balance_after,
    )
