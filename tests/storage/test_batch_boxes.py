"""Text boxes of a batch: addresses, rectos, page numbers, totals."""

import pypdfium2

from domain.dunning.letter import LetterContent
from tests.builders import a_customer, an_item
from tests.composing import as_shipped, cents_of
from tests.paper import (
    KEPT_CLEAR,
    WINDOW,
    batch,
    is_inside,
    pages_of,
    text_boxes_of,
    touches,
)


def a_letter(rank: int) -> LetterContent:
    """Write the letter of a customer: one item most often, some times many."""
    count = 45 if rank % 10 == 3 else 1 + rank % 9
    items = [
        an_item(reference=f"FA-{rank}-{n}", cents=100_01 + rank * 7 + n)
        for n in range(count)
    ]
    customer = a_customer(code=f"C{rank:03}", name=f"Client {rank:03}")
    return as_shipped("reminder_1", *items, customer=customer)


def check_batch(count: int) -> None:
    """Make letters as one batch, and look at each of them as it is printed."""
    letters = [a_letter(rank) for rank in range(count)]
    made = batch(*letters)
    pages = pages_of(made.pdf)
    at = 0
    with pypdfium2.PdfDocument(made.pdf) as document:
        for rank, (letter, file) in enumerate(zip(letters, made.letters, strict=True)):
            assert at % 2 == 0
            own = pages[at : at + file.page_count]
            for number, page in enumerate(own, 1):
                assert f"Page {number}/{file.page_count}" in page
            boxes = list(text_boxes_of(document[at]))
            shown = [box for box in boxes if touches(box, KEPT_CLEAR)]
            assert shown
            assert all(is_inside(box, WINDOW) for box in shown)
            assert f"Client {rank:03}" in own[0]
            ledger = sum(cents_of(line.left) for line in letter.lines)
            assert ledger == cents_of(letter.total)
            printed = letter.total.replace("\u202f", "\u00a0")
            assert printed in "".join(own).split("Total à régler")[1].split("\n")[0]
            at += file.page_count + file.page_count % 2


def test_every_letter_of_a_batch_is_in_its_place() -> None:
    check_batch(12)
