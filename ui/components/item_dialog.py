"""« Pourquoi ? »: everything about one item, and what can be decided about it."""

from collections.abc import Sequence
from functools import partial

from nicegui import ui

from domain.dashboard.expected import Expected, ExpectedOrigin
from domain.usecases.account_rows import ItemRow
from domain.usecases.customer_sheet import CustomerSheet
from ui import design, forecast_words, formatting, labels, why_words
from ui.components.badge import badge, level
from ui.components.buttons import quiet_button, secondary_button
from ui.components.dialog import page_dialog
from ui.components.facts import fact, fact_of, facts
from ui.components.invoice_button import InvoiceButtons
from ui.components.state_badge import state_badge
from ui.components.text import paragraph, secondary, section_title
from ui.components.ticked_bar import RowGesture
from ui.translation import _


def item_dialog(
    sheet: CustomerSheet,
    row: ItemRow,
    invoices: InvoiceButtons,
    gestures: Sequence[RowGesture],
) -> None:
    """Show an item, why it is proposed or not, what settled it, and its gestures."""

    async def then(gesture: RowGesture) -> None:
        dialog.close()
        result = gesture.act([row])
        if result is not None:
            await result

    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
        with ui.element("div").classes(design.ROW):
            section_title(row.item.reference or row.item.label)
            invoices.button(row.item)
            badge(state_badge(row.state))
        with ui.element("div").classes(design.TWO_COLUMNS):
            with ui.element("div").classes(design.STACK):
                _facts(sheet, row)
            with ui.element("div").classes(design.STACK):
                _why(sheet, row)
                _notes(row)
        for sentence in invoices.doubts(row.item):
            paragraph(labels.capitalised(sentence))
        for sentence in _settlements(sheet, row):
            paragraph(sentence)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            for gesture in gestures:
                button = secondary_button(gesture.words, partial(then, gesture))
                button.mark(f"item-{gesture.name}")
            quiet_button(_("Close"), dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()


def _facts(sheet: CustomerSheet, row: ItemRow) -> None:
    item, entry = row.item, row.entry
    with facts():
        if item.label:
            fact(_("Label"), item.label)
        fact(_("Dated"), formatting.day(item.invoice_on))
        if entry and entry.entry_on != item.invoice_on:
            fact(_("Entry of"), formatting.day(entry.entry_on))
        if entry and entry.lettering:
            fact(_("Lettering"), entry.lettering)
        with fact_of(_("Due date")):
            ui.label(formatting.day(item.due_on))
            ui.label(labels.due_origin(item)).classes(design.SECONDARY_TEXT)
        if item.id in sheet.payer.expected:
            _expected(sheet, row, sheet.payer.expected[item.id])
        if row.days_overdue:
            fact(_("Lateness"), formatting.days(row.days_overdue))
        if row.payment_mode:
            fact(_("Payment mode"), row.payment_mode)
        fact(_("Invoiced"), formatting.money(item.invoiced))
        fact(_("Paid"), formatting.money(item.settled))
        fact(_("Left to pay"), formatting.money(item.left))
        _level(row)
        values = row.fields.values if row.fields else ()
        for name, value in zip(sheet.field_names.item, values, strict=False):
            if name and value:
                fact(name, value)


def _expected(sheet: CustomerSheet, row: ItemRow, expected: Expected) -> None:
    """Say when it should be paid, and what tells it."""
    if forecast_words.went_by(expected, sheet.today):
        day, words = _("no day can be named"), forecast_words.late(expected)
    else:
        day, words = formatting.day(expected.day), forecast_words.origin(expected)
    is_by_hand = expected.origin is ExpectedOrigin.REPOSITIONED
    if row.expected and row.expected.reason and is_by_hand:
        words = row.expected.reason
    with fact_of(_("Expected on")):
        ui.label(day)
        ui.label(words).classes(design.SECONDARY_TEXT)


def _level(row: ItemRow) -> None:
    if row.position.level:
        with fact_of(_("Level")):
            badge(level(row.position.level))
            reached_on = formatting.day(row.position.reached_on)
            ui.label(_("since {day}", day=reached_on))
    if row.reminder_count:
        fact(_("Reminders"), formatting.count(row.reminder_count))


def _why(sheet: CustomerSheet, row: ItemRow) -> None:
    """Tell the rule, the dates, what blocks, when it would leave, what to do."""
    if not row.item.left:
        return
    section_title(_("Why?"))
    step = row.proposed.step if row.proposed else None
    if row.proposed:
        paragraph(why_words.proposed(row.proposed))
    for sentence in why_words.reasons(row):
        paragraph(sentence)
    if row.left_out:
        step = row.left_out.next_step
    details = []
    if step:
        details = [why_words.rule(sheet, step), why_words.dates(row)]
    details += [why_words.due(sheet, row), why_words.departure(sheet, row)]
    details += [why_words.would_change(one) for one in row.exclusions]
    for sentence in filter(None, details):
        secondary(sentence)


def _notes(row: ItemRow) -> None:
    if row.notes:
        section_title(_("Notes"))
    for note in row.notes:
        paragraph(note.text).classes(design.KEPT_LINES)
        secondary(formatting.moment(note.written_at))


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
