"""Penalties from the settings to what a customer receives."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.customers.customer import CustomerKind, PenaltyChoice
from domain.dunning.letter import LetterContent
from domain.dunning.rates import EcbRateMissingError, HalfYear, RateKind
from domain.ports import Books
from domain.usecases.acting import show_today
from domain.usecases.composing import compose_chosen
from domain.usecases.penalties import (
    TypedRate,
    choose_law,
    customer_penalties,
    rate_is_wanted,
    save_claiming_steps,
    save_rates,
    show_penalty_settings,
)
from tests.builders import CUSTOMER_ID, ENTITY_ID, TODAY, an_entity
from tests.journeys.stories import a_file, a_line, books_of, bring_in, give_email

AUTUMN = date(2026, 11, 23)


def books_with_one_late_invoice() -> Books:
    books, entity_id = books_of()
    line = a_line("F1", 1_000_00, TODAY - timedelta(days=60))
    bring_in(books, entity_id, a_file(line), TODAY)
    give_email(books, entity_id, "camille@client.example.com")
    return books


def fine(_address: str) -> str:
    return ""


def message(books: Books, today: date) -> LetterContent:
    view = show_today(books, ENTITY_ID, fine, today)
    choice = view.buckets[0].rows[0].choice
    (composed,) = compose_chosen(books, ENTITY_ID, [choice], fine, today)
    return composed.content


def claim_everywhere(books: Books) -> None:
    steps = show_penalty_settings(books, ENTITY_ID, TODAY).steps
    save_claiming_steps(
        books,
        ENTITY_ID,
        {(one.step.scenario_id, one.step.id) for one in steps},
        follows_half_years=True,
    )


def test_nothing_is_claimed_until_somebody_says_so() -> None:
    books = books_with_one_late_invoice()

    assert message(books, TODAY).claim is None
    claim_everywhere(books)
    assert message(books, TODAY).claim


def test_a_customer_waived_is_never_asked_and_one_claimed_always_is() -> None:
    books = books_with_one_late_invoice()
    professional = CustomerKind.PROFESSIONAL

    choose_law(books, CUSTOMER_ID, professional, PenaltyChoice.CLAIMED)
    assert message(books, TODAY).claim
    claim_everywhere(books)
    choose_law(books, CUSTOMER_ID, professional, PenaltyChoice.WAIVED)
    assert message(books, TODAY).claim is None


@pytest.mark.parametrize("kind", [CustomerKind.CONSUMER, CustomerKind.PUBLIC])
def test_the_kind_of_customer_chosen_decides_of_the_law(kind: CustomerKind) -> None:
    books = books_with_one_late_invoice()

    choose_law(books, CUSTOMER_ID, kind, PenaltyChoice.CLAIMED)

    assert books.customers.get(CUSTOMER_ID).kind is kind
    assert bool(message(books, TODAY).claim) is (kind is CustomerKind.PUBLIC)


def test_a_half_year_without_a_rate_asks_for_it_then_claims() -> None:
    books = books_with_one_late_invoice()
    claim_everywhere(books)

    asked = customer_penalties(books, CUSTOMER_ID, AUTUMN).unpaid.missing
    assert [one.half_year for one in asked] == [HalfYear(2026, 2)]
    with pytest.raises(EcbRateMissingError):
        message(books, AUTUMN)

    typed = TypedRate(HalfYear(2026, 2), RateKind.ECB, Decimal("2.15"))
    save_rates(books, [typed], AUTUMN)
    assert message(books, AUTUMN).claim
    latest = books.rates.all()[0]
    assert (latest.rate, latest.typed_on) == (Decimal("2.15"), AUTUMN)


def test_nothing_that_claims_leaves_by_itself_while_a_rate_is_missing() -> None:
    books = books_with_one_late_invoice()

    assert not rate_is_wanted(books, ENTITY_ID, AUTUMN)
    claim_everywhere(books)
    assert rate_is_wanted(books, ENTITY_ID, AUTUMN)
    assert not rate_is_wanted(books, ENTITY_ID, TODAY)


def test_a_rate_emptied_is_forgotten_and_the_others_keep_their_date() -> None:
    books, _entity_id = books_of()
    half_year = HalfYear(2026, 1)

    save_rates(
        books,
        [
            TypedRate(half_year, RateKind.ECB, Decimal("2.15")),
            TypedRate(half_year, RateKind.LEGAL, None),
        ],
        TODAY,
    )

    kept = [one for one in books.rates.all() if one.half_year == half_year]
    assert [(one.kind, one.typed_on) for one in kept] == [(RateKind.ECB, None)]


def test_a_structured_reference_is_printed_and_scanned() -> None:
    books = books_with_one_late_invoice()
    books.entities.save(
        replace(
            books.entities.get(ENTITY_ID),
            iban=an_entity().iban,
            structured_reference=True,
        )
    )

    payment = message(books, TODAY).payment

    assert payment
    assert payment.reference.startswith("RF")
    assert payment.qr_payload.endswith(payment.reference.replace(" ", ""))
