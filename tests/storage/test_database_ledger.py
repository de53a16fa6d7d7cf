from datetime import timedelta
from decimal import Decimal

import pytest

from domain.basics.errors import NotFoundError
from domain.basics.identifiers import EntityId, ImportId, ItemId
from domain.basics.money import Money
from domain.ledger.entity import DunningOptions
from domain.ledger.entry import DueOrigin
from domain.ledger.open_item import ItemState
from domain.ledger.payment_modes import PaymentMode
from storage.database.books import SqliteBooks
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    TODAY,
    a_customer,
    a_hold,
    a_level_change,
    an_allocation,
    an_entity,
    an_entry,
    an_import,
    an_item,
    books_of_one_firm,
    customer_id_of,
)

THEIRS = EntityId("other")


@pytest.fixture
def books() -> SqliteBooks:
    """Books of two firms; the first has two customers."""
    books = books_of_one_firm()
    books.entities.save(an_entity(id=THEIRS, name="Étoile du Nord"))
    books.customers.save_many(
        [a_customer(code="C002"), a_customer(entity_id=THEIRS, code="C001")]
    )
    return books


def rows_written(books: SqliteBooks) -> int:
    return books._connection.total_changes


def test_a_firm_comes_back_as_saved_and_changed(books: SqliteBooks) -> None:
    logo = books.outbox.save_document("logo.png", "image/png", b"png")
    firm = an_entity(penalty_rate=Decimal("12.15"), logo=logo, demo=True)

    books.entities.save(firm)

    assert books.entities.get(ENTITY_ID) == firm


def test_firms_are_listed_by_name_and_found_whatever_the_accents(
    books: SqliteBooks,
) -> None:
    names = [firm.name for firm in books.entities.all()]
    found = books.entities.named("ETOILE du nord")

    assert names == ["Atelier Bois Clair", "Étoile du Nord"]
    assert found is not None
    assert found.id == THEIRS
    assert books.entities.named("Étoile") is None


def test_an_unknown_firm_is_not_found(books: SqliteBooks) -> None:
    with pytest.raises(NotFoundError):
        books.entities.get(EntityId("nobody"))


def test_options_are_the_usual_ones_until_chosen(books: SqliteBooks) -> None:
    chosen = DunningOptions(
        message_ceiling=Money(5000_00), days_between_contacts=0, dispute_stops=False
    )

    books.entities.save_options(ENTITY_ID, DunningOptions(freshness_days=1))
    books.entities.save_options(ENTITY_ID, chosen)

    assert books.entities.options(ENTITY_ID) == chosen
    assert books.entities.options(THEIRS) == DunningOptions()


def test_a_payment_mode_is_automatic_until_said_otherwise(books: SqliteBooks) -> None:
    modes = [PaymentMode(code=c, is_automatic=True) for c in ("PRLV", "LCR")]
    books.entities.save_payment_modes(ENTITY_ID, modes)
    later = PaymentMode(code="LCR", terms="60 jours")
    books.entities.save_payment_modes(ENTITY_ID, [later])

    assert books.entities.payment_modes(ENTITY_ID) == [later, modes[0]]
    assert books.entities.automatic_payment_modes(ENTITY_ID) == {"PRLV"}
    assert books.entities.automatic_payment_modes(THEIRS) == frozenset()


def test_entries_come_back_in_the_order_they_came(books: SqliteBooks) -> None:
    first = an_entry(piece="B", lettering="AA", lettered_on=TODAY, file_due_on=TODAY)
    second = an_entry(piece="A", cents=-5_00, customer_id=customer_id_of("C002"))
    books.ledger.save_entries([first, second])

    gone = an_entry(piece="B", gone_on=TODAY)
    books.ledger.save_entries([gone])

    assert books.ledger.entries(ENTITY_ID) == [gone, second]
    assert books.ledger.entries_of(CUSTOMER_ID) == [gone]


def test_only_the_entries_named_are_removed(books: SqliteBooks) -> None:
    books.ledger.save_entries([an_entry(piece="A"), an_entry(piece="B")])

    books.ledger.remove_entries([ItemId("A"), ItemId("unknown")])

    assert [e.piece for e in books.ledger.entries(ENTITY_ID)] == ["B"]


def test_items_are_listed_oldest_due_first_undated_last(books: SqliteBooks) -> None:
    undated = an_item(reference="A", due_on=None, due_origin=DueOrigin.NONE)
    late = an_item(reference="B", days_late=20)
    settled = an_item(
        reference="C",
        days_late=30,
        settled=Money(120_00),
        state=ItemState.SETTLED,
        settled_on=TODAY,
    )
    to_come = an_item(reference="D", days_late=-5, customer_id=customer_id_of("C002"))

    books.ledger.replace_items(ENTITY_ID, [undated, to_come, settled, late])

    assert books.ledger.items(ENTITY_ID) == [settled, late, to_come, undated]
    assert books.ledger.open_items(ENTITY_ID) == [late, to_come, undated]
    assert books.ledger.items_of(CUSTOMER_ID) == [settled, late, undated]


def test_items_are_read_in_the_order_asked(books: SqliteBooks) -> None:
    books.ledger.replace_items(ENTITY_ID, [an_item(reference=r) for r in "ABC"])

    items = books.ledger.get_items(ItemId(r) for r in ("C", "unknown", "A"))

    assert [item.reference for item in items] == ["C", "A"]


