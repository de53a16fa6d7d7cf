"""Read again the journal and the files it names: is anything not as it was?"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from domain.basics.errors import NotFoundError
from domain.basics.identifiers import CustomerId, DocumentId, MessageId
from domain.basics.progress import Phase, Tell, untold
from domain.customers.customer import Customer
from domain.dunning import journal
from domain.dunning.journal import (
    LEFT,
    Fault,
    JournalExtract,
    JournalRecord,
    What,
)
from domain.dunning.outbox import MessageState, OutboxMessage
from domain.dunning.proof import ProofFault, Verification
from domain.ports import Books

_TOLD_EVERY = 50
_LEFT = {what.value for what in LEFT}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a record tells of a message."""

    number: int
    what: What | str
    message_id: MessageId
    customer_id: CustomerId
    document_id: DocumentId | None

    def fault(self, about: str, fault: Fault) -> ProofFault:
        """Name what is wrong with what this record tells."""
        return ProofFault(
            about=about,
            fault=fault,
            number=self.number,
            message_id=self.message_id,
            customer_id=self.customer_id,
            document_id=self.document_id,
        )


def verify(books: Books, tell: Tell = untold) -> Verification:
    """Read everything again: each record, each message that left, each file.

    ``tell`` hears how many files were read: they take nearly all of the time.
    """
    records = list(books.journal.records())
    end = books.journal.end()
    told = {record.number: _told(record) for record in records}
    documents = books.journal.documents()
    return Verification(
        end=end,
        documents=len(documents),
        faults=(
            *_records(records, told, end),
            *_messages(books, told),
            *_files(books, told, documents, tell),
        ),
        strays=tuple(books.journal.strays()),
    )


def customers_in(
    books: Books, found: Verification
) -> dict[CustomerId | None, Customer]:
    """Find the customers whom something wrong is about, where they still are."""
    named: dict[CustomerId | None, Customer] = {}
    for customer_id in {fault.customer_id for fault in found.faults}:
        if customer_id:
            with suppress(NotFoundError):
                named[customer_id] = books.customers.get(customer_id)
    return named


def extract_for(books: Books, customer_id: CustomerId) -> JournalExtract | None:
    """Take out of the journal what proves what one customer was sent."""
    return journal.extract(books.journal.records(), books.journal.end(), customer_id)


def _records(
    records: list[JournalRecord],
    told: Mapping[int, _Told | None],
    end: journal.JournalEnd,
) -> Iterator[ProofFault]:
    for found in journal.faults(records, end):
        known = told.get(found.number)
        yield (
            known.fault("record", found.fault)
            if known
            else ProofFault(about="record", fault=found.fault, number=found.number)
        )


def _messages(books: Books, told: Mapping[int, _Told | None]) -> Iterator[ProofFault]:
    """Compare what the journal says left with what the outbox says."""
    sent = {m.id: m for m in books.outbox.in_state(MessageState.SENT)}
    proved = {t.message_id: t for t in told.values() if t and t.what in _LEFT}
    for message_id, one in proved.items():
        if message_id not in sent:
            yield one.fault("message", Fault.MISSING)
        elif not _agree(one, sent[message_id]):
            yield one.fault("message", Fault.ALTERED)
    for message_id, message in sent.items():
        if message_id not in proved:
            yield ProofFault(
                about="message",
                fault=Fault.EXTRA,
                message_id=message_id,
                customer_id=message.customer_id,
                document_id=message.document_id,
            )


def _agree(told: _Told, message: OutboxMessage) -> bool:
    return (told.customer_id, told.document_id) == (
        message.customer_id,
        message.document_id,
    )


def _files(
    books: Books,
    told: Mapping[int, _Told | None],
    documents: Mapping[DocumentId, str],
    tell: Tell,
) -> Iterator[ProofFault]:
    first: dict[DocumentId, _Told] = {}
    for one in told.values():
        if one and one.document_id:
            first.setdefault(one.document_id, one)
    names = dict.fromkeys([*documents, *first])
    for done, document_id in enumerate(names):
        if not done % _TOLD_EVERY:
            tell(Phase.VERIFYING, done, len(names))
        fault = books.journal.document_fault(document_id)
        if fault:
            known = first.get(document_id)
            yield ProofFault(
                about="file",
                fault=fault,
                number=known.number if known else None,
                message_id=known.message_id if known else None,
                customer_id=known.customer_id if known else None,
                document_id=document_id,
                name=documents.get(document_id, ""),
            )


def _told(record: JournalRecord) -> _Told | None:
    """Read what a record tells; nothing where it is no longer readable."""
    event = journal.read(record.event)
    names = [event.get(key) for key in ("what", "message", "customer")]
    what, message_id, customer_id = (str(name or "") for name in names)
    if not message_id:
        return None
    document = event.get("document")
    return _Told(
        number=record.number,
        what=what,
        message_id=MessageId(message_id),
        customer_id=CustomerId(customer_id),
        document_id=DocumentId(str(document)) if document else None,
    )
