"""From a proposed message to what the customer reads, word for word.

The sum of the lines, the total printed, and the amount of the QR code are one and
the same number: they all come from ``message.items``.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate

from domain.basics import epc, wording
from domain.basics.company_numbers import (
    bic_valid,
    iban_grouped,
    iban_problem,
)
from domain.basics.errors import DunningError
from domain.basics.money import EUR, Money
from domain.basics.postal import AddressDoubt, address_doubts, postal_lines
from domain.basics.text import squeezed
from domain.customers.agreements import Promise
from domain.customers.customer import Contact, Customer
from domain.dunning import letter_words
from domain.dunning.letter import ContentLine, LetterContent, PaymentDetails
from domain.dunning.letter_data import letter_data
from domain.dunning.letterhead import place_and_date, sender
from domain.dunning.penalties import Penalties
from domain.dunning.penalty_claim import penalty_claim
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import StepKind
from domain.dunning.styling import plain, styled
from domain.dunning.tag_values import MessageFacts, tag_values
from domain.dunning.tags import Tag, fill, parted_at, uses
from domain.dunning.texts import (
    ABOUT_A_PROMISE,
    ABOUT_THE_ACCOUNT,
    MessageText,
    is_formal,
)
from domain.ledger.entity import Entity
from domain.ledger.entry import DueOrigin
from domain.ledger.open_item import OpenItem

_COMPUTED = (
    DueOrigin.TERMS,
    DueOrigin.MODE_TERMS,
    DueOrigin.ESTIMATED,
    DueOrigin.DEFAULT,
)
_REFERENCE_LENGTH = 40
_LABEL_LENGTH = 60
_TYPED_REFERENCE_LENGTH = 45
"""What a person may be asked to type into a transfer form."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def compose(
    message: PlannedMessage,
    *,
    entity: Entity,
    customer: Customer,
    contact: Contact | None,
    text: MessageText,
    account_items: Sequence[OpenItem],
    last_reminder_on: date | None,
    today: date,
    reference: str,
    logo: bytes | None,
    logo_mime: str,
    pays_automatically: bool = False,
    promises: Sequence[Promise] = (),
    claimed: Penalties | None = None,
) -> LetterContent:
    """Fix the words, the lines and the amounts of one message.

    ``account_items`` are all the open items of the customer; ``reference`` names
    the message; a customer who is debited is not told how to pay. ``claimed`` are
    the penalties to ask for, beside the invoices.

    Raises:
        UnknownTagError: the firm's text uses a tag that does not exist.
    """
    facts = MessageFacts(
        message=message,
        entity=entity,
        customer=customer,
        contact=contact,
        account_items=account_items,
        last_reminder_on=last_reminder_on,
        today=today,
        language=wording.known_language(text.language),
        promises=promises,
    )
    values = tag_values(facts)
    before, after = filled_paragraphs(text.body, values)
    language, kind = facts.language, message.step.kind
    note = letter_words.legal_note(entity, customer, language)
    lines = content_lines(facts)
    total_words = letter_words.OF_THE_ACCOUNT[language]
    claim = penalty_claim(claimed, language) if claimed else None
    return LetterContent(
        language=language,
        message_reference=reference,
        customer_code=squeezed(customer.code),
        recipient_lines=recipient_lines(customer, contact, language),
        place_and_date=place_and_date(entity.city, today, language),
        subject=squeezed(fill(text.subject, values)),
        is_formal_notice=is_formal(text.key),
        paragraphs_before=before,
        lines=lines,
        total=(
            "" if kind is StepKind.THANK_YOU else wording.money(message.total, language)
        ),
        paragraphs_after=after,
        payment=None if pays_automatically else _payment(facts, text.key, reference),
        legal_note=note if kind is StepKind.REMINDER and claim is None else "",
        sender=sender(
            entity, language, logo, logo_mime, signs=not uses(text.body, Tag.SIGNATURE)
        ),
        has_estimated_due_dates=any(line.due_is_estimated for line in lines),
        headings=letter_words.headings(language, kind, message.channel)
        | ({"total": total_words} if text.key in ABOUT_THE_ACCOUNT else {}),
        data=letter_data(reference, customer.code, message.items, today),
        address_doubts=doubts_of(customer, contact, language),
        claim=claim,
    )


