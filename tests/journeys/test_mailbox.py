"""What comes back by e-mail, and what follows from it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.basics.identifiers import EntityId, customer_key
from domain.basics.listing import ListQuery
from domain.customers.activity import ActivityKind
from domain.customers.activity_line import SendingState
from domain.dunning.incoming import ReceivedMail
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState, OutboxMessage
from domain.dunning.position import position_from
from domain.dunning.scenario import Channel
from domain.ports import ImapAccount, MailboxMark, MailboxReading
from domain.usecases.acting import show_today
from domain.usecases.configuring import save_smtp_account
from domain.usecases.days_work import show_work
from domain.usecases.delivering import record_delivery, take_next
from domain.usecases.incoming import ADDRESS_FAILED
from domain.usecases.incoming_desk import (
    NewAddressUnusableError,
    correct_address,
    mark_looked_at,
    show_incoming,
)
from domain.usecases.mailbox import (
    Looked,
    MailboxReport,
    MailboxServerMissingError,
    MailboxWords,
    keep_look,
    last_look,
    save_imap_account,
    what_to_look_for,
)
from domain.usecases.releasing import release
from storage.database.books import SqliteBooks
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_address,
    give_email,
    moment,
    prepare_all,
)
from tests.journeys.test_delivering import ACCOUNT

TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
LATER = NOW + timedelta(hours=2)
ADDRESS = "client@example.com"
MAILBOX = ImapAccount(host="127.0.0.1", port=143, security="none", user="compta")
CUSTOMER = "C001"


def found_on(day: datetime) -> str:
    return f"retrouvé le {day:%d/%m/%Y}"


WORDS = MailboxWords(to_read="réponse à lire", found_sent=found_on)


@pytest.fixture
def sent() -> tuple[SqliteBooks, EntityId, OutboxMessage]:
    """Books with one reminder that has left by e-mail."""
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(a_line("F1", 120_00, date(2026, 1, 10))), TODAY)
    give_email(books, entity_id, ADDRESS)
    give_address(books, entity_id)
    save_smtp_account(books, entity_id, ACCOUNT)
    save_imap_account(books, entity_id, MAILBOX)
    return books, entity_id, send(books, entity_id, Delivery.ACCEPTED)


def send(books: SqliteBooks, entity_id: EntityId, outcome: Delivery) -> OutboxMessage:
    prepared = prepare_all(books, entity_id, TODAY)
    release(books, entity_id, prepared.email_ids)
    taken = take_next(books, entity_id, TODAY, NOW)
    assert taken
    report = DeliveryReport(outcome=outcome)
    return record_delivery(books, taken.message.id, report, TODAY, NOW)


def receive(
    books: SqliteBooks, entity_id: EntityId, *mails: ReceivedMail
) -> MailboxReport:
    mark = MailboxMark(validity=1, last_uid=7)
    reading = MailboxReading(mark=mark, messages=mails)
    looked = Looked(account=MAILBOX, reading=reading, found_sent={})
    return keep_look(books, entity_id, looked, WORDS, TODAY, LATER)


def a_bounce(message: OutboxMessage, **fields: str) -> ReceivedMail:
    told = {
        "final-recipient": f"rfc822; {ADDRESS}",
        "action": "failed",
        "status": "5.1.1",
        "diagnostic-code": "smtp; 550 5.1.1 no such user",
    }
    return ReceivedMail(
        message_id="bounce@mx.example.com",
        encloses=(message.message_header_id,),
        report="delivery-status",
        sender="mailer-daemon@mx.example.com",
        fields=(told | {k.replace("_", "-"): v for k, v in fields.items()},),
        text="Sorry.",
        received_at=LATER,
    )


def a_reply(message: OutboxMessage | None) -> ReceivedMail:
    return ReceivedMail(
        message_id="reply@client.example.com",
        answers=(message.message_header_id,) if message else (),
        headers={"from": ADDRESS},
        sender=ADDRESS,
        subject="Re: Rappel",
        text="Nous payons vendredi.",
        received_at=LATER,
    )


def level(books: SqliteBooks, entity_id: EntityId) -> int:
    (item,) = books.ledger.items(entity_id)
    history = books.activities.level_history(entity_id)
    return position_from(history.get(item.id, [])).level


def kinds(books: SqliteBooks, entity_id: EntityId) -> list[ActivityKind]:
    return [a.kind for a in books.activities.of(customer_key(entity_id, CUSTOMER))]


def states(books: SqliteBooks, entity_id: EntityId) -> list[SendingState]:
    return [one.state for one in books.lists.sendings(entity_id, ListQuery()).lines]


def test_a_permanent_bounce_flags_the_address_and_the_step_is_done_by_letter(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent
    reached = level(books, entity_id)

    report = receive(books, entity_id, a_bounce(message))

    assert reached > 0
    assert report.bounces == 1
    assert level(books, entity_id) == 0
    (contact,) = books.customers.contacts(entity_id)
    assert contact.has_failed
    (bucket,) = show_today(books, entity_id, OUTSIDE.mail.check_address, TODAY).buckets
    assert bucket.channel is Channel.LETTER
    assert ActivityKind.EMAIL_RETURNED in kinds(books, entity_id)
    (row,) = show_incoming(books, entity_id, TODAY).bounces
    assert row.incoming.says == "550 5.1.1 no such user"
    assert states(books, entity_id) == [SendingState.RETURNED]


def test_a_corrected_address_is_written_to_again(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent
    receive(books, entity_id, a_bounce(message))
    (row,) = show_incoming(books, entity_id, TODAY).bounces
    can_be = OUTSIDE.mail.can_be_sent_to

    with pytest.raises(NewAddressUnusableError):
        correct_address(books, row.incoming.id, "not an address", can_be, LATER)
    correct_address(books, row.incoming.id, "new@example.com", can_be, LATER)

    assert show_incoming(books, entity_id, TODAY).is_empty
    (bucket,) = show_today(books, entity_id, OUTSIDE.mail.check_address, TODAY).buckets
    assert bucket.channel is Channel.EMAIL


def test_an_address_that_was_right_all_the_same_is_trusted_again(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent
    receive(books, entity_id, a_bounce(message))
    (row,) = show_incoming(books, entity_id, TODAY).bounces

    correct_address(books, row.incoming.id, ADDRESS, OUTSIDE.mail.can_be_sent_to, LATER)

    (contact,) = books.customers.contacts(entity_id)
    assert not contact.has_failed


def test_a_delay_changes_nothing_until_the_server_gives_up(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent
    reached = level(books, entity_id)
    delay = a_bounce(message, action="delayed", status="4.4.1")
    end = replace(a_bounce(message, status="4.4.7"), message_id="end@mx.example.com")

    receive(books, entity_id, delay)
    still = level(books, entity_id)
    receive(books, entity_id, end)

    assert still == reached
    assert level(books, entity_id) == 0
    (contact,) = books.customers.contacts(entity_id)
    assert not contact.has_failed


def test_a_reply_stops_the_customer_until_it_was_looked_at(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent

    receive(books, entity_id, a_reply(message))
    (hold,) = books.agreements.holds(entity_id)
    (row,) = show_incoming(books, entity_id, TODAY).replies
    home = show_work(books, entity_id, OUTSIDE.mail.check_address, TODAY).decisions
    mark_looked_at(books, row.incoming.id, TODAY, LATER)

    assert hold.reason == "réponse à lire"
    assert home.replies_to_read == 1
    assert row.message == message
    assert not books.agreements.holds(entity_id)[0].holds_on(TODAY)
    assert show_incoming(books, entity_id, TODAY).is_empty
    activities = books.activities.of(customer_key(entity_id, CUSTOMER))
    (reply,) = [a for a in activities if a.kind is ActivityKind.REPLY]
    assert reply.body == "Nous payons vendredi."


def test_a_reply_that_names_no_message_is_known_by_its_address(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, _message = sent

    report = receive(books, entity_id, a_reply(None))

    assert report.replies == 1
    (row,) = show_incoming(books, entity_id, TODAY).replies
    assert row.message is None


def test_the_same_messages_read_twice_change_nothing(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent
    mails = (a_bounce(message), a_reply(message))
    receive(books, entity_id, *mails)
    known = kinds(books, entity_id)

    again = receive(books, entity_id, *mails)

    assert again.is_empty
    assert kinds(books, entity_id) == known
    assert len(books.agreements.holds(entity_id)) == 1


def test_what_is_about_nothing_we_sent_is_not_kept(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent
    stranger = replace(a_reply(None), sender="someone@example.org", message_id="s@x")
    our_own = replace(a_reply(None), message_id=message.message_header_id)

    assert receive(books, entity_id, stranger, our_own).is_empty
    assert books.incoming.all(entity_id) == []


def test_an_absence_is_shown_until_the_day_of_return_and_stops_nobody(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent
    away = replace(
        a_reply(message),
        headers={"auto-submitted": "auto-replied"},
        text="De retour le 7 avril 2026.",
    )

    receive(books, entity_id, away)

    (row,) = show_incoming(books, entity_id, TODAY).absences
    assert row.incoming.back_on == date(2026, 4, 7)
    assert books.agreements.holds(entity_id) == []
    assert show_incoming(books, entity_id, date(2026, 4, 7)).is_empty


def test_a_receipt_is_kept_and_asks_nothing(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent
    fields = {
        "disposition": "manual-action/MDN-sent-manually; displayed",
        "original-message-id": f"<{message.message_header_id}>",
    }
    receipt = ReceivedMail(message_id="r@x", sender=ADDRESS, fields=(fields,))

    assert receive(books, entity_id, receipt).receipts == 1
    assert ActivityKind.EMAIL_READ in kinds(books, entity_id)
    assert states(books, entity_id) == [SendingState.READ]
    assert show_incoming(books, entity_id, TODAY).is_empty


def test_a_doubt_ends_when_the_message_is_found_among_the_sent_ones() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(a_line("F1", 120_00, date(2026, 1, 10))), TODAY)
    give_email(books, entity_id, ADDRESS)
    save_smtp_account(books, entity_id, ACCOUNT)
    save_imap_account(books, entity_id, MAILBOX)
    message = send(books, entity_id, Delivery.UNKNOWN)
    wanted = what_to_look_for(books, entity_id)
    assert wanted
    assert wanted.doubtful == {message.message_header_id: message.id}
    looked = Looked(
        account=MAILBOX, reading=MailboxReading(), found_sent={message.id: NOW}
    )

    report = keep_look(books, entity_id, looked, WORDS, TODAY, LATER)

    settled = books.outbox.get(message.id)
    assert report.settled_doubts == 1
    assert settled.state is MessageState.SENT
    assert settled.answer == "retrouvé le 31/03/2026"
    assert level(books, entity_id) > 0


def test_an_answer_proves_that_a_message_in_doubt_had_left() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(a_line("F1", 120_00, date(2026, 1, 10))), TODAY)
    give_email(books, entity_id, ADDRESS)
    save_smtp_account(books, entity_id, ACCOUNT)
    message = send(books, entity_id, Delivery.UNKNOWN)

    receive(books, entity_id, a_reply(message))

    assert books.outbox.get(message.id).state is MessageState.SENT


def test_what_waits_for_an_address_that_failed_is_looked_at_first(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, message = sent
    waiting = replace(
        message,
        id=type(message.id)("other"),
        state=MessageState.QUEUED,
        dedupe="other",
        message_header_id="other@x",
        is_released=True,
    )
    books.outbox.add(waiting, [])

    receive(books, entity_id, a_bounce(message))

    held = books.outbox.get(waiting.id)
    assert held.to_review == ADDRESS_FAILED
    assert not held.is_released


def test_the_mark_belongs_to_its_account(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, _message = sent
    receive(books, entity_id)
    wanted = what_to_look_for(books, entity_id)
    save_imap_account(books, entity_id, replace(MAILBOX, user="other"))
    other = what_to_look_for(books, entity_id)

    assert wanted
    assert other
    assert wanted.mark == MailboxMark(validity=1, last_uid=7)
    assert other.mark is None
    assert last_look(books, entity_id)


def test_an_account_without_a_server_is_refused(
    sent: tuple[SqliteBooks, EntityId, OutboxMessage],
) -> None:
    books, entity_id, _message = sent

    with pytest.raises(MailboxServerMissingError):
        save_imap_account(books, entity_id, replace(MAILBOX, host=""))
    save_imap_account(books, entity_id, None)

    assert what_to_look_for(books, entity_id) is None
