"""How many messages wait, around every screen: told again where it is drawn."""

from nicegui import ElementFilter, ui

from ui import addresses, design, formatting
from ui.translation import ngettext

_BADGE, _LINK, _COUNT = "waiting-badge", "waiting-link", "waiting-count"


def waiting_badge(waiting: int) -> None:
    """Draw the count in the menu; nothing when nothing waits."""
    label = ui.label(formatting.count(waiting)).classes(design.BADGE).mark(_BADGE)
    label.set_visibility(waiting > 0)


def waiting_link(waiting: int) -> None:
    """Draw the way to « Envois » in the top bar; nothing when nothing waits."""
    link = ui.link(target=addresses.OUTBOX).classes(design.TOP_BAR_LINK).mark(_LINK)
    with link:
        ui.icon("mail_outline").props("aria-hidden=true")
        ui.label(formatting.count(waiting)).mark(_COUNT)
    _tell_link(link, waiting)


def tell_waiting(waiting: int) -> None:
    """Change the counts on the screen of whoever looks at it."""
    for label in ElementFilter(kind=ui.label, marker=_BADGE):
        label.text = formatting.count(waiting)
        label.set_visibility(waiting > 0)
    for label in ElementFilter(kind=ui.label, marker=_COUNT):
        label.text = formatting.count(waiting)
    for link in ElementFilter(kind=ui.link, marker=_LINK):
        _tell_link(link, waiting)


def _tell_link(link: ui.link, waiting: int) -> None:
    link.props["title"] = ngettext(
        "{count} message waiting to leave", "{count} messages waiting to leave", waiting
    )
    link.set_visibility(waiting > 0)
