"""The order or contract that an item comes from, where the books' own words name it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from domain.basics.text import squeezed
from domain.ledger.open_item import OpenItem

# A word that can mean nothing else, then a number: « Commande n° 4512 »,
# « BC 2026-14 », « Marché M-07 ». A label without both names no order.
_NAMED = re.compile(
    r"\b(?P<word>bon\s+de\s+commande|commande|cde|bdc|bc|contrat|marché|marche|devis"
    r"|purchase\s+order|order|contract|po)\b"
    r"[\s.:]*(?:n\s?[°ºo]\.?|no\.?|num(?:éro)?\.?|ref\.?|réf\.?|\#)?[\s.:]*"
    r"(?P<number>[a-z]{0,6}[-/_.]?\d[\w/.\-]*)",
    re.IGNORECASE,
)
_LONGEST = 40
_SENTENCES: Mapping[str, str] = {
    "fr": "Références de commande ou de contrat\u00a0: {references}.",
    "en": "Order or contract references: {references}.",
}


def order_reference(label: str) -> str:
    """Read the order or contract that a label names; empty where it names none."""
    found = _NAMED.search(squeezed(label))
    if found is None:
        return ""
    word = squeezed(found["word"])
    word = word.upper() if word.lower() in {"bc", "bdc", "po"} else word.lower()
    return f"{word} {found['number'].rstrip('.-/_')}"[:_LONGEST]


def order_sentence(items: Iterable[OpenItem], language: str) -> str:
    """Name the orders of items, each with its invoices; empty without any."""
    orders: dict[str, list[str]] = defaultdict(list)
    for item in items:
        order = order_reference(item.label)
        if order:
            orders[order].append(squeezed(item.reference))
    told = [
        f"{order} ({', '.join(invoices)})" if all(invoices) else order
        for order, invoices in orders.items()
    ]
    if not told:
        return ""
    return _SENTENCES[language].format(references=" ; ".join(told))
