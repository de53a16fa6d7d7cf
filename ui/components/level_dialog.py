"""Change by hand how far items have climbed, and say why."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

from nicegui import ui

from domain.dunning.scenario import HIGHEST_LEVEL
from domain.usecases.levels import LevelMove
from ui import design
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import paragraph
from ui.translation import _

OnLevel = Callable[[LevelMove | int, str], Awaitable[None]]


class _Choice(StrEnum):
    UP = LevelMove.UP
    DOWN = LevelMove.DOWN
    SET = "set"


def level_dialog(about: str, now_at: int, on_level: OnLevel) -> None:
    """Ask for the new level and the reason; ``now_at`` is the highest among items."""

    async def save() -> None:
        if choice.value == _Choice.SET:
            wanted: LevelMove | int = int(number.value or 0)
        else:
            wanted = LevelMove(choice.value)
        await on_level(wanted, typed(reason))

    heading = _("Level of {about}", about=about)
    with form_dialog(heading, _("Change the level"), save):
        paragraph(
            _(
                "Nothing is sent. The next reminder is the one after this level, "
                "counted from today."
            )
        )
        choice = ui.radio(
            {
                _Choice.UP: _("One level up"),
                _Choice.DOWN: _("One level down"),
                _Choice.SET: _("To level:"),
            },
            value=_Choice.UP,
        ).mark("level-choice")
        number = ui.number(
            _("Level, 0 for none"), value=now_at, min=0, max=HIGHEST_LEVEL, precision=0
        )
        number.props(design.INPUT).mark("level")
        number.bind_visibility_from(choice, "value", value=_Choice.SET)
        reason = text_field(_("Reason")).props("autofocus").mark("reason")
