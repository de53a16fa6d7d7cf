"""« Scénarios » and « Profils »: what is seen, changed, told and taken back."""

from dataclasses import replace
from datetime import date

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.testing import User

from domain.basics.identifiers import customer_key
from domain.dunning.scenario import Channel
from domain.ports import Books
from domain.usecases.configuring import create_entity
from tests.builders import ENTITY_ID, TODAY, an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.ui.window import click, field, open_window, retype, until


def a_firm_with_debtors(books: Books) -> None:
    """Fill books with the scenario that ships, and a customer who owes."""
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    line = a_line("F1", 100_00, date(2026, 1, 10))
    bring_in(books, ENTITY_ID, a_file(line), TODAY)
    give_email(books, ENTITY_ID, "a@example.com")
    customer = books.customers.get(customer_key(ENTITY_ID, "C001"))
    books.customers.save_many([replace(customer, category="BTP")])


async def open_editor(user: User) -> None:
    await user.open("/scenarios")
    user.find(marker="open-scenario-Standard").click()
    await user.should_see(marker="step-with-email-R1")


def shown_days(user: User, column: str, code: str) -> str:
    (card,) = user.find(marker=f"step-{column}-{code}").elements
    labels = (one for one in card.descendants() if isinstance(one, ui.label))
    return str(next(one.text for one in labels if "example-day" in one._markers))


async def test_the_list_tells_who_follows_which_scenario() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await user.open("/scenarios")

        await user.should_see("Standard")
        await user.should_see("R4")
        user.find(marker="open-scenario-Standard").click()
        await user.should_see("Suivi par Standard : 1 client.")


async def test_each_step_stands_on_its_day_of_the_example() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await open_editor(user)
        # 8 May is a holiday, on which letters only are made.
        assert shown_days(user, "without-email", "R1") == "08/05/2026"
        assert shown_days(user, "with-email", "R1") == "09/05/2026"
        await user.should_see("Et non le 08/05/2026 : aucun e-mail ne part")

        field(user, "example-due").value = "10/06/2026"

        await until(lambda: shown_days(user, "with-email", "R1") == "18/06/2026")
        await user.should_see("8 jours après R1")


async def test_a_step_is_changed_told_saved_and_taken_back() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await open_editor(user)

        user.find(marker="edit-with-email-R1").click()
        await user.should_see(marker="step-delay")
        retype_number(user, "step-delay", 12)
        await user.should_see("12 jours après l'échéance")
        choose(user, "step-channel", Channel.PHONE)
        user.find(marker="save").click()
        await until(lambda: "Appel" in texts_of(user, "step-with-email-R1"))
        user.find(marker="save-scenario").click()

        await user.should_see("1 client ayant des pièces ouvertes est concerné.")
        await user.should_see("Relance 1 – E-mail")
        await user.should_see("Relance 1 – Appel")
        user.find(marker="confirm").click()
        await user.should_see(
            "Scénario «\N{NO-BREAK SPACE}Standard\N{NO-BREAK SPACE}» enregistré."
        )
        await open_editor(user)
        assert "12 jours après l'échéance" in texts_of(user, "step-with-email-R1")


async def test_a_change_saved_is_undone_in_one_gesture() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await open_editor(user)

        user.find(marker="remove-with-email-R2").click()
        await user.should_not_see(marker="step-with-email-R2")
        user.find(marker="save-scenario").click()
        await user.should_see(marker="confirm")
        user.find(marker="confirm").click()
        await user.should_see(marker="undo")
        await click(user, marker="undo")

        await user.should_see(marker="step-with-email-R2")
        await open_editor(user)
        await user.should_see(marker="step-with-email-R2")


async def test_what_cannot_be_followed_is_said_and_not_saved() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await open_editor(user)

        user.find(marker="edit-without-email-R2").click()
        await user.should_see(marker="step-delay")
        retype_number(user, "step-delay", 0)
        user.find(marker="save").click()
        await user.should_see("Relance 2 viendrait le jour même")
        user.find(marker="save-scenario").click()

        await user.should_see("Ce scénario ne peut pas être suivi tel quel")
        user.find(marker="drop-changes").click()
        await user.should_not_see("Relance 2 viendrait le jour même")


