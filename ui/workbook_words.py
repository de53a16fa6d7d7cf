"""What is said of the workbook, on screen and on the command line."""

from domain.ledger.workbook import WorkbookTab, WorkbookWritten
from ui.translation import _


def workbook_written(written: WorkbookWritten) -> str:
    """Say where a workbook was written, and why not in the user's own file."""
    if not written.lost:
        return _("Workbook written: {file}", file=written.file)
    return _(
        "Your workbook holds what Relance would lose by writing it again ({lost}): "
        "it stays as it is, and the refreshed one is beside it: {file}",
        lost=", ".join(_(part) for part in written.lost),
        file=written.file,
    )


def tab_says(tab: WorkbookTab) -> tuple[str, str]:
    """Say what a tab is, and how its rows change."""
    return {
        WorkbookTab.DUE_INVOICES: (
            _("Invoices to chase"),
            _("What is left to pay, item by item. Written anew each time."),
        ),
        WorkbookTab.WITHOUT_RECIPIENT: (
            _("Customers without a recipient"),
            _("Nobody is set to receive their reminders. Written anew each time."),
        ),
        WorkbookTab.REMINDERS: (
            _("History of reminders"),
            _("What left is added below; rows already there never change."),
        ),
    }[tab]


def refresh_verb(tab: WorkbookTab) -> str:
    """Name the gesture that refreshes a tab."""
    return _("Refresh {tab}", tab=tab.value)
