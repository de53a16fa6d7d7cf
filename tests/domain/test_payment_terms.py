from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.payment_terms import (
    EndOfMonth,
    PaymentTerms,
    due_from_label,
    due_if_swapped,
    due_on,
    parse_terms,
)

NET_30 = PaymentTerms(days=30)
NET_45 = PaymentTerms(days=45)
NET_60 = PaymentTerms(days=60)
DAYS_30_THEN_MONTH_END = PaymentTerms(days=30, end_of_month=EndOfMonth.AFTER)
NEXT_MONTH_END = PaymentTerms(months=1, end_of_month=EndOfMonth.AFTER)
DAYS_45_THEN_MONTH_END = PaymentTerms(days=45, end_of_month=EndOfMonth.AFTER)
MONTH_END_THEN_45_DAYS = PaymentTerms(days=45, end_of_month=EndOfMonth.BEFORE)
DAYS_30_MONTH_END_THE_10TH = PaymentTerms(
    days=30, end_of_month=EndOfMonth.AFTER, day_of_month=10
)
DAYS_45_MONTH_END_THE_10TH = PaymentTerms(
    days=45, end_of_month=EndOfMonth.AFTER, day_of_month=10
)

COLUMNS = (
    NET_30,
    NET_45,
    NET_60,
    DAYS_30_THEN_MONTH_END,
    NEXT_MONTH_END,
    DAYS_45_THEN_MONTH_END,
    MONTH_END_THEN_45_DAYS,
    DAYS_30_MONTH_END_THE_10TH,
    DAYS_45_MONTH_END_THE_10TH,
)
# Due dates in the order of COLUMNS. Those of 10 April and 10 March 2025, and of
# 15 and 17 April, are published examples; the others follow from them.
DUE = """
2026-01-15  02-14 03-01 03-16 02-28 02-28 03-31 03-17 03-10 04-10
2026-01-31  03-02 03-17 04-01 03-31 02-28 03-31 03-17 04-10 04-10
2024-01-30  02-29 03-15 03-30 02-29 02-29 03-31 03-16 03-10 04-10
2026-04-15  05-15 05-30 06-14 05-31 05-31 05-31 06-14 06-10 06-10
2026-04-17  05-17 06-01 06-16 05-31 05-31 06-30 06-14 06-10 07-10
2025-04-10  05-10 05-25 06-09 05-31 05-31 05-31 06-14 06-10 06-10
2025-03-10  04-09 04-24 05-09 04-30 04-30 04-30 05-15 05-10 05-10
2026-10-22  11-21 12-06 12-21 11-30 11-30 12-31 12-15 12-10 01-10
2026-12-20  01-19 02-03 02-18 01-31 01-31 02-28 02-14 02-10 03-10
"""


def vectors() -> list[tuple[date, PaymentTerms, date]]:
    result = []
    for row in DUE.split("\n")[1:-1]:
        first, *others = row.split()
        invoice_on = date.fromisoformat(first)
        for terms, month_and_day in zip(COLUMNS, others, strict=True):
            due = date.fromisoformat(f"{invoice_on.year}-{month_and_day}")
            if due < invoice_on:
                due = due.replace(year=due.year + 1)
            result.append((invoice_on, terms, due))
    return result


@pytest.mark.parametrize(("invoice_on", "terms", "due"), vectors())
def test_an_invoice_is_due_on_the_day_its_terms_say(
    invoice_on: date, terms: PaymentTerms, due: date
) -> None:
    assert due_on(terms, invoice_on) == due


