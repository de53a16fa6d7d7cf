"""Buttons by what they mean: one primary per screen, others quieter."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from ui import design

OnClick = Callable[[], Any]


def primary_button(text: str, on_click: OnClick, *, icon: str = "") -> ui.button:
    """Draw the screen's next gesture, a verb; Ctrl+Enter presses it."""
    return _button(text, on_click, icon, design.PRIMARY_BUTTON).classes(
        design.PRIMARY_ACTION
    )


def secondary_button(text: str, on_click: OnClick, *, icon: str = "") -> ui.button:
    """Draw a gesture among others."""
    return _button(text, on_click, icon, design.SECONDARY_BUTTON)


def quiet_button(text: str, on_click: OnClick, *, icon: str = "") -> ui.button:
    """Draw a gesture that may be overlooked, such as « Annuler »."""
    return _button(text, on_click, icon, design.QUIET_BUTTON)


def danger_button(text: str, on_click: OnClick, *, icon: str = "") -> ui.button:
    """Draw a gesture that destroys; confirm it by a sentence first."""
    return _button(text, on_click, icon, design.DANGER_BUTTON)


def icon_button(icon: str, says: str, on_click: OnClick) -> ui.button:
    """Draw a gesture as an icon; ``says`` is its tooltip and its spoken name."""
    button = ui.button(icon=icon, on_click=on_click, color=None)
    button.props(design.ICON_BUTTON).props["aria-label"] = says
    return button.tooltip(says)


def _button(text: str, on_click: OnClick, icon: str, look: str) -> ui.button:
    return ui.button(text, on_click=on_click, icon=icon or None, color=None).props(look)
