from domain.ports import Books
from tests.builders import CUSTOMER_ID, a_contact, a_customer
from tests.ui.window import click, one_firm, open_window, retype
from ui import addresses


def one_contact(books: Books) -> None:
    one_firm(books)
    books.customers.save_contacts([a_contact(email="compta@client.example.com")])


async def test_a_customers_data_is_erased_once_its_code_was_typed() -> None:
    async with open_window(one_contact) as user:
        await user.open(addresses.customer(CUSTOMER_ID))
        await user.should_see("compta@client.example.com")
        await click(user, marker="personal-data")
        await user.should_see("1 contact : nom, adresse e-mail")
        await user.should_see("les niveaux atteints et les dates")
        await click(user, marker="erase")
        await user.should_see("Rien n'a été effacé")

        retype(user, "erase-code", a_customer().code)
        await click(user, marker="erase")
        await user.should_not_see("compta@client.example.com")


async def test_a_customers_data_is_handed_over_in_a_zip() -> None:
    async with open_window(one_contact) as user:
        await user.open(addresses.customer(CUSTOMER_ID))
        await click(user, marker="personal-data")
        await click(user, marker="hand-over")

        answer = await user.download.next()
        assert answer.content.startswith(b"PK")
