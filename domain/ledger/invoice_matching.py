"""Which PDF is the invoice of an entry: by its name, then by the data inside."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money
from domain.basics.text import folded
from domain.ledger.entry import LedgerEntry
from domain.ledger.invoice_file import InvoiceFile
from domain.ledger.open_item import OpenItem

_SHORTEST_REFERENCE = 4
"""Shorter numbers turn up inside other files' names by chance."""
_SHORTEST_WORD = 3
_ENDING = ".pdf"


class InvoiceDoubt(StrEnum):
    """Why a PDF found for an invoice must be looked at before it is sent."""

    AMOUNT = "amount"
    BUYER = "buyer"
    UNOPENABLE = "unopenable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Whom the books say the invoice is for."""

    name: str = ""
    siren: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """An entry or an item, as far as its invoice is concerned."""

    id: ItemId
    customer_id: CustomerId
    reference: str
    attachment: str
    amounts: tuple[Money, ...]
    """Its own, then that of all the instalments of the same number."""
    buyer: Buyer = Buyer()

    @property
    def is_credit(self) -> bool:
        """Whether it is a credit note or a payment."""
        return self.amounts[0].cents < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceMatch:
    """The PDF of an invoice, and what is odd about it."""

    file: InvoiceFile
    doubts: tuple[InvoiceDoubt, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it may be sent without another look."""
        return not self.doubts


def billed_item(item: OpenItem, buyer: Buyer) -> Billed:
    """See an item as what an invoice bills."""
    return Billed(
        id=item.id,
        customer_id=item.customer_id,
        reference=item.reference,
        attachment=item.attachment,
        amounts=(item.invoiced,),
        buyer=buyer,
    )


def billed_entry(entry: LedgerEntry, buyer: Buyer) -> Billed:
    """See an entry as what an invoice bills."""
    return Billed(
        id=entry.id,
        customer_id=entry.customer_id,
        reference=entry.piece or entry.label or entry.entry_number,
        attachment=entry.attachment,
        amounts=(entry.amount,),
        buyer=buyer,
    )


def keys_of(file: InvoiceFile) -> set[str]:
    """Tell under which keys a file is found: whole name, number, parts of the name."""
    name = folded(file.name)
    stem = name.removesuffix(_ENDING)
    keys = {f"name {name}", f"stem {_plain(stem)}"}
    keys |= {f"part {part}" for part in _parts(name)}
    if number := _plain(file.number):
        keys.add(f"number {number}")
    return keys


def keys_wanted(billed: Billed) -> list[str]:
    """Tell under which keys an invoice may be found, the surest first."""
    keys = []
    if billed.attachment:
        keys.append(f"name {folded(billed.attachment)}")
    number = _plain(billed.reference)
    if _is_telling(number):
        keys += [f"stem {number}", f"part {number}"]
    if number:
        keys.append(f"number {number}")
    return keys


class InvoiceFinder:
    """Some files of a folder, found by their keys."""

    def __init__(self, files: Iterable[InvoiceFile]) -> None:
        self._files: dict[str, list[InvoiceFile]] = defaultdict(list)
        for file in files:
            for key in keys_of(file):
                self._files[key].append(file)

    def find(self, billed: Billed) -> InvoiceMatch | None:
        """Find the PDF of an invoice; None when there is none, or several could be.

        A sure one further down the order is better than a doubtful one; the wrong
        invoice would be worse than none.
        """
        doubtful = None
        for matches in self._matches(billed):
            sure = [match for match in matches if match.is_sure]
            if len(sure) == 1:
                return sure[0]
            if len(matches) == 1 and doubtful is None:
                doubtful = matches[0]
        return doubtful

    def _matches(self, billed: Billed) -> Iterator[list[InvoiceMatch]]:
        is_short = not _is_telling(_plain(billed.reference))
        for key in keys_wanted(billed):
            found = [
                InvoiceMatch(file=file, doubts=_doubts(file, billed))
                for file in self._files.get(key, ())
                if not _is_other_kind(file, billed)
            ]
            if is_short and key.startswith("number "):
                found = [match for match in found if match.is_sure]
            yield found


def _is_other_kind(file: InvoiceFile, billed: Billed) -> bool:
    """Whether a payment, which often bears its invoice's number, meets the invoice."""
    return billed.is_credit and any(amount.cents > 0 for amount in file.billed)


def _doubts(file: InvoiceFile, billed: Billed) -> tuple[InvoiceDoubt, ...]:
    doubts = []
    if file.problem and not file.problem.is_openable:
        doubts.append(InvoiceDoubt.UNOPENABLE)
    if file.billed and not set(file.billed) & set(billed.amounts):
        doubts.append(InvoiceDoubt.AMOUNT)
    if file.has_data and not _is_same_buyer(file, billed.buyer):
        doubts.append(InvoiceDoubt.BUYER)
    return tuple(doubts)


def _is_same_buyer(file: InvoiceFile, buyer: Buyer) -> bool:
    """Compare SIRENs, else names: one word in common is enough.

    Books cut and shorten names; nothing is concluded from a name that is missing.
    """
    if file.buyer_siren and buyer.siren:
        return file.buyer_siren == buyer.siren
    theirs, ours = _words(file.buyer_name), _words(buyer.name)
    if not theirs or not ours:
        return True
    return any(a.startswith(b) or b.startswith(a) for a in theirs for b in ours)


_COMMON_WORDS = frozenset({"sarl", "sas", "sasu", "eurl", "sci", "snc", "scop"}) | {
    *("scea", "gaec", "earl", "societe", "ets", "etablissements", "les", "des", "the"),
    *("monsieur", "madame", "mme"),
}
"""Words that two firms may well share."""


def _words(name: str) -> set[str]:
    words = "".join(c if c.isalnum() else " " for c in folded(name)).split()
    telling = {w for w in words if len(w) >= _SHORTEST_WORD} - _COMMON_WORDS
    return telling or set(words)


def _is_telling(number: str) -> bool:
    return len(number) >= _SHORTEST_REFERENCE and any(c.isdigit() for c in number)


def _plain(name: str) -> str:
    return "".join(c for c in folded(name) if c.isalnum())


def _parts(name: str) -> set[str]:
    """Cut a file's name into what stands between separators."""
    words = "".join(c if c.isalnum() or c == "-" else " " for c in name).split()
    return {part for word in words if _is_telling(part := _plain(word))}
