"""A customer's personal data handed over, and erased where the law lets it be."""

import json
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from domain.basics.identifiers import CustomerId
from domain.customers.customer import Customer
from domain.dunning.outbox import MessageState
from domain.usecases.personal_data import (
    CodeNotTypedError,
    erase_personal_data,
    personal_data,
    show_erasure,
)
from domain.usecases.verifying import verify
from storage.database.restoring import FileCopies
from tests.journeys.sending import (
    CODES,
    NOW,
    SEND,
    TODAY,
    Firm,
    address_of,
    firm,
    prepared,
    server,
)
from tests.journeys.stories import OUTSIDE
from ui import cli

__all__ = ["firm", "prepared", "server"]
CODE = CODES[0]
ADDRESS = address_of(CODE)
LONG_AFTER = date(TODAY.year + 6, 1, 2)


@pytest.fixture
def sent(firm: Firm) -> Firm:
    """Have one e-mail sent, to the first customer; the others wait."""
    command = [*SEND, "--max", "1", "--data", str(firm.folder), "--json"]
    assert cli.main(OUTSIDE, command) == 0
    assert firm.arrived() == {ADDRESS: 1}
    return firm


def customer(firm: Firm, code: str = CODE) -> Customer:
    with firm.books() as books:
        found = books.customers.all(firm.entity.id)
    return next(one for one in found if one.code == code)


def erase(firm: Firm, customer_id: CustomerId, today: date = TODAY) -> None:
    code = CODE.lower()
    with firm.books() as books:
        erase_personal_data(books, customer_id, f" {code} ", today, NOW)


def leaves(firm: Firm, text: str) -> list[str]:
    """Name the files in which a text can still be read, copies of before aside."""
    return [
        file.name
        for file in firm.folder.rglob("*")
        if file.is_file()
        and file.parent.name != "backups"
        and text.encode() in file.read_bytes()
    ]


def test_all_that_names_a_customer_is_handed_over(sent: Firm) -> None:
    with sent.books() as books:
        packed = ZipFile(BytesIO(personal_data(books, customer(sent).id)))

    told = json.loads(packed.read("data.json"))
    assert [one["email"] for one in told["contacts"]] == [ADDRESS]
    assert told["entries"]
    [email] = [name for name in packed.namelist() if name.endswith(".eml")]
    assert ADDRESS.encode() in packed.read(email)
    assert address_of(CODES[1]) not in packed.read("data.json").decode()


def test_erasing_keeps_the_accounts_and_the_proofs_of_five_years(sent: Firm) -> None:
    one = customer(sent)
    with sent.books() as books:
        before = books.ledger.entries_of(one.id)
        sheet = show_erasure(books, one.id, TODAY)
    assert (sheet.counts["contacts"], sheet.counts["messages"]) == (1, 1)

    erase(sent, one.id)

    with sent.books() as books:
        assert books.ledger.entries_of(one.id) == before
        assert books.customers.get(one.id).name == one.name
        assert books.customers.contacts_of(one.id) == []
        assert verify(books).faults == ()
        assert books.check() == []
        after = show_erasure(books, one.id, TODAY)
    assert after.erased_at == NOW
    assert (after.counts["contacts"], after.counts["messages"]) == (0, 1)


def test_nothing_of_it_can_be_read_any_more_once_proofs_are_too_old(
    sent: Firm,
) -> None:
    one = customer(sent)

    erase(sent, one.id, LONG_AFTER)

    assert leaves(sent, ADDRESS) == []
    assert leaves(sent, address_of(CODES[1]))  # the others' are whole
    with sent.books() as books:
        assert verify(books).faults == ()
        assert books.check() == []
        assert sent.states()[""] is MessageState.SENT  # that it left stays known


def test_a_message_that_waits_is_withdrawn_and_leaves_no_words(firm: Firm) -> None:
    erase(firm, customer(firm).id)

    assert leaves(firm, ADDRESS) == []
    assert firm.states()[""] is MessageState.WITHDRAWN


def test_the_code_must_be_typed(firm: Firm) -> None:
    with firm.books() as books:
        with pytest.raises(CodeNotTypedError):
            erase_personal_data(books, customer(firm).id, "C002", TODAY, NOW)
        assert books.customers.contacts_of(customer(firm).id)


def test_a_copy_made_before_brings_nothing_back(sent: Firm) -> None:
    copies = FileCopies(sent.folder / "relance.db")
    with sent.books() as books:
        books.keep_copy()
    copy = copies.all()[0]
    one = customer(sent)
    erase(sent, one.id)

    copies.restore(copy.file, datetime.now(UTC) + timedelta(hours=1))

    with sent.books() as books:
        assert books.customers.contacts_of(one.id) == []
        assert books.personal.erased_at(one.id) == NOW
        assert verify(books).faults == ()


def test_files_left_by_a_crash_go_at_the_next_start(
    sent: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = customer(sent)
    with monkeypatch.context() as crash:
        crash.setattr(Path, "unlink", lambda *_args, **_options: None)
        erase(sent, one.id, LONG_AFTER)
    assert leaves(sent, ADDRESS)

    with closing(OUTSIDE.open_books(str(sent.folder))) as books:
        books.take_documents_out()

    assert leaves(sent, ADDRESS) == []
