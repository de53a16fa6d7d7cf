"""What tables of any package change in the books, and what they leave alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.basics.errors import UnknownLayoutError, UnreadableFileError
from domain.basics.identifiers import EntityId, customer_key
from domain.basics.money import Money
from domain.ledger.entry import DueOrigin
from domain.ledger.import_report import SourceFormat
from domain.ledger.mapping import Field
from domain.ledger.open_item import ItemState
from domain.ledger.proposing import propose_for
from domain.ports import Books
from domain.usecases.customer_details import save_customer
from domain.usecases.import_kinds import MixedSourcesError
from domain.usecases.importing import (
    ImportPreview,
    confirm_import,
    preview_import,
    undo_last_import,
)
from domain.usecases.mapping_files import (
    ColumnsUnknownError,
    mapping_told,
    remember,
    remembered,
)
from storage.files.reading import AccountingFiles
from tests.journeys.command import Command, a_fec
from tests.journeys.stories import a_file, a_line, books_of, bring_in, moment

TODAY = date(2026, 3, 31)
FILES = AccountingFiles()
INVOICES = "Code client;N° facture;Date facture;Échéance;Reste dû\n"
F1 = "C1;F1;05/01/2026;04/02/2026;120,00\n"
F2 = "C1;F2;06/01/2026;05/02/2026;80,00\n"
CUSTOMERS = "Code client;Raison sociale;Adresse;CP;Ville;Tél.;Délai\n"


def previewed(
    books: Books, entity_id: EntityId, text: str, *, complete: bool = True
) -> ImportPreview:
    table = FILES.table("liste.csv", text.encode())
    mapping = replace(propose_for(table).mapping, complete_state=complete)
    source = FILES.read_mapped(table, mapping, table.name)
    return preview_import(books, source, entity_id, TODAY)


def bring(
    books: Books, entity_id: EntityId, text: str, *, complete: bool = True
) -> None:
    preview = previewed(books, entity_id, text, complete=complete)
    confirm_import(books, preview, moment(TODAY))


def states(books: Books, entity_id: EntityId) -> dict[str, ItemState]:
    return {i.reference: i.state for i in books.ledger.items(entity_id)}


def test_a_complete_state_settles_what_is_missing_and_additions_do_not() -> None:
    books, entity_id = books_of()
    bring(books, entity_id, INVOICES + F1)

    bring(books, entity_id, INVOICES + F2, complete=False)
    assert set(states(books, entity_id).values()) == {ItemState.OPEN}

    bring(books, entity_id, INVOICES + F2)
    assert states(books, entity_id) == {"F1": ItemState.SETTLED, "F2": ItemState.OPEN}


def test_added_payments_settle_what_they_fit() -> None:
    books, entity_id = books_of()

    payment = "C1;;06/02/2026;;-120,00\n"
    bring(books, entity_id, INVOICES + F1 + F2 + payment, complete=False)

    assert states(books, entity_id)["F1"] is ItemState.SETTLED
    assert states(books, entity_id)["F2"] is ItemState.OPEN


def test_a_table_taken_back_leaves_the_books_as_they_were() -> None:
    books, entity_id = books_of()
    bring(books, entity_id, INVOICES + F1 + F2)
    before = books.ledger.items(entity_id)
    bring(books, entity_id, INVOICES + F2)

    undo_last_import(books, entity_id, TODAY, moment(TODAY))

    assert sorted(books.ledger.items(entity_id), key=lambda i: i.id) == sorted(
        before, key=lambda i: i.id
    )


def test_a_table_of_invoices_is_refused_beside_a_ledger_but_not_a_customer_list() -> (
    None
):
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(a_line("F1", 120_00, TODAY, code="C1")), TODAY)

    with pytest.raises(MixedSourcesError):
        bring(books, entity_id, INVOICES + F2)
    bring(books, entity_id, CUSTOMERS + "C1;Alpha;1 rue Neuve;62300;Lens;;30 jours\n")

    customer = books.customers.get(customer_key(entity_id, "C1"))
    assert (customer.city, customer.payment_terms) == ("Lens", "30 jours")
    last = books.imports.last(entity_id)
    assert last is not None
    assert last.format is SourceFormat.FEC


def test_an_empty_cell_erases_nothing_that_was_typed() -> None:
    books, entity_id = books_of()
    bring(books, entity_id, CUSTOMERS + "C1;Alpha;1 rue Neuve;62300;Lens;0321;\n")
    customer = books.customers.get(customer_key(entity_id, "C1"))
    save_customer(books, replace(customer, payment_terms="45 jours"))

    bring(books, entity_id, CUSTOMERS + "C1;Alpha;2 rue Neuve;62300;Lens;;\n")

    customer = books.customers.get(customer_key(entity_id, "C1"))
    assert customer.address == "2 rue Neuve"
    assert (customer.phone, customer.payment_terms) == ("0321", "45 jours")


def test_contacts_that_only_name_their_customer_find_it() -> None:
    books, entity_id = books_of()
    bring(books, entity_id, CUSTOMERS + "C1;Société Alpha;;62300;Lens;;\n")

    contacts = "Raison sociale;Nom;Prénom;E-mail;Tél.\n"
    bring(books, entity_id, contacts + "SOCIETE ALPHA;Durand;Anne;a@example.com;06\n")

    (contact,) = books.customers.contacts_of(customer_key(entity_id, "C1"))
    assert (contact.email, contact.phone) == ("a@example.com", "06")
    assert len(books.customers.all(entity_id)) == 1


def test_balances_without_dates_are_due_on_no_day() -> None:
    books, entity_id = books_of()

    bring(books, entity_id, "Compte;Intitulé;Solde;Non échu\n411A;Alpha;50,00;50,00\n")

    (item,) = books.ledger.open_items(entity_id)
    assert (item.left, item.due_on) == (Money(50_00), None)
    assert item.due_origin is DueOrigin.NONE


def test_columns_are_remembered_by_firm_and_headings_under_any_title() -> None:
    books, entity_id = books_of()
    table = FILES.table("a.csv", b"Qui;Quoi;Combien\nAlpha;F1;12,50\n")
    columns = (Field.CUSTOMER_NAME, Field.REFERENCE, Field.BALANCE)
    mapping = replace(propose_for(table).mapping, columns=columns)

    remember(books, entity_id, table, mapping)

    later = FILES.table("b.csv", "Relevé;;\n\nQUI ;Quoi;combien\nBeta;F2;1\n".encode())
    other = FILES.table("c.csv", b"Qui;Quand;Combien\nBeta;F2;1\n")
    found = remembered(books, entity_id, later)
    assert found == replace(mapping, header_row=2)
    assert remembered(books, entity_id, other) is None
    assert remembered(books, EntityId("another"), later) is None


def test_a_table_that_comes_while_nobody_looks_is_never_guessed() -> None:
    books, entity_id = books_of()
    table = FILES.table("liste.csv", (INVOICES + F1).encode())
    no_layout = UnknownLayoutError(file="liste.csv", reason="")
    damaged = UnreadableFileError(file="liste.csv", reason="")

    with pytest.raises(ColumnsUnknownError):
        mapping_told(books, entity_id, table, no_layout)
    with pytest.raises(UnreadableFileError) as refused:
        mapping_told(books, entity_id, table, damaged)
    assert refused.value is damaged
    remember(books, entity_id, table, propose_for(table).mapping)
    assert mapping_told(books, entity_id, table, no_layout).days


def test_the_command_line_reads_known_headings_and_refuses_to_guess(
    command: Command, tmp_path: Path
) -> None:
    known = tmp_path / "echeancier.csv"
    known.write_text(INVOICES + F1 + F2, encoding="cp1252")
    unknown = tmp_path / "inconnu.csv"
    unknown.write_text("Qui;Quoi;Combien\nAlpha;F1;12,50\n", encoding="utf-8")

    told = command("import", str(known), "--entity", "Atelier Inventé")

    assert (told["new"], told["balance_after_cents"]) == (2, 200_00)
    assert "Ouvrez une fois l'application" in command.refused("import", str(unknown))
    assert "autre type de fichier" in command.refused("import", str(a_fec(tmp_path)))


SWAPPED = "C1;F3;20/03/2026;04/02/2026;50,00\n"


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize(
    ("is_agreed", "due"), [(True, date(2026, 4, 2)), (False, date(2026, 2, 4))]
)
def test_a_swapped_due_date_is_told_and_put_right_once_agreed(
    is_agreed: bool, due: date, complete: bool
) -> None:
    books, entity_id = books_of()
    preview = previewed(books, entity_id, INVOICES + SWAPPED, complete=complete)
    assert [(f.line, f.found) for f in preview.faults] == [
        (2, "04/02/2026 → 02/04/2026")
    ]

    confirm_import(books, preview, moment(TODAY), accept_swaps=is_agreed)

    (item,) = books.ledger.items(entity_id)
    assert item.due_on == due
