"""What verifying the proofs of what was sent may find."""

from dataclasses import dataclass

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId, DocumentId, MessageId
from domain.dunning.journal import Fault, JournalEnd


class DocumentAlteredError(DunningError):
    """A kept file is not what it was when it was saved."""

    message = (
        "The file {name} is no longer what was saved: it was altered outside Relance."
        " Put it back from a backup, or withdraw the message and prepare it again."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFault:
    """A record, a message or a kept file that is not as it was."""

    about: str
    """"record", "message" or "file"."""
    fault: Fault
    number: int | None = None
    """Of the record; the first one, where a file has several."""
    message_id: MessageId | None = None
    customer_id: CustomerId | None = None
    document_id: DocumentId | None = None
    name: str = ""
    """Of the file, as it was saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was read again, and what is wrong."""

    end: JournalEnd
    documents: int
    faults: tuple[ProofFault, ...]
    strays: tuple[str, ...]
    """Files that the books do not know: no proof, and no harm."""
