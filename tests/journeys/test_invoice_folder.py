"""The folder of invoices: read once, matched, enclosed, and due dates taken from it."""

import os
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.dunning.outbox import MessageState
from domain.ledger.entry import DueOrigin
from domain.ledger.invoice_file import InvoiceProblem
from domain.ledger.invoice_matching import InvoiceDoubt
from domain.usecases.configuring import create_entity, save_entity
from domain.usecases.invoice_files import (
    folder_changes,
    keep_invoice_files,
    known_folder,
    read_invoice_folder,
    show_invoice_folder,
    show_invoices,
)
from storage.database.books import SqliteBooks, open_books
from tests.builders import an_entity
from tests.invoices import a_locked_pdf, a_pdf, an_invoice, files_read
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    bring_in,
    give_email,
    moment,
    prepare_all,
)

TODAY = date(2026, 3, 31)
JAN = date(2026, 1, 10)


@pytest.fixture
def books() -> SqliteBooks:
    return open_books()


def a_firm(books: SqliteBooks, folder: Path, **others: object) -> EntityId:
    firm = an_entity(invoices_folder=str(folder), **others)
    return create_entity(books, firm, OUTSIDE.documents.starting_texts()).id


def read(books: SqliteBooks, firm: EntityId) -> None:
    read_invoice_folder(books, OUTSIDE.files, firm, TODAY, moment(TODAY))


def enclosed(books: SqliteBooks, firm: EntityId) -> list[str | None]:
    """Prepare today's e-mail, and list what goes with it."""
    give_email(books, firm, "client@example.com")
    prepare_all(books, firm, TODAY)
    (document,) = [m.document_id for m in books.outbox.all(firm, list(MessageState))]
    assert document
    content = books.outbox.document(document)
    message = message_from_bytes(content, policy=default)
    return [part.get_filename() for part in message.iter_attachments()][1:]


def test_a_file_is_read_once_and_again_only_when_it_changed(
    books: SqliteBooks, tmp_path: Path
) -> None:
    firm = a_firm(books, tmp_path)
    path = an_invoice(tmp_path, "a.pdf", number="FA-001")
    an_invoice(tmp_path, "b.pdf", number="FA-002")
    read(books, firm)
    assert folder_changes(OUTSIDE.files, known_folder(books, firm)).to_read == ()

    an_invoice(tmp_path, "a.pdf", number="FA-003")
    os.utime(path, ns=(1, 1))
    (tmp_path / "b.pdf").unlink()
    changes = folder_changes(OUTSIDE.files, known_folder(books, firm))
    assert [name for name, _mark in changes.to_read] == ["a.pdf"]
    assert changes.gone == ("b.pdf",)
    read(books, firm)

    assert [f.number for f in books.invoice_files.all(firm)] == ["FA-003"]
    assert books.check() == []


def test_a_folder_out_of_reach_loses_nothing_of_what_is_known(
    books: SqliteBooks, tmp_path: Path
) -> None:
    folder = tmp_path / "reseau"
    folder.mkdir()
    firm = a_firm(books, folder)
    an_invoice(folder, "a.pdf")
    read(books, firm)
    folder.rename(tmp_path / "debranche")
    read(books, firm)

    assert len(books.invoice_files.all(firm)) == 1


def test_a_file_kept_by_another_program_is_read_at_the_next_look(
    books: SqliteBooks, tmp_path: Path
) -> None:
    firm = a_firm(books, tmp_path)
    an_invoice(tmp_path, "a.pdf", number="FA-001")
    read(books, firm)
    (found,) = books.invoice_files.all(firm)
    kept = replace(found, number="", problem=InvoiceProblem.OUT_OF_REACH)
    keep_invoice_files(books, firm, str(tmp_path), [kept], ())
    read(books, firm)

    assert books.invoice_files.all(firm) == [found]


def test_what_was_read_of_a_folder_given_up_meanwhile_is_not_kept(
    books: SqliteBooks, tmp_path: Path
) -> None:
    firm = a_firm(books, tmp_path)
    an_invoice(tmp_path, "a.pdf")
    files = list(files_read(firm, tmp_path))
    keep_invoice_files(books, firm, "/autre/dossier", files, ())

    assert books.invoice_files.all(firm) == []


def test_another_folder_replaces_what_was_read_of_the_former(
    books: SqliteBooks, tmp_path: Path
) -> None:
    firm = a_firm(books, tmp_path)
    an_invoice(tmp_path, "a.pdf")
    read(books, firm)
    save_entity(books, an_entity(id=firm, invoices_folder=""))
    read(books, firm)

    assert books.invoice_files.all(firm) == []


