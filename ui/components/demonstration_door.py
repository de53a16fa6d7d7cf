"""The way into the demonstration, and the ribbon that leads back from it."""

from nicegui import ui

from ui import addresses, design
from ui.components.buttons import secondary_button
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _


def demonstration_ribbon(session: Session) -> None:
    """Say on every screen that all is made up; lead back to one's own data."""

    def leave() -> None:
        session.demonstration.leave()
        ui.navigate.to(addresses.HOME)

    with ui.element("aside").classes(design.RIBBON) as ribbon:
        ribbon.props["aria-label"] = _("Demonstration")
        ui.icon("theater_comedy").props("aria-hidden=true")
        ui.label(_("Demonstration: nothing can leave this computer."))
        if session.demonstration.can_leave:
            secondary_button(_("Go back to my data"), leave, icon="logout").mark(
                "leave-demonstration"
            )


def demonstration_button(session: Session) -> None:
    """Draw the button that shows the made-up firm instead of one's own data."""

    async def enter() -> None:
        button.props("loading")
        with refusals_shown():
            await session.demonstration.enter()
            ui.navigate.to(addresses.HOME)
        button.props(remove="loading")

    button = secondary_button(
        _("Try with the made-up firm"), enter, icon="visibility"
    ).mark("demonstration")
