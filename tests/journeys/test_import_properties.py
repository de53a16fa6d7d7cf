"""Whatever is imported: twice is once, and taken back it was never there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import CustomerId, EntityId
from domain.customers.customer import Customer
from domain.ledger.import_report import SourceFile
from domain.ports import Books
from domain.usecases.importing import preview_import, undo_last_import
from domain.usecases.mapping_files import surely_proposed
from storage.files.reading import AccountingFiles
from tests.any_firm import any_firm
from tests.any_ledger import any_ledger
from tests.builders import TODAY
from tests.journeys.stories import books_of, bring_in, moment
from tests.ledger_writers import Entry, as_due_list, as_fec

FILES = AccountingFiles()
LATER = TODAY + timedelta(days=3)


def an_fec(entries: list[Entry]) -> SourceFile:
    return FILES.read("123456789FEC20261231.txt", as_fec(entries))


def a_table(entries: list[Entry], *, complete: bool) -> SourceFile:
    table = FILES.table("echeancier.xlsx", as_due_list(entries))
    mapping = replace(surely_proposed(table), complete_state=complete)
    return FILES.read_mapped(table, mapping, table.name)


State = tuple[dict[CustomerId, Customer], *tuple[object, ...]]


def with_an_open_entry(entries: list[Entry]) -> bool:
    return any(not e.lettering for e in entries)


open_ledgers = any_ledger().filter(with_an_open_entry)
SOURCES = {
    "fec": any_ledger().map(an_fec),
    "table": open_ledgers.map(lambda entries: a_table(entries, complete=True)),
    "table added": open_ledgers.map(lambda entries: a_table(entries, complete=False)),
    "workbook": any_firm(),
}
OF_ANY_KIND = pytest.mark.parametrize("kind", SOURCES)


def state(books: Books, entity_id: EntityId) -> State:
    """Everything that an import may change, but for the history: it only grows."""
    customers = books.customers.all(entity_id)
    allocations = [books.ledger.allocations_of(c.id) for c in customers]
    return (
        {c.id: c for c in customers},
        sorted(books.customers.contacts(entity_id), key=lambda c: c.id),
        sorted(books.ledger.entries(entity_id), key=lambda e: e.id),
        sorted(books.ledger.items(entity_id), key=lambda i: i.id),
        [a for of_customer in allocations for a in of_customer],
    )


def kept_by_history(books: Books, entity_id: EntityId) -> dict[CustomerId, Customer]:
    """Find the customers that stay, with the reminders taken over about them."""
    named = {a.customer_id for a in books.activities.all(entity_id)}
    return {c: books.customers.get(c) for c in named}


@OF_ANY_KIND
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_import_repeated_changes_nothing(kind: str, data: st.DataObject) -> None:
    books, entity_id = books_of()
    first, second = data.draw(SOURCES[kind]), data.draw(SOURCES[kind])
    bring_in(books, entity_id, first, TODAY)
    bring_in(books, entity_id, second, TODAY)
    before = state(books, entity_id)

    again = preview_import(books, second, entity_id, LATER)
    bring_in(books, entity_id, second, LATER)

    assert again.movements.is_empty
    assert state(books, entity_id) == before


@OF_ANY_KIND
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_import_taken_back_was_never_there(kind: str, data: st.DataObject) -> None:
    books, entity_id = books_of()
    states = [state(books, entity_id)]
    for source in (data.draw(SOURCES[kind]), data.draw(SOURCES[kind])):
        bring_in(books, entity_id, source, TODAY)
        states.append(state(books, entity_id))

    while len(states) > 1:
        states.pop()
        undo_last_import(books, entity_id, LATER, moment(LATER))
        customers, *others = states[-1]
        kept = kept_by_history(books, entity_id)
        assert state(books, entity_id) == (kept | customers, *others)
