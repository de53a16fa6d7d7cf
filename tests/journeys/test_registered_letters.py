"""Registered letters followed: posted, signed for, sent back; and what it changes."""

from datetime import timedelta

import pytest

from domain.basics.identifiers import BatchId, customer_key
from domain.basics.listing import ListQuery
from domain.customers.activity import POSTAL_KINDS
from domain.customers.activity_line import SendingState
from domain.dunning.case_words import history_table, message_facts
from domain.dunning.outbox import MessageState, OutboxMessage, ReturnReason
from domain.dunning.registered import (
    NotRegisteredError,
    PostalDayError,
    PostalEvent,
    PostalNews,
    ReturnReasonMissingError,
)
from domain.dunning.scenario import Channel
from domain.ports import Books
from domain.usecases.configuring import create_entity
from domain.usecases.customer_sheet import CustomerSheet, show_customer
from domain.usecases.follow_lists import sendings_page
from domain.usecases.outbox import show_outbox
from domain.usecases.printed_batches import confirm_printed
from domain.usecases.registered import note_news, show_registered, take_back_news
from storage.database.books import SqliteBooks, open_books
from tests.builders import (
    ENTITY_ID,
    NOW,
    TODAY,
    a_batch,
    a_message,
    an_entity,
    an_outbox_item,
)
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, moment
from tests.ui.window import open_window
from ui import addresses

LATER = TODAY + timedelta(20)
POSTED = PostalNews(event=PostalEvent.POSTED, on=TODAY)
RECEIVED = PostalNews(event=PostalEvent.RECEIVED, on=TODAY + timedelta(3))
MOVED = PostalNews(
    event=PostalEvent.RETURNED,
    on=TODAY + timedelta(18),
    reason=ReturnReason.MOVED,
)
WHO = customer_key(ENTITY_ID, "C1")


def notices(books: Books) -> BatchId:
    """Put two formal notices, made and not yet printed, in the books."""
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    day = TODAY - timedelta(90)
    lines = (a_line(f"F{n}", 120_00, day, code=f"C{n}") for n in (1, 2))
    bring_in(books, ENTITY_ID, a_file(*lines), TODAY)
    batch = a_batch()
    with books.atomic():
        books.outbox.save_batch(batch)
        for number, item in enumerate(books.ledger.items(ENTITY_ID)):
            letter = a_message(
                customer_id=item.customer_id,
                channel=Channel.LETTER,
                level=4,
                subject="MISE EN DEMEURE",
                recipient="3 rue des Essais\n69001 LYON",
                batch_id=batch.id,
                is_registered=True,
                registered_number=f"1A1234567890{number + 1}",
                document_id=books.outbox.save_document(
                    "l.pdf", "application/pdf", b"%%PDF %d" % number
                ),
            )
            books.outbox.add(letter, [an_outbox_item(letter, item_id=item.id)])
    return batch.id


def printed(books: Books) -> None:
    """The same, once printed."""
    confirm_printed(books, notices(books), TODAY, NOW)


@pytest.fixture
def books() -> SqliteBooks:
    opened = open_books()
    printed(opened)
    return opened


def letter_of(books: Books) -> OutboxMessage:
    [letter] = books.outbox.registered(ENTITY_ID, WHO)
    return letter


def sheet_of(books: Books) -> CustomerSheet:
    return show_customer(books, WHO, OUTSIDE.mail.check_address, LATER)


def note(books: Books, *news: PostalNews) -> None:
    for minute, one in enumerate(news):
        at = moment(LATER) + timedelta(minutes=minute)
        note_news(books, [letter_of(books).id], one, LATER, at)


def test_a_return_is_told_everywhere_until_it_is_paid(books: SqliteBooks) -> None:
    note(books, POSTED, MOVED)

    sheet = sheet_of(books)
    assert [letter.return_reason for letter in sheet.returned] == [ReturnReason.MOVED]
    told = [a for a in sheet.activities if a.kind in POSTAL_KINDS]
    assert [a.happened_on for a in told] == [MOVED.on, TODAY]
    assert sheet.contact_count == 1, "what the post does is no contact of its own"
    page = sendings_page(books, ENTITY_ID, ListQuery())
    states = {line.customer_id: line.state for line in page.lines}
    assert states[WHO] is SendingState.RETURNED
    assert set(states.values()) == {SendingState.RETURNED, SendingState.SENT}
    done = show_outbox(books, ENTITY_ID).done.rows
    [returned] = [row for row in done if row.is_returned]
    assert returned.customer.id == WHO
    paid = a_line("F1", -120_00, TODAY, code="C1", lettering="A")
    bill = a_line("F1", 120_00, TODAY - timedelta(90), code="C1", lettering="A")
    bring_in(books, ENTITY_ID, a_file(bill, paid), LATER)
    assert not sheet_of(books).returned


