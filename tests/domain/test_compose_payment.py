from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.money import Money
from domain.dunning.letter import LetterContent
from domain.dunning.scenario import StepKind
from tests.builders import a_customer, an_entity, an_item
from tests.composing import cents_of, composed


def amount_scanned(content: LetterContent) -> int:
    assert content.payment
    line = content.payment.qr_payload.split("\n")[7]
    return int(Decimal(line.removeprefix("EUR")) * 100)


_DEBITS = st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 100)), min_size=1)
_CREDITS = st.lists(st.integers(1, 10**8))


@given(_DEBITS, _CREDITS)
def test_lines_total_and_code_ask_for_one_and_the_same_amount(
    debits: list[tuple[int, int]], credits_cents: list[int]
) -> None:
    items = [
        an_item(cents=cents, reference=f"F{n}", settled=Money(cents * paid // 100))
        for n, (cents, paid) in enumerate(debits)
    ]
    items += [
        an_item(cents=-cents, reference=f"A{n}")
        for n, cents in enumerate(credits_cents)
    ]
    owed = sum(item.left.cents for item in items)

    content = composed(*items)

    assert sum(cents_of(line.left) for line in content.lines) == owed
    assert cents_of(content.total) == owed
    assert cents_of(content.lines[-1].carried) == owed
    if owed > 0:
        assert content.payment
        assert cents_of(content.payment.amount) == owed
    if 0 < owed < 10**11:
        assert amount_scanned(content) == owed


def test_the_deadline_counts_from_today_and_before_the_due_date_is_that_date() -> None:
    reminder = composed(payment_days=8)
    notice = composed(an_item(days_late=-8), kind=StepKind.ADVANCE_NOTICE)

    assert reminder.payment
    assert reminder.payment.deadline == "8\u00a0avril\u00a02026"
    assert notice.payment
    assert notice.payment.deadline == "8\u00a0avril\u00a02026"
    assert notice.headings["deadline"] == "Échéance"


def test_a_notice_about_several_due_dates_refers_to_the_table() -> None:
    notice = composed(
        an_item(days_late=-8, reference="FA-1"),
        an_item(days_late=-5, reference="FA-2"),
        kind=StepKind.ADVANCE_NOTICE,
    )

    assert notice.payment
    assert notice.payment.deadline == "selon le tableau ci-dessus"


@pytest.mark.parametrize(
    "others",
    [
        {"entity": an_entity(iban="")},
        {"entity": an_entity(iban="FR7630006000011234567890188")},
        {"pays_automatically": True},
        {"kind": StepKind.THANK_YOU},
    ],
)
def test_how_to_pay_is_told_only_where_a_transfer_makes_sense(
    others: dict[str, Any],
) -> None:
    assert composed().payment
    assert composed(**others).payment is None


def test_nothing_is_asked_when_credits_outweigh_debits() -> None:
    content = composed(an_item(cents=10_00), an_item(cents=-30_00, reference="AV"))

    assert content.total == "−20,00\u00a0€"
    assert content.payment is None


def test_another_currency_keeps_the_account_but_has_no_code() -> None:
    item = replace(an_item(), invoiced=Money(100_00, "USD"), settled=Money(0, "USD"))

    content = composed(item)

    assert content.payment
    assert content.payment.iban
    assert content.payment.qr_payload == ""


def test_the_transfer_names_the_customer_and_whole_invoice_numbers() -> None:
    items = [an_item(reference=f"FA-2026-{n:05}") for n in range(40)]

    content = composed(*items)

    assert content.payment
    text = content.payment.qr_payload.split("\n")[-1]
    assert text.startswith("C001 FA-2026-00000 FA-2026-00001")
    assert len(text) <= 140
    assert all(len(word) == 13 for word in text.split()[1:])
    assert content.payment.reference == "C001 REL-1"


def test_the_reference_to_quote_names_the_customer_once() -> None:
    items = [an_item(reference=f"FA-2026-{n:05}") for n in range(40)]

    payment = composed(*items, reference="C001-20260331-R1").payment

    assert payment
    assert payment.reference == "C001-20260331-R1"


def test_one_invoice_is_reference_enough() -> None:
    payment = composed(an_item(reference="FA-9")).payment

    assert payment
    assert payment.reference == "C001 FA-9"


def test_a_professional_is_told_what_lateness_costs() -> None:
    note = composed().legal_note

    assert "L.\u00a0441-10" in note
    assert "D.\u00a0441-5" in note
    assert "BCE majoré de 10\u00a0points" in note
    assert "40\u00a0€" in note


def test_the_firms_own_rate_replaces_the_legal_one() -> None:
    note = composed(entity=an_entity(penalty_rate=Decimal("13.15"))).legal_note

    assert "13,15\u00a0% par an" in note
    assert "BCE" not in note


@pytest.mark.parametrize(
    "others",
    [
        {"customer": a_customer(is_individual=True)},
        {"customer": a_customer(is_insolvent=True)},
        {"kind": StepKind.ADVANCE_NOTICE},
        {"kind": StepKind.THANK_YOU},
    ],
)
def test_nobody_else_is_threatened_with_penalties(others: dict[str, Any]) -> None:
    assert composed(**others).legal_note == ""


def test_a_public_buyer_is_told_its_own_law() -> None:
    note = composed(customer=a_customer(is_public=True)).legal_note

    assert "commande publique" in note
    assert "8\u00a0points" in note
    assert "441-10" not in note
