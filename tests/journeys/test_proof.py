"""What was sent is kept word for word, and what proves it cannot change unseen."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import DocumentId, MessageId
from domain.dunning.journal import LEFT, Fault, link, read, seal
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.dunning.proof import DocumentAlteredError, ProofFault
from domain.dunning.scenario import StepKind
from domain.usecases.delivering import (
    ALTERED,
    record_delivery,
    recover_interrupted,
    settle_doubt,
    take,
)
from domain.usecases.gate import Gate
from domain.usecases.verifying import verify
from storage.database.books import SqliteBooks, open_books
from tests.builders import NOW, TODAY, a_customer, a_message, an_entity

COUNT = 5
ACCEPTED = DeliveryReport(outcome=Delivery.ACCEPTED, answer="250 2.0.0 Ok")
OPEN = Gate(today=TODAY)
FREE = ("journal_is_not_changed", "journal_is_not_shortened")
"""What keeps the journal as it is, and a forger removes first."""


def add(books: SqliteBooks, content: bytes) -> MessageId:
    """Put an e-mail in the outbox."""
    document_id = books.outbox.save_document("m.eml", "message/rfc822", content)
    message = a_message(
        document_id=document_id, is_released=True, kind=StepKind.THANK_YOU
    )
    books.outbox.add(message, [])
    return message.id


def send(books: SqliteBooks, message_id: MessageId) -> None:
    """Let an e-mail leave; the demonstration firm needs no server."""
    assert take(books, message_id, TODAY, NOW, OPEN)
    record_delivery(books, message_id, ACCEPTED, TODAY, NOW)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[SqliteBooks]:
    with closing(open_books(tmp_path / "relance.db")) as opened:
        opened.entities.save(an_entity(demo=True))
        opened.customers.save_many([a_customer()])
        yield opened


def files(folder: Path) -> list[Path]:
    return [one for one in (folder / "documents").rglob("*") if one.is_file()]


def altered(file: Path, content: bytes) -> None:
    file.chmod(0o600)
    file.write_bytes(content)


def kinds(faults: tuple[ProofFault, ...]) -> list[tuple[str, Fault, int | None]]:
    return [(one.about, one.fault, one.number) for one in faults]


def test_what_was_sent_is_a_file_named_by_its_hash(
    books: SqliteBooks, tmp_path: Path
) -> None:
    content = b"From: x\r\n\r\nBonjour"
    send(books, add(books, content))

    (file,) = files(tmp_path)

    assert file.stem == seal(content)
    assert file.suffix == ".eml"
    assert file.parts[-3:-1] == (file.stem[:2], file.stem[2:4])
    assert file.read_bytes() == content
    assert books.outbox.document(DocumentId(file.stem)) == content


def test_the_same_file_is_written_once(books: SqliteBooks, tmp_path: Path) -> None:
    books.outbox.save_document("a.pdf", "application/pdf", b"%PDF")
    written_at = files(tmp_path)[0].stat().st_mtime_ns

    books.outbox.save_document("b.pdf", "application/octet-stream", b"%PDF")

    assert [file.stat().st_mtime_ns for file in files(tmp_path)] == [written_at]


def test_each_record_says_what_happened_to_whom_and_what_was_sent(
    books: SqliteBooks,
) -> None:
    left, lost = add(books, b"one"), add(books, b"two")
    send(books, left)
    assert take(books, lost, TODAY, NOW, OPEN)
    recover_interrupted(books, NOW)
    settle_doubt(books, lost, TODAY, NOW, it_left=False)
    assert take(books, lost, TODAY, NOW, OPEN)
    refusal = DeliveryReport(outcome=Delivery.REFUSED, answer="550 camille@x: unknown")
    record_delivery(books, lost, refusal, TODAY, NOW + timedelta(minutes=1))

    told = [read(record.event) for record in books.journal.records()]

    assert [one["what"] for one in told] == ["sent", "uncertain", "again", "refused"]
    assert [one["message"] for one in told] == [left, lost, lost, lost]
    assert [one["document"] for one in told] == [seal(b"one"), *[seal(b"two")] * 3]
    assert [one["answer"] for one in told] == ["250 2.0.0 Ok", "", "", ""]
    assert told[0]["at"] == "2026-03-31T08:00:00+00:00"
    assert verify(books).faults == ()


def test_a_record_is_kept_with_the_change_that_it_proves_or_neither_is(
    books: SqliteBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    message_id = add(books, b"one")
    assert take(books, message_id, TODAY, NOW, OPEN)

    def full_disk(*_changes: object) -> None:
        message = "disk full"
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr(books.activities, "record_levels", full_disk)
    with pytest.raises(sqlite3.OperationalError):
        record_delivery(books, message_id, ACCEPTED, TODAY, NOW)

    assert books.journal.end().count == 0
    assert books.outbox.get(message_id).state is MessageState.SENDING
    assert verify(books).faults == ()


def test_the_journal_cannot_be_changed_or_shortened(books: SqliteBooks) -> None:
    send(books, add(books, b"one"))

    for statement in ("UPDATE journal SET hash = ''", "DELETE FROM journal"):
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            books._connection.execute(statement)


def test_an_altered_file_does_not_leave_and_is_named(
    books: SqliteBooks, tmp_path: Path
) -> None:
    message_id = add(books, b"you owe 100")
    altered(files(tmp_path)[0], b"you owe 900")

    assert take(books, message_id, TODAY, NOW, OPEN) is None

    message = books.outbox.get(message_id)
    assert (message.to_review, message.is_released) == (ALTERED, False)
    with pytest.raises(DocumentAlteredError):
        books.outbox.document(DocumentId(seal(b"you owe 100")))
    assert kinds(verify(books).faults) == [("file", Fault.ALTERED, None)]


def test_a_removed_file_is_named_with_its_record_and_an_unknown_one_is_told(
    books: SqliteBooks, tmp_path: Path
) -> None:
    for content in (b"one", b"two"):
        send(books, add(books, content))
    next(file for file in files(tmp_path) if file.stem == seal(b"two")).unlink()
    (tmp_path / "documents" / "note.txt").write_text("a")

    found = verify(books)

    assert kinds(found.faults) == [("file", Fault.MISSING, 2)]
    assert found.strays == ("note.txt",)


def test_a_message_that_counts_as_sent_without_a_record_is_named(
    books: SqliteBooks,
) -> None:
    message_id = add(books, b"one")
    books._connection.execute("UPDATE outbox SET state = 'sent'")

    (fault,) = verify(books).faults

    assert (fault.about, fault.fault) == ("message", Fault.EXTRA)
    assert fault.message_id == message_id


def test_a_message_that_no_longer_counts_as_sent_is_named(books: SqliteBooks) -> None:
    send(books, add(books, b"one"))
    books._connection.execute("UPDATE outbox SET state = 'withdrawn'")

    assert kinds(verify(books).faults) == [("message", Fault.MISSING, 1)]


def test_a_backup_is_complete_in_one_file(books: SqliteBooks, tmp_path: Path) -> None:
    send(books, add(books, b"one"))
    away = tmp_path / "key" / "backup.db"
    away.parent.mkdir()

    books.backup(str(away))

    with closing(open_books(away)) as copy:
        assert copy.outbox.document(DocumentId(seal(b"one"))) == b"one"
        assert not files(away.parent)
        copy.take_documents_out()
        assert [file.read_bytes() for file in files(away.parent)] == [b"one"]
        assert copy.outbox.document(DocumentId(seal(b"one"))) == b"one"
        assert verify(copy).faults == ()


def test_what_older_books_sent_is_known_and_its_files_move_out(tmp_path: Path) -> None:
    file = tmp_path / "relance.db"
    content = b"From: x"
    with closing(open_books(file)) as books:
        books.entities.save(an_entity())
        books.customers.save_many([a_customer()])
        message_id = add(books, content)
        for statement in (
            *(f"DROP TRIGGER {name}" for name in FREE),
            "DROP TABLE journal",
            "DROP TABLE journal_end",
            "DROP INDEX documents_inside",
            "ALTER TABLE documents DROP COLUMN is_outside",
            "DELETE FROM _sqlite_migrations WHERE name = '21_proof'",
            "UPDATE outbox SET state = 'sent'",
        ):
            books._connection.execute(statement)
        books._connection.execute("UPDATE documents SET content = ?", (content,))
    files(tmp_path)[0].unlink()

    with closing(open_books(file)) as books:
        assert books.outbox.document(DocumentId(seal(content))) == content
        books.take_documents_out()
        (record,) = books.journal.records()
        assert read(record.event)["what"] == "known"
        assert read(record.event)["message"] == message_id
        assert books.outbox.document(DocumentId(seal(content))) == content
        assert verify(books).faults == ()
    assert [one.read_bytes() for one in files(tmp_path)] == [content]


# What a forger may do to the journal, and what it names: any of these records.


@contextmanager
def forged() -> Iterator[SqliteBooks]:
    """Lend books of five records; what is done to them is undone afterwards."""
    books = five_records()
    books._connection.execute("BEGIN")
    for name in FREE:
        books._connection.execute(f"DROP TRIGGER {name}")
    try:
        yield books
    finally:
        books._connection.execute("ROLLBACK")
        assert verify(books).faults == ()


@cache
def five_records() -> SqliteBooks:
    """Make books in memory of five e-mails sent."""
    books = open_books()
    books.entities.save(an_entity(demo=True))
    books.customers.save_many([a_customer()])
    for number in range(COUNT):
        send(books, add(books, b"%d" % number))
    return books


def record_faults(books: SqliteBooks) -> dict[int | None, Fault]:
    found = verify(books).faults
    return {one.number: one.fault for one in found if one.about == "record"}


numbers = st.integers(1, COUNT)


@settings(max_examples=60, deadline=None)
@given(
    number=numbers,
    column=st.sampled_from(["event", "previous", "hash"]),
    place=st.integers(0, 10_000),
    flip=st.integers(1, 255),
)
def test_any_byte_changed_names_its_record(
    number: int, column: str, place: int, flip: int
) -> None:
    with forged() as books:
        run = books._connection.execute
        (before,) = run(
            f"SELECT CAST({column} AS BLOB) FROM journal WHERE number = ?", (number,)
        ).fetchone()
        changed = bytearray(before)
        changed[place % len(changed)] ^= flip
        run(
            f"UPDATE journal SET {column} = CAST(? AS TEXT) WHERE number = ?",
            (bytes(changed), number),
        )

        assert record_faults(books) == {number: Fault.ALTERED}


@settings(max_examples=20, deadline=None)
@given(first=numbers, length=st.integers(1, COUNT))
def test_records_removed_are_each_named(first: int, length: int) -> None:
    with forged() as books:
        gone = range(first, min(first + length, COUNT + 1))
        books._connection.execute(
            "DELETE FROM journal WHERE number BETWEEN ? AND ?", (gone[0], gone[-1])
        )

        assert record_faults(books) == dict.fromkeys(gone, Fault.MISSING)


@settings(max_examples=20, deadline=None)
@given(pair=st.lists(numbers, min_size=2, max_size=2, unique=True))
def test_records_exchanged_are_both_named(pair: list[int]) -> None:
    with forged() as books:
        run = books._connection.execute
        for before, after in ((pair[0], 99), (pair[1], pair[0]), (99, pair[1])):
            run("UPDATE journal SET number = ? WHERE number = ?", (after, before))

        assert set(record_faults(books)) == set(pair)


@settings(max_examples=20, deadline=None)
@given(number=st.integers(1, COUNT + 1))
def test_a_record_put_in_between_is_named(number: int) -> None:
    with forged() as books:
        run = books._connection.execute
        run("UPDATE journal SET number = -number - 1 WHERE number >= ?", (number,))
        run("UPDATE journal SET number = -number WHERE number < 0")
        before = run("SELECT hash FROM journal WHERE number = ?", (number - 1,))
        previous = (before.fetchone() or ["0" * 64])[0]
        event = '{"what":"sent"}'
        own = link(number, previous, seal(event.encode()))
        run("INSERT INTO journal VALUES (?, ?, ?, ?)", (number, event, previous, own))

        found = record_faults(books)

        # Perfect by itself, it pushes the next ones away from their numbers.
        pushed = set(range(min(number + 1, COUNT + 1), COUNT + 2))
        assert pushed <= set(found) <= pushed | {number}
        assert found[COUNT + 1] is Fault.EXTRA


@settings(max_examples=20, deadline=None)
@given(number=numbers)
def test_a_record_forged_with_its_hash_does_not_fit_what_follows(number: int) -> None:
    with forged() as books:
        run = books._connection.execute
        (event, previous) = run(
            "SELECT event, previous FROM journal WHERE number = ?", (number,)
        ).fetchone()
        forged_event = event.replace('"sent"', '"refused"')
        own = link(number, previous, seal(forged_event.encode()))
        run(
            "UPDATE journal SET event = ?, hash = ? WHERE number = ?",
            (forged_event, own, number),
        )

        told = min(number + 1, COUNT)
        assert record_faults(books) == {told: Fault.UNLINKED}


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # put back each time
)
@given(place=st.integers(0, 10_000), flip=st.integers(1, 255), cut=st.booleans())
def test_any_byte_of_a_kept_message_changed_names_its_record(
    books: SqliteBooks, tmp_path: Path, place: int, flip: int, cut: bool
) -> None:
    contents = [b"From: x\r\n\r\nRelance %d" % number for number in range(1, 4)]
    if not books.journal.end().count:
        for content in contents:
            send(books, add(books, content))
    whole = contents[1]
    file = next(one for one in files(tmp_path) if one.stem == seal(whole))
    changed = bytearray(whole)
    changed[place % len(whole)] ^= flip
    altered(file, bytes(changed[: place % len(whole)] if cut else changed))

    assert kinds(verify(books).faults) == [("file", Fault.ALTERED, 2)]

    altered(file, whole)
    assert verify(books).faults == ()


def test_every_way_of_leaving_is_known() -> None:
    kinds = {"sent", "printed", "declared", "found", "known"}
    assert {what.value for what in LEFT} == kinds
