"""The command that reads again the proofs of what was sent."""

from typing import Any

from domain.basics.errors import NotFoundError
from domain.basics.identifiers import CustomerId
from domain.basics.sentences import N_
from domain.dunning.journal import Fault
from domain.dunning.proof import ProofFault
from domain.usecases.verifying import verify as read_again
from ui.cli.context import Answer, Context
from ui.translation import _, ngettext

_SENTENCES = {
    ("record", Fault.ALTERED): N_("Record {number}{whom} was altered."),
    ("record", Fault.MISSING): N_("Record {number} is missing."),
    ("record", Fault.EXTRA): N_("Record {number}{whom} was added outside Relance."),
    ("record", Fault.UNLINKED): N_(
        "Record {number}{whom} does not follow the one before it: one of the two was"
        " replaced."
    ),
    ("message", Fault.ALTERED): N_(
        "The message of record {number}{whom} is no longer the one that was sent."
    ),
    ("message", Fault.MISSING): N_(
        "The message of record {number}{whom} is no longer among those sent."
    ),
    ("message", Fault.EXTRA): N_(
        "A message{whom} counts as sent, and no record proves it."
    ),
    ("file", Fault.ALTERED): N_(
        "The file of record {number}{whom} was altered: {file}"
    ),
    ("file", Fault.MISSING): N_("The file of record {number}{whom} is missing: {file}"),
}
_UNSENT = {
    Fault.ALTERED: N_("A kept file was altered: {file}"),
    Fault.MISSING: N_("A kept file is missing: {file}"),
}


def verify(context: Context) -> Answer:
    """Read the journal and the kept files again; name what is not as it was."""
    found = read_again(context.books)
    sentences = [_sentence(context, fault) for fault in found.faults]
    end = found.end
    return Answer(
        code=1 if found.faults else 0,
        payload={
            "records": end.count,
            "fingerprint": end.hash,
            "documents": found.documents,
            "faults": [
                _described(fault, sentence)
                for fault, sentence in zip(found.faults, sentences, strict=True)
            ],
            "stray_files": list(found.strays),
        },
        lines=[
            *sentences,
            ngettext("{count} record read.", "{count} records read.", end.count),
            ngettext(
                "{count} kept file read.", "{count} kept files read.", found.documents
            ),
            _("Hash of the last record: {hash}", hash=end.hash),
            *_strays(len(found.strays)),
            *([] if sentences else [_("Nothing was altered.")]),
        ],
    )


def _strays(count: int) -> list[str]:
    if not count:
        return []
    return [
        ngettext(
            "{count} file is known to no record: it proves nothing, and harms nothing.",
            "{count} files are known to no record: they prove nothing, and harm"
            " nothing.",
            count,
        )
    ]


def _sentence(context: Context, fault: ProofFault) -> str:
    words = _SENTENCES.get((fault.about, fault.fault), "")
    if fault.number is None and fault.about == "file":
        words = _UNSENT[fault.fault]
    return _(
        words,
        number=fault.number,
        whom=_whom(context, fault.customer_id),
        file=fault.document_id or fault.name,
    )


def _whom(context: Context, customer_id: CustomerId | None) -> str:
    """Name the customer, where a record still tells it."""
    if customer_id is None:
        return ""
    try:
        customer = context.books.customers.get(customer_id)
    except NotFoundError:
        return ""
    return _(" ({code}, {name})", code=customer.code, name=customer.name)


def _described(fault: ProofFault, sentence: str) -> dict[str, Any]:
    return {
        "about": fault.about,
        "fault": fault.fault.value,
        "record": fault.number,
        "message": fault.message_id,
        "document": fault.document_id,
        "sentence": sentence,
    }
