"""Copies put back: what left stays known, and the present state stays within reach."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.basics.errors import BooksUnreadableError
from domain.copies import BooksInUseError, FirmUnknownToCopyError
from domain.dunning.outbox import MessageState
from domain.usecases.outbox import show_outbox
from domain.usecases.verifying import verify
from storage.database import restoring
from storage.database.restoring import FileCopies
from tests.builders import an_entity
from tests.journeys.sending import NOW, SEND, Books, Firm, firm, prepared, server
from tests.journeys.stories import OUTSIDE
from ui import cli

__all__ = ["firm", "prepared", "server"]
SENT = 4


@pytest.fixture
def copies(firm: Firm) -> FileCopies:
    """Copies of books in which nothing has left yet."""
    with firm.books() as books:
        books.keep_copy()
    return FileCopies(firm.folder / "relance.db")


def send(firm: Firm, *options: str) -> None:
    code = cli.main(OUTSIDE, [*SEND, *options, "--data", str(firm.folder), "--json"])
    assert code == 0


def count(firm: Firm, state: MessageState) -> int:
    return list(firm.states().values()).count(state)


def test_restored_books_know_what_was_sent_since_and_send_it_once(
    firm: Firm, copies: FileCopies
) -> None:
    [copy] = copies.all()
    send(firm, "--max", str(SENT))
    since = copies.preview(copy.file).since
    assert since
    assert (len(since.sent), since.added["activities"]) == (SENT, SENT)

    restored = copies.restore(copy.file, datetime.now(UTC))

    assert (restored.kept_sent, restored.doubted) == (SENT, 0)
    assert count(firm, MessageState.SENT) == SENT
    with firm.books() as books:
        assert verify(books).faults == ()
        assert not any(
            row.message.is_released
            for row in show_outbox(books, firm.entity.id).ready.rows
        )
    send(firm)
    assert set(firm.arrived().values()) == {1}
    firm.assert_exactly_once()


def test_what_was_there_is_kept_and_can_be_taken_up_again(
    firm: Firm, copies: FileCopies
) -> None:
    [copy] = copies.all()
    with firm.books() as books:
        books.settings.set("after", "the copy")

    aside = copies.restore(copy.file, datetime.now(UTC)).set_aside

    with firm.books() as books:
        assert books.settings.get("after") == ""
    copies.restore(aside, datetime.now(UTC))
    with firm.books() as books:
        assert books.settings.get("after") == "the copy"


def test_what_left_before_the_books_were_damaged_is_to_be_checked(
    firm: Firm, copies: FileCopies
) -> None:
    [copy] = copies.all()
    send(firm, "--max", str(SENT))
    file = firm.folder / "relance.db"
    damaged = bytes(file.stat().st_size)
    file.write_bytes(damaged)
    assert copies.preview(copy.file).now is None

    restored = copies.restore(copy.file, datetime.now(UTC))

    assert (restored.kept_sent, restored.doubted) == (0, SENT)
    assert Path(restored.set_aside).read_bytes() == damaged
    assert count(firm, MessageState.UNCERTAIN) == SENT
    doubtful = {to for to, s in firm.states().items() if s is MessageState.UNCERTAIN}
    assert doubtful == set(firm.arrived())  # each with its address and its subject
    send(firm)
    assert set(firm.arrived().values()) == {1}
    with firm.books() as books:
        assert books.check() == []


def test_a_firm_that_has_sent_is_not_forgotten(firm: Firm, copies: FileCopies) -> None:
    [copy] = copies.all()
    send(firm, "--max", "1")
    empty = firm.folder / "empty"
    empty.mkdir()
    with Books(empty) as books:
        books.entities.save(an_entity(name="Une autre", id="another"))
        books.backup(str(empty / "copy.db"))

    with pytest.raises(FirmUnknownToCopyError):
        copies.restore(str(empty / "copy.db"), datetime.now(UTC))

    assert count(firm, MessageState.SENT) == 1
    assert not list(firm.folder.glob("*.restored*"))
    assert copies.all() == [copy]


def test_books_that_another_program_writes_to_are_not_replaced(
    firm: Firm, copies: FileCopies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "_PATIENCE", 0.05)
    [copy] = copies.all()

    with firm.books() as books, books.atomic():
        books.settings.set("being", "written")
        with pytest.raises(BooksInUseError):
            copies.restore(copy.file, datetime.now(UTC))

    with firm.books() as books:
        assert books.settings.get("being") == "written"


def test_a_copy_that_is_damaged_is_not_restored(firm: Firm, copies: FileCopies) -> None:
    [copy] = copies.all()
    Path(copy.file).write_bytes(Path(copy.file).read_bytes()[:5000])
    before = firm.states()

    with pytest.raises(BooksUnreadableError):
        copies.restore(copy.file, NOW)

    assert firm.states() == before


def test_books_that_have_gone_come_back(firm: Firm, copies: FileCopies) -> None:
    before = firm.states()
    (firm.folder / "relance.db").unlink()
    [copy] = copies.all()

    assert copies.restore(copy.file, NOW).set_aside == ""

    assert firm.states() == before


def test_beginning_anew_keeps_the_damaged_file(firm: Firm, copies: FileCopies) -> None:
    file = firm.folder / "relance.db"
    file.write_bytes(b"nothing that SQLite knows" * 400)

    aside = copies.start_empty(NOW)

    assert Path(aside).read_bytes().startswith(b"nothing that SQLite")
    with firm.books() as books:
        assert books.entities.all() == []
