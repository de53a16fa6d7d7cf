"""What is left of the first hour, on the home page."""

from nicegui import ui

from domain.usecases.first_hour import (
    FirstHour,
    FirstStep,
    begin_first_hour,
    dismiss_first_hour,
)
from ui import addresses, design
from ui.components.buttons import primary_button, quiet_button
from ui.components.text import secondary, section_title
from ui.first_hour_words import words_of
from ui.session import Session
from ui.translation import _


def first_hour_card(session: Session, view: FirstHour) -> None:
    """List the steps, and lead to the next one; it can be put away."""

    async def dismiss() -> None:
        await session.run(dismiss_first_hour, session.entity_id)
        card.delete()
        ui.notify(_("The first steps can be found again in “Company and mail”."))

    with ui.element("section").classes(design.CARD).mark("first-hour") as card:
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(
                _(
                    "First steps: {done} of {count} done",
                    done=view.done,
                    count=len(view.steps),
                )
            )
            with ui.element("div").classes(design.ROW):
                quiet_button(_("Show no more"), dismiss).mark("dismiss-first-hour")
                primary_button(
                    _("Continue"),
                    lambda: ui.navigate.to(addresses.FIRST_HOUR),
                    icon="arrow_forward",
                ).mark("go-on")
        step_list(view)


def step_list(view: FirstHour, shown: FirstStep | None = None) -> None:
    """Draw the steps as links, each with its state and what it unlocks."""
    with ui.element("ol").classes(design.FIRST_STEPS):
        for state in view.steps:
            words = words_of(state.step)
            with ui.element("li") as item:
                if state.is_done:
                    item.classes("done")
                icon = "check_circle" if state.is_done else "radio_button_unchecked"
                ui.icon(icon).props("aria-hidden=true")
                link = ui.link(words.title, addresses.first_step(state.step))
                if state.step is shown:
                    link.props["aria-current"] = "step"
                if state.is_done:
                    secondary(_("done"))
                elif state.is_passed:
                    secondary(_("passed over"))
                else:
                    secondary(words.unlocks)


async def show_first_hour_again(session: Session) -> None:
    """Bring the steps back, on the home page too."""
    await session.run(begin_first_hour, session.entity_id)
    ui.navigate.to(addresses.FIRST_HOUR)
