"""« Champs libres »: what a firm calls the fields that no file fills."""

from domain.basics.identifiers import EntityId
from domain.customers.free_fields import FieldNames
from domain.usecases.free_fields import field_names, save_field_names
from ui.components.form_dialog import text_field, typed
from ui.components.settings_card import SettingsCards
from ui.session import Session
from ui.translation import _


async def free_fields_card(
    session: Session, cards: SettingsCards, entity_id: EntityId
) -> None:
    """Let the user name the two fields of a customer and the three of a document."""
    names = await session.run(field_names, entity_id)
    with cards.card(
        "free-fields",
        _("Free fields"),
        _("What you want to keep about customers and documents. Empty: not shown."),
    ) as card:
        with card.fields():
            first, second = (
                text_field(_("Customer: field {place}", place=place), name).mark(
                    f"customer-field-{place}"
                )
                for place, name in enumerate(names.customer, start=1)
            )
            one, two, three = (
                text_field(_("Document: field {place}", place=place), name).mark(
                    f"item-field-{place}"
                )
                for place, name in enumerate(names.item, start=1)
            )

        async def save() -> None:
            given = FieldNames(
                customer=(typed(first), typed(second)),
                item=(typed(one), typed(two), typed(three)),
            )
            await session.run(save_field_names, entity_id, given)

        card.save_row(save, name="free-fields")
