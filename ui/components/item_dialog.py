"""« Pourquoi ? »: everything about one item, and what can be decided about it."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from domain.usecases.customer_sheet import CustomerSheet, ItemRow
from ui import design, formatting, labels
from ui.components.badge import badge, level
from ui.components.buttons import quiet_button, secondary_button
from ui.components.facts import fact, fact_of, facts
from ui.components.invoice_button import InvoiceButtons
from ui.components.state_badge import state_badge
from ui.components.text import paragraph, section_title
from ui.translation import _

Gesture = Callable[[ItemRow], Any]


def item_dialog(
    sheet: CustomerSheet,
    row: ItemRow,
    invoices: InvoiceButtons,
    on_promise: Gesture,
    on_dispute: Gesture,
    on_stop: Gesture,
) -> None:
    """Show an item, why it is proposed or not, and what settled it."""

    def then(gesture: Gesture) -> None:
        dialog.close()
        gesture(row)

    with ui.context.client.content, ui.dialog(value=True) as dialog:
        card = ui.element("div").classes(design.DIALOG)
        with card:
            with ui.element("div").classes(design.ROW):
                section_title(row.item.reference)
                invoices.button(row.item)
                badge(state_badge(row.state))
            _facts(row)
            if row.item.left:
                section_title(_("Why?"))
                for sentence in reasons(row):
                    paragraph(sentence)
            for sentence in invoices.doubts(row.item):
                paragraph(labels.capitalised(sentence))
            for sentence in _settlements(sheet, row):
                paragraph(sentence)
            with ui.element("div").classes(design.PAGE_ACTIONS):
                if row.item.left.cents > 0:
                    secondary_button(_("Promise"), lambda: then(on_promise))
                    secondary_button(_("Dispute"), lambda: then(on_dispute)).mark(
                        "item-dispute"
                    )
                    secondary_button(_("STOP"), lambda: then(on_stop))
                quiet_button(_("Close"), dialog.close)
    dialog.on("hide", dialog.delete)


def _facts(row: ItemRow) -> None:
    item = row.item
    with facts():
        if item.label:
            fact(_("Label"), item.label)
        fact(_("Dated"), formatting.day(item.invoice_on))
        with fact_of(_("Due date")):
            ui.label(formatting.day(item.due_on))
            ui.label(labels.due_origin(item)).classes(design.SECONDARY_TEXT)
        if row.days_overdue:
            fact(_("Lateness"), formatting.days(row.days_overdue))
        fact(_("Invoiced"), formatting.money(item.invoiced))
        fact(_("Paid"), formatting.money(item.settled))
        fact(_("Left to pay"), formatting.money(item.left))
        if row.position.level:
            with fact_of(_("Level")):
                badge(level(row.position.level))
                reached_on = formatting.day(row.position.reached_on)
                ui.label(_("since {day}", day=reached_on))


def reasons(row: ItemRow) -> list[str]:
    """Say all that decides whether an item is proposed, the main reason first."""
    if row.proposed:
        return [labels.capitalised(labels.why(row))]
    sentences = [labels.capitalised(labels.reason(e)) for e in row.exclusions]
    if row.left_out and row.left_out.next_step and row.left_out.next_on:
        sentences.append(
            _(
                "Next step of the scenario: {step}, from {day}.",
                step=labels.step(row.left_out.next_step.code),
                day=formatting.day(row.left_out.next_on),
            )
        )
    return sentences


def _settlements(sheet: CustomerSheet, row: ItemRow) -> list[str]:
    """Say what paid an invoice, or what a payment paid."""
    sentences = []
    for allocation in sheet.allocations:
        if row.item.id not in {allocation.debit_id, allocation.credit_id}:
            continue
        is_debit = row.item.id == allocation.debit_id
        other = allocation.credit_id if is_debit else allocation.debit_id
        sentence = (
            _("{amount} paid by {reference}")
            if is_debit
            else _("{amount} went to {reference}")
        )
        sentences.append(
            sentence.format(
                amount=formatting.money(allocation.amount),
                reference=sheet.reference(other) or _("no longer in the books"),
            )
        )
    return sentences
