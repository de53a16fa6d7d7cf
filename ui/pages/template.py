"""« Modèle »: write one, and read it as a customer will."""

from nicegui import ui

from domain.basics.identifiers import TextId
from domain.usecases.editing_texts import TextView, show_text
from ui import addresses, design, text_words
from ui.components.buttons import primary_button, quiet_button, secondary_button
from ui.components.page_head import page_head
from ui.components.text_editor import TextEditor
from ui.components.text_history import TextHistory
from ui.components.text_preview import TextPreviewPane
from ui.session import Session
from ui.translation import _


async def template_page(session: Session, text_id: str) -> None:
    """Show the words on the left, the message on the right."""
    view = await session.run(show_text, TextId(text_id))
    pane = TextPreviewPane(session, view.text)
    editor = TextEditor(session, view, pane.show)

    def open_versions() -> None:
        TextHistory(editor.view, editor.restore).open()

    with page_head(text_words.name(view.text)):
        secondary_button(_("Earlier versions"), open_versions, icon="history").mark(
            "history"
        )
        quiet_button(_("Supplied text"), editor.reset).mark("reset")
        save = primary_button(_("Save"), editor.save, icon="save").mark("save")
        save.props("data-saves")
    _siblings(view)
    with ui.element("div").classes(design.DESK):
        with ui.element("div").classes(design.STACK):
            pane.tags = editor.draw()
        with ui.element("section").classes(design.CARD):
            await pane.draw()
    await pane.show(editor.text)


def _siblings(view: TextView) -> None:
    """Lead to the same message by another means, or in another language."""
    with ui.element("nav").classes(design.ROW) as row:
        row.props["aria-label"] = _("The same message otherwise")
        ui.link(_("All templates"), addresses.TEMPLATES)
        for other in view.siblings:
            if other.id != view.text.id:
                ui.link(text_words.name(other), addresses.template(other.id))
