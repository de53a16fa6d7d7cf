"""Words for every choice the domain knows."""

from domain.basics.postal import AddressDoubt
from domain.customers.activity import ActivityKind
from domain.customers.activity_line import SendingState
from domain.customers.agreement_lines import PromiseState
from domain.customers.customer_line import CustomerState
from domain.dunning.envelopes import Window
from domain.dunning.letter_layout import BatchOrder, LetterFont
from domain.dunning.outbox import MessageState
from domain.dunning.scenario import Channel, DunningStep, StepKind, Trigger
from domain.ledger.entry import DueOrigin
from domain.ledger.import_report import FaultKind
from domain.ledger.open_item import OpenItem
from domain.ledger.receipt import ReceiptKind
from domain.usecases.account_rows import ItemRow
from ui import formatting, post_words, reason_words
from ui.translation import _, ngettext


def why(row: ItemRow) -> str:
    """Say in one sentence what happens to an item today, and why."""
    if row.proposed:
        return _("proposed today: {step}", step=step(row.proposed.step.code))
    return reason_words.reason(row.exclusions[0]) if row.exclusions else ""


def capitalised(words: str) -> str:
    """Begin a sentence with a capital."""
    return words[:1].upper() + words[1:]


def step(code: str) -> str:
    """Name a step: Prévenance, Relance 1, Remerciement."""
    if code == "P":
        return _("Advance notice")
    if code == "M":
        return _("Thank-you")
    if code == "R0":
        return _("Reminder outside the scenario")
    return _("Reminder {level}").format(level=code.removeprefix("R"))


def timing(value: DunningStep) -> str:
    """Say when a step comes: « J+8 », « 8 j après la relance précédente »."""
    days = formatting.days(abs(value.delay_days))
    if value.trigger is Trigger.PREVIOUS:
        if value.kind is StepKind.THANK_YOU:
            return _("{days} after the payment", days=days)
        return _("{days} after the previous reminder", days=days)
    if value.delay_days < 0:
        return _("{days} before the due date", days=days)
    return _("{days} after the due date", days=days)


def step_kind(kind: StepKind, level: int) -> str:
    """Name a step by its kind and level."""
    codes = {StepKind.ADVANCE_NOTICE: "P", StepKind.THANK_YOU: "M"}
    return step(codes.get(kind, f"R{level}"))


def channel(value: Channel | str) -> str:
    """Name a means of contact."""
    return {
        "email": _("E-mail"),
        "letter": _("Letter"),
        "phone": _("Call"),
        "other": _("Other"),
    }.get(str(value), "")


def customer_state(state: CustomerState) -> str:
    """Name where a customer stands."""
    return {
        CustomerState.STOPPED: _("STOP"),
        CustomerState.DISPUTE: _("in dispute"),
        CustomerState.PROMISE: _("promise"),
        CustomerState.LATE: _("late"),
        CustomerState.TO_COME: _("to come"),
        CustomerState.CREDIT: _("in credit"),
        CustomerState.SETTLED: _("settled"),
    }[state]


def promise_state(state: PromiseState) -> str:
    """Say what became of a promise."""
    return {
        PromiseState.BROKEN: _("not kept"),
        PromiseState.PARTLY_KEPT: _("partly kept"),
        PromiseState.TO_COME: _("to come"),
        PromiseState.KEPT: _("kept"),
        PromiseState.CANCELLED: _("cancelled"),
    }[state]


def receipt_kind(kind: ReceiptKind) -> str:
    """Tell money that came from what reduced the debt otherwise."""
    return {
        ReceiptKind.PAYMENT: _("Payment"),
        ReceiptKind.CREDIT_NOTE: _("Credit note or other"),
    }[kind]


def sending_state(state: SendingState, *, is_letter: bool = False) -> str:
    """Say where a message of the history or of the outbox is."""
    if is_letter and state in post_words.STATES:
        return post_words.STATES[state]()
    return {
        SendingState.CREATED: _("created"),
        SendingState.TO_CHECK: _("to check"),
        SendingState.SENT: _("sent"),
        SendingState.READ: _("read"),
        SendingState.RETURNED: _("not delivered"),
    }[state]


def message_state(state: MessageState, *, is_letter: bool = False) -> str:
    """Name where a message is."""
    if is_letter and state is MessageState.QUEUED:
        return _("to be confirmed printed")
    if is_letter and state is MessageState.SENT:
        return _("printed")
    return {
        MessageState.QUEUED: _("ready to leave"),
        MessageState.SENDING: _("on its way"),
        MessageState.SENT: _("sent"),
        MessageState.FAILED: _("refused"),
        MessageState.UNCERTAIN: _("uncertain: did it leave?"),
        MessageState.WITHDRAWN: _("withdrawn"),
    }[state]


