"""The free fields of an item, under the names that the firm gave them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from domain.customers.free_fields import ItemFields
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.translation import _


def item_fields_dialog(
    about: str,
    names: tuple[str, str, str],
    fields: ItemFields,
    on_save: Callable[[ItemFields], Awaitable[None]],
) -> None:
    """Ask for the value of each field that has a name."""

    async def save() -> None:
        given: dict[str, Any] = {name: typed(field) for name, field in drawn.items()}
        await on_save(replace(fields, **given))

    with form_dialog(_("Free fields of {about}", about=about), _("Save"), save):
        drawn = {
            f"free_{place}": text_field(name, value).mark(f"free-{place}")
            for place, (name, value) in enumerate(
                zip(names, fields.values, strict=True), start=1
            )
            if name
        }
