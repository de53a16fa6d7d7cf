"""The per-entity workbook: its tabs, and what became of the user's own file."""

from dataclasses import dataclass
from enum import StrEnum

from domain.basics.sentences import N_


class WorkbookTab(StrEnum):
    """The tabs that Relance keeps, by the names they have in the workbook."""

    REMINDERS = "Relance"
    DUE_INVOICES = "Facture_du"
    WITHOUT_RECIPIENT = "No_destinataire"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookContent:
    """The three tabs: rows of dates, numbers, text.

    Column order is that of storage.files.newton_layout's headings.
    """

    reminders: list[tuple[object, ...]]
    due_invoices: list[tuple[object, ...]]
    without_recipient: list[tuple[object, ...]]

    def rows(self, tab: WorkbookTab) -> list[tuple[object, ...]]:
        """Give the rows of one tab."""
        return {
            WorkbookTab.REMINDERS: self.reminders,
            WorkbookTab.DUE_INVOICES: self.due_invoices,
            WorkbookTab.WITHOUT_RECIPIENT: self.without_recipient,
        }[tab]


class LostPart(StrEnum):
    """What a user may have put in a workbook and a refresh cannot keep."""

    SHAPES = N_("drawn shapes or text boxes")
    CONTROLS = N_("buttons or check boxes")
    SLICERS = N_("slicers or timelines")
    THREADS = N_("discussions in the cells")
    EXTENSIONS = N_("sparklines or recent conditional formats")
    HEADER_PICTURES = N_("pictures in the page header")
    QUERIES = N_("data connections or queries")
    SIGNATURES = N_("a digital signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookWritten:
    """Where a workbook was written."""

    file: str
    lost: tuple[LostPart, ...] = ()
    """What the user's own file has and this one could not keep: it was written
    beside it, and theirs is as it was. Empty when theirs was refreshed."""
