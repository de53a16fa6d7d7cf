"""The thin line under the top bar: what the user should know, and its gesture."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from nicegui import ui

from domain.usecases.automatic import AutomaticReport
from domain.usecases.frame import FrameView
from ui import addresses, design, formatting
from ui.components.buttons import quiet_button
from ui.design import Tone
from ui.translation import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence, and a link to what to do about it."""

    text: str
    tone: Tone
    gesture: str = ""
    address: str = ""
    on_click: Callable[[], Awaitable[None]] | None = None
    """Done here, instead of going elsewhere."""


def notices(view: FrameView, path: str) -> list[Notice]:
    """List what the user should know, the gravest first."""
    found = []
    if view.doubtful:
        found.append(
            Notice(
                text=ngettext(
                    "{count} message to check: it may not have left.",
                    "{count} messages to check: they may not have left.",
                    view.doubtful,
                ),
                tone=Tone.STOPPED,
                gesture=_("See them"),
                address=addresses.OUTBOX,
            )
        )
    if view.is_stale:
        found.append(
            Notice(
                text=_(
                    "The data is from {day}: import a newer file before reminding "
                    "anyone.",
                    day=formatting.day(view.data_on),
                ),
                tone=Tone.WARNING,
                gesture=_("Import"),
                address=addresses.IMPORT,
            )
        )
    if view.automatic and path == addresses.HOME:
        found.append(_automatic(view.automatic))
    if view.silent_since:
        found.append(
            Notice(
                text=_(
                    "Synchronisation impossible. No new file in the watched folder "
                    "since {day}.",
                    day=formatting.day(view.silent_since),
                ),
                tone=Tone.WARNING,
                gesture=_("Check the folder"),
                address=f"{addresses.SETTINGS}#watch",
            )
        )
    if view.entity is None and path != addresses.HOME:
        found.append(
            Notice(
                text=_("There is no company yet."),
                tone=Tone.NEUTRAL,
                gesture=_("Begin"),
                address=addresses.HOME,
            )
        )
    return found


def _automatic(report: AutomaticReport) -> Notice:
    """Say what left by itself today, and why the rest did not."""
    parts = []
    if report.sent:
        parts.append(
            ngettext(
                "Automatic sending: {count} e-mail has left.",
                "Automatic sending: {count} e-mails have left.",
                report.sent,
            )
        )
    if report.kept:
        parts.append(
            ngettext(
                "Automatic sending: {count} e-mail has not left. {why}",
                "Automatic sending: {count} e-mails have not left. {why}",
                report.kept,
                why=_(report.why),
            )
        )
    return Notice(
        text=" ".join(parts),
        tone=Tone.WARNING if report.kept else Tone.SETTLED,
        gesture=_("See"),
        address=addresses.OUTBOX if report.sent else f"{addresses.SETTINGS}#automatic",
    )


def notice_line(notices: Sequence[Notice]) -> None:
    """Draw the notices, the gravest giving the line its colour."""
    if not notices:
        return
    line = ui.element("div").classes(design.NOTICE).classes(notices[0].tone.css)
    line.props["role"] = "status"
    with line:
        for notice in notices:
            icon = ui.icon(design.TONE_ICONS[notice.tone]).classes(notice.tone.css)
            icon.props("aria-hidden=true")
            ui.label(notice.text)
            if notice.on_click:
                quiet_button(notice.gesture, notice.on_click)
            elif notice.gesture:
                ui.link(notice.gesture, notice.address)
