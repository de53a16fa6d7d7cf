"""What stands in for a page or a list while it is being read."""

from nicegui import ui

from ui import design
from ui.translation import _

_LINES = 8


def skeleton(lines: int = _LINES) -> ui.element:
    """Draw grey lines; delete the returned element once there is something."""
    drawn = ui.element("div").classes(design.SKELETON).mark("skeleton")
    drawn.props["role"] = "status"
    drawn.props["aria-label"] = _("Loading…")
    with drawn:
        for _line in range(lines):
            ui.skeleton(animation="fade")
    return drawn
