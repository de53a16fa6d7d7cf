"""Categories, or salespersons, as customers bear them: rename, merge, take away."""

from functools import partial

from nicegui import ui

from domain.usecases.changing_many import CustomerField
from domain.usecases.families import (
    FamiliesBefore,
    FamilyLine,
    remove_family,
    rename_family,
    restore_families,
    show_families,
)
from ui import addresses, design
from ui.components.buttons import icon_button
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import paragraph, secondary, section_title
from ui.components.undo_bar import tell_done
from ui.session import Session
from ui.translation import _, ngettext


async def families_card(session: Session, field: CustomerField) -> None:
    """Draw the card of categories or of salespersons."""
    card = _Families(session, field)
    await card.read()
    with ui.element("section").classes(design.CARD).mark(f"families-{field}"):
        section_title(
            _("Categories") if field is CustomerField.CATEGORY else _("Salespersons")
        )
        card.draw()


class _Families:
    """The names on screen."""

    def __init__(self, session: Session, field: CustomerField) -> None:
        self._session = session
        self._field = field
        self._lines: list[FamilyLine] = []
        self._client = ui.context.client

    async def read(self) -> None:
        """Read the names as customers bear them."""
        self._lines = await self._session.run(
            show_families, self._session.entity_id, self._field
        )

    @ui.refreshable_method
    def draw(self) -> None:
        """Draw a line for each name."""
        if not self._lines:
            secondary(
                _("None yet: they come with imports, and with the customers' sheets.")
            )
            return
        with ui.element("div").classes(design.LIST):
            for line in self._lines:
                self._row(line)

    def _row(self, line: FamilyLine) -> None:
        is_category = self._field is CustomerField.CATEGORY
        name = "category" if is_category else "salesperson"
        with ui.element("div").classes(design.LIST_ROW):
            with ui.element("div").classes(design.LIST_MAIN):
                ui.label(line.name).classes(design.STRONG)
                ui.link(
                    ngettext("{count} customer", "{count} customers", line.customers),
                    addresses.narrowed(addresses.CUSTOMERS, {name: [line.name]}),
                )
                if line.read_as:
                    secondary(
                        _(
                            "also called {names} in your files",
                            names=", ".join(line.read_as),
                        )
                    )
            with ui.element("div").classes(design.ROW):
                icon_button(
                    "edit",
                    _("Rename or merge {name}", name=line.name),
                    partial(self._rename, line),
                ).mark(f"rename-{line.name}")
                icon_button(
                    "delete_outline",
                    _("Take {name} away", name=line.name),
                    partial(self._remove, line),
                ).mark(f"remove-{line.name}")

    def _rename(self, line: FamilyLine) -> None:
        async def save() -> None:
            before = await self._session.run(
                rename_family,
                self._session.entity_id,
                self._field,
                line.name,
                typed(name),
            )
            await self._done(_("{name} renamed.", name=line.name), before)

        def say() -> None:
            merged.visible = typed(name) in known

        known = {one.name for one in self._lines if one is not line}
        heading = _("Rename or merge “{name}”", name=line.name)
        with form_dialog(heading, _("Rename"), save):
            paragraph(self._counted(line))
            name = text_field(_("Name"), line.name).props("autofocus")
            name.props["autocomplete"] = "off"
            name.mark("family-name").on_value_change(say)
            merged = secondary(_("This name exists already: both become one."))
            merged.visible = False
            secondary(_("Files that bring the old name will be read with the new one."))

    def _remove(self, line: FamilyLine) -> None:
        async def save() -> None:
            before = await self._session.run(
                remove_family,
                self._session.entity_id,
                self._field,
                line.name,
                str(instead.value or ""),
            )
            await self._done(_("{name} taken away.", name=line.name), before)

        others = [one.name for one in self._lines if one is not line]
        heading = _("Take “{name}” away?", name=line.name)
        with form_dialog(heading, _("Take away"), save):
            paragraph(self._counted(line))
            instead = ui.select(
                {"": _("None"), **{one: one for one in others}},
                value="",
                label=_("They take instead"),
            )
            instead.props(design.INPUT).mark("family-instead")

    def _counted(self, line: FamilyLine) -> str:
        return ngettext(
            "{count} customer bears this name.",
            "{count} customers bear this name.",
            line.customers,
        )

    async def _done(self, words: str, before: FamiliesBefore) -> None:
        async def undo() -> None:
            await self._session.run(restore_families, self._session.entity_id, before)
            await self._refresh()

        await self._refresh()
        tell_done(self._client, words, undo)

    async def _refresh(self) -> None:
        await self.read()
        self.draw.refresh()
