"""« Dossier de recouvrement »: what is handed to a lawyer or a bailiff."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from domain.basics.identifiers import CustomerId, EntityId, customer_key
from domain.customers.activity import ActivityKind
from domain.ports import Books
from domain.usecases.case_file import (
    NothingOverdueError,
    gather_case,
    hand_over_case,
    make_case,
)
from domain.usecases.configuring import create_entity
from domain.usecases.customer_sheet import show_customer
from domain.usecases.invoice_files import read_invoice_folder
from storage.database.books import open_books
from tests.builders import (
    TODAY,
    an_activity,
    an_activity_item,
    an_entity,
)
from tests.invoices import an_invoice
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, moment
from tests.paper import pages_of

LATE = TODAY.replace(month=1, day=5)


def a_case(folder: Path) -> tuple[Books, EntityId, CustomerId]:
    """Two late invoices, one with its PDF; an e-mail and a letter were sent."""
    books = open_books()
    firm = an_entity(invoices_folder=str(folder))
    entity_id = create_entity(books, firm, OUTSIDE.documents.starting_texts()).id
    invoice = an_invoice(
        folder,
        "F1.pdf",
        number="F1",
        total="1000.00",
        due="20260204",
        buyer="Boulangerie Inventée",
    )
    lines = (a_line("F1", 1_000_00, LATE), a_line("F2", 240_00, LATE))
    bring_in(books, entity_id, a_file(*lines), TODAY)
    read_invoice_folder(books, OUTSIDE.files, entity_id, TODAY, moment(TODAY))
    customer_id = customer_key(entity_id, "C001")
    for number, content in enumerate((b"From: x\n\nBonjour", invoice.read_bytes())):
        document = books.outbox.save_document(f"{number}", "", content)
        activity = an_activity(
            days_ago=20 - number,
            entity_id=entity_id,
            customer_id=customer_id,
            kind=ActivityKind.REMINDER,
            channel="email" if number == 0 else "letter",
            subject=f"Relance {number + 1}",
            body="Madame, Monsieur,\n\nVous nous devez encore F1.",
            document_id=document,
        )
        books.activities.record(activity, [an_activity_item(activity)])
    return books, entity_id, customer_id


def test_the_file_holds_every_piece_numbered_as_its_list_says(tmp_path: Path) -> None:
    books, _entity_id, customer_id = a_case(tmp_path)

    made = make_case(OUTSIDE, gather_case(books, customer_id, TODAY))

    with ZipFile(BytesIO(made.zipped)) as packed:
        names = packed.namelist()
        listing = "\n".join(pages_of(packed.read(names[0])))
        eml = packed.read(next(name for name in names if name.endswith(".eml")))
    assert [name[:2] for name in names if name.endswith(".pdf")] == [
        f"{number:02}" for number in range(len(names) - 1)
    ]
    assert eml == b"From: x\n\nBonjour"
    whole = "\n".join(pages_of(made.pdf))
    for number, piece in enumerate(
        (
            "Relevé de compte",
            "Décompte des pénalités de retard",
            "Facture F1",
            "E-mail du",
            "Courrier du",
            "Historique des relances",
        ),
        start=1,
    ):
        assert piece in listing
        assert f"Pièce n° {number} – {piece}" in whole.replace("\u00a0", " ")
    assert "Factures à joindre, dont le PDF est absent : F2." in listing


def test_handing_it_over_stops_dunning(tmp_path: Path) -> None:
    books, _entity_id, customer_id = a_case(tmp_path)

    hand_over_case(books, customer_id, "Dossier de recouvrement", TODAY, moment(TODAY))

    sheet = show_customer(books, customer_id, OUTSIDE.mail.check_address, TODAY)
    assert sheet.hold
    assert sheet.hold.reason == "Dossier de recouvrement"


def test_nobody_is_sued_for_what_is_not_due(tmp_path: Path) -> None:
    books, _entity_id, customer_id = a_case(tmp_path)

    with pytest.raises(NothingOverdueError):
        gather_case(books, customer_id, LATE)