def test_the_due_date_of_the_invoice_serves_where_the_books_give_none(
    books: SqliteBooks, tmp_path: Path
) -> None:
    firm = a_firm(books, tmp_path)
    lines = [
        a_line("F1", 120_00, JAN),
        a_line("F2", 120_00, JAN, label="Facture F2 éch. 28/02/26"),
        a_line("F3", 120_00, JAN, due_on=date(2026, 3, 1)),
        a_line("F4", 120_00, JAN),
        a_line("F5", 120_00, JAN),
    ]
    for number in ("F1", "F2", "F3"):
        an_invoice(tmp_path, f"{number}.pdf", number=number, due="20260315", buyer="")
    an_invoice(tmp_path, "F4.pdf", number="F4", due="20260315", total="99.00")
    an_invoice(tmp_path, "F5.pdf", number="F5", due="20360315", buyer="")
    bring_in(books, firm, a_file(*lines), TODAY)
    read(books, firm)

    dues = {i.reference: (i.due_on, i.due_origin) for i in books.ledger.items(firm)}
    by_default = (JAN + timedelta(days=30), DueOrigin.DEFAULT)
    assert dues == {
        "F1": (date(2026, 3, 15), DueOrigin.INVOICE),
        "F2": (date(2026, 2, 28), DueOrigin.LABEL),
        "F3": (date(2026, 3, 1), DueOrigin.FILE),
        "F4": by_default,  # in doubt
        "F5": by_default,  # in ten years
    }


def test_the_due_date_of_the_invoice_stays_at_the_next_import_and_goes_with_the_pdf(
    books: SqliteBooks, tmp_path: Path
) -> None:
    firm = a_firm(books, tmp_path)
    path = an_invoice(tmp_path, "F1.pdf", number="F1", due="20260315", buyer="")
    read(books, firm)
    for lines in ([a_line("F1", 120_00, JAN)], [a_line("F1", 120_00, JAN)] * 2):
        bring_in(books, firm, a_file(*lines), TODAY)
        origins = {i.due_origin for i in books.ledger.items(firm)}
        if len(lines) == 1:
            assert origins == {DueOrigin.INVOICE}
    path.unlink()
    read(books, firm)

    assert {i.due_origin for i in books.ledger.items(firm)} == {DueOrigin.DEFAULT}


def test_an_invoice_of_a_cent_more_is_not_enclosed(
    books: SqliteBooks, tmp_path: Path
) -> None:
    firm = a_firm(books, tmp_path)
    an_invoice(tmp_path, "juste.pdf", number="FA-001", due="", buyer="")
    an_invoice(tmp_path, "faux.pdf", number="FA-002", due="", buyer="", total="80.01")
    lines = [a_line("FA-001", 120_00, JAN), a_line("FA-002", 80_00, JAN)]
    bring_in(books, firm, a_file(*lines), TODAY)

    assert enclosed(books, firm) == ["juste.pdf"]
    items = books.ledger.items(firm)
    found = show_invoices(books, firm, [item.id for item in items]).matches
    doubts = {m.file.name: m.doubts for m in found.values()}
    assert doubts == {"juste.pdf": (), "faux.pdf": (InvoiceDoubt.AMOUNT,)}


def test_one_file_of_two_instalments_is_enclosed_once(
    books: SqliteBooks, tmp_path: Path
) -> None:
    firm = a_firm(books, tmp_path)
    an_invoice(tmp_path, "FA-001.pdf", number="FA-001", due="", buyer="")
    lines = [
        a_line("FA-001", 50_00, JAN, due_on=JAN + timedelta(days=10)),
        a_line("FA-001", 70_00, JAN, due_on=JAN + timedelta(days=11)),
    ]
    bring_in(books, firm, a_file(*lines), TODAY)

    assert enclosed(books, firm) == ["FA-001.pdf"]


def test_the_settings_tell_what_became_of_each_file(
    books: SqliteBooks, tmp_path: Path
) -> None:
    firm = a_firm(books, tmp_path)
    an_invoice(tmp_path, "1.pdf", number="FA-001", buyer="")
    an_invoice(tmp_path, "2.pdf", number="FA-002", buyer="", total="1.00")
    an_invoice(tmp_path, "3.pdf", number="FA-003", buyer="", iban="DE1234567890")
    (tmp_path / "4.pdf").write_bytes(a_locked_pdf())
    (tmp_path / "tarif.pdf").write_bytes(a_pdf())
    lines = [a_line(f"FA-00{n}", 120_00, JAN) for n in (1, 2, 3)]
    bring_in(books, firm, a_file(*lines), TODAY)
    read(books, firm)

    view = show_invoice_folder(books, firm)
    assert (view.matched, view.doubtful, view.unread, view.other_ibans) == (2, 1, 1, 1)
    assert [row.file.name for row in view.rows] == [
        "2.pdf",
        "3.pdf",
        "4.pdf",
        "tarif.pdf",
        "1.pdf",
    ]
    assert view.rows[1].other_iban == "DE1234567890"
    assert view.rows[0].item
    assert view.rows[0].item.invoiced == Money(120_00)


def test_without_a_folder_lists_show_no_button(books: SqliteBooks) -> None:
    firm = create_entity(books, an_entity(), OUTSIDE.documents.starting_texts()).id
    bring_in(books, firm, a_file(a_line("FA-001", 120_00, JAN)), TODAY)
    (item,) = books.ledger.items(firm)

    assert not show_invoices(books, firm, [item.id]).has_folder
