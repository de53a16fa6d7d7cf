"""A firm's own templates: made from another, sent by a step, deleted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from nicegui import ui

from domain.basics.identifiers import EntityId, customer_key
from domain.customers.customer import Customer
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.texts import MessageText, is_formal, own_key
from domain.ports import Books
from domain.usecases.acting import all_choices, show_today
from domain.usecases.composing import Composed, compose_chosen
from domain.usecases.configuring import create_entity
from domain.usecases.editing_texts import (
    TextDraft,
    keep_draft,
    show_text,
    uses_of_texts,
)
from domain.usecases.own_texts import (
    TextInUseError,
    TextNameError,
    TextNameTakenError,
    create_text,
    delete_own,
    keys_for,
)
from domain.usecases.text_files import export_texts, import_texts
from storage.database.books import SqliteBooks, open_books
from tests.builders import TODAY, an_entity
from tests.domain.test_editing_texts import LATER, NOW
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_address,
    give_email,
)
from tests.ui.window import open_window
from ui import addresses

NAME = "Chantier en cours"
KEY = own_key("reminder_1", NAME)


@pytest.fixture
def firm() -> tuple[SqliteBooks, EntityId]:
    """One invoice, whose first reminder is due; its customer has an e-mail address."""
    books, entity_id = books_of()
    line = a_line("F1", 120_00, TODAY - timedelta(60))
    bring_in(books, entity_id, a_file(line), TODAY)
    give_email(books, entity_id, "camille@client.example.com")
    give_address(books, entity_id)
    return books, entity_id


def own(
    books: Books,
    entity_id: EntityId,
    words: str,
    start: str = "reminder_1",
    name: str = NAME,
) -> MessageText:
    made = create_text(books, entity_id, name, start, Channel.EMAIL, "fr", NOW)
    books.scenarios.save_text(replace(made, body=words))
    return made


def sent_by_first_reminders(books: Books, entity_id: EntityId, key: str) -> None:
    for scenario in books.scenarios.scenarios(entity_id):
        steps = (
            replace(step, text_key=key) if step.code == "R1" else step
            for step in scenario.steps
        )
        books.scenarios.save_scenario(replace(scenario, steps=tuple(steps)))


def proposed(books: Books, entity_id: EntityId) -> Composed:
    check = OUTSIDE.mail.check_address
    view = show_today(books, entity_id, check, TODAY)
    choices = all_choices(view, [Channel.EMAIL, Channel.LETTER])
    [composed] = compose_chosen(books, entity_id, choices, check, TODAY)
    return composed


def customer(books: Books, entity_id: EntityId) -> Customer:
    return books.customers.get(customer_key(entity_id, "C001"))


def test_a_step_sends_the_own_text_and_where_it_lacks_what_it_started_from(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    own(books, entity_id, "Le chantier attend.\n\n%tableau_comptable%")
    sent_by_first_reminders(books, entity_id, KEY)

    assert "Le chantier attend." in proposed(books, entity_id).content.paragraphs

    books.customers.save_many([replace(customer(books, entity_id), language="en")])
    english = proposed(books, entity_id).content
    assert english.language == "en"
    assert english.subject.startswith("Your account")


def test_what_starts_from_a_formal_notice_is_one(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    made = own(books, entity_id, "Payez.", "formal_notice", "Bail")

    assert is_formal(made.key)
    assert show_text(books, made.id).tones == ("firm",)
    sent_by_first_reminders(books, entity_id, made.key)
    assert proposed(books, entity_id).content.is_formal_notice


def test_a_name_is_needed_and_taken_once(firm: tuple[SqliteBooks, EntityId]) -> None:
    books, entity_id = firm
    own(books, entity_id, "Corps")
    for typed in ("", "a~b", "x" * 41):
        with pytest.raises(TextNameError):
            own(books, entity_id, "Corps", name=typed)
    for start in ("reminder_1", "reminder_2"):
        with pytest.raises(TextNameTakenError):
            own(books, entity_id, "Corps", start, "chantier EN COURS")

    english = create_text(
        books, entity_id, NAME, "reminder_1", Channel.LETTER, "en", NOW
    )

    assert english.key == KEY
    assert keys_for(books, entity_id, StepKind.REMINDER)[-1] == KEY
    assert KEY not in keys_for(books, entity_id, StepKind.THANK_YOU)


def test_deleting_it_gives_its_steps_another_text(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    made = own(books, entity_id, "Corps")
    sent_by_first_reminders(books, entity_id, KEY)
    draft = TextDraft(tone=made.tone, subject="Objet", body="Corps")
    keep_draft(books, made.id, draft)
    for instead in (KEY, "thank_you", "unknown"):
        with pytest.raises(TextInUseError):
            delete_own(books, entity_id, KEY, instead)

    assert delete_own(books, entity_id, KEY, "reminder_2") == 2

    assert KEY not in uses_of_texts(books, entity_id)
    assert KEY not in {text.key for text in books.scenarios.texts(entity_id)}
    assert proposed(books, entity_id).content.subject.startswith("Deuxième relance")
    with pytest.raises(TextInUseError):
        delete_own(books, entity_id, "reminder_2", "reminder_1")


def test_another_firm_brings_it_in_from_a_file(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    own(books, entity_id, "Le chantier attend.")
    other = open_books()
    other_id = create_entity(other, an_entity(), OUTSIDE.documents.starting_texts()).id

    assert import_texts(other, other_id, export_texts(books, entity_id), LATER) == 1

    [brought] = [text for text in other.scenarios.texts(other_id) if text.key == KEY]
    assert brought.body == "Le chantier attend."


def named(books: Books) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())


async def test_a_template_is_made_and_deleted_on_the_screen() -> None:
    async with open_window(named) as user:
        await user.open(addresses.TEMPLATES)
        user.find(marker="new-template").click()
        await user.should_see("À partir de")
        user.find(marker="text-name").type(NAME)
        start = user.find(marker="start-from", kind=ui.select).elements.pop()
        start.value = "reminder_2"
        user.find(marker="save").click()
        await user.should_see(f"{NAME} – E-mail – Français")

        await user.open(addresses.TEMPLATES)
        await user.should_see("le vôtre, d’après Relance 2")
        user.find(marker=f"delete-{NAME}").click()
        await user.should_see("Les étapes qui l’envoient enverront")
        user.find(marker="save").click()
        await user.should_not_see("le vôtre, d’après Relance 2")
