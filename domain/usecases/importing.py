"""Bring a file into the books: look first, accept, take back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.basics.collecting import rarely_collecting
from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    CustomerId,
    EntityId,
    ImportId,
    ItemId,
    new_id,
)
from domain.basics.progress import (
    Count,
    Phase,
    Tell,
    counted,
    part,
    uncounted,
    untold,
)
from domain.customers.customer import Customer
from domain.ledger.allocation import UnbalancedLettering, allocate
from domain.ledger.entry import LedgerEntry, identified
from domain.ledger.import_report import (
    ImportFault,
    ImportRecord,
    Movements,
    SourceFile,
)
from domain.ledger.items import DerivedItems, derive_items
from domain.ledger.openings import without_repeats
from domain.ports import Books
from domain.usecases.comparing import (
    entries_after,
    leaving_entries,
    movements_of,
)
from domain.usecases.following_over import follow_over
from domain.usecases.import_checks import (
    derived_faults,
    is_older,
    other_firm,
    was_accepted_before,
)
from domain.usecases.import_kinds import refuse_other_kind
from domain.usecases.named_customers import customers_changed, with_known_codes
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
    before: Mapping[ItemId, LedgerEntry | None]
    """What each entry that the file touches or lets go is in the books."""
    leaving: tuple[LedgerEntry, ...]
    """Those that the file should hold, and does not."""
    derived: DerivedItems
    """The items as they would become."""
    seen: int
    """How many entries the books held when this was computed."""
    basis: tuple[object, ...]
    """What else was in the books then; all of this holds while they did not move."""
    from_scratch: bool = False
    """Whether the file replaces all that is known, whatever period it covers."""

    @property
    def client_count(self) -> int:
        """Customers that the file names."""
        return len({e.customer_id for e in self.entries})

    @property
    def vanished_share(self) -> float:
        """Share of the known entries that would go, from 0 to 1."""
        return len(self.movements.vanished) / self.seen if self.seen else 0.0


@rarely_collecting()
def preview_import(
    books: Books,
    source: SourceFile,
    entity_id: EntityId,
    today: date,
    *,
    from_scratch: bool = False,
    tell: Tell = untold,
) -> ImportPreview:
    """Work out what a file would change; nothing is written.

    ``from_scratch`` lets go of every entry that a ledger does not hold. A list of
    open items always does: what it does not hold is settled.
    """
    if not (source.brings_entries or source.customers or source.contacts):
        raise NoCustomerLineError(file=source.name, lines=source.lines_read)
    source = with_known_codes(books, source, entity_id)
    entity = books.entities.get(entity_id)
    last = books.imports.last(entity_id)
    refuse_other_kind(last, source, entity.name)
    count = len(source.lines)
    first, second, third = (
        part(tell, Phase.COMPARING, start * count, 4 * count) for start in range(3)
    )
    lines = counted(source.lines, first)
    given = {entry.id: entry for entry, _ in identified(lines, entity_id)}
    known: dict[ItemId, LedgerEntry] = {}
    for entry in counted(books.ledger.each_entry(entity_id), second):
        same = given.get(entry.id)
        known[entry.id] = same if same == entry else entry  # held once in memory
    leaving = leaving_entries(known, given, source, from_scratch=from_scratch)
    after = entries_after(
        known, given, leaving, gone_on=today if source.only_open else None
    )
    customers = customers_changed(books, source, entity_id)
    derived = _derive(
        list(after.values()),
        books,
        entity_id,
        customers,
        only_open=source.only_open or is_kept_from_lists(books, entity_id),
        each=third,
    )
    movements = movements_of(books, entity_id, known, given, leaving, derived, source)
    touched = [i for i, entry in given.items() if known.get(i) != entry]
    names = {c.id: c.name for c in books.customers.all(entity_id)}
    names |= {c.id: c.name for c in customers}
    return ImportPreview(
        entity_id=entity_id,
        source=source,
        movements=movements,
        faults=(*source.faults, *derived_faults(derived, names, given, source)),
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
        before={i: known.get(i) for i in (*touched, *(e.id for e in leaving))},
        leaving=tuple(leaving),
        derived=derived,
        seen=len(known),
        basis=_basis(books, entity_id),
        from_scratch=from_scratch,
    )


def looked_at_again(
    books: Books, preview: ImportPreview, *, tell: Tell = untold
) -> ImportPreview:
    """Give a preview that still holds: this one, unless the books moved since."""
    if preview.basis == _basis(books, preview.entity_id):
        return preview
    return preview_import(
        books,
        preview.source,
        preview.entity_id,
        preview.today,
        from_scratch=preview.from_scratch,
        tell=tell,
    )


@rarely_collecting()
def confirm_import(
    books: Books,
    preview: ImportPreview,
    now: datetime,
    *,
    accept_swaps: bool = True,
    tell: Tell = untold,
) -> ImportRecord:
    """Write what was previewed, all or nothing, and keep how to take it back."""
    entity_id = preview.entity_id
    with books.atomic():
        preview = looked_at_again(books, preview)
        excluded = books.ledger.excluded(entity_id)
        past = settled_before(
            books, preview.source, preview.entries, entity_id, accept_swaps=accept_swaps
        )
        before = preview.before
        if past:
            known = {e.id: e for e in books.ledger.entries(entity_id)}
            before = {**before, **{e.id: known.get(e.id) for e in past}}
        derived = _write(books, preview, past, tell)
        follow_over(books, entity_id, derived.continued.repeats, excluded)
        take_over(books, preview.source, entity_id, now)
        record = _record(preview, now)
        if preview.source.brings_entries:  # only these can be taken back
            books.imports.record(record, before)
        withdraw_outdated(books, entity_id, preview.today, now)
    return record


@rarely_collecting()
def undo_last_import(
    books: Books, entity_id: EntityId, today: date, now: datetime
) -> ImportRecord:
    """Put the entries back as they were before the last import.

    What people decided since stays: it hangs on items, not on imports.
    """
    with books.atomic():
        last = books.imports.last(entity_id)
        if last is None:
            raise NothingToUndoError
        before = books.imports.before(last.id)
        repeats = without_repeats(books.ledger.entries(entity_id)).repeats
        excluded = books.ledger.excluded(entity_id)
        books.ledger.remove_entries([i for i, entry in before.items() if not entry])
        books.ledger.save_entries([entry for entry in before.values() if entry])
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


def is_kept_from_lists(books: Books, entity_id: EntityId) -> bool:
    """Whether the firm's files only list what is open, some additions aside."""
    return any(
        i.format.lists_what_is_open and i.undone_at is None
        for i in books.imports.all(entity_id)
    )


