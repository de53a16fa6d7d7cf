"""The invoices' own PDFs, in the folder where the accounting package leaves them."""

from pathlib import Path

from domain.basics.text import folded
from domain.files import Attachment
from domain.ledger.open_item import OpenItem

_SHORTEST_REFERENCE = 4
"""Shorter numbers turn up inside other files' names by chance."""
_LARGEST_BYTES = 15_000_000


class InvoiceFolder:
    """One folder, listed once."""

    def __init__(self, folder: str) -> None:
        self._files: dict[str, Path] = {}
        if folder:
            found = sorted(Path(folder).expanduser().glob("*.[pP][dD][fF]"))
            self._files = {folded(path.name): path for path in found}

    def find(self, item: OpenItem) -> Attachment | None:
        """Find an invoice by the name the books give, else by its number.

        A number that fits several files fits none: the wrong invoice would be worse
        than none. Files over 15 MB are left aside, as mail servers refuse them.
        """
        path = self._files.get(folded(item.attachment)) if item.attachment else None
        path = path or self._by_number(item.reference)
        try:
            if path is None or path.stat().st_size > _LARGEST_BYTES:
                return None
            content = path.read_bytes()
        except OSError:
            return None
        return Attachment(name=path.name, mime="application/pdf", content=content)

    def _by_number(self, reference: str) -> Path | None:
        number = _plain(reference)
        if len(number) < _SHORTEST_REFERENCE or not any(c.isdigit() for c in number):
            return None
        exact = [
            p for n, p in self._files.items() if _plain(n[: -len(".pdf")]) == number
        ]
        within = [p for n, p in self._files.items() if number in _parts(n)]
        for found in (exact, within):
            if len(found) == 1:
                return found[0]
        return None


def _plain(name: str) -> str:
    return "".join(c for c in folded(name) if c.isalnum())


def _parts(name: str) -> set[str]:
    """Cut a file's name into what stands between separators."""
    words = "".join(c if c.isalnum() or c == "-" else " " for c in folded(name)).split()
    return {_plain(word) for word in words}
