import re

import pypdfium2
import pytest

from domain.basics.identifiers import BatchId
from domain.dunning.letter import BoundLetter
from domain.dunning.letter_layout import BatchOrder, LetterLayout
from domain.dunning.outbox import BatchState, MessageState
from domain.dunning.posting import (
    BatchLetter,
    RegisteredNumberError,
    grouped_number,
    in_order,
    posting_slip,
    registered_number,
)
from domain.dunning.scenario import Channel
from domain.usecases.posting import (
    NothingToPrintError,
    batch_paper,
    bound,
    give_number,
    show_batch,
    slip,
    sort_batch,
)
from domain.usecases.printed_batches import confirm_printed
from storage.database.books import SqliteBooks
from storage.documents.maker import DocumentMaker
from tests.builders import (
    ENTITY_ID,
    NOW,
    TODAY,
    a_batch,
    a_customer,
    a_message,
    books_of_one_firm,
)
from tests.composing import composed
from tests.paper import batch, pages_of

CUSTOMERS = {
    "Zéphyr": ("13001", 100_00),
    "Abeille": ("75011", 300_00),
    "Marée": ("29200", 200_00),
}


def letters_of(books: SqliteBooks, *, registered: bool = False) -> BatchId:
    """Put a batch of three letters in the books; returns its name."""
    prepared = a_batch(letter_count=len(CUSTOMERS))
    books.outbox.save_batch(prepared)
    for name, (code, cents) in CUSTOMERS.items():
        customer = a_customer(code=name[:2], name=name, postal_code=code)
        books.customers.save_many([customer])
        pdf = batch(composed(customer=customer)).letters[0].pdf
        message = a_message(
            customer_id=customer.id,
            channel=Channel.LETTER,
            cents=cents,
            batch_id=prepared.id,
            is_registered=registered,
            document_id=books.outbox.save_document(f"{name}.pdf", "a/pdf", pdf),
        )
        assert books.outbox.add(message, [])
    return prepared.id


@pytest.fixture
def books() -> SqliteBooks:
    return books_of_one_firm()


def names(books: SqliteBooks, batch_id: BatchId) -> list[str]:
    return [letter.customer.name for letter in show_batch(books, batch_id).letters]


def outline(pdf: bytes) -> list[tuple[str, int | None]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            (mark.get_title(), mark.get_dest().get_index())
            for mark in document.get_toc()
        ]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (BatchOrder.POSTCODE, ["Zéphyr", "Marée", "Abeille"]),
        (BatchOrder.CUSTOMER, ["Abeille", "Marée", "Zéphyr"]),
        (BatchOrder.AMOUNT, ["Abeille", "Marée", "Zéphyr"]),
    ],
)
def test_letters_are_bound_in_the_order_chosen_behind_a_cover(
    books: SqliteBooks, order: BatchOrder, expected: list[str]
) -> None:
    batch_id = letters_of(books)
    sort_batch(books, batch_id, order)

    pdf = bound(DocumentMaker(), batch_paper(books, batch_id, TODAY))

    assert names(books, batch_id) == expected
    assert outline(pdf) == [
        ("Page de garde", 0),
        *((name, 2 * rank) for rank, name in enumerate(expected, 1)),
    ]
    pages = pages_of(pdf)
    assert "Lot de courriers" in pages[0]
    for rank, name in enumerate(expected, 1):
        assert name in pages[2 * rank]
        assert not pages[2 * rank - 1].strip()


def test_a_batch_asks_the_printer_for_both_sides_at_the_real_size(
    books: SqliteBooks,
) -> None:
    pdf = bound(DocumentMaker(), batch_paper(books, letters_of(books), TODAY))

    assert b"/Duplex/DuplexFlipLongEdge/PrintScaling/None" in pdf


def test_bound_pages_are_drawn_as_each_letter_is() -> None:
    maker = DocumentMaker()
    one = batch(composed()).letters[0].pdf

    whole = maker.bound([BoundLetter(title="« É » )(\\", pdf=one)] * 2)

    seen = maker.pictures(whole)
    assert seen[0] == seen[2] == maker.pictures(one)[0]
    assert [title for title, _page in outline(whole)] == ["« É » )(\\"] * 2
    assert len(re.findall(rb"%%EOF", whole)) == 2


def test_the_letters_of_a_batch_bear_their_customers_as_bookmarks() -> None:
    made = batch(composed(), composed())

    assert outline(made.pdf) == [("Client C001", 0), ("Client C001", 2)]


