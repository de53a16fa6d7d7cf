"""Bring a file into the books: look first, accept, take back."""

from collections.abc import Mapping
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
from domain.basics.progress import Phase, Tell, counted, part, untold
from domain.customers.customer import Customer
from domain.customers.people_changes import PeopleChanges
from domain.ledger.allocation import UnbalancedLettering
from domain.ledger.entry import LedgerEntry, identified
from domain.ledger.import_report import (
    ImportFault,
    ImportRecord,
    Movements,
    SourceFile,
    SourceFormat,
)
from domain.ledger.items import DerivedItems
from domain.ledger.openings import without_repeats
from domain.ledger.same_items import recognised
from domain.ledger.swapped_dates import find_swaps
from domain.ports import Books
from domain.usecases.comparing import (
    entries_after,
    leaving_entries,
    movements_of,
)
from domain.usecases.deriving import (
    derivation_basis,
    derive,
    is_kept_from_lists,
    refresh_items,
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
from domain.usecases.people_imports import (
    changed_since,
    known_people,
    remove_brought_customers,
    restore_people,
)
from domain.usecases.taking_over import settled_before, take_over
from domain.usecases.unread_lines import may_be_left_out
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
    touched: tuple[LedgerEntry, ...]
    """Those the file gives that are new or changed."""
    before: Mapping[ItemId, LedgerEntry]
    """What the entries that the file changes or lets go are in the books."""
    leaving: tuple[LedgerEntry, ...]
    """Those that the file should hold, and does not."""
    unread: tuple[LedgerEntry, ...]
    """Those it may hold on lines that could not be read: they stay as they were."""
    derived: DerivedItems
    """The items as they would become."""
    seen: int
    """How many entries the books held when this was computed."""
    basis: tuple[object, ...]
    """What else was in the books then; all of this holds while they did not move."""
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
        return self.vanished_count / self.seen if self.seen else 0.0


@rarely_collecting()
def preview_import(
    books: Books,
    source: SourceFile,
    entity_id: EntityId,
    today: date,
    *,
    from_scratch: bool = False,
    accept_swaps: bool = True,
    tell: Tell = untold,
) -> ImportPreview:
    """Work out what a file would change; nothing is written.

    ``from_scratch`` lets go of every entry that a ledger does not hold. A list of
    open items always does: what it does not hold is settled. ``accept_swaps`` takes
    the dates of a table whose day and month were swapped as corrected.
    """
    is_known = source.lists_nothing_open and books.figures.has_entries(entity_id)
    if not (source.holds_rows or is_known):
        raise NoCustomerLineError(file=source.name, lines=source.lines_read)
    source = with_known_codes(books, source, entity_id)
    entity = books.entities.get(entity_id)
    last = books.imports.last(entity_id)
    refuse_other_kind(last, source, entity.name)
    count = len(source.lines)
    first, second, third = (
        part(tell, Phase.COMPARING, start * count, 4 * count) for start in range(3)
    )
    swaps = find_swaps(source, today)
    lines = counted(swaps.lines if accept_swaps else source.lines, first)
    given = {entry.id: entry for entry, _ in identified(lines, entity_id)}
    known: dict[ItemId, LedgerEntry] = {}
    for entry in counted(books.ledger.each_entry(entity_id), second):
        same = given.get(entry.id)
        known[entry.id] = same if same == entry else entry  # held once in memory
    if known:
        entries = recognised(list(given.values()), known, source)
        given = {entry.id: entry for entry in entries}
    missing = leaving_entries(known, given, source, from_scratch=from_scratch)
    of_firm = books.customers.all(entity_id)
    unread = may_be_left_out(missing, source.left_out, of_firm)
    kept = {entry.id for entry in unread}
    leaving = [entry for entry in missing if entry.id not in kept]
    after = entries_after(
        known, given, leaving, gone_on=today if source.only_open else None
    )
    customers = customers_changed(books, source, entity_id)
    derived = derive(
        list(after.values()),
        books,
        entity_id,
        customers,
        only_open=source.only_open or is_kept_from_lists(books, entity_id),
        each=third,
    )
    movements = movements_of(books, entity_id, known, given, leaving, derived, source)
    touched = tuple(e for i, e in given.items() if known.get(i) != e)
    names = {c.id: c.name for c in (*of_firm, *customers)}
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
        touched=touched,
        before={e.id: known[e.id] for e in (*touched, *leaving) if e.id in known},
        leaving=tuple(leaving),
        unread=tuple(unread),
        derived=derived,
        seen=len(known),
        basis=derivation_basis(books, entity_id),
        from_scratch=from_scratch,
        accept_swaps=accept_swaps,
    )


def looked_at_again(
    books: Books,
    preview: ImportPreview,
    *,
    accept_swaps: bool = True,
    tell: Tell = untold,
) -> ImportPreview:
    """Give a preview that still holds: this one, unless books or answer changed."""
    is_same_answer = accept_swaps == preview.accept_swaps
    if is_same_answer and preview.basis == derivation_basis(books, preview.entity_id):
        return preview
    return preview_import(
        books,
        preview.source,
        preview.entity_id,
        preview.today,
        from_scratch=preview.from_scratch,
        accept_swaps=accept_swaps,
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
        people = known_people(books, entity_id)
        preview = looked_at_again(books, preview, accept_swaps=accept_swaps)
        excluded = books.ledger.excluded(entity_id)
        past = settled_before(
            books, preview.source, preview.entries, entity_id, accept_swaps=accept_swaps
        )
        before = preview.before
        if past:
            of_past = {e.id for e in past}
            known = books.ledger.entries(entity_id)
            before = {**before, **{e.id: e for e in known if e.id in of_past}}
        derived = _write(books, preview, past, tell)
        follow_over(books, entity_id, derived.continued.repeats, excluded)
        take_over(books, preview.source, entity_id, now)
        changes = changed_since(books, entity_id, people)
        record = _record(preview, changes, now)
        touched = (e.id for e in (*preview.touched, *preview.leaving, *past))
        books.imports.record(record, touched, before)
        books.imports.record_people(record.id, changes)
        withdraw_outdated(books, entity_id, preview.today, now)
    return record


@rarely_collecting()
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


def data_is_old(books: Books, entity_id: EntityId, today: date) -> bool:
    """Whether the last import is older than the freshness limit."""
    last = books.imports.last(entity_id)
    if last is None:
        return False
    limit = timedelta(days=books.entities.options(entity_id).freshness_days)
    return last.imported_at.date() + limit < today


def _write(
    books: Books, preview: ImportPreview, past: list[LedgerEntry], tell: Tell
) -> DerivedItems:
    """Write what was previewed, and entries that only its history names."""
    entity_id, source, derived = preview.entity_id, preview.source, preview.derived
    touched, leaving = preview.touched, preview.leaving
    allocations = derived.allocated.allocations
    sizes = (len(touched), len(derived.items), len(allocations))
    first, second, third = (
        part(tell, Phase.WRITING, sum(sizes[:rank]), sum(sizes)) for rank in range(3)
    )
    # Addresses may have been typed since the preview.
    books.customers.save_many(customers_changed(books, source, entity_id))
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
