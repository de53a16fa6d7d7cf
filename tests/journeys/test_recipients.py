from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.basics.identifiers import CustomerId, EntityId, customer_key
from domain.customers.customer import Contact
from domain.dunning.planned import Reason
from domain.dunning.scenario import Channel
from domain.ports import Books
from domain.usecases.acting import show_today
from domain.usecases.composing import compose_chosen
from domain.usecases.customer_details import AddressUnusableError, save_contact
from domain.usecases.recipients import (
    RecipientList,
    RecipientsView,
    put_back,
    set_aside,
    set_recipient,
    show_recipients,
    trust_recipients,
    use_known_addresses,
)
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_address,
    give_email,
)

TODAY = date(2026, 3, 31)
LATE = TODAY - timedelta(days=45)
usable: Callable[[str], bool] = OUTSIDE.mail.can_be_sent_to


def a_firm(*codes: str) -> tuple[Books, EntityId]:
    """Open books where each customer has one late invoice."""
    books, entity_id = books_of()
    lines = [
        a_line(
            f"F-{code}", 100_00 + n, LATE, due_on=LATE, code=code, name=f"Nom {code}"
        )
        for n, code in enumerate(codes)
    ]
    bring_in(books, entity_id, a_file(*lines, starts_on=date(2025, 1, 1)), TODAY)
    return books, entity_id


def look(books: Books, entity_id: EntityId) -> RecipientsView:
    return show_recipients(books, entity_id, OUTSIDE.mail.check_address, TODAY)


def codes(view: RecipientsView, kind: RecipientList) -> list[str]:
    return [line.customer.code for line in view.lists[kind]]


def key(entity_id: EntityId, code: str) -> CustomerId:
    return customer_key(entity_id, code)


def for_invoices_only(books: Books, contact: Contact) -> None:
    save_contact(books, replace(contact, is_dunning=False, is_billing=True))


def test_each_customer_to_remind_stands_in_one_list_only() -> None:
    books, entity_id = a_firm("C1", "C2", "C3", "C4")
    give_email(books, entity_id, "bon@client.example.com", "C1")
    give_email(books, entity_id, "faute@gmial.com", "C2")
    give_email(books, entity_id, "autre@client.example.com", "C4")
    set_aside(books, [key(entity_id, "C4")], TODAY)

    view = look(books, entity_id)

    assert codes(view, RecipientList.TO_SEND) == ["C1"]
    assert codes(view, RecipientList.TO_CHECK) == ["C2"]
    assert codes(view, RecipientList.TO_SET) == ["C3"]
    assert codes(view, RecipientList.SET_ASIDE) == ["C4"]


def test_customer_numbers_are_sorted_as_numbers() -> None:
    books, entity_id = a_firm("C10", "C9", "C100")
    for code in ("C10", "C9", "C100"):
        give_email(books, entity_id, f"{code.lower()}@client.example.com", code)

    view = look(books, entity_id)

    assert codes(view, RecipientList.TO_SEND) == ["C9", "C10", "C100"]


def test_who_owes_nothing_late_is_in_no_list() -> None:
    books, entity_id = books_of()
    later = TODAY + timedelta(days=60)
    line = a_line("F1", 100_00, TODAY, due_on=later, code="C1")
    bring_in(books, entity_id, a_file(line), TODAY)

    assert not any(look(books, entity_id).lists.values())


def test_a_billing_contact_is_not_the_recipient_of_reminders() -> None:
    books, entity_id = a_firm("C1")
    contact = give_email(books, entity_id, "factures@client.example.com", "C1")
    for_invoices_only(books, contact)

    (line,) = look(books, entity_id).lists[RecipientList.TO_SET]

    assert line.email == "factures@client.example.com"


def test_known_addresses_become_recipients_all_at_once() -> None:
    books, entity_id = a_firm("C1", "C2")
    contact = give_email(books, entity_id, "factures@client.example.com", "C1")
    for_invoices_only(books, contact)

    count = use_known_addresses(books, [key(entity_id, "C1"), key(entity_id, "C2")])

    assert count == 1
    assert codes(look(books, entity_id), RecipientList.TO_SEND) == ["C1"]


def test_who_is_only_written_letters_to_is_counted_apart() -> None:
    books, entity_id = a_firm("C1")
    give_email(books, entity_id, "bon@client.example.com", "C1")
    scenario = next(s for s in books.scenarios.scenarios(entity_id) if s.with_email)
    by_letter = tuple(replace(s, channel=Channel.LETTER) for s in scenario.steps)
    books.scenarios.save_scenario(replace(scenario, steps=by_letter))

    view = look(books, entity_id)

    assert view.by_letter == 1
    assert not any(view.lists.values())


