"""What a file could not tell: entries that may stand on lines it left out.

What a file lacks is settled, or has vanished. A line that was left out is not
lacking: nobody knows what it says, so what it may be stays as it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.text import folded, squeezed
from domain.customers.customer import Customer
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import LeftOutLine


def may_be_left_out(
    missing: Sequence[LedgerEntry],
    left_out: Iterable[LeftOutLine],
    customers: Iterable[Customer],
) -> list[LedgerEntry]:
    """Find which entries that a file lacks may stand on lines it left out.

    A line goes by its customer and its reference, as far as they were read; where
    neither was, it may be any of them.
    """
    left_out = list(left_out)
    if not (left_out and missing):
        return []
    found: dict[ItemId, LedgerEntry] = {}
    search = _Search(missing, customers)
    for line in left_out:
        found.update((entry.id, entry) for entry in search.of(line))
    return list(found.values())


class _Search:
    """Missing entries by customer, by reference, and by both."""

    def __init__(
        self, missing: Sequence[LedgerEntry], customers: Iterable[Customer]
    ) -> None:
        self._missing = missing
        self._by_customer: dict[object, list[LedgerEntry]] = defaultdict(list)
        self._by_reference: dict[object, list[LedgerEntry]] = defaultdict(list)
        self._by_both: dict[object, list[LedgerEntry]] = defaultdict(list)
        for entry in missing:
            self._by_customer[entry.customer_id].append(entry)
            self._by_reference[entry.piece].append(entry)
            self._by_both[entry.customer_id, entry.piece].append(entry)
        self._named: dict[str, set[CustomerId]] = defaultdict(set)
        for customer in customers:
            self._named[_as_name(customer.code)].add(customer.id)
            self._named[_as_name(customer.name)].add(customer.id)

    def of(self, line: LeftOutLine) -> Iterator[LedgerEntry]:
        """Give the entries that a line may be."""
        if line.parts:
            yield from self._among(line.parts)
            return
        reference, names = line.reference, (line.customer_code, line.customer_name)
        ids = self._customers(names)
        if any(names):  # of a customer that the books do not know, it is a new one
            for customer_id in ids:
                if reference:
                    yield from self._by_both.get((customer_id, reference), ())
                else:
                    yield from self._by_customer.get(customer_id, ())
        elif reference:
            yield from self._by_reference.get(reference, ())
        else:
            yield from self._missing

    def _among(self, parts: frozenset[str]) -> Iterator[LedgerEntry]:
        for customer_id in self._customers(parts):
            for part in parts - {""}:
                yield from self._by_both.get((customer_id, part), ())

    def _customers(self, names: Iterable[str]) -> set[CustomerId]:
        return {
            i for name in names if name for i in self._named.get(_as_name(name), ())
        }


def _as_name(text: str) -> str:
    return folded(squeezed(text))
