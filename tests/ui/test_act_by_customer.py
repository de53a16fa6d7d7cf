"""« Agir par client »: e-mail, letter, call, other, about what is ticked."""

from nicegui import ui
from nicegui.testing import User

from domain.dunning.scenario import Channel
from domain.ports import Books
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    a_contact,
    a_customer,
    a_scenario,
    a_text,
    an_entity,
    an_item,
)
from tests.ui.window import one_firm, open_window, retype, until
from ui import addresses

PAGE = addresses.act_for(CUSTOMER_ID)
SHEET = addresses.customer(CUSTOMER_ID)
FIRST = an_item(reference="FA-001", days_late=40, cents=1200_00)
SECOND = an_item(reference="FA-002", days_late=20, cents=300_00)


def account(books: Books) -> None:
    one_firm(books)
    books.scenarios.save_scenario(a_scenario())
    books.customers.save_contacts([a_contact(is_dunning=True)])
    books.ledger.replace_items(ENTITY_ID, [FIRST, SECOND])


def account_without_scenario(books: Books) -> None:
    one_firm(books)
    books.ledger.replace_items(ENTITY_ID, [FIRST])


VERBS = {
    "letter": "Imprimer le courrier",
    "phone": "Enregistrer l'appel",
    "other": "Enregistrer ce contact",
}


async def press(user: User, channel: str) -> None:
    """Choose one of the chips of means, and wait for its form."""
    (chips,) = user.find(marker="means").elements
    assert isinstance(chips, ui.toggle)
    chips.value = channel
    await user.should_see(VERBS[channel])


def switch(user: User, mark: str) -> ui.switch:
    (found,) = user.find(marker=mark).elements
    assert isinstance(found, ui.switch)
    return found


async def test_without_a_customer_the_screen_asks_for_one_and_finds_it() -> None:
    async with open_window(account) as user:
        await user.open(addresses.ACT_BY_CUSTOMER)
        await user.should_see("Quel client ?")

        user.find(marker="choose-customer")
        boxes = [b for b in user.find(ui.input).elements if b.props.get("type")]
        for box in boxes:
            assert isinstance(box, ui.input)
            box.value = a_customer().code
        await until(lambda: f"{{{PAGE}}}" in _targets(user))


def _targets(user: User) -> str:
    links = user.find(ui.link).elements
    return " ".join(f"{{{link.props.get('href')}}}" for link in links)


async def test_what_is_overdue_is_ticked_and_the_total_follows_the_ticks() -> None:
    async with open_window(account) as user:
        await user.open(PAGE)
        await user.should_see("2 pièces cochées · 1\u202f500,00\u00a0€")

        user.find(marker=f"item-{FIRST.id}").click()

        await user.should_see("1 pièce cochée · 300,00\u00a0€")


async def test_a_call_that_counts_moves_what_is_ticked_and_keeps_the_promise() -> None:
    async with open_window(account) as user:
        await user.open(PAGE)
        await press(user, "phone")
        await user.should_see("2 pièces franchissent l'étape Relance 1.")
        user.find(marker=f"item-{SECOND.id}").click()
        await user.should_see("1 pièce franchit l'étape Relance 1.")
        user.find(marker="comment").type("Paiera le 15")
        user.find(marker="promised").type("1200,00")
        user.find(marker="promised-for").type("15/05/2026")
        user.find(marker="save").click()

        await user.should_see("Appel : niveau 1")
        await user.should_see("Paiera le 15")
        await user.should_see("Règlement promis")


async def test_a_contact_that_does_not_count_moves_nothing_and_is_remembered() -> None:
    async with open_window(account) as user:
        await user.open(PAGE)
        await press(user, "other")
        await user.should_see("Commentaire")
        switch(user, "counts").value = False
        await user.should_see("sans changer aucun niveau")
        user.find(marker="comment").type("Visite du commercial")
        user.find(marker="save").click()
        await user.should_see("Contact par un autre média")
        await user.should_see("Visite du commercial")
        await user.should_not_see("niveau 1")

        await user.open(PAGE)
        await press(user, "other")
        assert not switch(user, "counts").value