def test_the_send_list_is_what_is_sent_neither_more_nor_less() -> None:
    books, entity_id = a_firm("C1", "C2", "C3")
    give_email(books, entity_id, "un@client.example.com", "C1")
    give_email(books, entity_id, "deux@client.example.com", "C2")
    set_aside(books, [key(entity_id, "C2")], TODAY)

    composed = compose_chosen(
        books,
        entity_id,
        look(books, entity_id).choices,
        OUTSIDE.mail.check_address,
        TODAY,
    )

    assert [c.recipient for c in composed] == ["un@client.example.com"]


def test_who_is_set_aside_stays_so_until_put_back() -> None:
    books, entity_id = a_firm("C1")
    give_email(books, entity_id, "un@client.example.com", "C1")
    set_aside(books, [key(entity_id, "C1")], TODAY - timedelta(days=40))

    (line,) = look(books, entity_id).lists[RecipientList.SET_ASIDE]
    assert line.since == TODAY - timedelta(days=40)
    put_back(books, [key(entity_id, "C1")])

    assert codes(look(books, entity_id), RecipientList.TO_SEND) == ["C1"]


def test_act_by_scenario_leaves_out_who_is_set_aside_and_says_so() -> None:
    books, entity_id = a_firm("C1", "C2")
    give_address(books, entity_id, "C1")
    set_aside(books, [key(entity_id, "C1"), key(entity_id, "C2")], TODAY)

    day = show_today(books, entity_id, OUTSIDE.mail.check_address, TODAY)

    assert not day.buckets
    assert {row.items[0].exclusions[0].reason for row in day.left_out} == {
        Reason.SET_ASIDE
    }


def test_a_trusted_address_is_trusted_wherever_it_stands() -> None:
    books, entity_id = a_firm("C1", "C2")
    for code in ("C1", "C2"):
        give_email(books, entity_id, "Compta@gmial.com", code)

    trusted = trust_recipients(books, entity_id, [key(entity_id, "C1")], usable)

    assert (trusted.count, trusted.unusable) == (1, ())
    assert codes(look(books, entity_id), RecipientList.TO_SEND) == ["C1", "C2"]


def test_trust_is_remembered_when_the_address_comes_back() -> None:
    books, entity_id = a_firm("C1", "C2")
    give_email(books, entity_id, "compta@gmial.com", "C1")
    trust_recipients(books, entity_id, [key(entity_id, "C1")], usable)

    set_recipient(books, key(entity_id, "C2"), "compta@gmial.com", usable)

    assert codes(look(books, entity_id), RecipientList.TO_SEND) == ["C1", "C2"]


def test_an_address_that_no_server_takes_cannot_be_trusted() -> None:
    books, entity_id = a_firm("C1")
    give_email(books, entity_id, "sans-arobase.example.com", "C1")

    trusted = trust_recipients(books, entity_id, [key(entity_id, "C1")], usable)

    assert trusted.unusable == ("sans-arobase.example.com",)
    assert codes(look(books, entity_id), RecipientList.TO_CHECK) == ["C1"]


def test_a_typed_address_corrects_that_of_the_recipient() -> None:
    books, entity_id = a_firm("C1")
    give_email(books, entity_id, "compta@gmial.com", "C1")

    set_recipient(books, key(entity_id, "C1"), " compta@gmail.com ", usable)

    (contact,) = books.customers.contacts_of(key(entity_id, "C1"))
    assert contact.email == "compta@gmail.com"
    assert codes(look(books, entity_id), RecipientList.TO_SEND) == ["C1"]


def test_a_known_contact_that_is_chosen_takes_the_role() -> None:
    books, entity_id = a_firm("C1")
    contact = give_email(books, entity_id, "factures@client.example.com", "C1")
    for_invoices_only(books, contact)

    set_recipient(books, key(entity_id, "C1"), "Factures@client.example.com", usable)

    (contact,) = books.customers.contacts_of(key(entity_id, "C1"))
    assert contact.is_dunning
    assert contact.is_billing


def test_an_unusable_typed_address_is_refused() -> None:
    books, entity_id = a_firm("C1")

    with pytest.raises(AddressUnusableError):
        set_recipient(books, key(entity_id, "C1"), "compta@", usable)

    assert codes(look(books, entity_id), RecipientList.TO_SET) == ["C1"]
