"""A message written to one customer leaves once, like any other, or says why not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest

from domain.basics.errors import DunningError
from domain.basics.identifiers import customer_key
from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.dunning.position import LevelCause, position_from
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.tags import UnknownTagError
from domain.files import Attachment
from domain.usecases.agreeing import place_hold, record_promise
from domain.usecases.calling import Contacted, note_contact
from domain.usecases.configuring import save_smtp_account
from domain.usecases.customer_details import AddressUnusableError
from domain.usecases.delivering import record_delivery, recover_interrupted, take_next
from domain.usecases.emails import envelope_of
from domain.usecases.preparing import Prepared, make_files, queue_messages
from domain.usecases.printed_batches import cancel_batch, confirm_printed
from domain.usecases.releasing import release
from domain.usecases.sending import send_waiting
from domain.usecases.withdrawing import WhyWithdrawn
from domain.usecases.writing import (
    AttachmentsTooLargeError,
    HandMessage,
    NoRecipientError,
    NothingAskedError,
    NothingTickedError,
    PostalAddressError,
    TooManyAttachmentsError,
    WordsMissingError,
    check_attachments,
    check_message,
    compose_by_hand,
)
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_address,
    give_email,
    moment,
)
from tests.mail_server import SmtpServer, smtp_server

TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
JAN = date(2026, 1, 10)
MAIN, OTHER, COPY = "a@client.example.com", "b@client.example.com", "c@cab.example.com"


class Desk:
    """One firm, one customer with two overdue invoices, and its mail server."""

    def __init__(self, server: SmtpServer) -> None:
        self.server = server
        self.books, self.entity_id = books_of()
        lines = [a_line("F1", 120_00, JAN), a_line("F2", 80_00, JAN)]
        bring_in(self.books, self.entity_id, a_file(*lines), TODAY)
        give_email(self.books, self.entity_id, MAIN)
        give_address(self.books, self.entity_id)
        save_smtp_account(self.books, self.entity_id, server.account)
        self.customer_id = customer_key(self.entity_id, "C001")
        items = self.books.ledger.items_of(self.customer_id)
        self.first, self.second = sorted(items, key=lambda item: item.reference)

    def message(self, **others: object) -> HandMessage:
        made = HandMessage(
            draft_id="draft",
            channel=Channel.EMAIL,
            kind=StepKind.REMINDER,
            text_key="reminder_1",
            item_ids=[self.first.id],
            subject="Votre compte %client_code%",
            body="Bonjour,\n\n%tableau_comptable%\n\nSoit %total%.",
            recipients=(MAIN, OTHER),
            copies=(COPY,),
            counts=True,
        )
        return replace(made, **others)  # type: ignore[arg-type]

    def queue(self, **others: object) -> Prepared:
        hand = self.message(**others)
        check_message(hand, OUTSIDE.mail.can_be_sent_to)
        check = OUTSIDE.mail.check_address
        composed = compose_by_hand(self.books, self.customer_id, hand, check, TODAY)
        envelope = envelope_of(self.books, self.entity_id)
        made = make_files(OUTSIDE, [composed], envelope, NOW)
        return queue_messages(self.books, self.entity_id, made, TODAY, NOW)

    def send(self) -> None:
        send_waiting(self.books, OUTSIDE.mail, self.entity_id, TODAY, clock=lambda: NOW)

    def levels(self) -> dict[str, int]:
        history = self.books.activities.level_history(self.entity_id)
        return {
            item.reference: position_from(history.get(item.id, ())).level
            for item in (self.first, self.second)
        }

    def causes(self) -> list[LevelCause]:
        history = self.books.activities.level_history(self.entity_id)
        return [change.cause for change in history.get(self.first.id, ())]

    def states(self) -> list[MessageState]:
        return [m.state for m in self.books.outbox.all(self.entity_id, [*MessageState])]


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def desk(server: SmtpServer) -> Desk:
    return Desk(server)


def test_recipients_copies_and_own_files_arrive_once_and_are_in_the_history(
    desk: Desk,
) -> None:
    file = Attachment(name="Bon.txt", mime="text/plain", content=b"Bon de livraison")
    desk.queue(attachments=(file,))
    desk.queue(attachments=(file,))  # a second click on the same draft
    desk.send()
    desk.send()

    [received] = desk.server.received
    assert received.recipients == [MAIN, OTHER, COPY]
    email = message_from_bytes(received.content, policy=default)
    assert (email["To"], email["Cc"]) == (f"{MAIN}, {OTHER}", COPY)
    assert email["Subject"] == "Votre compte C001"
    assert [part.get_filename() for part in email.iter_attachments()] == ["Bon.txt"]
    [sent] = [
        one
        for one in desk.books.activities.of(desk.customer_id)
        if one.kind is ActivityKind.REMINDER
    ]
    assert (sent.recipients, sent.copies) == (f"{MAIN}\n{OTHER}", COPY)
    assert sent.amount == Money(120_00)
    assert desk.books.check() == []


def test_one_that_counts_completes_the_next_step_of_what_is_ticked(desk: Desk) -> None:
    desk.queue()
    assert desk.levels() == {"F1": 0, "F2": 0}, "a message that waits moves nothing"
    desk.send()

    assert desk.levels() == {"F1": 1, "F2": 0}
    assert desk.causes() == [LevelCause.SENT]


def test_one_that_does_not_count_is_recorded_and_moves_nothing(desk: Desk) -> None:
    desk.queue(counts=False)
    desk.send()

    assert desk.levels() == {"F1": 0, "F2": 0}
    assert desk.books.activities.last_contacts(desk.entity_id) == {
        desk.customer_id: TODAY
    }


@pytest.mark.parametrize(
    ("counts", "cause"), [(True, LevelCause.SENT), (False, LevelCause.BY_HAND)]
)
def test_the_next_step_that_a_person_chose_is_where_the_scenario_goes_on(
    desk: Desk, cause: LevelCause, *, counts: bool
) -> None:
    desk.queue(counts=counts, level_after=2)
    desk.send()

    assert desk.levels() == {"F1": 2, "F2": 0}
    assert desk.causes() == [cause]


def test_a_message_that_was_cut_off_is_in_doubt_and_moves_nothing(desk: Desk) -> None:
    desk.queue()
    release(desk.books, desk.entity_id)
    taken = take_next(desk.books, desk.entity_id, TODAY, NOW)
    assert taken
    assert recover_interrupted(desk.books, NOW) == 1
    desk.send()

    assert desk.states() == [MessageState.UNCERTAIN]
    assert desk.server.received == []
    assert desk.levels()["F1"] == 0
    accepted = DeliveryReport(outcome=Delivery.ACCEPTED)
    record_delivery(desk.books, taken.message.id, accepted, TODAY, NOW)
    assert desk.levels()["F1"] == 1


def test_a_stop_known_when_writing_lets_it_leave_and_a_later_promise_does_not(
    desk: Desk,
) -> None:
    place_hold(desk.books, desk.customer_id, "Demandé", None, TODAY, NOW)
    desk.queue()
    record_promise(
        desk.books, desk.customer_id, Money(100_00), date(2026, 4, 9), TODAY, NOW
    )
    desk.queue(draft_id="knows of the promise")
    desk.send()

    assert desk.states() == [MessageState.QUEUED, MessageState.SENT]  # one to review
    back, _sent = desk.books.outbox.all(desk.entity_id, [*MessageState])
    assert back.to_review == WhyWithdrawn.PROMISED


def test_a_letter_counts_once_confirmed_printed_and_bears_the_address_typed(
    desk: Desk,
) -> None:
    address = "Boulangerie Inventée\n12 rue Neuve\n69002 LYON"
    prepared = desk.queue(channel=Channel.LETTER, address=address)
    assert desk.levels()["F1"] == 0
    assert prepared.batch_id
    confirm_printed(desk.books, prepared.batch_id, TODAY, NOW)

    assert desk.levels() == {"F1": 1, "F2": 0}
    assert desk.causes() == [LevelCause.PRINTED]
    sent = desk.books.activities.of(desk.customer_id)[0]
    assert (sent.recipients, sent.channel) == (address, Channel.LETTER)


def test_a_letter_not_posted_moves_nothing(desk: Desk) -> None:
    prepared = desk.queue(channel=Channel.LETTER, address="Client\n69002 LYON")
    assert prepared.batch_id
    cancel_batch(desk.books, prepared.batch_id, NOW)

    assert desk.levels() == {"F1": 0, "F2": 0}


@pytest.mark.parametrize(
    ("others", "refusal"),
    [
        ({"subject": "Bonjour %inconnu%"}, UnknownTagError),
        ({"body": " "}, WordsMissingError),
        ({"recipients": ()}, NoRecipientError),
        ({"copies": ("pas une adresse",)}, AddressUnusableError),
        ({"item_ids": []}, NothingTickedError),
        ({"channel": Channel.LETTER, "address": "x" * 39}, PostalAddressError),
    ],
)
def test_what_cannot_leave_is_refused_before_it_is_in_the_outbox(
    desk: Desk, others: dict[str, object], refusal: type[DunningError]
) -> None:
    with pytest.raises(refusal):
        desk.queue(**others)

    assert desk.states() == []


def test_an_unknown_tag_is_refused_with_its_name(desk: Desk) -> None:
    with pytest.raises(UnknownTagError) as refused:
        desk.queue(body="%montant_du%")

    assert "montant_du" in str(refused.value)


def test_nothing_is_asked_for_where_credits_cover_what_is_ticked(desk: Desk) -> None:
    lines = [a_line("F1", 120_00, JAN), a_line("F2", 80_00, JAN)]
    credit = a_line("A1", -500_00, JAN)
    bring_in(desk.books, desk.entity_id, a_file(*lines, credit), TODAY)
    items = [item.id for item in desk.books.ledger.items_of(desk.customer_id)]

    with pytest.raises(NothingAskedError):
        desk.queue(item_ids=items)


def a_file_of(size: int) -> Attachment:
    return Attachment(name=f"{size}.bin", mime="a/b", content=b"x" * size)


def test_fifteen_files_and_fifteen_megabytes_are_accepted_and_not_one_more() -> None:
    check_attachments([a_file_of(n) for n in range(15)])
    check_attachments([a_file_of(15_000_000)])

    with pytest.raises(TooManyAttachmentsError):
        check_attachments([a_file_of(n) for n in range(16)])
    with pytest.raises(AttachmentsTooLargeError):
        check_attachments([a_file_of(15_000_000), a_file_of(1)])


def test_a_contact_refused_for_its_promise_is_not_noted_at_all(desk: Desk) -> None:
    call = Contacted(
        channel=Channel.PHONE,
        day=TODAY,
        comment="Promet",
        counts=True,
        promised=Money(100_00),
        promised_for=JAN,
    )

    with pytest.raises(DunningError):
        note_contact(
            desk.books, desk.customer_id, call, lambda _address: "", TODAY, NOW
        )

    assert desk.levels() == {"F1": 0, "F2": 0}
    assert desk.books.activities.last_contacts(desk.entity_id) == {}