def filled_paragraphs(
    body: str, values: Mapping[Tag, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fill a text, as the paragraphs around the table; styles are kept as marks."""
    safe = {tag: plain(value) for tag, value in values.items()}
    text = styled(body.replace("\r\n", "\n"))
    before, after = parted_at(text, Tag.TABLEAU_COMPTABLE)
    return _paragraphs(fill(before, safe)), _paragraphs(fill(after, safe))


def recipient_lines(
    customer: Customer, contact: Contact | None, language: str
) -> tuple[str, ...]:
    """Address a customer; at a firm, the accounts department if nobody is known."""
    return _postal_lines(customer, _person(customer, contact, language))[0]


def doubts_of(
    customer: Customer, contact: Contact | None, language: str
) -> tuple[AddressDoubt, ...]:
    """Tell why the post may not find a customer."""
    _, was_cut = _postal_lines(customer, _person(customer, contact, language))
    return address_doubts(
        customer.address,
        customer.postal_code,
        customer.city,
        customer.country,
        was_cut=was_cut,
    )


def _person(customer: Customer, contact: Contact | None, language: str) -> str:
    person = squeezed(contact.name) if contact else ""
    if not person and not customer.is_individual:
        return letter_words.ACCOUNTS_DEPARTMENT[language]
    return person


def _postal_lines(customer: Customer, person: str) -> tuple[tuple[str, ...], bool]:
    return postal_lines(
        customer.name,
        person,
        customer.address,
        postal_code=customer.postal_code,
        city=customer.city,
        country=customer.country,
    )


def content_lines(facts: MessageFacts) -> tuple[ContentLine, ...]:
    """Write each item as the customer reads it."""
    asks = facts.message.step.kind is not StepKind.THANK_YOU
    return lines_of(facts.message.items, facts.language, facts.today, asks=asks)


def lines_of(
    items: Sequence[OpenItem], language: str, today: date, *, asks: bool
) -> tuple[ContentLine, ...]:
    """Write items of one currency, with what is carried forward where one asks."""
    carried = accumulate(item.left for item in items)
    return tuple(
        _line(item, wording.money(total, language) if asks else "", language, today)
        for item, total in zip(items, carried, strict=True)
    )


def _line(item: OpenItem, carried: str, language: str, today: date) -> ContentLine:
    # A customer looks an invoice up by its number; a credit needs its name.
    label = item.label or letter_words.CREDIT[language]
    reference = item.reference or item.label or wording.NOTHING
    return ContentLine(
        reference=_shortened(reference, _REFERENCE_LENGTH),
        label=_shortened(label, _LABEL_LENGTH) if item.is_credit else "",
        invoice_on=wording.day(item.invoice_on),
        due_on=wording.NOTHING if item.is_credit else wording.day(item.due_on),
        due_is_estimated=not item.is_credit and item.due_origin in _COMPUTED,
        days_late=(
            wording.NOTHING
            if item.is_credit or not item.left
            else wording.days(item.days_overdue(today), language)
        ),
        invoiced=wording.number(item.invoiced, language),
        paid=wording.number(item.settled, language),
        left=wording.number(item.left, language),
        is_credit=item.is_credit,
        carried=carried,
    )


def _payment(facts: MessageFacts, key: str, reference: str) -> PaymentDetails | None:
    """Tell how to pay what is asked for, or where a promise is told, what it says."""
    if facts.message.step.kind is StepKind.THANK_YOU:
        return None
    total, deadline = facts.message.total, _deadline(facts)
    if key in ABOUT_A_PROMISE and facts.promised:
        promise = facts.promised[0]
        total = promise.amount
        deadline = wording.long_day(promise.promised_for, facts.language)
    return payment_details(
        facts.entity,
        facts.customer.code,
        facts.debits,
        total,
        language=facts.language,
        reference=reference,
        deadline=deadline,
    )


def payment_details(
    entity: Entity,
    customer_code: str,
    debits: Sequence[OpenItem],
    total: Money,
    *,
    language: str,
    reference: str,
    deadline: str,
) -> PaymentDetails | None:
    """Tell how to pay a total by transfer; nothing without a right IBAN."""
    if total.cents <= 0 or iban_problem(entity.iban):
        return None
    transfer_text = _transfer_text(customer_code, debits)
    structured = ""
    if entity.structured_reference and total.currency == EUR:
        structured = epc.creditor_reference(reference)
    typed = _typed_reference(transfer_text, customer_code, reference)
    return PaymentDetails(
        beneficiary=_beneficiary(entity),
        iban=iban_grouped(entity.iban),
        bic=squeezed(entity.bic),
        amount=wording.money(total, language),
        reference=epc.reference_grouped(structured) if structured else typed,
        deadline=deadline,
        qr_payload=_qr_payload(entity, total, transfer_text, structured),
    )


def _beneficiary(entity: Entity) -> str:
    return squeezed(entity.name)[: epc.NAME_LENGTH].rstrip()


def _typed_reference(transfer_text: str, code: str, reference: str) -> str:
    """Ask for the invoice numbers, or where they are many, for the message's name."""
    if len(transfer_text) <= _TYPED_REFERENCE_LENGTH:
        return transfer_text
    return reference if code in reference else f"{squeezed(code)} {reference}"


def _deadline(facts: MessageFacts) -> str:
    due_dates = {item.due_on for item in facts.debits}
    if facts.message.step.kind is StepKind.ADVANCE_NOTICE and len(due_dates) > 1:
        return letter_words.EACH_DUE_DATE[facts.language]
    return wording.long_day(facts.deadline_on, facts.language)


def _transfer_text(customer_code: str, debits: Sequence[OpenItem]) -> str:
    """Name the customer and the invoices, as many as a transfer may carry."""
    text = squeezed(customer_code)
    for item in debits:
        longer = f"{text} {squeezed(item.reference)}".strip()
        if len(longer) > epc.TEXT_LENGTH:
            break
        text = longer
    return text[: epc.TEXT_LENGTH]


def _qr_payload(entity: Entity, total: Money, text: str, structured: str) -> str:
    transfer = epc.Transfer(
        name=_beneficiary(entity),
        iban=entity.iban,
        bic=entity.bic if bic_valid(entity.bic) else "",
        amount=total,
        text="" if structured else text,
        reference=structured,
    )
    try:
        return epc.payload(transfer)
    except DunningError:
        return ""  # another currency, or too much for a code: the IBAN remains


def _paragraphs(body: str) -> tuple[str, ...]:
    stripped = (paragraph.strip() for paragraph in _BLANK_LINE.split(body))
    return tuple(paragraph for paragraph in stripped if paragraph)


def _shortened(text: str, length: int) -> str:
    short = squeezed(text)
    return short if len(short) <= length else f"{short[: length - 1].rstrip()}…"
