"""The search box of the top bar: results as one types."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from nicegui import events, ui

from ui import design
from ui.translation import _

_WAIT_MS = 120
"""Between two letters of someone typing fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """Something found, and where it is shown."""

    name: str
    detail: str
    address: str


Search = Callable[[str], Awaitable[Sequence[SearchHit]]]


def search_box(search: Search) -> None:
    """Draw the box; keyboard.js moves among the results and opens them."""

    async def typed(event: events.ValueChangeEventArguments[str | None]) -> None:
        words = event.value or ""
        hits = await search(words) if words.strip() else []
        if words == (box.value or ""):  # else a later letter's results are on their way
            _show(results, hits, words)

    with ui.element("search").classes(design.SEARCH):
        box = ui.input(placeholder=_("Search for a customer…"), on_change=typed)
        box.props(f"{design.INPUT} debounce={_WAIT_MS} type=search autocomplete=off")
        box.props["aria-label"] = _("Search for a customer by name or code")
        with box.classes(design.SEARCH_BOX).add_slot("append"):
            ui.element("kbd").classes(design.SHORTCUT_HINT).props(
                "aria-hidden=true innerHTML='Ctrl K'"
            )
        results = ui.element("div").classes(design.SEARCH_RESULTS)
        results.props["role"] = "status"


def _show(results: ui.element, hits: Sequence[SearchHit], words: str) -> None:
    results.clear()
    with results:
        for hit in hits:
            with ui.link(target=hit.address).classes(design.SEARCH_RESULT):
                ui.label(hit.name)
                ui.label(hit.detail).classes(design.SECONDARY_TEXT)
        if words.strip() and not hits:
            nothing = _("No customer matches “{words}”.", words=words.strip())
            ui.label(nothing).classes(design.SECONDARY_TEXT)
