import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from nicegui import ui
from nicegui.testing import User

from domain.basics.errors import BooksUnreadableError
from domain.basics.identifiers import EntityId
from domain.dunning.outbox import MessageState
from domain.ports import Books
from storage.outside import Outside
from tests.builders import NOW, TODAY, a_message, an_entity, an_import
from tests.ui.sample_pages import SAMPLE_PAGES, a_busy_firm
from tests.ui.window import nothing, one_firm, open_window

OTHER = replace(an_entity(), id=EntityId("other"), name="Menuiserie Doré")


def two_firms(books: Books) -> None:
    one_firm(books)
    books.entities.save(OTHER)


def old_data(books: Books) -> None:
    one_firm(books)
    books.imports.record(an_import(imported_at=NOW - timedelta(days=11)), [], {})


def messages(books: Books) -> None:
    one_firm(books)
    for number, state in enumerate(
        (MessageState.QUEUED, MessageState.QUEUED, MessageState.UNCERTAIN)
    ):
        books.outbox.add(a_message(dedupe=str(number), state=state), [])


def links(user: User) -> dict[str, str]:
    """The menu: what it says, and where it leads."""
    return {
        link.props["title"]: link.props["href"]
        for link in user.find(kind=ui.link).elements
        if "menu-link" in link.classes
    }


async def test_the_menu_lists_the_screens_that_exist_and_no_others() -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        await user.open("/")

        assert links(user) == {
            "Accueil": "/",
            "Clients": "/customers",
            "Par scénario": "/act/scenario",
            "Envois": "/outbox",
            "Importer": "/import",
            "Configurer": "/settings",
        }
        await user.should_see("Suivre")


async def test_the_menu_lights_clients_on_the_sheet_of_one() -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        await user.open("/customers/C001")

        lit = [
            link.props["title"]
            for link in user.find(kind=ui.link).elements
            if link.props.get("aria-current")
        ]
        assert lit == ["Clients"]


async def test_a_page_receives_what_its_address_says() -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        await user.open("/customers/C042")

        await user.should_see("Client C042")


async def test_the_firm_on_screen_is_the_one_last_chosen() -> None:
    async with open_window(two_firms, pages=SAMPLE_PAGES) as user:
        await user.open("/")
        chooser = user.find(kind=ui.select).elements.pop()
        assert chooser.value == an_entity().id

        chooser.value = OTHER.id
        await user.should_see("Accueil")
        for _attempt in range(100):
            await user.open("/customers")
            if user.find(kind=ui.select).elements.pop().value == OTHER.id:
                return
        pytest.fail("the firm chosen is not the one shown")


async def test_the_search_finds_by_name_without_accents_and_by_code() -> None:
    async with open_window(a_busy_firm, pages=SAMPLE_PAGES) as user:
        await user.open("/")

        user.find(kind=ui.input).type("SOEURS EMERY 12")
        await user.should_see("Sœurs Émery 12")
        await user.should_see("C012")
        user.find(kind=ui.input).clear().type("c042")
        await user.should_see("Sœurs Émery 42")
        await user.should_not_see("C012")


async def test_the_search_says_when_it_finds_nobody() -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        await user.open("/")

        user.find(kind=ui.input).type("zzz")

        await user.should_see("Aucun client ne correspond à « zzz ».")


async def test_the_bar_tells_how_old_the_data_is_and_warns_when_it_is_too_old() -> None:
    async with open_window(old_data, pages=SAMPLE_PAGES) as user:
        await user.open("/")

        await user.should_see("Données du 20/03")
        await user.should_see("Les données datent du 20/03/2026")


async def test_data_within_the_freshness_limit_brings_no_warning() -> None:
    async with open_window(
        old_data, pages=SAMPLE_PAGES, today=TODAY - timedelta(days=1)
    ) as user:
        await user.open("/")

        await user.should_see("Données du 20/03")
        await user.should_not_see("Les données datent du")


