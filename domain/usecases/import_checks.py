"""What to tell before a file is accepted: wrong firm, older export, odd lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from domain.basics.identifiers import CustomerId, EntityId, ItemId
from domain.basics.money import Money
from domain.basics.text import folded, squeezed
from domain.dashboard.key_figures import fiscal_year_start
from domain.ledger.allocation import UnbalancedLettering, allocate
from domain.ledger.entity import Entity
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import (
    FaultKind,
    ImportFault,
    SourceFile,
    SourceFormat,
    siren_named,
)
from domain.ledger.items import DerivedItems
from domain.ledger.openings import without_repeats
from domain.ports import Books

_SIREN_LENGTH = 9


def other_firm(books: Books, source: SourceFile, entity_id: EntityId) -> str:
    """Name the other firm that a file seems to come from; nothing when all is well.

    Told by the SIREN in the file's name, else by customers known there, not here.
    """
    entity = books.entities.get(entity_id)
    others = [e for e in books.entities.all() if e.id != entity_id]
    siren = source.siren
    own = _siren(books, entity)
    if siren and siren == own:
        return ""
    for other in others:
        if siren and siren == _siren(books, other):
            return other.name
    if siren and own:
        return f"SIREN {siren}"
    return _firm_of_these_customers(books, source, entity, others)


def is_older(
    known: Mapping[ItemId, LedgerEntry],
    given: Mapping[ItemId, LedgerEntry],
    fiscal_year_start_month: int,
) -> bool:
    """Whether a file is an earlier export of a year already known further.

    Importing it would take back what was settled since.
    """
    if not known.keys() & given.keys():
        return False
    newest = max(e.entry_on for e in given.values())
    month = fiscal_year_start_month
    year = fiscal_year_start(newest, month)
    return any(
        newest < e.entry_on and fiscal_year_start(e.entry_on, month) == year
        for e in known.values()
    )


def was_accepted_before(books: Books, source: SourceFile, entity_id: EntityId) -> bool:
    """Whether this very file was accepted, and others since."""
    accepted = [
        i
        for i in books.imports.all(entity_id)
        if i.undone_at is None and i.format is not SourceFormat.PEOPLE
    ]
    return source.sha256 in {i.sha256 for i in accepted[1:]}


def derived_faults(
    derived: DerivedItems,
    names: Mapping[CustomerId, str],
    given: Mapping[ItemId, LedgerEntry],
    source: SourceFile,
) -> Iterator[ImportFault]:
    """Tell what does not hold together once the file has joined the books."""
    found = list(_found(derived, names, given))
    ids = {entry_id for _, concerned, _ in found for entry_id in concerned}
    lines = zip(given, source.lines, strict=False)
    line_of = {i: line.line for i, line in lines if i in ids} if ids else {}
    for kind, concerned, words in found:
        line = min((line_of[i] for i in concerned if i in line_of), default=0)
        yield ImportFault(line=line, kind=kind, found=words, blocking=False)


def _found(
    derived: DerivedItems,
    names: Mapping[CustomerId, str],
    given: Mapping[ItemId, LedgerEntry],
) -> Iterator[tuple[FaultKind, tuple[ItemId, ...], str]]:
    """List what does not hold together: what, the entries concerned, in words."""
    continued = derived.continued
    repeated = tuple(continued.repeats)
    if repeated:
        yield FaultKind.OPENING_REPEATED, repeated, str(len(repeated))
    openings: dict[object, list[ItemId]] = defaultdict(list)
    for entry in given.values() if continued.gaps else ():
        openings[entry.customer_id, entry.opens_on].append(entry.id)
    for gap in continued.gaps:
        ids = tuple(openings[gap.customer_id, gap.opens_on])
        gap_told = f"{_plain(gap.opened)} / {_plain(gap.owed)}"
        found = f"{names.get(gap.customer_id, '')} – {gap_told}"
        yield FaultKind.OPENING_GAP, ids, found
    for group in derived.allocated.unbalanced:
        if not group.is_declared_partial:
            found = f"{names.get(group.customer_id, '')} – {group.code}"
            yield FaultKind.UNBALANCED_LETTERING, group.entry_ids, found


def unbalanced_letterings(entries: Iterable[LedgerEntry]) -> list[UnbalancedLettering]:
    """List the letterings whose debits and credits differ, for the home page.

    ``entries`` are the firm's, already read.
    """
    entries = without_repeats(entries).entries
    lettered = allocate((e for e in entries if e.lettering), match_payments=False)
    return [u for u in lettered.unbalanced if not u.is_declared_partial]


def _plain(amount: Money) -> str:
    """Write an amount as accounting files do."""
    return f"{amount.amount:.2f}".replace(".", ",")


def _siren(books: Books, entity: Entity) -> str:
    """Tell a firm's SIREN: of its SIRET, else of the last file accepted."""
    digits = "".join(char for char in entity.siret if char.isdecimal())
    if len(digits) >= _SIREN_LENGTH:
        return digits[:_SIREN_LENGTH]
    last = books.imports.last(entity.id)
    return siren_named(last.file_name) if last else ""


def _firm_of_these_customers(
    books: Books, source: SourceFile, entity: Entity, others: list[Entity]
) -> str:
    """Name the firm where most of the file's customers are known, if not here.

    Both code and name must agree: many firms number their customers from C001 on.
    """
    named = {(line.customer_code, line.customer_name) for line in source.lines}
    given = {(code, folded(squeezed(name or code))) for code, name in named}
    known = {
        firm.id: {(c.code, folded(c.name)) for c in books.customers.all(firm.id)}
        for firm in [entity, *others]
    }
    unknown = given - known[entity.id]
    if 2 * len(unknown) <= len(given):
        return ""
    return next(
        (o.name for o in others if 2 * len(unknown & known[o.id]) > len(given)), ""
    )
