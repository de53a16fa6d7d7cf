"""A firm's templates, from the moment they change to what customers receive."""

from dataclasses import replace
from datetime import date

import pytest

from domain.basics.identifiers import EntityId, customer_key
from domain.basics.money import Money
from domain.customers.agreements import Promise
from domain.dunning.outbox import MessageState, OutboxMessage
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.texts import STATEMENT, TEXT_KEYS, MessageText, Tone, tones_of
from domain.usecases.acting import all_choices, show_today
from domain.usecases.composing import Composed, compose_chosen
from domain.usecases.editing_texts import follow_shipped, save_text
from domain.usecases.previewing_texts import preview_text, readers
from domain.usecases.statement import compose_statements
from domain.usecases.writing import (
    HandMessage,
    PromiseMissingError,
    compose_by_hand,
)
from storage.database.books import SqliteBooks
from storage.documents.templates import shipped_texts
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

TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
LATE = date(2026, 1, 10)
CHECK = OUTSIDE.mail.check_address
CODES = ("C001", "C002")


@pytest.fixture
def firm() -> tuple[SqliteBooks, EntityId]:
    books, entity_id = books_of()
    lines = [a_line(f"F-{code}", 120_00, LATE, code=code, name=code) for code in CODES]
    bring_in(books, entity_id, a_file(*lines), TODAY)
    for code in CODES:
        give_email(books, entity_id, f"{code.lower()}@client.example.com", code)
    return books, entity_id


def text(
    books: SqliteBooks, key: str, channel: Channel = Channel.EMAIL, language: str = "fr"
) -> MessageText:
    [entity] = books.entities.all()
    return next(
        t
        for t in books.scenarios.texts(entity.id)
        if (t.key, t.channel, t.language) == (key, channel, language)
    )


def speaks(books: SqliteBooks, code: str, language: str) -> None:
    [entity] = books.entities.all()
    customer = books.customers.get(customer_key(entity.id, code))
    books.customers.save_many([replace(customer, language=language)])


def proposed(books: SqliteBooks) -> dict[str, Composed]:
    [entity] = books.entities.all()
    choices = all_choices(show_today(books, entity.id, CHECK, TODAY), [Channel.EMAIL])
    composed = compose_chosen(books, entity.id, choices, CHECK, TODAY)
    return {one.customer.code: one for one in composed}


def waiting(books: SqliteBooks) -> list[OutboxMessage]:
    [entity] = books.entities.all()
    return books.outbox.all(entity.id, [MessageState.QUEUED])


def test_the_next_message_holds_the_change_and_those_prepared_keep_their_words(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    prepare_all(books, entity_id, TODAY)
    before = {message.id: message.body for message in waiting(books)}
    assert len(before) == len(CODES)

    mine = text(books, "reminder_1")
    words = "Mon **propre** texte pour %client_nom%"
    save_text(books, mine.id, mine.tone, "Mon objet", words, NOW)

    assert {message.id: message.body for message in waiting(books)} == before
    late = [a_line("N-1", 50_00, LATE, code="C003", name="Neuf")]
    everyone = [
        *(a_line(f"F-{code}", 120_00, LATE, code=code, name=code) for code in CODES),
        *late,
    ]
    bring_in(books, entity_id, a_file(*everyone), TODAY)
    give_email(books, entity_id, "neuf@client.example.com", "C003")
    prepare_all(books, entity_id, TODAY)
    [newer] = [m for m in waiting(books) if m.id not in before]
    assert (newer.subject, newer.body) == ("Mon objet", "Mon propre texte pour Neuf")


def test_a_customer_is_written_to_in_its_language_else_in_french_and_it_is_told(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, _entity_id = firm
    speaks(books, "C001", "en")
    speaks(books, "C002", "de")

    found = proposed(books)

    english, german = found["C001"], found["C002"]
    assert english.content.paragraphs_before[0] == "Dear Sir or Madam,"
    assert english.lacking_language == ""
    assert german.content.paragraphs_before[0] == "Madame, Monsieur,"
    assert german.lacking_language == "de"


def test_the_statement_says_what_its_template_says(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    mine = text(books, STATEMENT, Channel.LETTER)
    save_text(
        books,
        mine.id,
        mine.tone,
        "État au %date_du_jour%",
        "Bonjour %client_nom%\n\n%tableau_comptable%\n\nDû : %total_echu%",
        NOW,
    )

    [letter] = compose_statements(books, customer_key(entity_id, "C001"), TODAY)

    assert letter.subject == "État au 31\u00a0mars\u00a02026"
    assert letter.paragraphs == ("Bonjour C001", "Dû : 120,00\u00a0€")


def test_a_promise_is_confirmed_from_what_was_recorded_and_never_invented(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    customer_id = customer_key(entity_id, "C001")
    mine = text(books, "payment_schedule")
    [item] = books.ledger.items_of(customer_id)
    hand = HandMessage(
        draft_id="draft",
        channel=Channel.EMAIL,
        kind=StepKind.ADVANCE_NOTICE,
        text_key=mine.key,
        item_ids=[item.id],
        subject=mine.subject,
        body=mine.body,
        recipients=("c001@client.example.com",),
    )
    with pytest.raises(PromiseMissingError):
        compose_by_hand(books, customer_id, hand, CHECK, TODAY)

    for rank, day in enumerate((date(2026, 4, 30), date(2026, 5, 31))):
        promise = Promise(
            id=f"P{rank}",
            entity_id=entity_id,
            customer_id=customer_id,
            amount=Money(60_00),
            promised_for=day,
            made_on=TODAY,
        )
        books.agreements.save_promise(promise)

    content = compose_by_hand(books, customer_id, hand, CHECK, TODAY).content
    assert (
        "• le 30\u00a0avril\u00a02026\u00a0: 60,00\u00a0€\n"
        "• le 31\u00a0mai\u00a02026\u00a0: 60,00\u00a0€"
    ) in content.paragraphs
    assert content.headings["total"] == "Total des pièces"
    assert content.payment
    assert content.payment.amount == "60,00\u00a0€"
    assert content.payment.deadline == "30\u00a0avril\u00a02026"
    assert "EUR60.00\n" in content.payment.qr_payload


@pytest.mark.parametrize("key", TEXT_KEYS)
def test_every_template_can_be_read_before_anything_of_the_kind_exists(
    firm: tuple[SqliteBooks, EntityId], key: str
) -> None:
    books, entity_id = firm
    [first, *_others] = readers(books, entity_id, "", TODAY)
    shipped = shipped_texts()
    for channel in (Channel.EMAIL, Channel.LETTER):
        for language in ("fr", "en"):
            mine = text(books, key, channel, language)
            for tone in tones_of(key):
                subject, body = shipped[key, channel, language, tone]
                typed = replace(mine, tone=Tone(tone), subject=subject, body=body)
                shown = preview_text(books, typed, first.id, CHECK, TODAY)
                words = " ".join((shown.content.subject, *shown.content.paragraphs))
                assert "%" not in words
                assert "  " not in words
                assert shown.content.lines
                assert shown.content.language == language
                assert bool(shown.other_language) is (language == "en")


def test_older_books_are_given_the_templates_they_lack(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, _entity_id = firm
    shipped = shipped_texts()
    fewer = {name: words for name, words in shipped.items() if name[0] != "reminder_4"}
    more = fewer | {("reminder_4", "email", "fr", "firm"): ("Ultime", "Corps")}

    follow_shipped(books, more)

    assert text(books, "reminder_4").subject == "Ultime"
