"""The tags that a text may use, each with what it prints in this message."""

from collections.abc import Mapping

from nicegui import ui

from domain.basics.text import folded
from domain.dunning.tags import Tag
from ui import design, text_words
from ui.components.text import secondary
from ui.translation import _


class TagList:
    """A list beside the editor; a click writes the tag where the cursor is."""

    def __init__(self, field: ui.element, *, is_open: bool = False) -> None:
        self._field = field
        self._examples: Mapping[Tag, str] = {}
        self._words: list[str] = []
        heading = _("Show the list of tags")
        with ui.expansion(heading, value=is_open).props("dense").mark("tags"):
            search = ui.input(_("Search for a tag"), on_change=self._look_for)
            search.props(design.INPUT).props("type=search").mark("tag-search")
            self._list()
        self._search = search

    def show(self, examples: Mapping[Tag, str]) -> None:
        """Show what each tag prints now."""
        if examples != self._examples:
            self._examples = examples
            self._list.refresh()

    def _look_for(self) -> None:
        self._words = folded(self._search.value or "").replace("%", " ").split()
        self._list.refresh()

    def _is_looked_for(self, tag: Tag) -> bool:
        said = folded(f"{tag} {text_words.tag_meaning(tag)}")
        return all(word in said for word in self._words)

    @ui.refreshable_method
    def _list(self) -> None:
        found = [tag for tag in Tag if self._is_looked_for(tag)]
        with ui.element("div").classes(design.TAG_LIST):
            for tag in found:
                self._draw(tag)
            if not found:
                secondary(_("No tag has these words."))

    def _draw(self, tag: Tag) -> None:
        button = ui.element("button").classes(design.TAG_BUTTON)
        button.props("type=button").mark(f"tag-{tag}")
        button.on("click", js_handler=_typing(self._field, tag))
        with button:
            with ui.element("span"):
                ui.label(f"%{tag}%")
                ui.label(text_words.tag_meaning(tag)).classes(design.SECONDARY_TEXT)
            example = " ".join(self._examples.get(tag, "").split())
            ui.label(example).classes(design.SECONDARY_TEXT)


def _typing(field: ui.element, tag: Tag) -> str:
    """Write a tag as if typed: the cursor stays behind it, Ctrl+Z takes it away."""
    return (
        f"() => {{ const box = getHtmlElement({field.id});"
        "const area = box.querySelector('textarea') ?? box;"
        f"area.focus(); document.execCommand('insertText', false, '%{tag}%'); }}"
    )
