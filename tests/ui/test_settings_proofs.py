"""« Vérifier les preuves », in the settings."""

from domain.dunning.outbox import MessageState
from domain.ports import Books
from tests.builders import a_message
from tests.ui.window import one_firm, open_window
from ui import addresses


async def test_proofs_that_are_whole_are_said_to_be() -> None:
    async with open_window() as user:
        await user.open(addresses.SETTINGS)
        user.find(marker="check-proofs").click()
        await user.should_see("Le journal est entier")
        await user.should_see("0 enregistrement relu. 0 fichier conservé relu.")


async def test_what_no_record_proves_is_named() -> None:
    def fill(books: Books) -> None:
        one_firm(books)
        [entity] = books.entities.all()
        customer = books.customers.all(entity.id)[0]
        message = a_message(
            entity_id=entity.id, customer_id=customer.id, state=MessageState.SENT
        )
        books.outbox.add(message, [])

    async with open_window(fill) as user:
        await user.open(addresses.SETTINGS)
        user.find(marker="check-proofs").click()
        await user.should_see("1 preuve n’est plus comme elle était :")
        await user.should_see("sans qu’aucun enregistrement le prouve")