async def test_steps_are_added_moved_and_switched_off() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await open_editor(user)

        user.find(marker="add-with-email-reminder").click()
        await user.should_see(marker="step-with-email-R5")
        user.find(marker="earlier-with-email-R4").click()
        await until(lambda: "Mise en demeure" in texts_of(user, "step-with-email-R3"))
        user.find(marker="switch-with-email-R1").click()
        await until(lambda: "désactivée" in texts_of(user, "step-with-email-R1"))

        await user.open("/profiles")
        await open_editor(user)  # what was not saved is still there
        assert "désactivée" in texts_of(user, "step-with-email-R1")
        assert "8 jours après l'échéance" in texts_of(user, "step-with-email-R2")


async def test_what_a_draft_would_send_is_seen_before_it_is_saved() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await open_editor(user)

        user.find(marker="rehearse-draft").click()

        await user.should_see(
            "Ce que «\N{NO-BREAK SPACE}Standard\N{NO-BREAK SPACE}» enverrait"
        )
        await user.should_see("e-mails")


async def test_a_copy_is_compared_then_takes_the_place_of_the_first() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await user.open("/scenarios")
        user.find(marker="copy-Standard").click()
        await user.should_see(marker="scenario-name")
        retype(user, "scenario-name", "Doux")
        user.find(marker="save").click()
        await user.should_see("Aucun profil ne suit encore ce scénario")
        user.find(marker="switch-with-email-R4").click()
        await until(lambda: "désactivée" in texts_of(user, "step-with-email-R4"))
        user.find(marker="save-scenario").click()
        await user.should_see(
            "Scénario «\N{NO-BREAK SPACE}Doux\N{NO-BREAK SPACE}» enregistré."
        )

        await user.open("/scenarios")
        user.find(marker="compare-Standard-Doux").click()
        await user.should_see("Standard et Doux")
        await user.should_see("diffère")

        await user.open("/scenarios")
        user.find(marker="delete-Standard").click()
        await user.should_see("Suivi par : Standard")
        user.find(marker="save").click()
        await user.should_see("Des profils suivent ce scénario")
        choose(user, "follow-instead", option(user, "follow-instead", "Doux"))
        await user.should_see("1 client ayant des pièces ouvertes est concerné.")
        user.find(marker="save").click()
        await user.should_see(
            "Scénario «\N{NO-BREAK SPACE}Standard\N{NO-BREAK SPACE}» supprimé."
        )
        await user.should_not_see(marker="open-scenario-Standard")


async def test_a_profile_is_added_and_deleted_with_its_customers_moved() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await user.open("/profiles")
        user.find(marker="add-profile").click()
        await user.should_see(marker="profile-name")
        retype(user, "profile-name", "Export")
        tick(user, "profile-default")
        await user.should_see("1 client sans profil propre prend celui-ci.")
        user.find(marker="save").click()
        await user.should_see("Profil enregistré.")
        await user.should_see("aucun : rien n'est proposé")

        await user.open("/profiles")
        user.find(marker="delete-profile-Standard").click()
        await user.should_see("Aucun client n'a ce profil.")
        user.find(marker="save").click()
        await user.should_see(
            "Profil «\N{NO-BREAK SPACE}Standard\N{NO-BREAK SPACE}» supprimé."
        )
        await click(user, marker="undo")
        await user.should_see(marker="delete-profile-Standard")


async def test_a_category_is_renamed_from_its_card() -> None:
    async with open_window(a_firm_with_debtors) as user:
        await user.open("/profiles")
        user.find(marker="rename-BTP").click()
        await user.should_see(marker="family-name")
        retype(user, "family-name", "Bâtiment")
        user.find(marker="save").click()

        await user.should_see("BTP renommé.")
        await user.should_see("aussi appelé BTP dans vos fichiers")
        await click(user, marker="undo")
        await user.should_see(marker="rename-BTP")


def texts_of(user: User, name: str) -> str:
    (found,) = user.find(marker=name).elements
    return " ".join(
        child.text for child in found.descendants() if isinstance(child, TextElement)
    )


def retype_number(user: User, name: str, value: int) -> None:
    found = user.find(marker=name).elements.pop()
    assert isinstance(found, ui.number)
    found.value = value


def choose(user: User, name: str, value: object) -> None:
    found = user.find(marker=name).elements.pop()
    assert isinstance(found, ui.select)
    found.value = value


def option(user: User, name: str, words: str) -> object:
    found = user.find(marker=name).elements.pop()
    assert isinstance(found, ui.select)
    assert isinstance(found.options, dict)
    return next(key for key, said in found.options.items() if said == words)


def tick(user: User, name: str) -> None:
    found = user.find(marker=name).elements.pop()
    assert isinstance(found, ui.checkbox)
    found.value = True
