"""What each tag of the firm's texts prints in one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics import wording
from domain.basics.company_numbers import iban_grouped, siret_grouped
from domain.basics.money import Money
from domain.basics.text import squeezed
from domain.customers.agreements import Promise
from domain.customers.customer import Contact, Customer
from domain.dunning import letter_words, notice_words
from domain.dunning.order_references import order_sentence
from domain.dunning.penalties import INDEMNITY
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import StepKind
from domain.dunning.tags import Tag
from domain.ledger.entity import Entity
from domain.ledger.open_item import OpenItem


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFacts:
    """All that one message is made from."""

    message: PlannedMessage
    entity: Entity
    customer: Customer
    contact: Contact | None
    account_items: Sequence[OpenItem]
    last_reminder_on: date | None
    today: date
    language: str
    promises: Sequence[Promise] = ()
    """What the customer promised, whatever became of it."""

    @property
    def promised(self) -> list[Promise]:
        """The promises that can still be kept, the next one first."""
        to_come = (p for p in self.promises if p.is_to_come(self.today))
        return sorted(to_come, key=lambda p: (p.promised_for, p.id))

    @property
    def debits(self) -> list[OpenItem]:
        """The invoices of the message."""
        return [item for item in self.message.items if not item.is_credit]

    @property
    def deadline_on(self) -> date:
        """The day printed as a deadline: before it falls due, the due date."""
        step = self.message.step
        due_dates = [item.due_on for item in self.debits if item.due_on]
        if step.kind is StepKind.ADVANCE_NOTICE and due_dates:
            return min(due_dates)
        return self.today + timedelta(days=step.payment_days)


def tag_values(facts: MessageFacts) -> dict[Tag, str]:
    """Fill every tag but the table; what is unknown is empty."""
    return {
        **_customer_values(facts),
        **_amount_values(facts),
        **_action_values(facts),
        **_firm_values(facts.entity, facts.language),
        **_promise_values(facts.promised, facts.language),
        Tag.TABLEAU_COMPTABLE: "",
    }


def _customer_values(facts: MessageFacts) -> dict[Tag, str]:
    customer, contact = facts.customer, facts.contact
    town = f"{customer.postal_code} {customer.city}"
    return {
        Tag.CLIENT_CODE: squeezed(customer.code),
        Tag.CLIENT_NOM: squeezed(customer.name),
        Tag.CLIENT_CONTACT: squeezed(contact.name) if contact else "",
        Tag.CLIENT_ADRESSE: _on_one_line(customer.address, town, customer.country),
        Tag.CLIENT_SIRET: siret_grouped(customer.siren),
    }


def _amount_values(facts: MessageFacts) -> dict[Tag, str]:
    total = facts.message.total
    account = [i for i in facts.account_items if i.left.currency == total.currency]
    to_come = [
        item
        for item in account
        if not item.is_credit and not item.days_overdue(facts.today)
    ]
    balance = Money.total((item.left for item in account), total.currency)
    later = Money.total((item.left for item in to_come), total.currency)
    language = facts.language
    return {
        Tag.TOTAL: wording.money(total, language),
        Tag.SOLDE: wording.money(balance, language),
        Tag.TOTAL_A_VENIR: wording.money(later, language),
        Tag.TOTAL_ECHU: wording.money(balance - later, language),
    }


def _action_values(facts: MessageFacts) -> dict[Tag, str]:
    debits, language, last = facts.debits, facts.language, facts.last_reminder_on
    due_dates = [item.due_on for item in debits if item.due_on]
    latest = max((item.days_overdue(facts.today) for item in debits), default=0)
    return {
        Tag.LISTE_FACTURES: ", ".join(squeezed(item.reference) for item in debits),
        Tag.PLUS_ANCIENNE_ECHEANCE: (
            wording.long_day(min(due_dates), language) if due_dates else ""
        ),
        Tag.RETARD_MAX: letter_words.count_of_days(latest, language),
        Tag.NB_PIECES: str(len(facts.message.items)),
        Tag.DATE_DU_JOUR: wording.long_day(facts.today, language),
        Tag.DATE_LIMITE: wording.long_day(facts.deadline_on, language),
        Tag.NIVEAU: str(facts.message.step.level),
        Tag.DATE_DERNIERE_RELANCE: wording.long_day(last, language) if last else "",
        Tag.REFERENCES_COMMANDE: order_sentence(debits, language),
        Tag.RAPPEL_RETARD: notice_words.LATENESS[language][facts.customer.kind],
        Tag.SUITES: notice_words.CONSEQUENCES[language][facts.customer.kind],
    }


def _firm_values(entity: Entity, language: str) -> dict[Tag, str]:
    town = f"{entity.postal_code} {entity.city}"
    signature = (entity.signatory_name, entity.signatory_role, entity.name)
    return {
        Tag.SOCIETE: squeezed(entity.name),
        Tag.SOCIETE_ADRESSE: _on_one_line(entity.address, town),
        Tag.SOCIETE_SIRET: siret_grouped(entity.siret),
        Tag.SOCIETE_RCS: squeezed(entity.rcs),
        Tag.SOCIETE_TVA: squeezed(entity.vat_number),
        Tag.SOCIETE_TEL: squeezed(entity.phone),
        Tag.SOCIETE_EMAIL: squeezed(entity.email),
        Tag.IBAN: iban_grouped(entity.iban),
        Tag.BIC: squeezed(entity.bic),
        Tag.TAUX_PENALITE: letter_words.penalty_rate(entity, language),
        Tag.INDEMNITE: wording.money(INDEMNITY, language),
        Tag.EXPEDITEUR_NOM: squeezed(entity.signatory_name),
        Tag.EXPEDITEUR_FONCTION: squeezed(entity.signatory_role),
        Tag.EXPEDITEUR_EMAIL: squeezed(entity.email),
        Tag.EXPEDITEUR_TEL: squeezed(entity.phone),
        Tag.SIGNATURE: "\n".join(squeezed(line) for line in signature if line),
    }


def _promise_values(promised: Sequence[Promise], language: str) -> dict[Tag, str]:
    """Tell the next promise, and all of them as a list."""
    told = [
        (
            wording.money(promise.amount, language),
            wording.long_day(promise.promised_for, language),
        )
        for promise in promised
    ]
    amount, day = told[0] if told else ("", "")
    line = letter_words.INSTALMENT[language]
    return {
        Tag.PROMESSE_MONTANT: amount,
        Tag.PROMESSE_DATE: day,
        Tag.ECHEANCIER: "\n".join(line.format(day=d, amount=a) for a, d in told),
    }


def _on_one_line(*parts: str) -> str:
    lines = (squeezed(line) for part in parts for line in part.splitlines())
    return ", ".join(line for line in lines if line)
