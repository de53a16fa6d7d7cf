"""« Envois automatiques passés »: what the last rounds sent, and what they did not."""

from collections.abc import Sequence

from nicegui import ui

from domain.usecases.automatic import AutomaticReport
from ui import design, formatting
from ui.components.buttons import quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import secondary, section_title
from ui.translation import _, ngettext


def automatic_reports(reports: Sequence[AutomaticReport]) -> None:
    """Open the list of the last rounds, the latest first."""
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
        section_title(_("Past automatic sendings"))
        if not reports:
            secondary(_("Nothing has left by itself yet."))
        with ui.element("div").classes(design.PLAIN_TABLE).mark("automatic-reports"):
            for report in reports:
                with ui.element("div").classes(design.PLAIN_ROW):
                    ui.label(formatting.moment(report.at))
                    ui.label(_counts(report))
                    ui.label(_(report.why) if report.why else "").classes(
                        design.SECONDARY_TEXT
                    )
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Close"), dialog.close).props("autofocus")
    dialog.on("hide", dialog.delete)
    dialog.open()


def _counts(report: AutomaticReport) -> str:
    parts = []
    if report.sent:
        parts.append(
            ngettext("{count} e-mail sent", "{count} e-mails sent", report.sent)
        )
    if report.kept:
        parts.append(
            ngettext(
                "{count} e-mail has not left",
                "{count} e-mails have not left",
                report.kept,
            )
        )
    return ", ".join(parts)
