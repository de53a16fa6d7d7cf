from dataclasses import replace
from datetime import date, timedelta

from nicegui import ui
from nicegui.testing import User

from domain.basics.identifiers import customer_key
from domain.dunning.scenario import Channel
from domain.ports import Books
from domain.usecases.agreeing import place_hold
from domain.usecases.configuring import create_entity
from tests.builders import ENTITY_ID, NOW, TODAY, an_entity
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    bring_in,
    give_address,
    give_email,
)
from tests.ui.window import BooksInMemory, click, open_window, until

LATE = TODAY - timedelta(days=45)
START = date(2025, 1, 1)


def reminders_of_the_day(books: Books) -> None:
    """C001 by e-mail (two invoices), C002 by letter, C003 stopped."""
    create_entity(books, an_entity(demo=True), OUTSIDE.documents.starting_texts())
    lines = [
        a_line("F1", 120_00, LATE, due_on=LATE, name="Moulin Bleu"),
        a_line("F2", 30_50, LATE, due_on=LATE, name="Moulin Bleu"),
        a_line("F3", 80_00, LATE, due_on=LATE, code="C002", name="Ferme Haute"),
        a_line("F4", 50_00, LATE, due_on=LATE, code="C003", name="Garage Arrêté"),
    ]
    bring_in(books, ENTITY_ID, a_file(*lines, starts_on=START), TODAY)
    give_email(books, ENTITY_ID, "compta@moulin.example.com")
    give_address(books, ENTITY_ID, "C002")
    place_hold(books, customer_key(ENTITY_ID, "C003"), "en vacances", None, TODAY, NOW)


def nothing_due(books: Books) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    later = TODAY + timedelta(days=60)
    line = a_line("F1", 120_00, TODAY, due_on=later, name="Moulin Bleu")
    bring_in(books, ENTITY_ID, a_file(line, starts_on=START), TODAY)


class KeptBooks(BooksInMemory):
    """Books that the test can look at after the app worked on them."""

    books: Books

    def open_books(self, folder: str) -> Books:
        self.books = super().open_books(folder)
        return self.books


def button(user: User, mark: str) -> ui.button:
    (found,) = user.find(mark).elements
    assert isinstance(found, ui.button)
    return found


async def test_buckets_tell_their_step_their_count_and_their_amount() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/act/scenario")

        await user.should_see("1 e-mail")
        await user.should_see("1 courrier")
        await user.should_see("230,50\u00a0€ en tout, pour 2 clients")


async def test_a_stopped_customer_is_left_aside_with_its_reason() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/act/scenario")
        (folded,) = user.find("left-out").elements
        assert isinstance(folded, ui.expansion)
        folded.open()

        await user.should_see("relances arrêtées pour ce client (STOP) : en vacances")


async def test_unticking_an_invoice_changes_the_message_and_the_total_at_once() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/act/scenario")
        await user.should_see("150,50\u00a0€ cochés")

        box = next(e for e in user.find(kind=ui.checkbox).elements if e.text == "F2")
        box.set_value(False)

        await user.should_see("120,00\u00a0€ cochés")
        await until(lambda: "30,50" not in preview(user))
        assert "120,00" in preview(user)


def preview(user: User) -> str:
    found = user.find("email-preview").elements
    return str(next(iter(found)).props["srcdoc"]) if found else ""


async def test_unticking_everything_leaves_nothing_to_send() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/act/scenario")

        user.find("Tout décocher").click()

        await user.should_see("0,00\u00a0€ cochés")
        await until(lambda: not button(user, "do-it").enabled)


async def test_letters_count_once_the_user_says_printed() -> None:
    outside = KeptBooks(reminders_of_the_day)
    async with open_window(outside=outside) as user:
        await user.open("/act/scenario")
        letters = next(
            e
            for e in user.find("bucket-R1").elements
            if "80,00"
            in " ".join(
                label.text for label in e.descendants() if isinstance(label, ui.label)
            )
        )
        for listener in letters._event_listeners.values():
            letters._handle_event({"listener_id": listener.id, "args": {}})
        await user.should_see("Imprimer 1 courrier")
        user.find("do-it").click()
        await user.should_see("Les courriers sont prêts")

        user.find(marker="printed").click()

        await user.should_see("1 courrier compté comme envoyé", retries=200)


async def test_emails_prepared_only_wait_in_the_outbox() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/act/scenario")
        user.find("Préparer sans envoyer").click()
        await user.should_see("Prêts à partir")

        await user.should_see("Moulin Bleu")
        await user.should_see("prêt à partir")


async def test_a_day_without_reminders_says_why() -> None:
    async with open_window(nothing_due) as user:
        await user.open("/act/scenario")

        await user.should_see("Rien à relancer aujourd'hui")
        await user.should_see("1 client laissé de côté")


async def test_a_demonstration_email_is_shown_sent_from_the_outbox() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/act/scenario")
        user.find("Préparer sans envoyer").click()
        await user.should_see("Prêts à partir")
        user.find("send-all").click()
        await user.should_see("Envoyer 1 e-mail ?")
        user.find("confirm").click()

        await user.should_see("envoyé")
        await user.should_see("rien n'est parti")


async def test_a_waiting_email_can_be_withdrawn() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/act/scenario")
        user.find("Préparer sans envoyer").click()
        await user.should_see("Prêts à partir")
        user.find("withdraw").click()

        await user.should_see("Retiré par vous")


async def test_an_empty_outbox_says_what_will_be_there() -> None:
    async with open_window(nothing_due) as user:
        await user.open("/outbox")

        await user.should_see("Pas encore de message")


def by_other_means(books: Books) -> None:
    reminders_of_the_day(books)
    with books.atomic():
        for scenario in books.scenarios.scenarios(ENTITY_ID):
            steps = tuple(replace(s, channel=Channel.OTHER) for s in scenario.steps)
            books.scenarios.save_scenario(replace(scenario, steps=steps))


async def test_a_step_by_another_means_is_noted_as_done_and_undone() -> None:
    async with open_window(by_other_means) as user:
        await user.open("/act/scenario")
        await user.should_see("2 autres actions")
        await user.should_see(marker="script")
        assert button(user, "do-it").text == "Noter 1 client comme fait"

        user.find("do-it").click()
        await user.should_see("Noter comme fait : relance 1")
        user.find("comment").type("Vu sur place")
        user.find("save").click()

        await user.should_see("1 autre action")
        await click(user, marker="undo")
        await user.should_see("2 autres actions")
