"""The lines of « Situation de compte »: each item with all that is known of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import CustomerId, ItemId
from domain.customers.agreements import ExpectedDate, Note
from domain.customers.customer_line import CustomerState
from domain.customers.free_fields import ItemFields
from domain.dunning.planned import Exclusion, LeftOut, Plan, PlannedMessage, Reason
from domain.dunning.position import LevelCause, LevelChange, Position
from domain.dunning.scenario import StepKind
from domain.dunning.situation import CustomerSituation
from domain.ledger.entry import LedgerEntry
from domain.ledger.open_item import OpenItem
from domain.ports import Books

_BY_A_PERSON = (LevelCause.BY_HAND, LevelCause.SKIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item of the account, as a line of « Situation de compte »."""

    item: OpenItem
    position: Position
    left_out: LeftOut | None
    proposed: PlannedMessage | None
    """The message of today that holds it, if any."""
    is_excluded: bool
    days_overdue: int
    entry: LedgerEntry | None = None
    """The line of the books that it is."""
    reminder_count: int = 0
    """How many reminders named it."""
    fields: ItemFields | None = None
    notes: tuple[Note, ...] = ()
    expected: ExpectedDate | None = None
    """When it is now expected, where it was repositioned."""

    @property
    def exclusions(self) -> tuple[Exclusion, ...]:
        """Why it is not proposed, the main reason first."""
        return self.left_out.exclusions if self.left_out else ()

    def due_since(self, today: date) -> date | None:
        """Tell since when its next step is to be done, blocked or not."""
        if self.proposed:
            return self.proposed.due_since
        next_on = self.left_out.next_on if self.left_out else None
        return next_on if next_on and next_on <= today else None

    @property
    def payment_mode(self) -> str:
        """How it is, or was, paid."""
        return self.item.payment_mode

    @property
    def state(self) -> CustomerState:
        """The one word that tells most about it."""
        if not self.item.left:
            return CustomerState.SETTLED
        reasons = {exclusion.reason for exclusion in self.exclusions}
        for reason, state in _STATES.items():
            if reason in reasons:
                return state
        if self.item.is_credit:
            return CustomerState.CREDIT
        return CustomerState.LATE if self.days_overdue else CustomerState.TO_COME


_STATES = {
    Reason.CUSTOMER_HOLD: CustomerState.STOPPED,
    Reason.ITEM_HOLD: CustomerState.STOPPED,
    Reason.DISPUTE: CustomerState.DISPUTE,
    Reason.PROMISE_TO_COME: CustomerState.PROMISE,
}


def account_rows(
    books: Books,
    situation: CustomerSituation,
    plan: Plan,
    entries: list[LedgerEntry],
    today: date,
) -> tuple[ItemRow, ...]:
    """List a customer's items: open ones by due date, then settled ones, newest first.

    ``entries`` are the customer's, read once for the whole sheet.
    """
    customer_id = situation.customer.id
    left_out = {one.item.id: one for one in plan.left_out}
    proposed = {item.id: message for message in plan.messages for item in message.items}
    of_item = _Facts(books, customer_id)
    entry_of = {entry.id: entry for entry in entries}
    return tuple(
        ItemRow(
            item=item,
            position=situation.position(item),
            left_out=left_out.get(item.id),
            proposed=proposed.get(item.id),
            is_excluded=item.id in situation.excluded,
            days_overdue=item.days_overdue(today) if item.left else 0,
            entry=entry_of.get(item.id),
            reminder_count=of_item.reminders.get(item.id, 0),
            fields=of_item.fields.get(item.id),
            notes=tuple(of_item.notes.get(item.id, ())),
            expected=of_item.expected.get(item.id),
        )
        for item in _in_order(books.ledger.items_of(customer_id))
    )


class _Facts:
    """What people said of a customer's items, by item."""

    def __init__(self, books: Books, customer_id: CustomerId) -> None:
        self.fields = {
            fields.item_id: fields
            for fields in books.customers.item_fields_of(customer_id)
        }
        self.expected = {
            expected.item_id: expected
            for expected in books.agreements.expected_dates_of(customer_id)
            if expected.cancelled_on is None
        }
        self.reminders = _counted(books.activities.level_history_of(customer_id))
        self.notes: dict[ItemId, list[Note]] = defaultdict(list)
        for note in books.agreements.notes_of(customer_id):
            if note.item_id:
                self.notes[note.item_id].append(note)


def _counted(history: Mapping[ItemId, list[LevelChange]]) -> Mapping[ItemId, int]:
    return {
        item_id: sum(
            1
            for change in changes
            if change.kind is StepKind.REMINDER and change.cause not in _BY_A_PERSON
        )
        for item_id, changes in history.items()
    }


def _in_order(items: list[OpenItem]) -> list[OpenItem]:
    still_open = [i for i in items if i.left]
    settled = [i for i in items if not i.left]
    still_open.sort(key=lambda i: (i.due_on or date.max, i.reference))
    settled.sort(key=lambda i: (i.invoice_on, i.reference), reverse=True)
    return still_open + settled
