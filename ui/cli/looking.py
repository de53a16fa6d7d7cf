"""Commands that only look: status, customers, items, today's reminders, why."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.basics.errors import DunningError, NotFoundError
from domain.basics.identifiers import CustomerId, customer_key
from domain.dunning.planned import Exclusion, LeftOut, Plan, PlannedMessage
from domain.dunning.position import position_from
from domain.ledger.open_item import ItemState, OpenItem
from domain.usecases.courtesy import quiet_today
from domain.usecases.customer_sheet import show_customer
from domain.usecases.following import list_customers, show_status
from domain.usecases.situations import gather
from ui import formatting, labels, reason_words
from ui.cli.context import Answer, Context
from ui.quiet_words import quiet_sentence
from ui.translation import _, ngettext


def status(context: Context) -> Answer:
    """Give the key figures."""
    view = show_status(context.books, context.entity.id, context.today)
    figures, last = view.figures, view.last_import
    quiet = quiet_today(context.books, context.entity.id, context.today)
    return Answer(
        payload={
            "entity": context.entity.name,
            "owed_cents": figures.owed.cents,
            "overdue_cents": figures.overdue.cents,
            "to_come_cents": figures.to_come.cents,
            "paid_90_days_cents": view.paid_lately.cents,
            "clients": {s.value: n for s, n in view.customers_by_state.items()},
            "no_email_today": _(quiet.why) if quiet else None,
            "emails_leave_on": _iso(quiet.until if quiet else context.today),
            "last_import": {
                "file": last.file_name,
                "at": last.imported_at.isoformat(),
                "new": last.new,
                "settled": last.settled,
                "changed": last.changed,
                "vanished": last.vanished,
            }
            if last
            else None,
        },
        lines=[
            context.entity.name,
            _("Your customers owe you {amount}").format(
                amount=formatting.money(figures.owed)
            ),
            _("Overdue: {amount}").format(amount=formatting.money(figures.overdue)),
            _("To come: {amount}").format(amount=formatting.money(figures.to_come)),
            _("Paid in 90 days: {amount}").format(
                amount=formatting.money(view.paid_lately)
            ),
            *([quiet_sentence(quiet)] if quiet else []),
        ],
    )


def clients(context: Context) -> Answer:
    """List every customer with an entry."""
    summaries = list_customers(context.books, context.entity.id, context.today)
    return Answer(
        payload={
            "clients": [
                {
                    "code": s.code,
                    "name": s.name,
                    "balance_cents": s.balance.cents,
                    "overdue_cents": s.overdue.cents,
                    "level": s.level,
                    "email": s.email,
                    "state": s.state.value,
                }
                for s in summaries
            ]
        },
        lines=[
            f"{s.code:<16} {s.name:<40.40} "
            f"{formatting.money(s.balance):>16}  "
            f"{labels.customer_state(s.state)}"
            for s in summaries
        ],
    )


def items(context: Context) -> Answer:
    """List the items, of one customer or of all."""
    books, entity = context.books, context.entity
    if context.arguments.client:
        customer = customer_named(context, context.arguments.client)
        found = books.ledger.items_of(customer)
    else:
        found = books.ledger.items(entity.id)
    codes = {c.id: c.code for c in books.customers.all(entity.id)}
    history = books.activities.level_history(entity.id)
    return Answer(
        payload={
            "items": [
                {
                    "id": item.id,
                    "client": codes[item.customer_id],
                    "reference": item.reference,
                    "invoice_date": item.invoice_on.isoformat(),
                    "due_date": _iso(item.due_on),
                    "due_origin": item.due_origin.value,
                    "due_rests_on": item.due_rests_on,
                    "invoiced_cents": item.invoiced.cents,
                    "settled_cents": item.settled.cents,
                    "left_cents": item.left.cents,
                    "level": position_from(history.get(item.id, ())).level,
                    "state": _state(item, context.today),
                }
                for item in found
            ]
        },
        lines=[
            f"{codes[item.customer_id]:<16} {item.reference:<24.24} "
            f"{formatting.day(item.due_on) if item.due_on else '':<10} "
            f"{formatting.money(item.left):>16}"
            for item in found
        ],
    )


def actions(context: Context) -> Answer:
    """List today's messages; every other open item stands with its reason."""
    situations = gather(
        context.books,
        context.entity.id,
        context.outside.mail.check_address,
        context.today,
    )
    codes = {c.id: c.code for c in context.books.customers.all(context.entity.id)}
    plans = situations.plans()
    left_out = [entry for plan in plans for entry in _left_out(plan, codes)]
    messages = [described_message(m, codes) for plan in plans for m in plan.messages]
    return Answer(
        payload={"messages": messages, "left_out": left_out},
        lines=[
            ngettext(
                "{count} message to prepare",
                "{count} messages to prepare",
                len(messages),
            ),
            *(
                f"{m.step.code:<3} {labels.channel(m.channel):<10} "
                f"{codes[m.customer_id]:<16} {formatting.money(m.total):>16}"
                for plan in plans
                for m in plan.messages
            ),
        ],
    )


