"""What verifying the proofs found, in sentences: on screen and in the terminal."""

from domain.basics.sentences import N_
from domain.customers.customer import Customer
from domain.dunning.journal import Fault
from domain.dunning.proof import ProofFault
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


def fault_sentence(fault: ProofFault, customer: Customer | None) -> str:
    """Name what is not as it was, and whose it is where a record still tells."""
    words = _SENTENCES.get((fault.about, fault.fault), "")
    if fault.number is None and fault.about == "file":
        words = _UNSENT[fault.fault]
    return _(
        words,
        number=fault.number,
        whom=_(" ({code}, {name})", code=customer.code, name=customer.name)
        if customer
        else "",
        file=fault.document_id or fault.name,
    )


def read_sentences(records: int, documents: int) -> list[str]:
    """Say how much was read again."""
    return [
        ngettext("{count} record read.", "{count} records read.", records),
        ngettext("{count} kept file read.", "{count} kept files read.", documents),
    ]


def stray_sentences(count: int) -> list[str]:
    """Say that files nobody knows do no harm; nothing where there is none."""
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
