"""Batches of letters for the post: sorted, bound, numbered, printed again."""

from dataclasses import dataclass, replace
from datetime import date

from domain.basics.errors import DunningError
from domain.basics.identifiers import BatchId, MessageId
from domain.basics.postal import AddressDoubt
from domain.customers.customer import dunning_contact
from domain.dunning.compose import doubts_of
from domain.dunning.letter import BoundLetter
from domain.dunning.letter_layout import BatchOrder, LetterLayout
from domain.dunning.outbox import Batch, BatchState, MessageState
from domain.dunning.posting import (
    BatchLetter,
    PostingSlip,
    RegisteredNumberTakenError,
    in_order,
    posting_slip,
    registered_number,
)
from domain.ports import Books, Documents


class NothingToPrintError(DunningError):
    """Every letter of the batch was withdrawn."""

    message = "No letter is left in this batch: there is nothing to print."


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """The letters of a batch that count, in their order."""

    batch: Batch
    letters: tuple[BatchLetter, ...]
    """Those that wait; once confirmed, those that were sent."""
    doubtful: tuple[tuple[BatchLetter, tuple[AddressDoubt, ...]], ...]
    """Those that the post may not find, and why."""

    @property
    def is_registered(self) -> bool:
        """Whether the post hands them over against a signature."""
        return any(letter.message.is_registered for letter in self.letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPaper:
    """All that is needed to print a batch, read from the books."""

    view: BatchView
    files: tuple[bytes, ...]
    """Each letter's own PDF, never made again."""
    layout: LetterLayout
    sender: str
    today: date


def show_batch(books: Books, batch_id: BatchId) -> BatchView:
    """List the letters of a batch that wait, or once confirmed, that were sent."""
    batch = books.outbox.get_batch(batch_id)
    is_over = batch.state is not BatchState.PREPARED
    wanted = MessageState.SENT if is_over else MessageState.QUEUED
    letters = in_order(
        [
            BatchLetter(
                message=message, customer=books.customers.get(message.customer_id)
            )
            for message in books.outbox.of_batch(batch_id)
            if message.state is wanted
        ],
        batch.sorted_by,
    )
    doubtful = []
    for letter in letters if not is_over else ():
        contacts = books.customers.contacts_of(letter.customer.id)
        doubts = doubts_of(letter.customer, dunning_contact(contacts), "fr")
        if doubts:
            doubtful.append((letter, doubts))
    return BatchView(batch=batch, letters=tuple(letters), doubtful=tuple(doubtful))


def sort_batch(books: Books, batch_id: BatchId, order: BatchOrder) -> None:
    """Choose in which order the letters of a batch come out of the printer."""
    with books.atomic():
        batch = books.outbox.get_batch(batch_id)
        books.outbox.save_batch(replace(batch, sorted_by=order))


def give_number(books: Books, message_id: MessageId, typed: str) -> str:
    """Keep the post's number for a registered letter; returns it as it is kept.

    Raises:
        RegisteredNumberError: it cannot be one.
        RegisteredNumberTakenError: another letter of the batch has it.
    """
    number = registered_number(typed)
    with books.atomic():
        message = books.outbox.get(message_id)
        others = books.outbox.of_batch(message.batch_id) if message.batch_id else []
        if number and any(
            other.registered_number == number and other.id != message_id
            for other in others
        ):
            raise RegisteredNumberTakenError(number=number)
        books.outbox.save(replace(message, registered_number=number))
    return number


def batch_paper(books: Books, batch_id: BatchId, today: date) -> BatchPaper:
    """Read what is needed to print a batch, for the first time or again.

    Raises:
        NothingToPrintError: no letter is left in it.
    """
    view = show_batch(books, batch_id)
    if not view.letters:
        raise NothingToPrintError
    entity = books.entities.get(view.batch.entity_id)
    return BatchPaper(
        view=view,
        files=tuple(
            books.outbox.document(letter.message.document_id)
            for letter in view.letters
            if letter.message.document_id
        ),
        layout=books.entities.letter_layout(entity.id),
        sender=entity.name,
        today=today,
    )


def bound(documents: Documents, paper: BatchPaper) -> bytes:
    """Bind a batch for a duplex printer: a cover sheet, then each letter's own PDF."""
    letters = [
        BoundLetter(title=letter.customer.name, pdf=file)
        for letter, file in zip(paper.view.letters, paper.files, strict=True)
    ]
    cover = documents.slip_pdf(_slip(documents, paper, is_cover=True))
    return documents.bound([BoundLetter(title=_COVER, pdf=cover), *letters])


def slip(documents: Documents, paper: BatchPaper) -> bytes:
    """Print the posting slip of a batch."""
    return documents.slip_pdf(_slip(documents, paper, is_cover=False))


_COVER = "Page de garde"


def _slip(documents: Documents, paper: BatchPaper, *, is_cover: bool) -> PostingSlip:
    batch = paper.view.batch
    return posting_slip(
        paper.view.letters,
        documents.page_counts(paper.files),
        order=batch.sorted_by,
        layout=paper.layout,
        prepared_at=batch.created_at,
        today=paper.today,
        sender=paper.sender,
        is_cover=is_cover,
    )