def described_message(
    message: PlannedMessage, codes: dict[CustomerId, str]
) -> dict[str, Any]:
    """Describe a message that is proposed."""
    return {
        "client": codes[message.customer_id],
        "step": message.step.code,
        "media": message.channel.value,
        "items": [
            {"id": item.id, "left_cents": item.left.cents} for item in message.items
        ],
        "total_cents": message.total.cents,
    }


def _left_out(plan: Plan, codes: dict[CustomerId, str]) -> list[dict[str, Any]]:
    """Group a customer's items that are left out for the same main reason."""
    groups: dict[Exclusion, list[LeftOut]] = defaultdict(list)
    for one in plan.left_out:
        groups[one.exclusions[0]].append(one)
    return [
        {
            "client": codes[plan.customer_id],
            "reason": exclusion.reason.value,
            "since": _iso(exclusion.since),
            "until": _iso(exclusion.until),
            "sentence": reason_words.reason(exclusion),
            "items": [{"id": one.item.id} for one in group],
        }
        for exclusion, group in groups.items()
    ]


def explain(context: Context) -> Answer:
    """Say why each open item of a customer is proposed or not."""
    customer_id = customer_named(context, context.arguments.client)
    sheet = show_customer(
        context.books,
        customer_id,
        context.outside.mail.check_address,
        context.today,
    )
    rows = [row for row in sheet.rows if row.item.state is ItemState.OPEN]
    explained = []
    lines = [f"{sheet.customer.code} – {sheet.customer.name}"]
    for row in rows:
        reasons = row.left_out.exclusions if row.left_out else ()
        step = row.proposed.step if row.proposed else None
        if step is None and row.left_out:
            step = row.left_out.next_step
        next_on = row.left_out.next_on if row.left_out else context.today
        explained.append(
            {
                "id": row.item.id,
                "reference": row.item.reference,
                "left_cents": row.item.left.cents,
                "due_date": _iso(row.item.due_on),
                "level": row.position.level,
                "level_reached_on": _iso(row.position.reached_on),
                "next_step": step.code if step else None,
                "next_on": _iso(next_on),
                "due_since": _iso(row.due_since(context.today)),
                "proposed": row.proposed is not None,
                "reasons": [
                    {
                        "reason": e.reason.value,
                        "since": _iso(e.since),
                        "until": _iso(e.until),
                        "sentence": reason_words.reason(e),
                    }
                    for e in reasons
                ],
            }
        )
        lines.append(
            f"{row.item.reference:<24.24} {formatting.money(row.item.left):>16}  "
            + why(reasons, step.code if step else "", row.due_since(context.today))
        )
    return Answer(
        payload={"client": sheet.customer.code, "items": explained}, lines=lines
    )


def why(reasons: Iterable[Exclusion], step_code: str, since: date | None) -> str:
    """Say in one line what happens to an item today."""
    sentences = [reason_words.reason(e) for e in reasons]
    if sentences:
        return " ; ".join(sentences)
    step, day = labels.step(step_code), formatting.day(since)
    return _("proposed today: {step}, due since {day}", step=step, day=day)


def customer_named(context: Context, code: str) -> CustomerId:
    """Find the customer of a code."""
    customer_id = customer_key(context.entity.id, code)
    try:
        return context.books.customers.get(customer_id).id
    except NotFoundError as missing:
        raise UnknownCustomerError(code=code, entity=context.entity.name) from missing


class UnknownCustomerError(DunningError):
    """No customer has this code."""

    message = "No customer has the code {code} in {entity}."


def _state(item: OpenItem, today: date) -> str:
    if item.state is ItemState.SETTLED:
        return "settled"
    if item.is_credit:
        return "credit"
    return "overdue" if item.days_overdue(today) else "to_come"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