def test_the_case_file_tells_the_number_the_days_and_the_reason(
    books: SqliteBooks,
) -> None:
    note(books, POSTED, MOVED)

    [activity] = [a for a in sheet_of(books).activities if a.kind not in POSTAL_KINDS]
    facts = dict(message_facts(activity, letter_of(books)))
    proof = history_table([activity], [letter_of(books)]).rows[0][4]
    assert facts["N° de recommandé"] == "1A 123 456 7890 1"
    assert facts["Déposé à La Poste le"] == "31/03/2026"
    assert "destinataire inconnu à l’adresse" in facts["Retourné à l’expéditeur"]
    assert "Avis de réception signé le" not in facts
    assert "n°\u00a01A 123 456 7890 1, déposé le 31/03/2026, retourné le" in proof


def test_undoing_gives_back_what_had_been_noted_before(books: SqliteBooks) -> None:
    letters = [row.message.id for row in show_registered(books, ENTITY_ID)]
    note_news(books, letters, POSTED, LATER, moment(LATER))
    note(books, RECEIVED)
    mistake = note_news(books, letters, MOVED, LATER, moment(LATER + timedelta(1)))

    take_back_news(books, mistake)

    letter = letter_of(books)
    assert (letter.posted_on, letter.received_on) == (TODAY, RECEIVED.on)
    assert (letter.returned_on, letter.return_reason) == (None, None)
    awaited = [row.is_awaited for row in show_registered(books, ENTITY_ID)]
    assert awaited == [True, False]


@pytest.mark.parametrize(
    ("news", "refusal"),
    [
        (PostalNews(event=PostalEvent.POSTED, on=TODAY - timedelta(1)), PostalDayError),
        (
            PostalNews(event=PostalEvent.RECEIVED, on=LATER + timedelta(1)),
            PostalDayError,
        ),
        (
            PostalNews(event=PostalEvent.RETURNED, on=LATER),
            ReturnReasonMissingError,
        ),
    ],
)
def test_what_cannot_be_is_refused_for_all_the_letters(
    books: SqliteBooks, news: PostalNews, refusal: type[Exception]
) -> None:
    letters = [row.message.id for row in show_registered(books, ENTITY_ID)]

    with pytest.raises(refusal):
        note_news(books, letters, news, LATER, NOW)

    assert all(row.is_awaited for row in show_registered(books, ENTITY_ID))


def test_a_letter_is_signed_for_after_it_was_posted(books: SqliteBooks) -> None:
    note(books, PostalNews(event=PostalEvent.POSTED, on=LATER))

    with pytest.raises(PostalDayError):
        note(books, RECEIVED)


def test_only_registered_letters_are_followed(books: SqliteBooks) -> None:
    email = a_message(customer_id=WHO, state=MessageState.SENT)
    books.outbox.add(email, [])

    with pytest.raises(NotRegisteredError):
        note_news(books, [email.id], POSTED, LATER, NOW)


def test_the_deposit_is_noted_with_the_printing() -> None:
    books = open_books()

    confirm_printed(books, notices(books), TODAY, NOW, posted_on=TODAY)

    assert letter_of(books).posted_on == TODAY


async def test_a_return_is_noted_in_the_outbox_shown_on_the_sheet_and_undone() -> None:
    async with open_window(printed, today=LATER) as user:
        await user.open(addresses.OUTBOX)
        user.find(marker="follow-registered").click()
        await user.should_see(marker="scan")
        scan = user.find(marker="scan")
        scan.type("1A 123 456 7890 1").trigger("keydown.enter")
        await user.should_see("Noter pour 1 lettre")
        for name, value in (
            ("postal-event", PostalEvent.RETURNED),
            ("return-reason", ReturnReason.MOVED),
        ):
            choice = user.find(marker=name).elements.pop()
            choice.value = value.value  # type: ignore[attr-defined]
        user.find(marker="note-news").click()
        await user.should_see("Noté pour 1 lettre")
        await user.should_see("retournée par La Poste")

        await user.open(addresses.customer(WHO))
        await user.should_see(marker="returned-letter")
        await user.should_see("Destinataire inconnu à l’adresse")
        user.find(marker="take-back").click()
        await user.should_not_see(marker="returned-letter")