def due_origin(item: OpenItem) -> str:
    """Say where an item's due date comes from."""
    return origin_of_due_date(item.due_origin, item.due_rests_on, item.payment_mode)


def origin_of_due_date(origin: DueOrigin, rests_on: int = 0, mode: str = "") -> str:
    """Say where a due date comes from: from how many payments, from which mode."""
    if origin is DueOrigin.ESTIMATED and rests_on:
        return ngettext(
            "estimated from {count} payment",
            "estimated from {count} payments",
            rests_on,
        )
    if origin is DueOrigin.MODE_TERMS and mode:
        return _("computed from the terms of the payment mode {mode}", mode=mode)
    return {
        DueOrigin.ESTIMATED: _("estimated from payments"),
        DueOrigin.FILE: _("given by the file"),
        DueOrigin.LABEL: _("read in the label"),
        DueOrigin.INVOICE: _("invoice PDF"),
        DueOrigin.TERMS: _("computed from the customer's terms"),
        DueOrigin.MODE_TERMS: _("computed from the terms of its payment mode"),
        DueOrigin.DEFAULT: _("computed from the firm's default terms"),
        DueOrigin.OWN_DATE: _("date of the credit"),
        DueOrigin.NONE: _("unknown"),
    }[origin]


def activity_kind(kind: ActivityKind, level: int = 0) -> str:
    """Name what happened."""
    if kind in {ActivityKind.REMINDER, ActivityKind.PAST_REMINDER}:
        return step(f"R{level}")
    return {
        ActivityKind.ADVANCE_NOTICE: _("Advance notice"),
        ActivityKind.THANK_YOU: _("Thank-you"),
        ActivityKind.HOLD_PLACED: _("STOP placed"),
        ActivityKind.HOLD_CHANGED: _("STOP changed"),
        ActivityKind.HOLD_LIFTED: _("STOP lifted"),
        ActivityKind.DISPUTE_OPENED: _("Dispute opened"),
        ActivityKind.DISPUTE_CHANGED: _("Dispute changed"),
        ActivityKind.DISPUTE_CLOSED: _("Dispute closed"),
        ActivityKind.PROMISE_MADE: _("Payment promised"),
        ActivityKind.PROMISE_CHANGED: _("Promise changed"),
        ActivityKind.PROMISE_CANCELLED: _("Promise cancelled"),
        ActivityKind.LEVEL_CHANGED: _("Level changed by hand"),
        ActivityKind.LEVEL_RESTORED: _("Change of level taken back"),
        ActivityKind.REPOSITIONED: _("Repositioned"),
        ActivityKind.REPOSITIONING_CANCELLED: _("Repositioning cancelled"),
        ActivityKind.EXCLUDED: _("Excluded from dunning"),
        ActivityKind.INCLUDED: _("Taken into dunning again"),
        ActivityKind.PROFILE_CHANGED: _("Profile changed"),
        ActivityKind.CALL: _("Call"),
        ActivityKind.CALL_UNANSWERED: _("Call without an answer"),
        ActivityKind.WRONG_NUMBER: _("Wrong number"),
        ActivityKind.CALL_PUT_OFF: _("To be called again"),
        ActivityKind.CALL_CANCELLED: _("Call taken back"),
        ActivityKind.OTHER_CONTACT: _("Contact by another means"),
        ActivityKind.OTHER_CONTACT_CANCELLED: _("Contact by another means taken back"),
        ActivityKind.NOTE: _("Note"),
        ActivityKind.NOTE_CHANGED: _("Note changed"),
        ActivityKind.NOTE_REMOVED: _("Note removed"),
        ActivityKind.EMAIL_RETURNED: _("E-mail not delivered"),
        ActivityKind.EMAIL_DELAYED: _("E-mail delayed"),
        ActivityKind.EMAIL_READ: _("E-mail read"),
        ActivityKind.AUTOMATIC_REPLY: _("Automatic reply"),
        ActivityKind.REPLY: _("Reply received"),
    }.get(kind) or post_words.NEWS[kind]()