def unbalanced_letterings(entries: Iterable[LedgerEntry]) -> list[UnbalancedLettering]:
    """List the letterings whose debits and credits differ, for the home page.

    ``entries`` are the firm's, already read.
    """
    entries = without_repeats(entries).entries
    lettered = allocate((e for e in entries if e.lettering), match_payments=False)
    return [u for u in lettered.unbalanced if not u.is_declared_partial]


def data_is_old(books: Books, entity_id: EntityId, today: date) -> bool:
    """Whether the last import is older than the freshness limit."""
    last = books.imports.last(entity_id)
    if last is None:
        return False
    limit = timedelta(days=books.entities.options(entity_id).freshness_days)
    return last.imported_at.date() + limit < today


def _basis(books: Books, entity_id: EntityId) -> tuple[object, ...]:
    """Gather all that entries and items follow from, but a file and the entries.

    Entries change by imports only.
    """
    return (
        [(i.id, i.undone_at) for i in books.imports.all(entity_id)],
        books.entities.get(entity_id),
        books.customers.all(entity_id),
    )


def _write(
    books: Books, preview: ImportPreview, past: list[LedgerEntry], tell: Tell
) -> DerivedItems:
    """Write what was previewed, and entries that only its history names."""
    entity_id, source, derived = preview.entity_id, preview.source, preview.derived
    before, leaving = preview.before, preview.leaving
    allocations = derived.allocated.allocations
    sizes = (len(before), len(derived.items), len(allocations))
    first, second, third = (
        part(tell, Phase.WRITING, sum(sizes[:rank]), sum(sizes)) for rank in range(3)
    )
    # Addresses may have been typed since the preview.
    books.customers.save_many(customers_changed(books, source, entity_id))
    touched = (e for e in preview.entries if e.id in before)
    books.ledger.save_entries(counted(touched, first))
    if source.only_open:
        books.ledger.save_entries(replace(e, gone_on=preview.today) for e in leaving)
    else:
        books.ledger.remove_entries(e.id for e in leaving)
    if past:
        books.ledger.save_entries(past)
        is_list = source.only_open or is_kept_from_lists(books, entity_id)
        return refresh_items(books, entity_id, only_open=is_list)
    books.ledger.replace_items(entity_id, derived.items, second)
    books.ledger.replace_allocations(entity_id, allocations, third)
    return derived


def _derive(
    entries: list[LedgerEntry],
    books: Books,
    entity_id: EntityId,
    more_customers: Sequence[Customer],
    *,
    only_open: bool,
    each: Count = uncounted,
) -> DerivedItems:
    customers = [*books.customers.all(entity_id), *more_customers]
    return derive_items(
        entries,
        {c.id: c.payment_terms for c in customers},
        books.entities.get(entity_id).default_terms,
        match_payments=not only_open and not any(e.lettering for e in entries),
        each=each,
    )


def _record(preview: ImportPreview, now: datetime) -> ImportRecord:
    movements = preview.movements
    return ImportRecord(
        id=ImportId(new_id()),
        entity_id=preview.entity_id,
        file_name=preview.source.name,
        format=preview.source.format,
        sha256=preview.source.sha256,
        imported_at=now,
        entries=len(preview.entries),
        new=len(movements.new),
        settled=len(movements.settled),
        changed=len(movements.changed) + len(movements.reappeared),
        vanished=len(movements.vanished),
        fault_count=len(preview.faults),
        balance_before=movements.balance_before,
        balance_after=movements.balance_after,
    )
