"""What a customer's lateness costs, how it is worked out, and whether it is claimed."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from domain.customers.customer import CustomerKind, PenaltyChoice
from domain.dunning.penalties import Penalties
from domain.dunning.penalty_claim import PenaltyClaim, penalty_claim
from domain.usecases.configuring import penalty_rate_from
from domain.usecases.customer_sheet import CustomerSheet
from domain.usecases.penalties import CustomerPenalties, TypedRate
from ui import design, formatting, penalty_words
from ui.components.buttons import primary_button, quiet_button
from ui.components.dialog import page_dialog
from ui.components.settings_fields import rate_says, text_field
from ui.components.text import paragraph, secondary, section_title
from ui.refusals import refusals_shown
from ui.translation import _

Save = Callable[[CustomerKind, PenaltyChoice, Sequence[TypedRate]], Awaitable[None]]


def penalties_dialog(
    sheet: CustomerSheet, found: CustomerPenalties, on_save: Save
) -> None:
    """Show the whole computation, and ask who the customer is and what is claimed."""
    customer = sheet.customer

    async def save() -> None:
        typed = [
            TypedRate(*missing, penalty_rate_from(field.value or ""))
            for missing, field in rates.items()
        ]
        given = [one for one in typed if one.rate is not None]
        with refusals_shown():
            await on_save(kind.value, choice.value, given)
            dialog.close()

    with page_dialog() as dialog, ui.element("div").classes(design.DIALOG_WIDE):
        section_title(_("Late-payment penalties: {name}", name=customer.name))
        with ui.element("div").classes(design.TWO_FIELDS):
            kind = ui.select(
                {one: penalty_words.customer_kind(one) for one in CustomerKind},
                value=customer.kind,
                label=_("Kind of customer"),
            ).props(design.INPUT)
            kind.mark("customer-kind")
            choice = ui.select(
                {one: penalty_words.choice(one) for one in PenaltyChoice},
                value=customer.penalties,
                label=_("Penalties"),
            ).props(design.INPUT)
            choice.mark("penalty-choice")
        needed = dict.fromkeys((*found.unpaid.missing, *found.paid_late.missing))
        rates = {}
        for missing in needed:
            paragraph(penalty_words.missing_rate(missing))
            label = f"{penalty_words.rate_name(missing.kind)}, "
            label += penalty_words.half_year(missing.half_year)
            name = f"missing-{missing.kind}"
            rates[missing] = text_field(label, "", name=name, says=rate_says)
        if why := penalty_words.why_none(customer.kind):
            paragraph(why)
        _computation(_("Unpaid invoices"), found.unpaid)
        if found.paid_late.invoices:
            total = formatting.money(found.paid_late.total)
            words = _("Invoices paid late: {amount}", amount=total)
            with ui.expansion(words).props("dense").mark("paid-late"):
                _computation(_("Invoices paid late"), found.paid_late)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            quiet_button(_("Close"), dialog.close)
            primary_button(_("Save"), save).mark("save")
    dialog.on("hide", dialog.delete)
    dialog.open()


def _computation(heading: str, found: Penalties) -> None:
    claim = penalty_claim(found, "fr")
    if claim is None:
        return
    with ui.element("div").classes(design.ROW_SPREAD):
        ui.label(heading).classes(design.STRONG)
        ui.label(formatting.money(found.total)).classes(design.STRONG)
    _table(claim)
    for sentence in (*claim.rates, claim.formula):
        secondary(sentence)


def _table(claim: PenaltyClaim) -> None:
    words = claim.words
    names = ("reference", "due_on", "period", "days", "balance", "rate", "amount")
    with ui.element("table").classes(design.PENALTY_TABLE):
        _line([words[name] for name in names], tag="th")
        for invoice in claim.invoices:
            for place, row in enumerate(invoice.rows):
                named = ("", "") if place else (invoice.reference, invoice.due_on)
                _line(
                    [*named, row.period, row.days, row.balance, row.rate, row.interest]
                )
            with ui.element("tr"):
                _cell(invoice.subtotal, span=6)
                _cell(invoice.total)


def _line(texts: Sequence[str], tag: str = "td") -> None:
    with ui.element("tr"):
        for text in texts:
            _cell(text, tag=tag)


def _cell(text: str, *, tag: str = "td", span: int = 1) -> None:
    cell = ui.element(tag)
    if span > 1:
        cell.props(f"colspan={span}")
    with cell:
        ui.label(text)
