"""Penalties as a customer reads them, and who reads them."""

import pytest

from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.dunning.letter import LetterContent
from domain.dunning.penalties import penalties, rule_of
from domain.dunning.penalty_claim import PenaltyClaim
from storage.documents.emails import email_html, email_text
from storage.documents.letters import letter_html
from tests.builders import TODAY, a_customer, an_entity, an_item
from tests.composing import as_shipped, cents_of
from tests.domain.test_penalties import RATES

ITEMS = (
    an_item(cents=1_845_00, days_late=120, reference="FA-312"),
    an_item(cents=640_80, days_late=64, reference="FA-9"),
)


def notice(customer: Customer, language: str = "fr") -> LetterContent:
    rule = rule_of(an_entity(), customer)
    found = penalties(ITEMS, {}, rule, RATES, TODAY)
    return as_shipped(
        "formal_notice", *ITEMS, customer=customer, claimed=found, language=language
    )


def claim_of(content: LetterContent) -> PenaltyClaim:
    assert content.claim
    return content.claim


def test_the_annex_adds_up_to_the_block_and_the_invoices_stay_apart() -> None:
    content = notice(a_customer())
    claim = claim_of(content)

    interest, indemnity = (cents_of(amount) for _label, amount in claim.lines)
    assert indemnity == 2 * 40_00
    assert interest + indemnity == cents_of(claim.total)
    assert sum(cents_of(one.total) for one in claim.invoices) == cents_of(claim.total)
    asked = sum((item.left for item in ITEMS), Money(0)).cents
    assert cents_of(content.total) == asked
    assert content.payment
    assert cents_of(content.payment.amount) == asked


@pytest.mark.parametrize("language", ["fr", "en"])
def test_letters_and_e_mails_show_the_claim_and_the_letter_its_annex(
    language: str,
) -> None:
    content = notice(a_customer(), language)
    claim = claim_of(content)

    for shown in (letter_html(content), email_html(content), email_text(content)):
        assert claim.title in shown
        assert claim.total.replace("\u202f", "\u00a0") in shown
    assert claim.annex_title in letter_html(content)
    assert content.legal_note == ""


def test_a_public_buyer_reads_its_own_law_in_claim_and_consequences() -> None:
    content = notice(a_customer(is_public=True))

    assert "2192-13" in claim_of(content).note
    assert "441-10" not in letter_html(content)
    assert "référé-provision" in letter_html(content)
    assert "injonction" not in letter_html(content)


def test_a_consumer_reads_of_legal_interest_and_mediation_alone() -> None:
    content = notice(a_customer(is_individual=True))
    page = letter_html(content)

    assert content.claim is None
    assert "1231-6" in page
    assert "médiateur" in page
    assert "40\u00a0€" not in page
    assert "441-10" not in page


def test_an_insolvent_firm_is_told_of_neither_penalties_nor_courts() -> None:
    content = notice(a_customer(is_insolvent=True))
    page = letter_html(content)

    assert content.claim is None
    assert "622-24" in page
    assert "injonction" not in page


def test_a_professional_is_given_formal_notice_with_all_that_it_takes() -> None:
    content = notice(a_customer())
    page = letter_html(content)

    assert content.is_formal_notice
    for needed in (
        "MISE EN DEMEURE",
        "1344-1",
        "injonction de payer",
        "FA-312",
        "441-10",
        "441-5",
        "Lettre recommandée avec avis de réception",
    ):
        assert needed in page