def test_the_slip_gives_sheets_weights_and_totals(books: SqliteBooks) -> None:
    pages = pages_of(
        slip(DocumentMaker(), batch_paper(books, letters_of(books), TODAY))
    )

    text = pages[0].replace("\u00a0", " ")
    assert "Bordereau de dépôt – courriers" in text
    assert "1 Zéphyr 13001 Grenoble 1 1 10 g" in text
    assert "Poids total estimé 30 g" in text
    assert "Montant réclamé 600,00 €" in text


def test_both_sides_of_a_sheet_weigh_once(books: SqliteBooks) -> None:
    letters = show_batch(books, letters_of(books)).letters

    made = posting_slip(
        letters,
        [1, 2, 3],
        order=BatchOrder.POSTCODE,
        layout=LetterLayout(),
        prepared_at=NOW,
        today=TODAY,
        sender="X",
    )

    assert [row[3:6] for row in made.rows] == [
        ("1", "1", "10\u00a0g"),
        ("2", "1", "10\u00a0g"),
        ("3", "2", "15\u00a0g"),
    ]


def test_a_spoilt_letter_waits_in_a_batch_of_its_own_and_the_others_count(
    books: SqliteBooks,
) -> None:
    batch_id = letters_of(books)
    spoilt = show_batch(books, batch_id).letters[1]

    count = confirm_printed(books, batch_id, TODAY, NOW, spoilt=[spoilt.message.id])

    again, over = sorted(
        books.outbox.batches(ENTITY_ID), key=lambda b: b.state, reverse=True
    )
    assert (count, over.letter_count, again.letter_count) == (2, 2, 1)
    assert again.state is BatchState.PREPARED
    assert names(books, again.id) == ["Marée"]
    assert books.outbox.get(spoilt.message.id).state is MessageState.QUEUED


def test_a_posted_batch_is_printed_again_exactly_as_it_was(books: SqliteBooks) -> None:
    batch_id, maker = letters_of(books), DocumentMaker()
    before = maker.pictures(bound(maker, batch_paper(books, batch_id, TODAY)))
    confirm_printed(books, batch_id, TODAY, NOW)
    books.customers.save_many(
        [a_customer(code="Zé", name="Nouveau", postal_code="13001")]
    )

    after = maker.pictures(bound(maker, batch_paper(books, batch_id, TODAY)))

    assert after[2:] == before[2:]


def test_every_letter_spoilt_confirms_nothing(books: SqliteBooks) -> None:
    batch_id = letters_of(books)
    everything = [letter.message.id for letter in show_batch(books, batch_id).letters]

    assert confirm_printed(books, batch_id, TODAY, NOW, spoilt=everything) == 0
    assert len(names(books, batch_id)) == 3


def test_a_batch_whose_letters_are_gone_has_nothing_to_print(
    books: SqliteBooks,
) -> None:
    empty = a_batch()
    books.outbox.save_batch(empty)

    with pytest.raises(NothingToPrintError):
        batch_paper(books, empty.id, TODAY)


def test_the_number_of_a_registered_letter_is_on_the_slip_and_in_the_history(
    books: SqliteBooks,
) -> None:
    batch_id = letters_of(books, registered=True)
    letter = show_batch(books, batch_id).letters[0]

    assert give_number(books, letter.message.id, "1a 123-456 7890 1") == "1A12345678901"

    pages = pages_of(slip(DocumentMaker(), batch_paper(books, batch_id, TODAY)))
    assert "1A 123 456 7890 1" in pages[0]
    confirm_printed(books, batch_id, TODAY, NOW)
    (activity,) = books.activities.of(letter.customer.id)
    assert activity.subject.endswith("– 1A 123 456 7890 1")


def test_two_letters_cannot_bear_one_number(books: SqliteBooks) -> None:
    one, other, _third = show_batch(books, letters_of(books, registered=True)).letters
    give_number(books, one.message.id, "1A12345678901")

    with pytest.raises(Exception, match="1A12345678901"):
        give_number(books, other.message.id, "1A 123 456 7890 1")
    assert give_number(books, one.message.id, "") == ""


@pytest.mark.parametrize("typed", ["12", "LETTRE", "1A 123 456 7890 1 2345 6789 0"])
def test_what_is_no_number_of_registered_letter_is_refused(typed: str) -> None:
    with pytest.raises(RegisteredNumberError):
        registered_number(typed)


def test_a_foreign_number_is_accepted_and_grouped() -> None:
    assert registered_number("rk 12345678 5 fr") == "RK123456785FR"
    assert grouped_number("") == ""


def test_letters_of_one_postcode_follow_their_customers() -> None:
    letters = [
        BatchLetter(message=a_message(), customer=a_customer(code=name, name=name))
        for name in ("Bêta", "alpha", "Ätna")
    ]

    found = [one.customer.name for one in in_order(letters, BatchOrder.POSTCODE)]

    assert found == ["alpha", "Ätna", "Bêta"]
