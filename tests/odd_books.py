"""Books that screens must show well although nobody wishes for them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.ledger.entry import SourceLine
from domain.ports import Books
from domain.usecases.agreeing import record_promise
from domain.usecases.configuring import create_entity
from storage.database.books import open_books
from tests.builders import an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, moment

DAY = date(2026, 11, 20)
LONG_NAME = (
    "Groupement d'intérêt économique pour la rénovation, l'entretien et la mise en "
    "valeur des halles, marchés couverts, kiosques, lavoirs et fontaines des communes "
    "associées du plateau de Vaubrelinde, de la vallée de l'Ormeline et des coteaux "
    "de Sarcherolles-les-Deux-Églises, venant aux droits du syndicat"
)
Lines = list[SourceLine]


def owed(number: int, cents: int, late: int | None, **others: object) -> SourceLine:
    """Make an invoice of a customer, late by so many days; None has no due date."""
    due = None if late is None else DAY - timedelta(days=late)
    day = (due or DAY - timedelta(days=20)) - timedelta(days=30)
    line = a_line(f"F{number:05}", cents, day, due_on=due)
    return replace(line, **others)  # type: ignore[arg-type]


def of(code: str, name: str) -> Mapping[str, object]:
    """Name whose invoice it is."""
    return {"customer_code": code, "customer_name": name}


def one_customer() -> Lines:
    return [owed(1, 1_250_00, 12)]


def in_credit() -> Lines:
    return [owed(1, 300_00, 5), owed(2, -480_00, 20, label="Acompte versé deux fois")]


def without_due_date() -> Lines:
    lines = [owed(n, n * 110_00, None) for n in range(1, 5)]
    return [*lines, owed(5, 90_00, 15, **of("C002", "Garage Sarmelin"))]


def several_currencies() -> Lines:
    swiss, american = of("C002", "Fromagerie Valtorne"), of("C003", "Orlane Trading")
    return [
        owed(1, 1_900_00, 40),
        owed(2, 820_00, -12, **swiss),
        owed(3, 2_400_00, 33, **swiss),
        owed(4, 760_00, 3, **american),
        owed(5, 60_00, -3, **american),
    ]


def long_names() -> Lines:
    assert len(LONG_NAME) >= 300
    long = of("C002", LONG_NAME)
    return [
        owed(1, 640_00, 8),
        owed(2, 9_999_999_99, 75, label=LONG_NAME, **long),
        owed(3, 120_00, -9, **long),
    ]


def many_items() -> Lines:
    return [owed(n, 10_00 + n, n % 130 - 30) for n in range(1, 10_001)]


BOOKS: Mapping[str, Callable[[], Lines]] = {
    "nothing": list,
    "one-customer": one_customer,
    "in-credit": in_credit,
    "no-due-date": without_due_date,
    "currencies": several_currencies,
    "vanished": one_customer,
    "long-names": long_names,
    "many-items": many_items,
}


def make_books(name: str, folder: Path) -> EntityId:
    """Make one of these in a folder, through imports as a user would."""
    folder.mkdir(parents=True)
    books = open_books(folder / "relance.db")
    entity = create_entity(
        books, an_entity(demo=True), OUTSIDE.documents.starting_texts()
    )
    lines = BOOKS[name]()
    if lines:
        bring_in(books, entity.id, a_file(*lines), DAY - timedelta(days=1))
    if name == "vanished":
        _vanish(books, entity.id)
    if name == "currencies":
        _change_currencies(books, entity.id)
    books.close()
    return entity.id


def _vanish(books: Books, entity_id: EntityId) -> None:
    """Let the only customer go from the source, a promise of its being awaited."""
    (item,) = books.ledger.open_items(entity_id)
    day = DAY - timedelta(days=1)
    promised_for = DAY + timedelta(days=6)
    record_promise(
        books, item.customer_id, item.left, promised_for, day, moment(day), [item.id]
    )
    left = owed(2, 75_00, 2, **of("C002", "Garage Sarmelin"))
    bring_in(books, entity_id, a_file(left), DAY)


def _change_currencies(books: Books, entity_id: EntityId) -> None:
    """Let some invoices be in another currency: no file brings any so far."""
    currencies = {"F00003": "CHF", "F00004": "USD", "F00005": "USD"}
    changed = [
        replace(
            item,
            invoiced=Money(item.invoiced.cents, currency),
            settled=Money(item.settled.cents, currency),
        )
        for item in books.ledger.items(entity_id)
        for currency in [currencies.get(item.reference, item.currency)]
    ]
    with books.atomic():
        books.ledger.replace_items(entity_id, changed)