async def test_the_next_step_may_be_chosen() -> None:
    async with open_window(account) as user:
        await user.open(PAGE)
        await press(user, "phone")
        switch(user, "modifies").value = True
        (choice,) = user.find(marker="next-step").elements
        assert isinstance(choice, ui.select)
        choice.value = 2
        await user.should_see(
            "La prochaine étape de ce qui est coché sera : Relance 3."
        )
        user.find(marker="save").click()

        await user.should_see("Appel : niveau 2")


async def test_without_a_scenario_a_sentence_says_why_no_level_moves() -> None:
    async with open_window(account_without_scenario) as user:
        await user.open(PAGE)
        await press(user, "phone")

        await user.should_see("Aucun des scénarios ne s'applique à ce client")
        assert not switch(user, "counts").enabled
        assert not switch(user, "modifies").enabled


async def test_what_is_typed_survives_a_change_of_page() -> None:
    async with open_window(account) as user:
        await user.open(PAGE)
        await press(user, "phone")
        user.find(marker="comment").type("À rappeler demain")
        await user.open("/")

        await user.open(PAGE)

        (comment,) = user.find(marker="comment").elements
        assert isinstance(comment, ui.input)
        assert comment.value == "À rappeler demain"


async def test_the_sheet_leads_there_with_what_is_ticked() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        rows = [{"id": "FA-002"}]
        told = {"added": True, "rows": rows, "keys": []}
        user.find(ui.table).trigger("selection", told)
        user.find(marker="by-other").click()

        await user.should_see("Agir par client")
        await user.should_see("1 pièce cochée · 300,00\u00a0€")


async def test_a_day_to_come_is_refused() -> None:
    async with open_window(account) as user:
        await user.open(PAGE)
        await press(user, "phone")
        retype(user, "day", "01/01/2030")
        user.find(marker="save").click()

        await user.should_see("Un contact ne peut pas être daté après")


def demo_account(books: Books) -> None:
    """A firm that may prepare e-mails, of which nothing leaves."""
    account(books)
    books.entities.save(an_entity(demo=True))
    books.scenarios.save_text(a_text(channel=Channel.EMAIL))
    books.scenarios.save_text(
        a_text(channel=Channel.LETTER, id="letter", subject="Rappel")
    )


async def test_an_address_typed_without_enter_is_not_lost_when_sending() -> None:
    async with open_window(demo_account) as user:
        await user.open(PAGE)
        await user.should_see("Envoyer cet e-mail")
        retype(user, "copies", "patron@client.example.com")
        user.find(marker="save").click()

        await user.should_see("Envoyer cet e-mail ?")
        await user.should_see("Copie à patron@client.example.com.")
        user.find(marker="confirm").click()
        await user.should_see("Envois")
        await user.should_see(a_customer().name)


async def test_a_comma_or_leaving_the_field_makes_a_chip() -> None:
    async with open_window(demo_account) as user:
        await user.open(PAGE)
        retype(user, "copies", "un@client.example.com,")
        await user.should_see("Copie : un@client.example.com")
        retype(user, "copies", "deux@client.example.com")
        user.find(marker="copies").trigger("blur")

        await user.should_see("Copie : un@client.example.com, deux@client.example.com")


async def test_an_unknown_tag_is_told_by_its_name_instead_of_the_preview() -> None:
    async with open_window(demo_account) as user:
        await user.open(PAGE)
        retype(user, "subject", "Solde %solde_du%")

        await user.should_see("%solde_du%")
        await user.should_see(marker="problem")


async def test_without_a_recipient_nothing_is_asked_nor_sent() -> None:
    async with open_window(demo_account) as user:
        await user.open(PAGE)
        user.find(marker="address-chip").trigger("remove")
        user.find(marker="save").click()

        await user.should_see("Indiquez au moins un destinataire")


async def test_a_letter_waits_for_its_printing() -> None:
    async with open_window(demo_account) as user:
        await user.open(PAGE)
        await press(user, "letter")
        await user.should_see("Adresse postale")
        retype(user, "address", "Client\n1 RUE NEUVE\n69001 LYON")
        user.find(marker="save").click()
        await user.should_see("Les courriers sont prêts")
        user.find(marker="printed").click()

        await user.should_see("Relance 1")
