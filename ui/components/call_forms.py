"""What some results of a call ask for: a promise, a reason, a day, a number."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date

from nicegui import ui

from domain.basics.money import EUR, Money, per_currency
from domain.customers.call import CallResult
from domain.ledger.open_item import OpenItem
from domain.usecases.call_results import Outcome
from domain.usecases.call_session import CallView
from ui import design
from ui.components.amount_input import amount_from, amount_input
from ui.components.date_input import DateInput
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.text import secondary
from ui.formatting import money
from ui.translation import _

Record = Callable[[Outcome], Awaitable[None]]


def ask(
    outcome: Outcome,
    view: CallView,
    items: Sequence[OpenItem],
    today: date,
    record: Record,
) -> None:
    """Ask for what the result needs, then record it; a refusal keeps the dialog."""
    if outcome.result is CallResult.PROMISE:
        _promise(outcome, items, record)
    elif outcome.result is CallResult.DISPUTE:
        _dispute(outcome, items, record)
    elif outcome.result is CallResult.CALL_BACK:
        _call_back(outcome, today, record)
    else:
        _wrong_number(outcome, view, record)


def _promise(outcome: Outcome, items: Sequence[OpenItem], record: Record) -> None:
    owed = next(iter(per_currency(item.left for item in items)), Money(0, EUR))

    async def save() -> None:
        given = amount_from(amount.value)
        promised = Money(given.cents, owed.currency) if given else None
        await record(replace(outcome, promised=promised, promised_for=day.day))

    with form_dialog(_("Promise to pay"), _("Save the promise"), save):
        day = DateInput(_("Promised for")).mark("promised-for").autofocus()
        amount = amount_input(_("Amount promised"), owed).mark("promised")
        secondary(_("{amount} is asked for.", amount=money(owed)))


def _dispute(outcome: Outcome, items: Sequence[OpenItem], record: Record) -> None:
    debits = [item for item in items if not item.is_credit]

    async def save() -> None:
        contested = [i.id for i, box in boxes if box.value]
        await record(replace(outcome, reason=typed(reason), disputed=contested))

    with form_dialog(_("Dispute"), _("Save the dispute"), save):
        reason = text_field(_("What the customer contests"), lines=3)
        reason.props("autofocus").mark("reason")
        boxes = []
        if len(debits) > 1:
            secondary(_("Contested documents; all of them if none is ticked"))
            with ui.element("div").classes(design.CHECKS):
                for item in debits:
                    name = f"{item.reference or item.label} · {money(item.left)}"
                    boxes.append((item, ui.checkbox(name)))


def _call_back(outcome: Outcome, today: date, record: Record) -> None:
    async def save() -> None:
        at = typed(hour)
        again_on = day.day or (today if at else None)
        await record(replace(outcome, again_on=again_on, again_at=at))

    with (
        form_dialog(_("Call back on"), _("Save"), save),
        ui.element("div").classes(design.TWO_FIELDS),
    ):
        day = DateInput(_("Day")).mark("again-on").autofocus()
        hour = text_field(_("Hour, if any")).mark("again-at")
        hour.props("stack-label").props["placeholder"] = "14:30"
        secondary(_("An hour alone is one of today."))


def _wrong_number(outcome: Outcome, view: CallView, record: Record) -> None:
    known = [one.number for one in view.numbers if not one.is_wrong]

    async def save() -> None:
        await record(
            replace(outcome, number=choice.value or "", corrected=typed(right))
        )

    with form_dialog(_("Wrong number"), _("Save"), save):
        choice = ui.radio(known, value=known[0] if known else None).mark("wrong")
        right = text_field(_("Right number, if it is known"))
        right.props("autofocus inputmode=tel").mark("corrected")
        secondary(_("Without it, the number is marked as wrong on this customer."))
