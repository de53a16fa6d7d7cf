"""Books in memory."""

from storage.database.books import SqliteBooks, open_books
from tests.builders.dunning import a_profile
from tests.builders.ledger import a_customer, an_entity


def books_of_one_firm() -> SqliteBooks:
    """Open books in memory that hold a firm, its profile and one customer."""
    books = open_books()
    books.entities.save(an_entity())
    books.scenarios.save_profile(a_profile())
    books.customers.save_many([a_customer()])
    return books
