"""A contact taken off a sheet stays off it when files name it again."""

from datetime import date

from domain.ledger.import_report import SourceContact
from domain.usecases.customer_details import remove_contact
from tests.builders import ENTITY_ID, TODAY, books_of_one_firm
from tests.journeys.stories import a_file, a_line, bring_in

LINE = a_line("F1", 120_00, date(2026, 1, 10))
CONTACT = SourceContact(
    line=2, customer_code="C001", email="camille@client.example.com", is_dunning=True
)


def test_the_next_file_does_not_bring_a_removed_contact_back() -> None:
    books = books_of_one_firm()
    bring_in(books, ENTITY_ID, a_file(LINE, contacts=[CONTACT]), TODAY)
    (contact,) = books.customers.contacts(ENTITY_ID)

    remove_contact(books, contact, TODAY)
    more = a_line("F2", 80_00, date(2026, 2, 10))
    bring_in(books, ENTITY_ID, a_file(LINE, more, contacts=[CONTACT]), TODAY)

    assert books.customers.contacts(ENTITY_ID) == []
