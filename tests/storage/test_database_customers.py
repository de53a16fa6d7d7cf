import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.errors import NotFoundError
from domain.basics.identifiers import CustomerId
from domain.basics.text import natural_key
from storage.database.books import SqliteBooks, open_books
from storage.database.customers import sort_key
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    PROFILE_ID,
    a_contact,
    a_customer,
    a_profile,
    an_entity,
    books_of_one_firm,
    customer_id_of,
)

NAMES = {
    "C1": "Électricité Müller",
    "C2": "Sœur & Fils",
    "C10": "D'Almeida (SARL)",
    "C11": "Jean-Pierre Dupont",
    "C12": "Dupont",
    "411X_7": "100% Bio",
    "411XA7": "1000 idées",
    "P1": "🌸 Pâtisserie des Tilleuls",
    "Z9": "Y" * 300,
}


@pytest.fixture
def books() -> SqliteBooks:
    books = open_books()
    books.entities.save(an_entity())
    books.customers.save_many(a_customer(code=c, name=n) for c, n in NAMES.items())
    return books


def found(books: SqliteBooks, words: str) -> list[str]:
    return [c.code for c in books.customers.search(ENTITY_ID, words, 20)]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("electricite", ["C1"]),
        ("MULL elec", ["C1"]),
        ("soeur", ["C2"]),
        ("sœur fils", ["C2"]),
        ("d'almeida", ["C10"]),
        ("almeida", ["C10"]),
        ("sarl", ["C10"]),
        ("(SARL", ["C10"]),
        ("jean pierre", ["C11"]),
        ("pierre-jean", []),
        ("upont", []),
        ("patis", ["P1"]),
        ("🌸", ["P1"]),
        ("  tilleuls   pat ", ["P1"]),
        ("100%", ["411X_7", "411XA7"]),
        ("%", []),
        ("x_", ["411X_7"]),
        ("_", ["411X_7"]),
        ("\\", []),
        ("'; DROP TABLE customers; --", []),
        ('"', []),
        ("y" * 300, ["Z9"]),
        ("y" * 301, []),
        ("personne", []),
    ],
)
def test_customers_are_found_as_people_type(
    books: SqliteBooks, words: str, codes: list[str]
) -> None:
    assert found(books, words) == codes


@given(words=st.text())
def test_nothing_typed_breaks_the_search(words: str) -> None:
    found(_SEARCHED, words)


_SEARCHED = books_of_one_firm()


def test_a_part_of_the_code_is_enough(books: SqliteBooks) -> None:
    assert found(books, "11x") == ["411X_7", "411XA7"]


def test_the_very_code_comes_first_then_codes_then_names_that_begin_so(
    books: SqliteBooks,
) -> None:
    books.customers.save_many(
        [
            a_customer(code="AC1", name="Autre"),
            a_customer(code="D1", name="C1 Services"),
            a_customer(code="D2", name="Au C1"),
        ]
    )

    assert found(books, "c1") == ["C1", "C10", "C12", "C11", "D1", "D2", "AC1"]


def test_no_more_customers_are_found_than_asked(books: SqliteBooks) -> None:
    assert len(books.customers.search(ENTITY_ID, "c", 2)) == 2


def test_nothing_typed_finds_everyone(books: SqliteBooks) -> None:
    assert len(found(books, " ")) == len(NAMES)


def test_a_renamed_customer_is_found_by_its_new_name(books: SqliteBooks) -> None:
    books.customers.save_many([a_customer(code="C12", name="Durand")])

    assert found(books, "durand") == ["C12"]
    assert found(books, "dupont") == ["C11"]


def test_customers_of_another_firm_are_not_found(books: SqliteBooks) -> None:
    books.entities.save(an_entity(id="other"))
    books.customers.save_many([a_customer(entity_id="other", name="Dupont bis")])

    assert found(books, "bis") == []


def test_customers_are_listed_by_code_with_numbers_as_numbers(
    books: SqliteBooks,
) -> None:
    codes = [c.code for c in books.customers.all(ENTITY_ID)]

    assert codes == ["411X_7", "411XA7", "C1", "C2", "C10", "C11", "C12", "P1", "Z9"]


codes = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]))


@given(first=codes, second=codes)
def test_sort_keys_are_in_the_order_of_natural_keys(first: str, second: str) -> None:
    by_text = (sort_key(first) < sort_key(second), sort_key(first) == sort_key(second))
    natural = (
        natural_key(first) < natural_key(second),
        natural_key(first) == natural_key(second),
    )

    assert by_text == natural


def test_a_customer_comes_back_with_its_new_profile() -> None:
    books = books_of_one_firm()
    books.scenarios.save_profile(a_profile())
    customer = a_customer(profile_id=PROFILE_ID, is_public=True, name="Mairie d'Été")

    books.customers.save_many([customer])

    assert books.customers.get(CUSTOMER_ID) == customer
    assert books.customers.all(ENTITY_ID) == [customer]


def test_an_unknown_customer_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        books_of_one_firm().customers.get(CustomerId("nobody"))


def test_contacts_come_back_in_the_order_they_were_added() -> None:
    books = books_of_one_firm()
    books.customers.save_many([a_customer(code="C002")])
    second = a_contact(customer_id=customer_id_of("C002"))
    first, third = a_contact(is_dunning=True), a_contact(email_accepted=True)

    books.customers.save_contacts([first, second, third])

    assert books.customers.contacts(ENTITY_ID) == [first, second, third]
    assert books.customers.contacts_of(CUSTOMER_ID) == [first, third]
