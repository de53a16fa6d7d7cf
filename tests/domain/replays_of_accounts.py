"""Other engines' cases about accounts: what is asked for, kept back, or paid.

Each function takes the input of a case, and answers in its words what our engine
makes of it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.basics.money import Money
from domain.dashboard.account import account_amounts
from domain.dunning.planned import Reason
from domain.ledger.items import derive_items
from domain.ledger.open_item import OpenItem
from tests.builders import TODAY, a_hold, an_entry, an_item
from tests.domain.playing import (
    OPTIONS,
    WHOLE_ACCOUNT,
    Play,
    a_situation,
    plan,
    reached,
    reasons,
)
from tests.domain.replays_of_steps import NUMBERED, reminders

Facts = Mapping[str, Any]

DAY = timedelta(days=1)
FIRST = reached(1, days_ago=8)


def oca_cancelled_while_waiting(_: Facts) -> dict[str, object]:
    cancelled = derive_items(
        [an_entry(lettering="A"), an_entry(piece="AV", cents=-120_00, lettering="A")],
        {},
        "30 jours",
        match_payments=False,
    ).items
    left = tuple(item for item in cancelled if item.left)
    found = plan(a_situation(*left, pending={"FA-001": TODAY}))
    return {"ok": (found.messages, found.left_out) == ((), ())}


def oca_tolerance(facts: Facts) -> dict[str, object]:
    item = an_item(cents=round(facts["open"] * 100))
    options = replace(OPTIONS, item_threshold=Money(round(facts["tolerance"] * 100)))
    return {"level": plan(a_situation(item), options).messages[0].step.level}


def oca_no_email(_: Facts) -> dict[str, object]:
    (message,) = plan(a_situation(an_item(), email="")).messages
    return {"channel": message.channel.value}


def ride_along(_: Facts) -> dict[str, object]:
    items = (an_item(days_late=8, reference="A"), an_item(days_late=2, reference="B"))
    (message,) = plan(
        a_situation(*items, profile=WHOLE_ACCOUNT, with_email=reminders(7))
    ).messages
    return {"selected": True, "invoices": [i.reference for i in message.items]}


def minimum_gap(facts: Facts) -> dict[str, object]:
    options = replace(OPTIONS, days_between_contacts=facts["min_interval"])
    situation = a_situation(an_item(), last_contact_on=TODAY - 5 * DAY)
    return {"selected": bool(plan(situation, options).messages)}


def totals_per_currency(facts: Facts) -> dict[str, object]:
    items = [
        an_item(
            reference=f"FA-{rank}",
            invoiced=Money(units * (-100 if kind == "refund" else 100), currency),
            settled=Money(0, currency),
        )
        for rank, (kind, units, currency) in enumerate(facts["residuals"])
    ]
    totals = [m.total for m in plan(a_situation(*items)).messages]
    return {"totals": {total.currency: total.cents // 100 for total in totals}}


def paid(_: Facts) -> dict[str, object]:
    play = Play(a_situation(item := an_item(), positions={"FA-001": FIRST}))
    play.pay(item, item.left, TODAY)
    found = play.look(TODAY + 30 * DAY)
    amounts = account_amounts(play.situation.open_items, TODAY)
    is_over = (found.messages, found.left_out) == ((), ())
    return {
        "level": None if is_over else 1,
        "amount_due": amounts.balance.cents,
        "next_action_date": None if is_over else TODAY,
    }


def paid_has_no_next_date(facts: Facts) -> dict[str, object]:
    return {"next": paid(facts)["next_action_date"]}


def block_named(facts: Facts) -> dict[str, object]:
    names = {Reason.CUSTOMER_HOLD: "customer", Reason.ITEM_HOLD: "invoice"}
    on_invoice = facts["block"] == "invoice"
    hold = a_hold(item_id="FA-001" if on_invoice else None)
    (reason,) = reasons(plan(a_situation(an_item(), holds=(hold,))))
    return {"decision": f"blocked_{names[reason]}"}


def pause_over(_: Facts) -> dict[str, object]:
    situation = a_situation(
        an_item(days_late=11),
        with_email=reminders(*NUMBERED),
        positions={"FA-001": FIRST},
        holds=(a_hold(ends_on=TODAY - DAY),),
        last_contact_on=TODAY - 8 * DAY,
    )
    (message,) = plan(situation).messages
    return {"decision": "send", "level": message.step.level}


def credit_note_undone(_: Facts) -> dict[str, object]:
    invoice, credit = an_entry(), an_entry(piece="AV-1", cents=-120_00)
    linked = [replace(invoice, lettering="A"), replace(credit, lettering="A")]
    states = []
    for entries in (linked, [invoice]):
        items = derive_items(entries, {}, "30 jours", match_payments=False).items
        states.append("Unresolved" if items[0].left else "Resolved")
    return {"status": states}


def instalments(facts: Facts) -> dict[str, object]:
    entries = [
        an_entry(piece="FA-001", id=f"{rank}", cents=units * 100)
        for rank, units in enumerate(facts["instalments"])
    ]
    payment = an_entry(piece="FA-001", id="RG", cents=-facts["payment"] * 100)
    note = an_entry(
        piece="FA-001", id="RG-AV", cents=-facts["credit_note"] * 100, entry_on=TODAY
    )
    found = derive_items([*entries, payment, note], {}, "", match_payments=True)

    def used(item: OpenItem, credit_id: str) -> int:
        return sum(
            one.amount.cents // 100
            for one in found.allocated.allocations
            if (one.debit_id, one.credit_id) == (item.id, credit_id)
        )

    return {
        "rows": [
            [
                item.invoiced.cents // 100,
                used(item, "RG"),
                used(item, "RG-AV"),
                item.left.cents // 100,
            ]
            for item in found.items
            if item.left
        ]
    }


def oldest_paid(facts: Facts) -> dict[str, object]:
    carrier, next_one = an_item(reference="A", days_late=60), an_item(reference="B")
    done = reached(facts["at"] - 1, days_ago=9)
    play = Play(a_situation(carrier, next_one, positions={"A": done}))
    play.pay(carrier, carrier.left, TODAY)
    (message,) = play.look(TODAY).messages
    return {"next": message.step.level, "carrier": message.items[0].reference}


def whole_account(facts: Facts) -> dict[str, object]:
    positions, items = {}, []
    for code, count in facts["lines"].items():
        for rank in range(count):
            name, level = f"{code}-{rank}", int(code.removeprefix("R"))
            items.append(an_item(reference=name, days_late=90))
            positions[name] = reached(level - 1, days_ago=9)
    found = plan(a_situation(*items, positions=positions, profile=WHOLE_ACCOUNT))
    return {"messages": len(found.messages), "level": found.messages[0].step.code}


def aged(facts: Facts) -> dict[str, object]:
    names = ["1-30", "31-60", "61-90", "91-120", "121+"]
    buckets = []
    for days in facts["days_late"]:
        amounts = account_amounts([an_item(days_late=days)], TODAY, (30, 60, 90, 120))
        held = [name for name, a in zip(names, amounts.by_age, strict=True) if a]
        buckets.append(held[0] if held else "current")
    return {"buckets": buckets}


def level_of_each_entry(facts: Facts) -> dict[str, object]:
    items = [
        an_item(reference=f"FA-{rank}", cents=units * 100, days_late=90)
        for rank, (units, _) in enumerate(facts["entries"])
    ]
    positions = {
        f"FA-{rank}": reached(level, days_ago=30)
        for rank, (_, level) in enumerate(facts["entries"])
        if level
    }
    options = replace(OPTIONS, message_minimum=Money(facts["minimum"] * 100))
    found = plan(a_situation(*items, positions=positions), options)
    levels = {m.items[0].reference: m.step.level for m in found.messages}
    return {"levels": [levels[item.reference] for item in items]}
