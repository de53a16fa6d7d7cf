"""« Relevé de compte »: what is open on a customer's account, as a letter."""

import re
from collections.abc import Sequence
from datetime import date

from domain.basics import wording
from domain.basics.identifiers import PairId, ScenarioId, StepId
from domain.basics.money import EUR, Money
from domain.basics.tables import TableColumn, TableContent, TableKind
from domain.basics.text import squeezed
from domain.customers.customer import Contact, Customer
from domain.dunning import letter_words
from domain.dunning.compose import (
    doubts_of,
    filled_paragraphs,
    lines_of,
    payment_details,
    recipient_lines,
)
from domain.dunning.letter import LetterContent
from domain.dunning.letter_data import letter_data
from domain.dunning.letterhead import place_and_date, sender
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import Channel, DunningStep, Scenario, StepKind
from domain.dunning.tag_values import MessageFacts, tag_values
from domain.dunning.tags import Tag, fill, uses
from domain.dunning.texts import STATEMENT, MessageText
from domain.ledger.entity import Entity
from domain.ledger.open_item import OpenItem

_WORDS = {
    "fr": {
        "total": "Solde de votre compte",
        "credit": "Solde en votre faveur",
        "label": "Libellé",
        "title": "Relevé {code}",
    },
    "en": {
        "total": "Balance of your account",
        "credit": "Balance in your favour",
        "label": "Description",
        "title": "Statement {code}",
    },
}
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def compose_statement(
    items: Sequence[OpenItem],
    *,
    overdue: Money,
    to_come: Money,
    entity: Entity,
    customer: Customer,
    contact: Contact | None,
    text: MessageText,
    today: date,
    logo: bytes | None,
    pays_automatically: bool,
) -> LetterContent:
    """Write the statement of open items, all of one currency, oldest due first.

    ``overdue`` and ``to_come`` part the balance of an account in debit.
    """
    language = wording.known_language(text.language)
    words = _WORDS[language]
    currency = items[0].currency
    balance = Money.total((item.left for item in items), currency)
    reference = f"{squeezed(customer.code)}-{today:%Y%m%d}"
    lines = lines_of(items, language, today, asks=True)
    values = {
        **_values(items, entity, customer, contact, today, language),
        Tag.TOTAL_ECHU: wording.money(overdue, language),
        Tag.TOTAL_A_VENIR: wording.money(to_come, language),
    }
    subject = " ".join(fill(text.subject, values).splitlines())
    body = text.body if overdue or to_come else _without_due(text.body)
    before, after = filled_paragraphs(body, values)
    headings = letter_words.headings(language, StepKind.ADVANCE_NOTICE, Channel.LETTER)
    return LetterContent(
        language=language,
        message_reference=reference,
        customer_code=squeezed(customer.code),
        recipient_lines=recipient_lines(customer, contact, language),
        place_and_date=place_and_date(entity.city, today, language),
        subject=subject if currency == EUR else f"{subject} ({currency})",
        is_formal_notice=False,
        paragraphs_before=before,
        lines=lines,
        total=wording.money(balance, language),
        paragraphs_after=after,
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
        sender=sender(
            entity, language, logo, "", signs=not uses(text.body, Tag.SIGNATURE)
        ),
        has_estimated_due_dates=any(line.due_is_estimated for line in lines),
        headings={
            **headings,
            "total": words["credit" if balance.cents < 0 else "total"],
        },
        data=letter_data(reference, customer.code, items, today),
        address_doubts=doubts_of(customer, contact, language),
    )


def _without_due(body: str) -> str:
    """Leave out, for an account in credit, what tells of sums due or to come."""
    kept = [
        paragraph
        for paragraph in _BLANK_LINE.split(body.replace("\r\n", "\n"))
        if not (uses(paragraph, Tag.TOTAL_ECHU) or uses(paragraph, Tag.TOTAL_A_VENIR))
    ]
    return "\n\n".join(kept)


def _values(
    items: Sequence[OpenItem],
    entity: Entity,
    customer: Customer,
    contact: Contact | None,
    today: date,
    language: str,
) -> dict[Tag, str]:
    """Fill the tags as for a message about all that is open."""
    step = DunningStep(
        id=StepId(""),
        scenario_id=ScenarioId(""),
        kind=StepKind.REMINDER,
        level=0,
        channel=Channel.LETTER,
        delay_days=0,
        text_key=STATEMENT,
    )
    scenario = Scenario(
        id=step.scenario_id,
        entity_id=entity.id,
        pair_id=PairId(""),
        with_email=False,
    )
    message = PlannedMessage(
        customer_id=customer.id,
        scenario=scenario,
        step=step,
        channel=step.channel,
        items=tuple(items),
        due_since=today,
    )
    facts = MessageFacts(
        message=message,
        entity=entity,
        customer=customer,
        contact=contact,
        account_items=items,
        last_reminder_on=None,
        today=today,
        language=language,
    )
    return tag_values(facts)


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
