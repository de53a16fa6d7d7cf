from collections import Counter
from datetime import date, timedelta

import pytest
from stdnum import iban
from stdnum.fr import siren, siret, tva

from domain.basics.money import Money
from domain.basics.periods import months_later
from domain.demo.firm import demo_firm
from domain.ledger.entry import DueOrigin
from tests.domain.demo_reading import (
    A_WEEK,
    TODAY,
    balances,
    customers,
    derived,
    emails,
    entities,
    firm,
    is_right,
    items,
    late_items,
    lines,
    open_items,
)


def test_the_same_day_gives_the_same_firm() -> None:
    assert demo_firm(TODAY) == firm()


def test_there_are_two_entities_and_150_customers() -> None:
    assert [len(entity.customers) for entity in entities()] == [110, 40]


def test_every_entity_is_a_demonstration_and_is_complete() -> None:
    for entity in entities():
        firm_record = entity.entity
        assert firm_record.demo
        for field in ("address", "city", "capital", "rcs", "phone", "signatory_name"):
            assert getattr(firm_record, field)


def test_identity_numbers_have_the_right_keys() -> None:
    for entity in entities():
        assert siret.is_valid(entity.entity.siret)
        assert tva.is_valid(entity.entity.vat_number)
        assert iban.is_valid(entity.entity.iban)
    assert all(siren.is_valid(c.siren) for c in customers() if c.siren)


def test_no_identity_number_can_be_a_real_one() -> None:
    numbers = [entity.entity.siret for entity in entities()]
    numbers += [customer.siren for customer in customers() if customer.siren]
    assert {number[0] for number in numbers} == {"0"}
    assert {entity.entity.iban[4:9] for entity in entities()} == {"99999"}


def test_no_phone_number_can_be_a_real_one() -> None:
    numbers = [number for c in customers() for number in (c.phone, c.mobile) if number]
    assert {number[:8] for number in numbers} == {"01 99 00", "06 39 98", "+44 20 7"}


def test_no_email_can_reach_anybody() -> None:
    assert all(email.endswith("@example.com") for email in emails() if is_right(email))


def test_no_two_customers_of_an_entity_have_one_code_or_one_name() -> None:
    for entity in entities():
        assert len({c.code for c in entity.customers}) == len(entity.customers)
        assert len({c.name for c in entity.customers}) == len(entity.customers)


def test_the_books_cover_eighteen_months() -> None:
    start = months_later(TODAY, -18).replace(day=1)
    assert {entity.source.starts_on for entity in entities()} == {start}
    months = {(line.entry_on.year, line.entry_on.month) for line in lines()}
    assert len(months) == 19


def test_the_books_hold_a_few_thousand_lines_and_the_last_months_are_busier() -> None:
    sales = [line.entry_on for line in lines() if line.journal == "VE"]
    lately = [day for day in sales if TODAY - timedelta(days=60) < day]
    assert 3000 < len(lines()) < 4500
    assert len(lately) / 60 > 1.3 * len(sales) / 548


def test_nothing_but_a_due_date_or_an_agreement_is_dated_after_today() -> None:
    known: list[date | None] = []
    for entity in entities():
        for line in entity.source.lines:
            known += [line.entry_on, line.piece_on, line.lettered_on]
        known += [hold.starts_on for hold in entity.holds]
        known += [hold.lifted_on for hold in entity.holds]
        known += [dispute.opened_on for dispute in entity.disputes]
        known += [promise.made_on for promise in entity.promises]
        known += [note.written_at.date() for note in entity.notes]
        known += [reminder.sent_on for reminder in entity.past_reminders]
    assert max(day for day in known if day) <= TODAY


def test_all_letterings_balance_but_one() -> None:
    unbalanced = [
        u for rank in range(2) for u in derived(TODAY, rank).allocated.unbalanced
    ]
    assert [u.gap for u in unbalanced] == [Money(50_00)]


def test_each_line_has_either_a_debit_or_a_credit_within_the_firm_s_means() -> None:
    invoices = [line.debit.cents for line in lines() if line.journal in ("VE", "AN")]
    assert all(bool(line.debit) != bool(line.credit) for line in lines())
    assert all(80_00 <= cents <= 25_000_00 for cents in invoices if cents)


