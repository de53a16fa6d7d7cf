from datetime import date, timedelta

from nicegui import ui
from nicegui.testing import User

from domain.basics.identifiers import customer_key
from domain.dunning.courtesy import Courtesy, QuietPeriod
from domain.dunning.outbox import MessageState
from domain.ports import Books
from domain.usecases.agreeing import place_hold
from domain.usecases.automatic import (
    QUIET,
    SendingHours,
    automatic_settings,
    last_report,
    note_refusal,
    save_automatic,
)
from domain.usecases.courtesy import save_courtesy
from tests.builders import ENTITY_ID, NOW, TODAY, an_activity
from tests.journeys.stories import a_file, a_line, bring_in
from tests.ui.test_act_by_scenario import START, reminders_of_the_day
from tests.ui.window import BooksInMemory, field, open_window, retype
from ui.automatic import AutomaticRounds
from ui.session import Session

SUNDAY = date(2026, 4, 5)
"""Easter: e-mails leave again on Tuesday."""


async def test_on_a_sunday_only_letters_are_proposed_until_one_sends_all_the_same() -> (
    None
):
    async with open_window(reminders_of_the_day, today=SUNDAY) as user:
        await user.open("/act/scenario")

        await user.should_see("Aucun e-mail ne part aujourd'hui (dimanche)")
        await user.should_see("L'e-mail destiné à 1 client attend jusque-là.")
        await user.should_see("07/04/2026")
        await user.should_see("1 courrier")
        await user.should_not_see("1 e-mail")
        user.find(marker="send-anyway").click()

        await user.should_see("1 e-mail")
        await user.should_not_see(marker="quiet-day")


async def test_the_home_page_says_on_a_sunday_how_many_e_mails_wait() -> None:
    async with open_window(reminders_of_the_day, today=SUNDAY) as user:
        await user.open("/")

        await user.should_see(marker="quiet-today")
        await user.should_see("L'e-mail destiné à 1 client attend jusque-là.")


async def test_a_quiet_day_with_nothing_else_to_do_does_not_say_nobody_is_due() -> None:
    def by_email_only(books: Books) -> None:
        reminders_of_the_day(books)
        place_hold(books, customer_key(ENTITY_ID, "C002"), "", None, TODAY, NOW)

    async with open_window(by_email_only, today=SUNDAY) as user:
        await user.open("/act/scenario")

        await user.should_see("Rien d'autre à faire aujourd'hui")
        await user.should_not_see("Rien à relancer aujourd'hui")


async def test_the_days_off_that_are_caught_up_with_are_chosen_in_the_settings() -> (
    None
):
    back = TODAY + timedelta(days=12)
    async with open_window(worked_twelve_days_ago, today=back) as user:
        await user.open("/settings")
        (days,) = user.find(marker="catch-up").elements
        assert isinstance(days, ui.number)
        assert days.value == 10
        days.value = 20
        user.find(marker="save-courtesy").click()
        await user.should_see("Enregistré")

        await user.open("/act/scenario")

        await user.should_not_see(marker="catching-up")


async def test_past_automatic_sendings_are_listed() -> None:
    def sent_before(books: Books) -> None:
        all_day(books)
        for n in range(3):
            note_refusal(books, ENTITY_ID, n + 1, QUIET, NOW + timedelta(days=n))

    async with open_window(sent_before) as user:
        await user.open("/settings")
        user.find(marker="past-automatic").click()

        await user.should_see(marker="automatic-reports")
        await user.should_see("1 e-mail n'est pas parti")
        await user.should_see("3 e-mails ne sont pas partis")


async def test_a_return_from_days_off_is_told_on_act_by_scenario() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/act/scenario")
        await user.should_not_see(marker="catching-up")
    back = TODAY + timedelta(days=12)

    async with open_window(worked_twelve_days_ago, today=back) as user:
        await user.open("/act/scenario")

        await user.should_see("12 jours sans relance : voici ce qui aurait dû partir")


def worked_twelve_days_ago(books: Books) -> None:
    reminders_of_the_day(books)
    late = TODAY - timedelta(days=45)
    line = a_line("F9", 70_00, late, due_on=late, code="C009", name="Lampes Hautes")
    bring_in(books, ENTITY_ID, a_file(line, starts_on=START), TODAY)
    books.activities.record(an_activity(days_ago=0))


async def test_the_card_of_quiet_days_keeps_what_is_typed() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/settings")
        user.find(marker="courtesy-sundays").click()
        user.find(marker="add-period").click()
        await user.should_see(marker="period-first")
        for name, typed in (
            ("period-first", "01/08/2026"),
            ("period-last", "15/08/2026"),
            ("period-reason", "Fermeture annuelle"),
        ):
            retype(user, name, typed)
        user.find(marker="save-courtesy").click()
        await user.should_see("Enregistré.")

        await user.open("/settings")
        assert not ticked(user, "courtesy-sundays")
        assert ticked(user, "courtesy-holidays")
        assert field(user, "period-first").value == "01/08/2026"
        assert field(user, "period-last").value == "15/08/2026"
        assert field(user, "period-reason").value == "Fermeture annuelle"


def ticked(user: User, name: str) -> bool:
    found = user.find(marker=name).elements.pop()
    assert isinstance(found, ui.checkbox)
    return bool(found.value)


async def test_the_card_of_automatic_sending_switches_a_step_on() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/settings")
        user.find(marker="automatic-step-R1").click()
        user.find(marker="save-automatic").click()
        await user.should_see("Enregistré.")

        await user.open("/settings")
        assert ticked(user, "automatic-step-R1")
        assert not ticked(user, "automatic-step-R2")


def all_day(books: Books) -> None:
    """Let R1 leave by itself at any hour."""
    reminders_of_the_day(books)
    steps = [one.step for one in automatic_settings(books, ENTITY_ID).steps]
    chosen = {(s.scenario_id, s.id) for s in steps if s.code == "R1"}
    save_automatic(books, ENTITY_ID, chosen, SendingHours(starts_at=0, ends_at=24))


async def test_the_open_window_sends_automatic_steps_once_and_keeps_a_report() -> None:
    session = Session(BooksInMemory(all_day), "", today=lambda: TODAY)
    try:
        rounds = AutomaticRounds(session)
        await rounds.round()
        await rounds.round()

        sent = await session.run(
            lambda books: books.outbox.all(ENTITY_ID, [MessageState.SENT])
        )
        assert [message.recipient for message in sent] == ["compta@moulin.example.com"]
        report = await session.run(last_report, ENTITY_ID)
        assert report
        assert (report.sent, report.kept) == (1, 0)
    finally:
        session.close()


async def test_the_open_window_sends_nothing_in_a_quiet_period_and_says_why() -> None:
    def closed(books: Books) -> None:
        all_day(books)
        period = QuietPeriod(first_on=TODAY, last_on=TODAY)
        save_courtesy(books, ENTITY_ID, Courtesy(periods=(period,)))

    session = Session(BooksInMemory(closed), "", today=lambda: TODAY)
    try:
        await AutomaticRounds(session).round()

        sent = await session.run(
            lambda books: books.outbox.all(ENTITY_ID, list(MessageState))
        )
        assert sent == []
        report = await session.run(last_report, ENTITY_ID)
        assert report
        assert (report.sent, report.kept, report.why) == (0, 1, QUIET)
    finally:
        session.close()
