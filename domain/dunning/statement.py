"""« Relevé de compte »: what is open on a customer's account, as a letter."""

from collections.abc import Sequence
from datetime import date

from domain.basics import wording
from domain.basics.money import EUR, Money
from domain.basics.tables import TableColumn, TableContent, TableKind
from domain.basics.text import squeezed
from domain.customers.customer import Contact, Customer
from domain.dunning import letter_words
from domain.dunning.compose import (
    doubts_of,
    lines_of,
    payment_details,
    recipient_lines,
)
from domain.dunning.letter import LetterContent
from domain.dunning.letter_data import letter_data
from domain.dunning.letterhead import place_and_date, sender
from domain.dunning.scenario import Channel, StepKind
from domain.ledger.entity import Entity
from domain.ledger.open_item import OpenItem

_WORDS = {
    "fr": {
        "subject": "Relevé de compte au {day}",
        "subject_in": "Relevé de compte en {currency} au {day}",
        "opening": "Madame, Monsieur,",
        "before": (
            "Vous trouverez ci-dessous les pièces ouvertes sur votre compte à la date "
            "du {day}."
        ),
        "after": "Échu à ce jour\u00a0: {overdue}. À échoir\u00a0: {to_come}.",
        "closing": (
            "Si l’une de ces pièces ne correspond pas à vos livres, merci de nous "
            "l’indiquer."
        ),
        "total": "Solde de votre compte",
        "credit": "Solde en votre faveur",
        "label": "Libellé",
        "title": "Relevé {code}",
    },
    "en": {
        "subject": "Statement of account on {day}",
        "subject_in": "Statement of account in {currency} on {day}",
        "opening": "Dear Sir or Madam,",
        "before": "Please find below what is open on your account on {day}.",
        "after": "Due to date: {overdue}. Not yet due: {to_come}.",
        "closing": "Please let us know if any of it differs from your books.",
        "total": "Balance of your account",
        "credit": "Balance in your favour",
        "label": "Description",
        "title": "Statement {code}",
    },
}


def compose_statement(
    items: Sequence[OpenItem],
    *,
    overdue: Money,
    to_come: Money,
    entity: Entity,
    customer: Customer,
    contact: Contact | None,
    today: date,
    logo: bytes | None,
    pays_automatically: bool,
) -> LetterContent:
    """Write the statement of open items, all of one currency, oldest due first.

    ``overdue`` and ``to_come`` part the balance of an account in debit.
    """
    language = wording.known_language(customer.language)
    words, day = _WORDS[language], wording.long_day(today, language)
    currency = items[0].currency
    balance = Money.total((item.left for item in items), currency)
    reference = f"{squeezed(customer.code)}-{today:%Y%m%d}"
    lines = lines_of(items, language, today, asks=True)
    subject = words["subject" if currency == EUR else "subject_in"]
    headings = letter_words.headings(language, StepKind.ADVANCE_NOTICE, Channel.LETTER)
    return LetterContent(
        language=language,
        message_reference=reference,
        customer_code=squeezed(customer.code),
        recipient_lines=recipient_lines(customer, contact, language),
        place_and_date=place_and_date(entity.city, today, language),
        subject=subject.format(day=day, currency=currency),
        is_formal_notice=False,
        paragraphs_before=(words["opening"], words["before"].format(day=day)),
        lines=lines,
        total=wording.money(balance, language),
        paragraphs_after=_after(words, overdue, to_come, language),
        payment=None
        if pays_automatically
        else payment_details(
            entity,
            customer.code,
            [item for item in items if not item.is_credit],
            balance,
            language=language,
            reference=reference,
            deadline=letter_words.EACH_DUE_DATE[language],
        ),
        legal_note="",
        sender=sender(entity, language, logo, "", signs=True),
        has_estimated_due_dates=any(line.due_is_estimated for line in lines),
        headings={
            **headings,
            "total": words["credit" if balance.cents < 0 else "total"],
        },
        data=letter_data(reference, customer.code, items, today),
        address_doubts=doubts_of(customer, contact, language),
    )


def _after(
    words: dict[str, str], overdue: Money, to_come: Money, language: str
) -> tuple[str, ...]:
    """Part what is due from what is not; an account in credit has neither."""
    parted = words["after"].format(
        overdue=wording.money(overdue, language),
        to_come=wording.money(to_come, language),
    )
    return (parted, words["closing"]) if overdue or to_come else (words["closing"],)


def statement_table(
    items: Sequence[OpenItem], customer: Customer, today: date
) -> TableContent:
    """Write the same items as a table with its total, for a spreadsheet."""
    language = wording.known_language(customer.language)
    words = _WORDS[language]
    names = letter_words.headings(language, StepKind.ADVANCE_NOTICE, Channel.LETTER)
    money, day = TableKind.MONEY, TableKind.DATE
    columns = (
        ("reference", names["reference"], TableKind.TEXT),
        ("label", words["label"], TableKind.TEXT),
        ("invoice_on", names["invoice_on"], day),
        ("due_on", names["due_on"], day),
        ("days_late", names["days_late"], TableKind.NUMBER),
        ("invoiced", names["invoiced"], money),
        ("paid", names["paid"], money),
        ("left", names["left"], money),
    )
    currency = items[0].currency
    return TableContent(
        title=words["title"].format(code=customer.code),
        columns=[
            TableColumn(name=name, label=label, kind=kind)
            for name, label, kind in columns
        ],
        rows=[
            (
                item.reference,
                item.label,
                item.invoice_on,
                None if item.is_credit else item.due_on,
                None if item.is_credit else item.days_overdue(today) or None,
                item.invoiced,
                item.settled,
                item.left,
            )
            for item in items
        ],
        totals={
            "reference": words["total"],
            "invoiced": Money.total((item.invoiced for item in items), currency),
            "paid": Money.total((item.settled for item in items), currency),
            "left": Money.total((item.left for item in items), currency),
        },
    )
