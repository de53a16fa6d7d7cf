"""The tags that a text may use, each with what it prints in this message."""

from collections.abc import Mapping
from functools import partial

from nicegui import ui

from domain.dunning.tags import Tag
from ui import design
from ui.translation import _


class TagList:
    """A list beside the editor; a click writes the tag where the cursor is."""

    def __init__(self, field: ui.element) -> None:
        self._field = field
        self._examples: Mapping[Tag, str] = {}
        with ui.expansion(_("Show the list of tags")).props("dense").mark("tags"):
            self._list()

    def show(self, examples: Mapping[Tag, str]) -> None:
        """Show what each tag prints now."""
        if examples != self._examples:
            self._examples = examples
            self._list.refresh()

    @ui.refreshable_method
    def _list(self) -> None:
        with ui.element("div").classes(design.TAG_LIST):
            for tag in Tag:
                button = ui.element("button").classes(design.TAG_BUTTON)
                button.props("type=button").mark(f"tag-{tag}")
                button.on("click", partial(self._insert, tag))
                with button:
                    ui.label(f"%{tag}%")
                    example = self._examples.get(tag, "")
                    if tag is Tag.TABLEAU_COMPTABLE:
                        example = _("the table of the documents ticked")
                    ui.label(" ".join(example.split())).classes(design.SECONDARY_TEXT)

    def _insert(self, tag: Tag) -> None:
        # As if typed: the cursor stays behind it, and Ctrl+Z takes it away.
        ui.run_javascript(
            f"const box = getHtmlElement({self._field.id});"
            "const area = box.querySelector('textarea') ?? box;"
            f"area.focus(); document.execCommand('insertText', false, '%{tag}%');"
        )
