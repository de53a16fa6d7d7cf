"""The place where an accounting export is dropped, and what it may be."""

from collections.abc import Awaitable, Callable

from ui.components.file_drop import file_drop
from ui.components.text import secondary
from ui.translation import _

ACCEPTED = (
    ".txt,.csv,.tsv,.tab,.prn,.fec,.tra,.asc,.xlsx,.xlsm,.xls,.ods,.htm,.html,.xml"
)


def import_drop(take: Callable[[str, bytes], Awaitable[None]]) -> None:
    """Draw it; ``take`` receives the file."""
    file_drop(
        _("Drop your accounting export here, or click to choose it"),
        take,
        accept=ACCEPTED,
    ).mark("import-drop")
    secondary(
        _(
            "Any table is read: the statutory file of entries (FEC), the exports of "
            "Quadratus, Cegid, Ciel and Sage, the three-tab workbook, and the lists of "
            "your package (aged balance, due list, customer ledger, customers, "
            "contacts) as a spreadsheet or a text. What would change is shown before "
            "anything is written."
        )
    )
