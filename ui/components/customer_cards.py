"""Two cards of a customer's sheet: how much, and what was done."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from domain.customers.activity import ActivityKind
from domain.usecases.customer_sheet import Account, CustomerSheet
from domain.usecases.paying import Payer
from ui import design, forecast_words, formatting, labels
from ui.components.amount import amount
from ui.components.badge import Badge, badge, level
from ui.components.buttons import quiet_button
from ui.components.facts import fact, fact_of, facts
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.translation import _, ngettext


def amounts_card(sheet: CustomerSheet, on_penalties: Callable[[], Any]) -> None:
    """Draw what the account adds up to, each currency on its own."""
    with ui.element("section").classes(design.CARD).mark("amounts"):
        section_title(_("Amounts"))
        for account in sheet.accounts:
            with facts(design.NAMED_AMOUNTS):
                _amounts(account)
        with ui.element("div").classes(design.ROW_SPREAD).mark("penalties"):
            secondary(_penalties(sheet))
            button = quiet_button(_("How it is worked out"), on_penalties)
            button.mark("penalties-how")


def _penalties(sheet: CustomerSheet) -> str:
    """Say what lateness costs today; never added to what is due."""
    found = sheet.penalties
    if found.missing:
        return _("Late-payment penalties: a rate is missing")
    if not found.rule.is_due:
        return _("No late-payment penalties for this customer")
    return _("Late-payment penalties: {amount}", amount=formatting.money(found.total))


def _amounts(account: Account) -> None:
    amounts = account.amounts
    in_credit = amounts.balance.cents < 0
    for name, value, tone in (
        (_("In credit") if in_credit else _("Amount due"), amounts.balance, None),
        (_("Overdue"), amounts.overdue, Tone.OVERDUE),
        (_("To come"), amounts.to_come, Tone.NOT_DUE),
        (_("Paid (90 days)"), account.paid_lately, Tone.SETTLED),
    ):
        with fact_of(name):
            amount(value, tone if value else None)


def activity_card(sheet: CustomerSheet, on_history: Callable[[], Any]) -> None:
    """Draw how far reminders went, and what comes next."""
    with ui.element("section").classes(design.CARD).mark("activity"):
        with ui.element("div").classes(design.ROW_SPREAD):
            section_title(_("Activity"))
            if sheet.activities:
                quiet_button(_("History"), on_history).mark("to-history")
        with facts():
            _levels(sheet)
            _how_it_pays(sheet.payer)
            for name, kinds in (
                (_("Last advance notice"), [ActivityKind.ADVANCE_NOTICE]),
                (
                    _("Last reminder"),
                    [ActivityKind.REMINDER, ActivityKind.PAST_REMINDER],
                ),
                (_("Last call"), [ActivityKind.CALL]),
                (_("Last thank-you"), [ActivityKind.THANK_YOU]),
            ):
                _last(sheet, name, kinds)


def _how_it_pays(payer: Payer) -> None:
    if payer.habit:
        fact(_("Usually pays"), forecast_words.habit(payer.habit))
    if payer.score:
        with fact_of(_("Score {grade}", grade=payer.score.grade)):
            ui.label(forecast_words.score(payer.score))
            rests_on = forecast_words.score_rests_on(payer.score)
            ui.label(rests_on).classes(design.SECONDARY_TEXT)


def _levels(sheet: CustomerSheet) -> None:
    with fact_of(_("Level")):
        if sheet.level:
            badge(level(sheet.level))
        else:
            ui.label(_("no reminder yet"))
    if sheet.next_step and sheet.next_on:
        is_late = sheet.next_on <= sheet.today
        when = _("{step}, due since {day}") if is_late else _("{step} on {day}")
        fact(
            _("Next step"),
            when.format(
                step=labels.step(sheet.next_step.code),
                day=formatting.day(sheet.next_on),
            ),
        )
    elif any(row.position.level for row in sheet.rows if row.item.left):
        with fact_of(_("Next step")):
            badge(Badge(text=_("end of the scenario"), tone=Tone.WARNING))


def _last(sheet: CustomerSheet, name: str, kinds: list[ActivityKind]) -> None:
    """Tell the last day of some kinds of action, and how many are about what is owed.

    A kind never done is not shown, but for reminders.
    """
    last = sheet.last(*kinds)
    if last is None and ActivityKind.REMINDER not in kinds:
        return
    with fact_of(name):
        ui.label(formatting.day(last.happened_on if last else None))
        count = sheet.count_on_unpaid(*kinds)
        if count:
            words = ngettext("{count} on unpaid ones", "{count} on unpaid ones", count)
            ui.label(words).classes(design.SECONDARY_TEXT)
