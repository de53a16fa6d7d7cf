"""A refusal becomes a message; a bug becomes a report."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nicegui import app, ui

from domain.basics.errors import DunningError
from ui import design
from ui.components.buttons import primary_button
from ui.components.text import paragraph, section_title
from ui.translation import _, refusal

_SHOWN_MS = 8000
_log = logging.getLogger("relance")


@contextmanager
def refusals_shown() -> Iterator[None]:
    """Tell the user why what they asked is refused; the lines after are skipped.

    ``with refusals_shown(): await session.run(…)``
    """
    try:
        yield
    except DunningError as error:
        show_refusal(error)


def show_refusal(error: DunningError) -> None:
    """Tell the user why what they asked is refused."""
    ui.notify(
        refusal(error),
        type="warning",
        position="top",
        multi_line=True,
        close_button=_("Close"),
        timeout=_SHOWN_MS,
    )


class BugReports:
    """Writes what went wrong to the log, and says so without its details."""

    def __init__(self, log_file: Path) -> None:
        self._log_file = log_file
        self._told: set[str] = set()

    def log(self, error: Exception) -> None:
        """Write a bug to the log; a refusal is none."""
        if not isinstance(error, DunningError):
            _log.error("A bug", exc_info=error)

    def report(self, error: Exception) -> None:
        """Tell each open screen of a bug, which NiceGUI has logged, or of a refusal."""
        for client in [c for c in app.clients() if c.has_socket_connection]:
            with client:
                if isinstance(error, DunningError):
                    show_refusal(error)
                elif client.id not in self._told:
                    self._told.add(client.id)
                    self._dialog(client.id)

    def _dialog(self, client_id: str) -> None:
        with ui.dialog(value=True) as dialog, ui.element("div").classes(design.DIALOG):
            section_title(_("Relance stumbled"))
            self.explain()
            with ui.element("div").classes(design.PAGE_ACTIONS):
                primary_button(_("Continue"), dialog.close)
        dialog.on("hide", lambda: self._told.discard(client_id))

    def explain(self) -> None:
        """Say what is safe, and where the details are."""
        paragraph(
            _(
                "What you asked could not be done, and nothing was saved. What was "
                "recorded before is safe."
            )
        )
        paragraph(_("Details are in the log: {file}", file=self._log_file))
