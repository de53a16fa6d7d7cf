"""Everything about one customer, for the call, on one screen."""

from nicegui import ui

from domain.basics.identifiers import CustomerId
from domain.usecases.customer_sheet import CustomerSheet, show_customer
from ui import design
from ui.components.activity_timeline import activity_timeline
from ui.components.agreements import agreements
from ui.components.customer_cards import (
    ContactGestures,
    activity_card,
    amounts_card,
    contact_card,
)
from ui.components.customer_gestures import CustomerGestures
from ui.components.customer_head import HeadGestures, customer_head
from ui.components.notes_card import notes_card
from ui.components.open_items_table import OpenItemsTable
from ui.components.text import secondary, section_title
from ui.session import Session
from ui.translation import _


async def customer_page(session: Session, customer_id: str) -> None:
    """Show what a customer owes and what was agreed, and let the user add to it."""
    customer = CustomerId(customer_id)

    async def draw() -> None:
        sheet = await session.run(
            show_customer,
            customer,
            session.outside.mail.check_address,
            session.today(),
        )
        gestures.sheet = sheet
        place.clear()
        with place:
            await _draw_sheet(sheet, gestures, items)

    gestures = CustomerGestures(session, draw)
    items = OpenItemsTable(session, gestures.explain)
    place = ui.element("div").classes(design.SHEET)
    await draw()


async def _draw_sheet(
    sheet: CustomerSheet, gestures: CustomerGestures, items: OpenItemsTable
) -> None:
    customer_head(
        sheet,
        HeadGestures(
            note=gestures.note,
            promise=gestures.promise,
            dispute=gestures.dispute,
            stop=gestures.stop,
            lift=gestures.lift,
        ),
    )
    agreements(sheet, gestures.lift, gestures.close_dispute, gestures.cancel_promise)
    with ui.element("div").classes(design.SHEET_CARDS):
        contact_card(
            sheet,
            ContactGestures(
                edit_contact=gestures.edit_contact,
                add_contact=gestures.add_contact,
                accept_address=gestures.accept_address,
                edit_customer=gestures.edit_customer,
            ),
        )
        amounts_card(sheet)
        activity_card(sheet)
    with ui.element("section").classes(design.SHEET_ITEMS):
        await items.draw(sheet.rows, sheet.customer.name)
    with ui.element("div").classes(design.SHEET_FOOT):
        notes_card(sheet.notes)
        with ui.element("section").classes(design.STACK):
            section_title(_("History"))
            if sheet.activities:
                activity_timeline(sheet.activities, gestures.read)
            else:
                secondary(_("Nothing was done about this customer yet."))
