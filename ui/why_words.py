"""« Pourquoi ? » in words: the rule, the dates, what blocks, what would change that."""

from domain.dunning.explaining import leaves_on
from domain.dunning.planned import Exclusion, PlannedMessage, Reason
from domain.dunning.scenario import DunningStep
from domain.usecases.account_rows import ItemRow
from domain.usecases.customer_sheet import CustomerSheet
from ui import formatting, labels, reason_words
from ui.translation import _


def rule(sheet: CustomerSheet, step: DunningStep) -> str:
    """Tell which step comes, by which scenario, and when that scenario wants it."""
    return _(
        "Rule: {step}, {timing}, by {channel} (profile {profile}).",
        step=labels.step(step.code),
        timing=labels.timing(step),
        channel=labels.channel(step.channel).lower(),
        profile=sheet.profile.name,
    )


def proposed(message: PlannedMessage) -> str:
    """Tell that an item is in a message of today, and since when it could leave."""
    return _(
        "Proposed today: {step}, due since {day}.",
        step=labels.step(message.step.code),
        day=formatting.day(message.due_since),
    )


def reasons(row: ItemRow) -> list[str]:
    """Say all that keeps an item back, the main reason first."""
    return [f"{labels.capitalised(told(one))}." for one in row.exclusions]


def told(exclusion: Exclusion) -> str:
    """Say a reason inside a sentence, without the full stop that a person typed."""
    return reason_words.reason(exclusion).removesuffix(".")


def dates(row: ItemRow) -> str:
    """Tell the dates that the next step is counted from."""
    parts = [_("due on {day}", day=formatting.day(row.item.due_on))]
    position = row.position
    if position.level:
        parts.append(
            _(
                "{step} reached on {day}",
                step=labels.step(f"R{position.level}"),
                day=formatting.day(position.reached_on),
            )
        )
    elif position.noticed_on:
        day = formatting.day(position.noticed_on)
        parts.append(_("advance notice on {day}", day=day))
    if position.deadline_on:
        day = formatting.day(position.deadline_on)
        parts.append(_("asked to pay by {day}", day=day))
    return _("Dates: {dates}.", dates=", ".join(parts))


def due(sheet: CustomerSheet, row: ItemRow) -> str:
    """Tell since when a step that something keeps back is to be done."""
    since, left_out = row.due_since(sheet.today), row.left_out
    if since is None or left_out is None or left_out.next_step is None:
        return ""
    step = labels.step(left_out.next_step.code)
    return _("{step} is due since {day}.", step=step, day=formatting.day(since))


def departure(sheet: CustomerSheet, row: ItemRow) -> str:
    """Tell when the next step would leave if nobody changed anything."""
    left_out = row.left_out
    if left_out is None or left_out.next_step is None:
        return ""
    step = labels.step(left_out.next_step.code)
    day = leaves_on(left_out, sheet.today)
    if day is None:
        return _("{step} leaves no day as things stand.", step=step)
    if day <= sheet.today:
        return _("{step} can leave today.", step=step)
    return _("{step} would leave on {day}.", step=step, day=formatting.day(day))


def would_change(exclusion: Exclusion) -> str:
    """Tell what to do, or to wait for, to be rid of a reason."""
    return _CHANGES[exclusion.reason]()


_CHANGES = {
    Reason.CUSTOMER_HOLD: lambda: _("Lift the STOP of the customer to go on."),
    Reason.ITEM_HOLD: lambda: _("Lift the STOP of this document to go on."),
    Reason.SET_ASIDE: lambda: _(
        "Put the customer back on the send list, in “Recipients”."
    ),
    Reason.EXCLUDED: lambda: _("Take the document into dunning again to go on."),
    Reason.COUNTER_SALE: lambda: _(
        "Counter sales are never reminded: change it in the accounting."
    ),
    Reason.AUTOMATIC_PAYMENT: lambda: _(
        "Automatic payments are not reminded: change the payment mode if it is wrong."
    ),
    Reason.DISPUTE: lambda: _("Close the dispute to go on."),
    Reason.PROMISE_TO_COME: lambda: _(
        "Cancel the promise to go on sooner; unpaid, it ends by itself."
    ),
    Reason.BELOW_ITEM_THRESHOLD: lambda: _(
        "Lower the threshold per invoice in the settings to go on."
    ),
    Reason.BELOW_MESSAGE_MINIMUM: lambda: _(
        "More must be due, or the minimum per message lower."
    ),
    Reason.ABOVE_MESSAGE_CEILING: lambda: _(
        "Tick it yourself under “Act by scenario”, or raise the ceiling."
    ),
    Reason.CUSTOMER_NOT_IN_DEBIT: lambda: _(
        "The account must owe something: its credits cover what is due."
    ),
    Reason.CONTACTED_RECENTLY: lambda: _(
        "Wait for the days between two contacts, or shorten them in the settings."
    ),
    Reason.CONTACTED_OFTEN: lambda: _(
        "Wait, or raise the contacts per week in the settings."
    ),
    Reason.CALL_AGAIN: lambda: _(
        "It comes back by itself among the calls of that day."
    ),
    Reason.CATCHING_UP: lambda: _(
        "It comes by itself, once the days between two contacts have passed."
    ),
    Reason.QUIET_DAY: lambda: _(
        "It comes by itself; under “Act by scenario” it can be sent all the same."
    ),
    Reason.INSOLVENCY: lambda: _(
        "Declare the claim to the court-appointed administrator within two months of "
        "the judgment's publication (articles L622-21 and L622-24 of the Commercial "
        "Code). Reminders of what was invoiced since can be allowed in the settings."
    ),
    Reason.INSOLVENCY_NOTICE: lambda: _(
        "Declare the claim to the court-appointed administrator within two months of "
        "the judgment's publication (articles L622-21 and L622-24 of the Commercial "
        "Code); what was invoiced since is for you to claim by hand."
    ),
    Reason.NO_DUE_DATE: lambda: _(
        "Give the customer payment terms: the due date follows."
    ),
    Reason.PENDING_MESSAGE: lambda: _(
        "Send, confirm or withdraw the message that waits in the outbox."
    ),
    Reason.EMAIL_TO_CHECK: lambda: _("Correct the address, or accept it as it is."),
    Reason.NO_SCENARIO: lambda: _("Choose a profile that has an active scenario."),
    Reason.NOT_DUE_YET: lambda: _("It comes by itself: nothing is to be done."),
    Reason.STEP_NOT_DUE: lambda: _(
        "It comes by itself; a change of level by hand would alter it."
    ),
    Reason.END_OF_SCENARIO: lambda: _(
        "Every reminder was sent: decide by a call, a lower level, or a collection "
        "agency."
    ),
    Reason.CREDIT_UNUSED: lambda: _(
        "A credit leaves with the next reminder of the account."
    ),
    Reason.ALREADY_AT_LEVEL: lambda: _(
        "Allow sending the same level again, or choose another level."
    ),
    Reason.LEVEL_PASSED: lambda: _(
        "Choose a higher level; only a stated level goes down."
    ),
    Reason.LEVEL_NOT_IN_SCENARIO: lambda: _(
        "Choose a level of its scenario, or another profile."
    ),
    Reason.CUSTOMER_WITHOUT_LEVEL: lambda: _(
        "Choose another rule: a customer has a level from its first reminder on."
    ),
    Reason.NOT_LATE_ENOUGH: lambda: _(
        "It comes with time; fewer days for the first level would reach it."
    ),
    Reason.NO_THANK_YOU: lambda: _("Switch on the thank-you of its scenario."),
    Reason.ALREADY_THANKED: lambda: _("Allow sending again what was already sent."),
}
