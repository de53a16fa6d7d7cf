"""« Aide » as people use it: the contents, the search, a page, the panel."""

from nicegui import ui

from tests.ui.window import click, nothing, open_window
from ui.guide import terms


async def test_the_contents_list_tasks_screens_and_terms_before_any_firm() -> None:
    async with open_window(nothing) as user:
        await user.open("/help")

        await user.should_see("Pas à pas")
        await user.should_see("Ma première lettre de relance")
        shown = {link.text for link in user.find(kind=ui.link).elements}
        assert {term.title for term in terms().values()} <= shown


async def test_the_search_answers_as_one_types() -> None:
    async with open_window(nothing) as user:
        await user.open("/help")

        user.find(marker="help-search").type("mise en demeure")
        await user.should_see("Mise en demeure")
        await user.should_not_see("Balance âgée")

        user.find(marker="help-search").clear()
        user.find(marker="help-search").type("xylophone")
        await user.should_see("Rien dans le guide")

        user.find(marker="help-search").clear()
        await user.should_see("Ma première lettre de relance")


async def test_a_page_shows_its_picture_and_leads_to_its_screen() -> None:
    async with open_window(nothing) as user:
        await user.open("/help/owing")

        await user.should_see("balance âgée")
        found = {link.props.get("href") for link in user.find(kind=ui.link).elements}
        assert {"/help", "/owing"} <= found
        [shown] = [
            one
            for one in user.find(kind=ui.element).elements
            if "guide-picture" in one.classes
        ]
        answer = await user.http_client.get(shown.props["src"])
        assert answer.headers["content-type"] == "image/png"
        assert "Qui vous doit quoi" in shown.props["alt"]


async def test_an_unknown_page_of_the_guide_leads_back() -> None:
    async with open_window(nothing) as user:
        await user.open("/help/nothing")

        await user.should_see("Le guide n’a pas cette page.")


async def test_help_opens_beside_the_screen_and_closes() -> None:
    async with open_window() as user:
        await user.open("/customers")

        await click(user, marker="help")
        await user.should_see(marker="help-panel")
        await user.should_see("Tout le guide")
        await user.should_see("Nom ou code")  # the screen itself has not moved