def fault(kind: FaultKind) -> tuple[str, str]:
    """Say what is wrong with a line of a file, and what to do about it."""
    return {
        FaultKind.FIELD_COUNT: (
            _("the number of fields differs from the heading"),
            _("line left out: export the file again, or correct this line"),
        ),
        FaultKind.BAD_DATE: (
            _("unreadable date"),
            _("line left out: a date is written YYYYMMDD or DD/MM/YYYY"),
        ),
        FaultKind.BAD_AMOUNT: (
            _("unreadable amount"),
            _("line left out: an amount is written 1234,56"),
        ),
        FaultKind.BAD_DIRECTION: (
            _("unreadable direction"),
            _("line left out: the direction is D or C, +1 or -1"),
        ),
        FaultKind.NO_CUSTOMER: (
            _("no customer account"),
            _("line left out: fill in the customer's account in the accounting"),
        ),
        FaultKind.NO_AMOUNT: (
            _("neither debit nor credit"),
            _("line left out: nothing to count"),
        ),
        FaultKind.DOT_DECIMAL: (
            _("amounts with a point"),
            _("read as decimals: check the totals"),
        ),
        FaultKind.UNDECODABLE: (
            _("characters of another encoding"),
            _("read as well as possible: check the names"),
        ),
        FaultKind.REJOINED_LABEL: (
            _("separator inside a label"),
            _("the label was put back together: check this line"),
        ),
        FaultKind.SWAPPED_DATE: (
            _("day and month seem swapped in the due date"),
            _("will be corrected if you agree"),
        ),
        FaultKind.SWAPPED_INVOICE_DATE: (
            _("day and month seem swapped in the invoice date"),
            _("will be corrected if you agree"),
        ),
        FaultKind.UNBALANCED_LETTERING: (
            _("unbalanced lettering"),
            _("its entries stay open: correct the lettering in the accounting"),
        ),
        FaultKind.DUPLICATE_LINE: (
            _("line present twice"),
            _("both are counted: check in the accounting"),
        ),
        FaultKind.UNKNOWN_ITEM: (
            _("invoice unknown in this file"),
            _("kept in the history only"),
        ),
        FaultKind.BAD_LEVEL: (
            _("unreadable reminder level"),
            _("line left out: a level is a whole number from 1 to 9"),
        ),
        FaultKind.UNUSUAL_SEPARATOR: (
            _("unusual separator"),
            _("read all the same: the official file uses a tab or |"),
        ),
        FaultKind.TOTAL_ROWS: (
            _("rows of totals"),
            _("left aside: they repeat the lines"),
        ),
        FaultKind.OTHER_CURRENCY: (
            _("other currency"),
            _("line left out: only euros are followed for now"),
        ),
        FaultKind.NOT_AN_ENTRY: (
            _("simulated entry, or payment without its entry"),
            _("line left out: book the entry in the accounting, then export again"),
        ),
        FaultKind.PROVISIONAL: (
            _("provisional file: no entry is validated"),
            _("read all the same: entries may still change in the accounting"),
        ),
        FaultKind.OPENING_GAP: (
            _("opening lines that differ from what the year before left"),
            _("compare both years in the accounting: opening lines / year before"),
        ),
        FaultKind.OPENING_REPEATED: (
            _("opening lines already known from the year before"),
            _("left out, so that nothing counts twice: the invoices themselves stay"),
        ),
    }[kind]


def window(choice: Window) -> str:
    """Name an envelope and its window."""
    return {
        Window.DL_RIGHT: _("DL, window on the right"),
        Window.DL_LEFT: _("DL, window on the left"),
        Window.C5_RIGHT: _("C5, window on the right"),
        Window.C5_LEFT: _("C5, window on the left"),
        Window.C4_RIGHT: _("C4, window on the right"),
        Window.C4_LEFT: _("C4, window on the left"),
    }[choice]


def letter_font(font: LetterFont) -> str:
    """Name a typeface of letters."""
    return {
        LetterFont.SANS: _("IBM Plex Sans, without serifs"),
        LetterFont.SERIF: _("IBM Plex Serif, with serifs"),
    }[font]


def batch_order(order: BatchOrder) -> str:
    """Say in which order letters are printed."""
    return {
        BatchOrder.POSTCODE: _("postal code"),
        BatchOrder.CUSTOMER: _("customer"),
        BatchOrder.AMOUNT: _("amount, largest first"),
    }[order]


def address_doubt(doubt: AddressDoubt) -> str:
    """Say why the post may not find an address."""
    return {
        AddressDoubt.NO_STREET: _("the address has no street"),
        AddressDoubt.NO_TOWN: _("the address has no town"),
        AddressDoubt.POSTCODE: _("the postal code does not have five digits"),
        AddressDoubt.CUT: _("the address is too long for an envelope, and was cut"),
    }[doubt]
