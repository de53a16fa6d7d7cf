"""« Pourquoi ? » about a customer: what leaves today, what does not, what to do."""

from collections import defaultdict
from datetime import date

from nicegui import ui

from domain.basics.money import Money
from domain.dunning.planned import Exclusion, Reason
from domain.usecases.account_rows import ItemRow
from domain.usecases.customer_sheet import CustomerSheet
from ui import design, formatting, why_words
from ui.components.buttons import quiet_button
from ui.components.dialog import page_dialog
from ui.components.text import paragraph, secondary, section_title
from ui.translation import _, ngettext


def why_dialog(sheet: CustomerSheet) -> None:
    """Explain today's messages, then each reason that keeps documents back."""
    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
        section_title(_("Why? {customer}", customer=sheet.customer.name))
        _messages(sheet)
        _kept_back(sheet)
        if not sheet.plan.messages and not sheet.plan.left_out:
            paragraph(_("There is nothing to remind: no invoice is open."))
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Close"), dialog.close).props("autofocus")
    dialog.on("hide", dialog.delete)
    dialog.open()


def _messages(sheet: CustomerSheet) -> None:
    for message in sheet.plan.messages:
        with ui.element("div").classes(design.WHY):
            items = ngettext(
                "{count} document", "{count} documents", len(message.items)
            )
            total = formatting.money(message.total)
            ui.label(f"{why_words.proposed(message)} {items}, {total}.").classes(
                design.STRONG
            )
            secondary(why_words.rule(sheet, message.step))
            if message.promise_broken:
                secondary(_("A promise was not kept."))


def _kept_back(sheet: CustomerSheet) -> None:
    """Group the documents left out by what keeps them back, the gravest first."""
    groups: dict[Reason, list[tuple[ItemRow, Exclusion]]] = defaultdict(list)
    for row in sheet.rows:
        if row.exclusions:
            groups[row.exclusions[0].reason].append((row, row.exclusions[0]))
    for reason in Reason:
        if reason in groups:
            _group(sheet, groups[reason])


def _group(sheet: CustomerSheet, group: list[tuple[ItemRow, Exclusion]]) -> None:
    rows = [row for row, _exclusion in group]
    soonest = min((one for _row, one in group), key=_until)
    with ui.element("div").classes(design.WHY):
        counted = ngettext("{count} document", "{count} documents", len(rows))
        shown = _in_common([exclusion for _row, exclusion in group])
        ui.label(
            _(
                "{documents}, {amount}: {reason}.",
                documents=counted,
                amount=_sums(rows),
                reason=why_words.told(shown),
            )
        ).classes(design.STRONG)
        first = min(rows, key=_next_on)
        for sentence in (
            why_words.due(sheet, first),
            why_words.departure(sheet, first),
            why_words.would_change(soonest),
        ):
            if sentence:
                secondary(sentence)


def _next_on(row: ItemRow) -> date:
    return (row.left_out and row.left_out.next_on) or date.max


def _in_common(told: list[Exclusion]) -> Exclusion:
    """Keep of a reason what is true of all its documents."""
    one = told[0]
    return Exclusion(
        reason=one.reason,
        until=one.until if {e.until for e in told} == {one.until} else None,
        detail=one.detail if {e.detail for e in told} == {one.detail} else "",
        since=one.since if {e.since for e in told} == {one.since} else None,
    )


def _until(exclusion: Exclusion) -> str:
    return exclusion.until.isoformat() if exclusion.until else ""


def _sums(rows: list[ItemRow]) -> str:
    """Write what is left of documents, currency by currency."""
    sums: dict[str, Money] = {}
    for row in rows:
        left = row.item.left
        sums[left.currency] = sums.get(left.currency, Money(0, left.currency)) + left
    return " · ".join(formatting.money(total) for total in sums.values())
