"""The command that reads again the proofs of what was sent."""

from typing import Any

from domain.dunning.proof import ProofFault
from domain.usecases.verifying import customers_in
from domain.usecases.verifying import verify as read_again
from ui.cli.context import Answer, Context
from ui.proof_words import fault_sentence, read_sentences, stray_sentences
from ui.translation import _


def verify(context: Context) -> Answer:
    """Read the journal and the kept files again; name what is not as it was."""
    found = read_again(context.books)
    whose = customers_in(context.books, found)
    sentences = [
        fault_sentence(fault, whose.get(fault.customer_id)) for fault in found.faults
    ]
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
            *read_sentences(end.count, found.documents),
            _("Hash of the last record: {hash}", hash=end.hash),
            *stray_sentences(len(found.strays)),
            *([] if sentences else [_("Nothing was altered.")]),
        ],
    )


def _described(fault: ProofFault, sentence: str) -> dict[str, Any]:
    return {
        "about": fault.about,
        "fault": fault.fault.value,
        "record": fault.number,
        "message": fault.message_id,
        "document": fault.document_id,
        "sentence": sentence,
    }
