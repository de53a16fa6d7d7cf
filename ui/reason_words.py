"""Why an item is not proposed, in words: what it is, since when and until when."""

from datetime import timedelta

from domain.dunning.planned import Exclusion, Reason
from ui import formatting
from ui.translation import _


def reason(exclusion: Exclusion) -> str:
    """Say in one sentence why an item is not proposed."""
    sentence = _REASONS[exclusion.reason]()
    until = formatting.day(exclusion.until) if exclusion.until else ""
    if until and exclusion.reason is Reason.NOT_DUE_YET:
        return _("not due yet, first message possible on {day}").format(day=until)
    if until and exclusion.reason is Reason.STEP_NOT_DUE:
        return _since(exclusion, _("next reminder possible on {day}", day=until))
    if until and exclusion.reason is Reason.CALL_AGAIN:
        again = _("called in vain or put off: to be called again on {day}", day=until)
        return _since(exclusion, again)
    if exclusion.detail:
        detail = exclusion.detail
        if exclusion.reason in {Reason.EMAIL_TO_CHECK, Reason.QUIET_DAY}:
            detail = _(detail)
        detail = detail.removesuffix(".")
        sentence = _("{reason}: {detail}").format(reason=sentence, detail=detail)
    sentence = _since(exclusion, sentence)
    if exclusion.until:
        # In French « jusqu'au 4 » includes the 4th: the last day that it applies.
        last = formatting.day(exclusion.until - timedelta(days=1))
        sentence = _("{reason}, until {day}").format(reason=sentence, day=last)
    return sentence


def _since(exclusion: Exclusion, sentence: str) -> str:
    """Add the day of what a reason comes from, where there is one."""
    if exclusion.since is None:
        return sentence
    day = formatting.day(exclusion.since)
    return _SINCE.get(exclusion.reason, _since_then)(sentence, day)


def _last_reminder(sentence: str, day: str) -> str:
    return _("{reason}, last reminder on {day}", reason=sentence, day=day)


def _last_contact(sentence: str, day: str) -> str:
    return _("{reason}, last contact on {day}", reason=sentence, day=day)


def _since_then(sentence: str, day: str) -> str:
    return _("{reason}, since {day}", reason=sentence, day=day)


_SINCE = {
    Reason.PROMISE_TO_COME: lambda sentence, day: _(
        "{reason}, promise made on {day}", reason=sentence, day=day
    ),
    Reason.PENDING_MESSAGE: lambda sentence, day: _(
        "{reason}, prepared on {day}", reason=sentence, day=day
    ),
    Reason.CALL_AGAIN: lambda sentence, day: _(
        "{reason}, last call on {day}", reason=sentence, day=day
    ),
    Reason.CREDIT_UNUSED: lambda sentence, day: _(
        "{reason}, dated {day}", reason=sentence, day=day
    ),
    Reason.ALREADY_THANKED: lambda sentence, day: _(
        "{reason} on {day}", reason=sentence, day=day
    ),
    Reason.CONTACTED_RECENTLY: _last_contact,
    Reason.CONTACTED_OFTEN: _last_contact,
    Reason.STEP_NOT_DUE: _last_reminder,
    Reason.END_OF_SCENARIO: _last_reminder,
    Reason.ALREADY_AT_LEVEL: _last_reminder,
    Reason.LEVEL_PASSED: _last_reminder,
    Reason.NOT_LATE_ENOUGH: _last_reminder,
    Reason.LEVEL_NOT_IN_SCENARIO: _last_reminder,
}
_REASONS = {
    Reason.CUSTOMER_HOLD: lambda: _("dunning stopped for this customer (STOP)"),
    Reason.ITEM_HOLD: lambda: _("dunning stopped for this invoice"),
    Reason.SET_ASIDE: lambda: _("taken off the send list, in Recipients"),
    Reason.EXCLUDED: lambda: _("marked as excluded from dunning"),
    Reason.COUNTER_SALE: lambda: _("counter sale"),
    Reason.AUTOMATIC_PAYMENT: lambda: _("automatic payment"),
    Reason.DISPUTE: lambda: _("in dispute"),
    Reason.PROMISE_TO_COME: lambda: _("payment promised"),
    Reason.BELOW_ITEM_THRESHOLD: lambda: _("below the threshold per invoice"),
    Reason.BELOW_MESSAGE_MINIMUM: lambda: _(
        "below the minimum per message, credits deducted"
    ),
    Reason.ABOVE_MESSAGE_CEILING: lambda: _(
        "above the ceiling: to be sent by hand after a check"
    ),
    Reason.CUSTOMER_NOT_IN_DEBIT: lambda: _("the account is not in debit"),
    Reason.CONTACTED_RECENTLY: lambda: _("contacted recently"),
    Reason.CONTACTED_OFTEN: lambda: _("contacted often enough this week"),
    Reason.CALL_AGAIN: lambda: _("to be called again"),
    Reason.CATCHING_UP: lambda: _("one message per customer while catching up"),
    Reason.QUIET_DAY: lambda: _("no e-mail leaves today"),
    Reason.INSOLVENCY: lambda: _("insolvency proceedings"),
    Reason.INSOLVENCY_NOTICE: lambda: _("no formal notice in insolvency proceedings"),
    Reason.NO_DUE_DATE: lambda: _("no due date"),
    Reason.PENDING_MESSAGE: lambda: _("already in a message that waits in the outbox"),
    Reason.EMAIL_TO_CHECK: lambda: _("e-mail address to be checked"),
    Reason.NO_SCENARIO: lambda: _("no active scenario for this profile"),
    Reason.NOT_DUE_YET: lambda: _("not due yet"),
    Reason.STEP_NOT_DUE: lambda: _("next reminder not due yet"),
    Reason.END_OF_SCENARIO: lambda: _("end of the scenario: to be decided by you"),
    Reason.CREDIT_UNUSED: lambda: _("credit not deducted from any message today"),
    Reason.ALREADY_AT_LEVEL: lambda: _("already reminded at this level"),
    Reason.LEVEL_PASSED: lambda: _("already reminded at a higher level"),
    Reason.LEVEL_NOT_IN_SCENARIO: lambda: _("this level is not in its scenario"),
    Reason.CUSTOMER_WITHOUT_LEVEL: lambda: _("customer never reminded: no level yet"),
    Reason.NOT_LATE_ENOUGH: lambda: _("not late enough for a level"),
    Reason.NO_THANK_YOU: lambda: _("its scenario thanks nobody"),
    Reason.ALREADY_THANKED: lambda: _("already thanked for"),
}
