"""A few choices side by side, one of them in force."""

from collections.abc import Awaitable, Callable, Mapping

from nicegui import events, ui

from ui import design


def choice_chips(
    choices: Mapping[str, str],
    chosen: str,
    on_choice: Callable[[str], Awaitable[None]],
    *,
    says: str,
) -> ui.toggle:
    """Draw the choices, values to words; ``says`` tells what is chosen among.

    ``choice_chips({"all": _("All")}, "all", show, says=_("Customers shown"))``
    """

    async def changed(event: events.ValueChangeEventArguments[str]) -> None:
        await on_choice(event.value)

    chips = ui.toggle(dict(choices), value=chosen, on_change=changed)
    chips.props(design.CHIPS).props["aria-label"] = says
    chips.props["role"] = "group"
    return chips
