"""Whom to call and about what: numbers, person, documents, promises broken."""

from collections.abc import Sequence
from datetime import date

from nicegui import ui

from domain.basics.money import per_currency
from domain.customers.call import CallResult
from domain.customers.customer import Contact
from domain.customers.keeping import Fate
from domain.ledger.open_item import OpenItem
from domain.usecases.call_session import CallView, PhoneNumber
from ui import addresses, design, formatting
from ui.components.badge import Badge, badge, level
from ui.components.buttons import icon_button
from ui.components.text import secondary
from ui.design import Tone
from ui.translation import _, ngettext


def call_card(view: CallView, items: Sequence[OpenItem], today: date) -> None:
    """Draw what is looked at while the phone rings."""
    sheet = view.sheet
    with ui.element("div").classes(design.ROW_SPREAD):
        with ui.element("div").classes(design.ROW):
            link = ui.link(sheet.customer.name, addresses.customer(sheet.customer.id))
            link.classes(design.STRONG).mark("customer")
            secondary(sheet.customer.code)
            if sheet.level:
                badge(level(sheet.level))
        with ui.element("div").classes(design.ROW):
            for total in per_currency(item.left for item in items):
                ui.label(formatting.money(total)).classes(design.FIGURE_VALUE)
    with ui.element("div").classes(design.ROW):
        _past_calls(view, today)
    _numbers(view)
    with ui.element("div").classes(design.ROW):
        _broken(view)
    _items(items, today)


def _past_calls(view: CallView, today: date) -> None:
    """Say how often nobody answered since the customer was last spoken to."""
    failed = 0
    for call in reversed(view.calls):
        if call.result is not CallResult.ABSENT:
            break
        failed += 1
    last = view.calls[-1] if view.calls else None
    if failed:
        words = ngettext(
            "{count} call without an answer", "{count} calls without an answer", failed
        )
        badge(Badge(text=words, tone=Tone.WARNING))
    elif last and last.result is CallResult.CALL_BACK and last.again_on:
        day = formatting.day(last.again_on)
        badge(
            Badge(
                text=_(
                    "Asked to be called on {when}",
                    when=f"{day} {last.again_at}".strip(),
                ),
                tone=Tone.NOT_DUE if last.again_on >= today else Tone.OVERDUE,
            )
        )


def _numbers(view: CallView) -> None:
    if not view.numbers:
        badge(Badge(text=_("No phone number is known."), tone=Tone.WARNING))
    with ui.element("div").mark("numbers"):
        for one in view.numbers:
            with ui.element("div").classes(design.ROW):
                _number(one)


def _number(one: PhoneNumber) -> None:
    if one.is_wrong:
        with ui.element("s"):
            ui.label(one.number)
        badge(Badge(text=_("wrong number"), tone=Tone.STOPPED))
    else:
        ui.link(one.number, f"tel:{''.join(one.number.split())}")
        icon_button(
            "content_copy",
            _("Copy {number}", number=one.number),
            lambda: ui.clipboard.write(one.number),
        )
    if one.contact:
        who = ", ".join(filter(None, (one.contact.name, *roles(one.contact))))
        secondary(who)
    else:
        secondary(_("number of the firm"))


def roles(contact: Contact) -> list[str]:
    """Name what a person is there for."""
    held = (
        (contact.is_dunning, _("receives the reminders")),
        (contact.is_billing, _("billing")),
        (contact.is_manager, _("manager")),
        (contact.is_main and not contact.is_dunning, _("main contact")),
    )
    return [name for holds, name in held if holds]


def _broken(view: CallView) -> None:
    """List the promises whose day went by unpaid."""
    sheet = view.sheet
    for promise in sheet.promises:
        if not promise.is_past(sheet.today):
            continue
        fate: Fate | None = sheet.fates.get(promise.id)
        paid = fate.received if fate else None
        words = _(
            "Promise not kept: {amount} for {day}",
            amount=formatting.money(promise.amount),
            day=formatting.day(promise.promised_for),
        )
        if paid:
            words = _(
                "{promise}, {paid} paid", promise=words, paid=formatting.money(paid)
            )
        badge(Badge(text=words, tone=Tone.OVERDUE))


def _items(items: Sequence[OpenItem], today: date) -> None:
    if not items:
        return
    with ui.element("table").classes(design.SIMPLE_TABLE).mark("items"):
        with ui.element("thead"), ui.element("tr"):
            for heading in (
                _("Document"),
                _("Due date"),
                _("Lateness"),
                _("Left to pay"),
            ):
                with ui.element("th").props("scope=col"):
                    ui.label(heading)
        with ui.element("tbody"):
            for item in items:
                _row(item, today)


def _row(item: OpenItem, today: date) -> None:
    late = item.days_overdue(today)
    with ui.element("tr"):
        for words in (
            item.reference or item.label or formatting.NOTHING,
            formatting.day(item.due_on) if item.due_on else formatting.NOTHING,
            formatting.days(late) if late > 0 else formatting.NOTHING,
            formatting.money(item.left),
        ):
            with ui.element("td"):
                ui.label(words)