@pytest.mark.parametrize("today", A_WEEK)
def test_a_credible_share_of_what_is_owed_is_overdue(today: date) -> None:
    owed = Money.total(item.left for item in open_items(today))
    late = [i for i in open_items(today) if i.days_overdue(today) and not i.is_credit]
    assert 0.18 < Money.total(i.left for i in late).cents / owed.cents < 0.36


def test_most_invoices_were_paid_20_to_50_days_after_their_date() -> None:
    delays = [
        (item.settled_on - item.invoice_on).days
        for item in items()
        if item.settled_on and not item.is_credit
    ]
    usual = [days for days in delays if 20 <= days <= 50]
    assert len(usual) > 0.6 * len(delays)


def test_due_dates_come_from_the_file_the_label_the_terms_and_the_default() -> None:
    origins = Counter(item.due_origin for item in items() if not item.is_credit)
    assert set(origins) == {
        DueOrigin.FILE,
        DueOrigin.LABEL,
        DueOrigin.TERMS,
        DueOrigin.DEFAULT,
    }
    assert origins[DueOrigin.FILE] > sum(origins.values()) / 2


def test_all_four_journals_are_there() -> None:
    for entity in entities():
        journals = {line.journal for line in entity.source.lines}
        assert journals == {"AN", "BQ", "OD", "VE"}


def test_some_customers_have_no_email_and_some_an_odd_one() -> None:
    reached = {c.customer_id for e in entities() for c in e.contacts if c.email}
    assert 10 <= 150 - len(reached) <= 16
    assert len([email for email in emails() if not is_right(email)]) == 4


def test_two_firms_have_no_postal_address() -> None:
    lost = [c for c in customers() if not c.has_postal_address]
    assert sorted(c.is_counter_sale for c in lost) == [False, False, True]


@pytest.mark.parametrize(
    "trait", ["is_public", "is_insolvent", "is_counter_sale", "is_individual"]
)
def test_every_kind_of_customer_owes_something_overdue(trait: str) -> None:
    concerned = {c.id for c in customers() if getattr(c, trait)}
    assert any(item.customer_id in concerned for item in late_items())


def test_some_names_are_hard_to_print() -> None:
    names = [customer.name for customer in customers()]
    assert any(len(name) > 100 for name in names)
    assert any("<b>" in name and '"' in name and "Œ" in name for name in names)


def test_some_customers_are_abroad_and_one_reads_english() -> None:
    assert {c.country for c in customers()} == {"", "Belgique", "Royaume-Uni"}
    assert [c.language for c in customers()].count("en") == 1


def test_some_followed_customers_owe_something_due_around_today() -> None:
    followed = {c.id for c in customers() if c.is_followed}
    near = [i for i in open_items() if i.due_on and abs((i.due_on - TODAY).days) <= 7]
    assert any(item.customer_id in followed for item in near)


def test_some_customers_are_in_credit() -> None:
    assert [cents < 0 for cents in balances().values()].count(True) == 2


def test_some_late_customers_have_an_unused_credit_note_or_payment() -> None:
    late = {item.customer_id for item in late_items()}
    unused = [i for i in open_items() if i.is_credit and i.customer_id in late]
    assert {item.reference[:2] for item in unused} >= {"AV", "BQ"}


def test_some_late_invoices_are_partly_paid() -> None:
    late = {(item.customer_id, item.reference) for item in late_items()}
    parts = [
        i for i in open_items() if i.is_credit and not i.reference.startswith("AV")
    ]
    assert len([i for i in parts if (i.customer_id, i.reference) in late]) == 4


def test_some_invoices_are_settled_with_a_credit_note_or_a_small_write_off() -> None:
    settled = [line for line in lines() if line.lettering]
    assert any(line.piece.startswith("AV") for line in settled)
    assert any(line.journal == "OD" and line.credit < Money(1_00) for line in settled)


def test_a_rejected_direct_debit_is_late() -> None:
    late = [
        item for item in late_items() if item.label.startswith("Prélèvement rejeté")
    ]
    assert [item.payment_mode for item in late] == ["Prélèvement"]
