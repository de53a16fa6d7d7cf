"""Accept a file with two ways back: undo the import, or take the copy up again."""

from datetime import datetime

from domain.basics.progress import Tell, untold
from domain.ledger.import_report import ImportRecord
from domain.ports import Books
from domain.usecases.importing import ImportPreview, confirm_import


def accept_import(
    books: Books,
    preview: ImportPreview,
    now: datetime,
    *,
    accept_swaps: bool = True,
    tell: Tell = untold,
) -> ImportRecord:
    """Write what was previewed, after a copy of the books as they were."""
    books.keep_copy()
    return confirm_import(books, preview, now, accept_swaps=accept_swaps, tell=tell)