def test_a_day_of_the_month_alone_is_the_next_one() -> None:
    terms = PaymentTerms(days=30, day_of_month=10)

    assert due_on(terms, date(2026, 1, 5)) == date(2026, 2, 10)
    assert due_on(terms, date(2026, 1, 11)) == date(2026, 2, 10)
    assert due_on(terms, date(2026, 1, 12)) == date(2026, 3, 10)


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert due_on(PaymentTerms(months=1), date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("30 jours", NET_30),
        ("30", NET_30),
        ("30 j", NET_30),
        ("30j nets", NET_30),
        ("à 30 jours date de facture", NET_30),
        ("60 jours à réception de facture", NET_60),
        ("Virement 45 Jours", NET_45),
        ("45 jours fin de mois", DAYS_45_THEN_MONTH_END),
        ("45 j. fin de mois", DAYS_45_THEN_MONTH_END),
        ("45J FDM", DAYS_45_THEN_MONTH_END),
        ("45jfdm", DAYS_45_THEN_MONTH_END),
        ("Fin de mois + 45 jours", MONTH_END_THEN_45_DAYS),
        ("fin de mois 45 jours", MONTH_END_THEN_45_DAYS),
        ("30 jours fin de mois le 10", DAYS_30_MONTH_END_THE_10TH),
        ("30 JOURS FIN DE MOIS LE 10", DAYS_30_MONTH_END_THE_10TH),
        ("45 jours FDM le 10", DAYS_45_MONTH_END_THE_10TH),
        ("1 mois fin de mois", NEXT_MONTH_END),
        ("2 mois", PaymentTerms(months=2)),
        ("fin de mois", PaymentTerms(end_of_month=EndOfMonth.AFTER)),
        (
            "fin de mois le 1er",
            PaymentTerms(end_of_month=EndOfMonth.AFTER, day_of_month=1),
        ),
        ("à réception", PaymentTerms()),
        ("A RECEPTION DE FACTURE", PaymentTerms()),
        ("comptant", PaymentTerms()),
        ("Paiement immédiat", PaymentTerms()),
    ],
)
def test_terms_are_understood_as_they_are_written(
    text: str, terms: PaymentTerms
) -> None:
    assert parse_terms(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "",
        "à convenir",
        "30 janvier",
        "30 jours, escompte 2 % à 8 jours",
        "4000 jours",
        "30 jours le 45",
        "le 10",
    ],
)
def test_terms_in_doubt_are_not_guessed(text: str) -> None:
    assert parse_terms(text) is None


@given(text=st.text(), invoice_on=st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_terms_are_read_or_left(text: str, invoice_on: date) -> None:
    terms = parse_terms(text)

    assert terms is None or due_on(terms, invoice_on) >= invoice_on


@pytest.mark.parametrize(
    ("label", "due"),
    [
        ("Facture FA12 éch. 31/01/26", date(2026, 1, 31)),
        ("FACTURE FA12 ECH 31/01/2026", date(2026, 1, 31)),
        ("FA12 ÉCHÉANCE LE 28.02.2026", date(2026, 2, 28)),
        ("FA12 échéance : 28-02-26", date(2026, 2, 28)),
        ("FA12 Ech:05/03/26 solde", date(2026, 3, 5)),
        ("FA12 éch. 31/02/26", None),
        ("FA12 du 31/01/26", None),
        ("Brech 31/01/26", None),
        ("Facture FA12", None),
        ("", None),
    ],
)
def test_a_due_date_is_read_in_a_label_that_names_it(
    label: str, due: date | None
) -> None:
    assert due_from_label(label) == due


@pytest.mark.parametrize(
    ("invoice_on", "due", "meant"),
    [
        (date(2019, 12, 15), date(2020, 9, 1), date(2020, 1, 9)),
        (date(2018, 2, 15), date(2018, 12, 3), date(2018, 3, 12)),
        (date(2020, 3, 15), date(2020, 2, 4), date(2020, 4, 2)),
        (date(2019, 12, 15), date(2020, 1, 9), None),
        (date(2019, 12, 15), date(2020, 9, 15), None),
        (date(2019, 12, 15), date(2020, 8, 8), None),
        (date(2019, 5, 15), date(2019, 9, 6), None),
    ],
)
def test_day_and_month_look_swapped_when_only_that_makes_sense(
    invoice_on: date, due: date, meant: date | None
) -> None:
    assert due_if_swapped(invoice_on, due) == meant


def test_a_delay_beyond_the_law_is_a_swap_when_swapping_gives_a_usual_one() -> None:
    usual = {timedelta(days=25)}

    assert due_if_swapped(date(2019, 5, 15), date(2019, 9, 6), usual) == date(
        2019, 6, 9
    )
    assert due_if_swapped(date(2019, 5, 16), date(2019, 9, 6), usual) is None