def test_replaced_items_are_those_given_and_no_others(books: SqliteBooks) -> None:
    theirs = an_item(reference="X", entity_id=THEIRS)
    books.ledger.replace_items(THEIRS, [theirs])
    books.ledger.replace_items(ENTITY_ID, [an_item(reference=r) for r in "ABC"])
    paid = an_item(reference="B", settled=Money(1_00))

    books.ledger.replace_items(ENTITY_ID, [an_item(reference="D"), paid])

    assert {i.id: i for i in books.ledger.items(ENTITY_ID)} == {
        "B": paid,
        "D": an_item(reference="D"),
    }
    assert books.ledger.items(THEIRS) == [theirs]


def test_only_items_that_differ_are_written(books: SqliteBooks) -> None:
    items = [an_item(reference=f"F{n}") for n in range(100)]
    books.ledger.replace_items(ENTITY_ID, items)
    before = rows_written(books)

    books.ledger.replace_items(ENTITY_ID, items)
    unchanged = rows_written(books) - before
    books.ledger.replace_items(
        ENTITY_ID, [an_item(reference="F0", label="x"), *items[2:]]
    )

    assert unchanged == 0
    assert rows_written(books) - before == 2  # one changed, one gone


def test_allocations_follow_their_items(books: SqliteBooks) -> None:
    references = ("FA-001", "FA-002", "RG-001", "RG-002")
    items = [an_item(reference=reference) for reference in references]
    first = an_allocation()
    second = an_allocation(debit_id="FA-002", credit_id="RG-002", cents=1)
    books.ledger.replace_items(ENTITY_ID, items)
    books.ledger.replace_allocations(ENTITY_ID, [first, second])
    kept = books.ledger.allocations_of(CUSTOMER_ID)

    books.ledger.replace_items(ENTITY_ID, items[:3])  # RG-002 left the books
    followed = books.ledger.allocations_of(CUSTOMER_ID)
    more = an_allocation(cents=7)
    books.ledger.replace_allocations(ENTITY_ID, [more])

    assert kept == [first, second]
    assert followed == [first]
    assert books.ledger.allocations_of(CUSTOMER_ID) == [more]
    assert books.ledger.allocations_of(customer_id_of("C002")) == []


def test_an_item_stays_excluded_while_it_is_away(books: SqliteBooks) -> None:
    books.ledger.replace_items(ENTITY_ID, [an_item(), an_item(reference="B")])
    books.ledger.set_excluded(ItemId("FA-001"), excluded=True)
    books.ledger.set_excluded(ItemId("FA-001"), excluded=True)
    books.ledger.set_excluded(ItemId("B"), excluded=True)
    books.ledger.set_excluded(ItemId("B"), excluded=False)

    here = books.ledger.excluded(ENTITY_ID)
    books.ledger.replace_items(ENTITY_ID, [])
    away = books.ledger.excluded(ENTITY_ID)
    books.ledger.replace_items(ENTITY_ID, [an_item()])

    assert here == {"FA-001"}
    assert away == frozenset()
    assert books.ledger.excluded(ENTITY_ID) == {"FA-001"}
    assert books.ledger.excluded(THEIRS) == frozenset()


def test_what_the_user_added_survives_the_entry(books: SqliteBooks) -> None:
    books.ledger.save_entries([an_entry()])
    books.ledger.replace_items(ENTITY_ID, [an_item()])
    hold, change = a_hold(item_id="FA-001"), a_level_change()
    books.agreements.save_hold(hold)
    books.activities.record_levels([change])

    books.ledger.remove_entries([ItemId("FA-001")])
    books.ledger.replace_items(ENTITY_ID, [])

    assert books.agreements.holds(ENTITY_ID) == [hold]
    assert books.activities.level_history(ENTITY_ID) == {"FA-001": [change]}


def test_the_last_import_is_the_latest_not_taken_back(books: SqliteBooks) -> None:
    first = an_import(imported_at=NOW - timedelta(days=2))
    second = an_import(imported_at=NOW - timedelta(days=1))
    undone = an_import(imported_at=NOW)
    for imported in (second, undone, first):
        books.imports.record(imported, [], {})

    undone = an_import(id=undone.id, imported_at=NOW, undone_at=NOW)
    books.imports.save(undone)

    assert books.imports.last(ENTITY_ID) == second
    assert books.imports.all(ENTITY_ID) == [undone, second, first]
    assert books.imports.last(THEIRS) is None


def test_an_import_remembers_what_each_entry_was(books: SqliteBooks) -> None:
    imported = an_import()
    was = an_entry(label="Été « œuvre »", gone_on=TODAY, cents=-1_50)

    books.imports.record(imported, [ItemId("new"), was.id], {was.id: was})

    assert books.imports.before(imported.id) == {ItemId("new"): None, was.id: was}
    assert books.imports.before(ImportId("unknown")) == {}


def test_items_settled_before_a_day_are_not_live(books: SqliteBooks) -> None:
    lately, before = TODAY, TODAY - timedelta(days=9)
    books.ledger.replace_items(
        ENTITY_ID,
        [
            an_item(reference="OPEN"),
            *(
                an_item(
                    reference=name,
                    settled=Money(120_00),
                    state=ItemState.SETTLED,
                    settled_on=on,
                )
                for name, on in (("LATELY", lately), ("BEFORE", before))
            ),
        ],
    )

    live = books.ledger.live_items(ENTITY_ID, TODAY - timedelta(days=8))

    assert {item.reference for item in live} == {"OPEN", "LATELY"}