async def test_messages_that_wait_are_counted_and_doubtful_ones_stand_out() -> None:
    async with open_window(messages, pages=SAMPLE_PAGES) as user:
        await user.open("/")

        badges = [
            label.text
            for label in user.find(kind=ui.label).elements
            if "badge" in label.classes and label.text.isdecimal()
        ]
        assert badges == ["2"]
        await user.should_see("1 message à vérifier : il n'est peut-être pas parti.")


async def test_the_demonstration_says_that_nothing_can_leave() -> None:
    async with open_window(a_busy_firm, pages=SAMPLE_PAGES) as user:
        await user.open("/")

        await user.should_see("Mode démonstration : rien ne peut partir")


async def test_before_any_firm_a_page_that_needs_one_says_where_to_begin() -> None:
    async with open_window(nothing, pages=SAMPLE_PAGES) as user:
        await user.open("/customers")

        await user.should_see("Cette page ne peut pas être affichée")
        await user.should_see("Aller à l'accueil")
        await user.should_not_see(kind=ui.table)


async def test_an_address_that_leads_nowhere_gets_a_page_of_its_own() -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        answer = await user.http_client.get("/nowhere")

        assert answer.status_code == 404
        assert "Cette page n'existe pas" in answer.text


async def test_a_slow_page_shows_its_frame_first() -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        await User.open(user, "/outbox")

        await user.should_see(marker="skeleton")
        await user.should_not_see("Enfin là")
        await user.should_see("Enfin là")
        await user.should_not_see(marker="skeleton")


async def test_a_bug_in_a_page_is_logged_and_told_without_its_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        await user.open("/settings")

        await user.should_see("Relance a rencontré un problème")
        await user.should_see("Les détails sont dans le journal : relance.log")
        await user.should_not_see("ZeroDivisionError")
    assert [record.exc_info is not None for record in caplog.records] == [True]


async def test_a_bug_behind_a_button_is_logged_and_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        await user.open("/act/scenario")
        user.find("Échouer").click()
        user.find("Échouer").click()

        await user.should_see("Relance a rencontré un problème")
        assert len(user.find("Relance a rencontré un problème").elements) == 1
        await user.should_not_see("division by zero")
    logged = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(logged) == 2


async def test_a_refusal_is_told_in_french_and_what_follows_is_skipped() -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        await user.open("/act/scenario")
        user.find("Demander").click()

        await user.should_see("absent")
        await user.should_not_see("jamais")
        await user.should_not_see("Relance a rencontré un problème")


class DamagedBooks(Outside):
    def open_books(self, folder: str) -> Books:
        reason = "the file is damaged. Restore a backup."
        raise BooksUnreadableError(folder=folder, reason=reason)


async def test_books_that_cannot_be_opened_are_explained_instead_of_the_page() -> None:
    async with open_window(pages=SAMPLE_PAGES, outside=DamagedBooks()) as user:
        answer = await user.http_client.get("/")

        assert "Vos données ne peuvent pas être ouvertes" in answer.text
        assert "Traceback" not in answer.text


async def test_the_shortcuts_are_listed_in_french() -> None:
    async with open_window(pages=SAMPLE_PAGES) as user:
        await user.open("/")
        user.find(marker="shortcuts").click()

        await user.should_see("Ctrl Entrée")
        await user.should_see("Ligne suivante, ligne précédente")


async def test_nothing_dangerous_happens_before_the_user_agrees() -> None:
    async with open_window(a_busy_firm, pages=SAMPLE_PAGES) as user:
        await user.open("/customers")
        user.find("Supprimer").click()
        await user.should_see("Les 2 clients cochés et leur historique disparaîtront.")
        user.find("Annuler").click()
        await user.should_not_see("Supprimés")

        user.find("Supprimer").click()
        await user.should_see(marker="confirm")
        user.find(marker="confirm").click()
        await user.should_see("Supprimés")
