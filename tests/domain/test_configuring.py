from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.basics.identifiers import EntityId
from domain.ports import OAuthClient, Provider, SmtpAccount
from domain.usecases.configuring import (
    ClientIdMissingError,
    EntityNameTakenError,
    IbanWrongError,
    MailServerMissingError,
    PortWrongError,
    RateNotUnderstoodError,
    create_entity,
    penalty_rate_from,
    save_entity,
    save_smtp_account,
    smtp_account,
)
from domain.usecases.customer_details import TermsNotUnderstoodError
from domain.usecases.emails import envelope_of
from domain.usecases.settings import compose_example, show_settings
from tests.builders import an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, books_of, bring_in

INVOICED_ON = date(2026, 1, 10)
TODAY = date(2026, 3, 31)
OTHER = EntityId("other")
ACCOUNT = SmtpAccount(
    host="smtp.example.com",
    port=465,
    security="ssl",
    user="compta",
    sender_name="Atelier",
    sender_address="compta@example.com",
)


def test_a_wrong_iban_is_refused_and_nothing_of_the_card_is_kept() -> None:
    books, entity_id = books_of()
    wrong = replace(an_entity(), iban="FR76 3000 6000 0112 3456 7890 188", city="Nice")

    with pytest.raises(IbanWrongError):
        save_entity(books, wrong)

    assert books.entities.get(entity_id).city == "Lyon"


def test_an_iban_typed_in_groups_is_kept_without_spaces() -> None:
    books, entity_id = books_of()

    save_entity(books, replace(an_entity(), iban="fr76 3000 6000 0112 3456 7890 189"))

    assert books.entities.get(entity_id).iban == "FR7630006000011234567890189"


def test_a_firm_without_an_iban_may_be_saved() -> None:
    books, entity_id = books_of()

    save_entity(books, replace(an_entity(), iban=""))

    assert not books.entities.get(entity_id).iban


def test_terms_that_are_not_understood_are_refused() -> None:
    books, _entity_id = books_of()

    with pytest.raises(TermsNotUnderstoodError):
        save_entity(books, replace(an_entity(), default_terms="comme d'habitude"))


def test_two_firms_cannot_have_one_name_whatever_the_accents() -> None:
    books, _entity_id = books_of()
    other = create_entity(
        books,
        replace(an_entity(), id=OTHER, name="Menuiserie Doré"),
        OUTSIDE.documents.starting_texts(),
    )

    with pytest.raises(EntityNameTakenError):
        save_entity(books, replace(other, name="ATELIER BOIS CLAIR "))


def test_new_default_terms_move_the_due_dates_they_had_given() -> None:
    books, entity_id = books_of()
    lines = [
        a_line("FA-1", 100_00, INVOICED_ON),
        a_line("FA-2", 100_00, INVOICED_ON, due_on=date(2026, 2, 1)),
    ]
    bring_in(books, entity_id, a_file(*lines), TODAY)

    entity = books.entities.get(entity_id)
    save_entity(books, replace(entity, default_terms="60 jours"))

    due = {i.reference: i.due_on for i in books.ledger.items(entity_id)}
    assert due == {"FA-1": date(2026, 3, 11), "FA-2": date(2026, 2, 1)}


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        ("12,5 %", Decimal("12.5")),
        ("13.15", Decimal("13.15")),
        ("0", Decimal(0)),
        ("  ", None),
    ],
)
def test_a_rate_is_read_with_a_comma_or_a_point(
    typed: str, rate: Decimal | None
) -> None:
    assert penalty_rate_from(typed) == rate


@pytest.mark.parametrize("typed", ["douze", "NaN", "-1", "1250", "inf"])
def test_a_rate_that_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(RateNotUnderstoodError):
        penalty_rate_from(typed)


def test_a_mail_account_needs_a_server_an_address_and_a_port() -> None:
    books, entity_id = books_of()

    for wrong, refusal in (
        (replace(ACCOUNT, host=""), MailServerMissingError),
        (replace(ACCOUNT, sender_address=""), MailServerMissingError),
        (replace(ACCOUNT, port=0), PortWrongError),
    ):
        with pytest.raises(refusal):
            save_smtp_account(books, entity_id, wrong)

    assert smtp_account(books, entity_id) is None


def test_each_firm_has_its_own_mail_account() -> None:
    books, entity_id = books_of()

    save_smtp_account(books, entity_id, ACCOUNT)

    assert show_settings(books, entity_id).account == ACCOUNT
    assert smtp_account(books, OTHER) is None


def test_how_an_account_signs_in_is_kept_and_reaches_the_envelope() -> None:
    books, entity_id = books_of()
    client = OAuthClient(provider=Provider.MICROSOFT, client_id="1234", tenant="t")
    signed = replace(ACCOUNT, user="a@example.com", oauth=client, wants_receipt=True)

    save_smtp_account(books, entity_id, signed)

    assert smtp_account(books, entity_id) == signed
    assert envelope_of(books, entity_id).wants_receipt
    nameless = replace(signed, oauth=replace(client, client_id=""))
    with pytest.raises(ClientIdMissingError):
        save_smtp_account(books, entity_id, nameless)


def test_the_example_is_a_letter_of_today_under_the_firm_s_name() -> None:
    books, entity_id = books_of()
    lines = [a_line("FA-1", 100_00, INVOICED_ON)]
    bring_in(books, entity_id, a_file(*lines), TODAY)

    example = compose_example(books, entity_id, OUTSIDE.mail.check_address, TODAY)

    assert example
    assert example.content.sender.name == "Atelier Bois Clair"
    assert [line.reference for line in example.content.lines] == ["FA-1"]


def test_there_is_no_example_when_nothing_is_due() -> None:
    books, entity_id = books_of()

    assert not compose_example(books, entity_id, OUTSIDE.mail.check_address, TODAY)
