from datetime import timedelta

from domain.basics.identifiers import ItemId
from domain.basics.listing import Among, ListQuery
from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.customers.activity_line import SendingState
from domain.customers.agreement_lines import PromiseState
from domain.usecases.agreeing import open_dispute, record_promise
from domain.usecases.delivering import release
from domain.usecases.follow_lists import (
    cancel_promises,
    close_disputes,
    disputes_page,
    promises_page,
    read_activity,
    receipts_page,
    sendings_page,
)
from domain.usecases.sending import send_waiting
from storage.database.books import SqliteBooks
from tests.builders import CUSTOMER_ID, ENTITY_ID, NOW, TODAY, an_entity
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_email,
    moment,
    prepare_all,
)

LATE = TODAY - timedelta(days=45)
EVERYTHING = ListQuery()


def a_late_customer() -> SqliteBooks:
    books, _entity = books_of(an_entity(demo=True))
    line = a_line("F1", 100_00, LATE, due_on=LATE)
    bring_in(books, ENTITY_ID, a_file(line), TODAY)
    give_email(books, ENTITY_ID, "compta@client.example.com")
    return books


def test_a_payment_imported_later_keeps_the_promise_and_is_a_receipt() -> None:
    books = a_late_customer()
    (item,) = books.ledger.open_items(ENTITY_ID)
    record_promise(books, CUSTOMER_ID, Money(100_00), TODAY, TODAY, NOW, [item.id])
    day = TODAY + timedelta(days=2)
    paid = a_file(
        a_line("F1", 100_00, LATE, due_on=LATE, lettering="A"),
        a_line("R1", -100_00, day, journal="BQ", lettering="A"),
    )
    bring_in(books, ENTITY_ID, paid, day)

    (promise,) = promises_page(books, ENTITY_ID, day, EVERYTHING).lines
    (receipt,) = receipts_page(books, ENTITY_ID, day, EVERYTHING).lines

    assert (promise.state, promise.received) == (PromiseState.KEPT, Money(100_00))
    assert (receipt.received_on, receipt.amount) == (day, Money(100_00))


def test_cancelling_a_promise_leaves_a_trace_and_is_done_once() -> None:
    books = a_late_customer()
    record_promise(books, CUSTOMER_ID, Money(50_00), TODAY, TODAY, NOW)
    (line,) = promises_page(books, ENTITY_ID, TODAY, EVERYTHING).lines

    first = cancel_promises(books, ENTITY_ID, [line.promise_id], TODAY, NOW)
    again = cancel_promises(books, ENTITY_ID, [line.promise_id], TODAY, NOW)

    assert (first, again) == (1, 0)
    kinds = [activity.kind for activity in books.activities.of(CUSTOMER_ID)]
    assert kinds.count(ActivityKind.PROMISE_CANCELLED) == 1


def test_closing_a_dispute_takes_it_off_the_list() -> None:
    books = a_late_customer()
    open_dispute(books, CUSTOMER_ID, "Prix", TODAY, NOW, item_ids=[ItemId("F1")])
    (line,) = disputes_page(books, ENTITY_ID, TODAY, EVERYTHING).lines

    assert close_disputes(books, ENTITY_ID, [line.dispute_id], TODAY, NOW) == 1

    assert disputes_page(books, ENTITY_ID, TODAY, EVERYTHING).count == 0


def test_a_reminder_is_created_then_sent_and_read_again_as_it_left() -> None:
    books = a_late_customer()
    prepare_all(books, ENTITY_ID, TODAY)
    (waiting,) = sendings_page(books, ENTITY_ID, EVERYTHING).lines
    assert waiting.state is SendingState.CREATED

    release(books, ENTITY_ID)
    later = moment(TODAY, hour=11)
    send_waiting(books, OUTSIDE.mail, ENTITY_ID, TODAY, lambda: later)

    sent_only = ListQuery(filters={"state": Among(("sent",))})
    (sent,) = sendings_page(books, ENTITY_ID, sent_only).lines
    assert (sent.created_at, sent.sent_at) == (waiting.created_at, later)
    assert sent.sender == books.entities.get(ENTITY_ID).email
    assert sent.activity_id
    view = read_activity(books, sent.activity_id)
    assert view.document
    assert b"compta@client.example.com" in view.document
