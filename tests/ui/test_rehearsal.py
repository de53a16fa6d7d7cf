from datetime import date

from nicegui import ui
from nicegui.testing import User

from domain.basics.identifiers import customer_key
from domain.dunning.defaults import standard_profile
from domain.ports import Books
from domain.usecases.recipients import set_aside
from tests.builders import ENTITY_ID, TODAY, a_profile
from tests.ui.test_act_by_scenario import reminders_of_the_day
from tests.ui.test_customers import profiles
from tests.ui.window import open_window, until
from ui import addresses

EASTER = date(2026, 4, 5)


async def rehearsed(user: User, address: str = addresses.REHEARSAL) -> None:
    await user.open(address)
    await user.should_see(marker="supposing")


async def test_the_rehearsal_shows_what_each_day_would_send_and_to_whom() -> None:
    async with open_window(reminders_of_the_day) as user:
        await user.open("/act/scenario")
        user.find(marker="rehearse").click()
        await user.should_see(marker="rehearsal")
        await user.should_see("à 2 clients")  # the third is stopped

        user.find(marker=f"day-{TODAY.isoformat()}").click()

        await user.should_see("2 messages à 2 clients, 230,50\u00a0€ en tout")
        await user.should_see("Moulin Bleu")
        await user.should_see("F1, F2")
        await user.should_not_see("Garage Arrêté")
        user.find(marker="day-after").click()
        await user.should_see("Relance 2")


async def test_formal_notices_stand_out() -> None:
    async with open_window(reminders_of_the_day) as user:
        await rehearsed(user)

        await user.should_see("2 mises en demeure")


async def test_a_sunday_says_until_when_e_mails_wait() -> None:
    async with open_window(reminders_of_the_day, today=EASTER) as user:
        await rehearsed(user)
        user.find(marker="day-2026-04-05").click()

        await user.should_see("Dimanche : les e-mails attendent le 07/04/2026.")
        await user.should_see("Ferme Haute")
        await user.should_not_see("Moulin Bleu")


async def test_one_customer_is_rehearsed_alone_on_a_profile() -> None:
    profile = standard_profile(ENTITY_ID).id
    async with open_window(reminders_of_the_day) as user:
        await rehearsed(
            user, addresses.rehearsal(profile, customer_key(ENTITY_ID, "C002"))
        )

        await user.should_see("à 1 client")
        await user.should_see(marker="rehearsed-customer", content="Ferme Haute")


async def test_several_customers_are_rehearsed_on_a_profile_then_put_on_it() -> None:
    def with_another_profile(books: Books) -> None:
        reminders_of_the_day(books)
        books.scenarios.save_profile(a_profile(id="export", name="Export"))

    keys = [customer_key(ENTITY_ID, code) for code in ("C001", "C002")]
    standard = standard_profile(ENTITY_ID).id
    async with open_window(with_another_profile) as user:
        await rehearsed(user, addresses.rehearsal(standard, *keys))
        await user.should_see("à 2 clients")

        (choice,) = user.find(marker="rehearsed-profile").elements
        assert isinstance(choice, ui.select)
        choice.set_value("export")
        await user.should_see("Rien ne partirait dans ces jours")  # no scenario yet
        user.find(marker="give-profile").click()

        await user.should_see("2 clients modifiés")
        await user.open("/customers")
        await until(lambda: sorted(profiles(user)) == ["Export", "Export", "Standard"])


async def test_everybody_set_aside_leaves_nothing_to_rehearse() -> None:
    def all_set_aside(books: Books) -> None:
        reminders_of_the_day(books)
        keys = [customer_key(ENTITY_ID, code) for code in ("C001", "C002")]
        set_aside(books, keys, TODAY)

    async with open_window(all_set_aside) as user:
        await rehearsed(user)

        await user.should_see("Rien ne partirait dans ces jours")
