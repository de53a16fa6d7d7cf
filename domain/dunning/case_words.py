"""Sheets of a « dossier de recouvrement », in French: its readers are."""

from collections.abc import Sequence
from datetime import date

from domain.basics import wording
from domain.basics.company_numbers import siret_grouped
from domain.basics.text import squeezed
from domain.customers.activity import Activity
from domain.customers.customer import Customer
from domain.dunning.case_file import PrintedSheet, SheetTable
from domain.dunning.journal import JournalExtract
from domain.dunning.letter import Sender
from domain.dunning.outbox import OutboxMessage, ReturnReason
from domain.dunning.penalties import Penalties
from domain.dunning.penalty_claim import penalty_claim
from domain.dunning.posting import grouped_number
from domain.ledger.open_item import OpenItem

_CHANNELS = {
    "email": "E-mail",
    "letter": "Courrier",
    "phone": "Appel",
    "other": "Autre contact",
}
# As the post's own label on a returned envelope has them.
_REASONS = {
    ReturnReason.UNCLAIMED: "pli avisé et non réclamé",
    ReturnReason.REFUSED: "pli refusé par le destinataire",
    ReturnReason.MOVED: "destinataire inconnu à l’adresse",
    ReturnReason.ADDRESS: "défaut d’accès ou d’adressage",
}


def sheet(title: str, sender: Sender, place_and_date: str) -> PrintedSheet:
    """Begin a sheet under the firm's name."""
    return PrintedSheet(title=title, sender=sender, place_and_date=place_and_date)


def proof_note(proof: JournalExtract) -> str:
    """Say how to check that what was sent is what is joined."""
    number = proof.end.count
    return (
        "Les envois se vérifient sans logiciel particulier, par la page « Preuves - "
        "vérifier » du fichier ZIP. Empreinte SHA-256 du journal des envois après son "
        f"enregistrement n° {number} : {proof.end.hash}."
    )


def debtor(customer: Customer) -> tuple[tuple[str, str], ...]:
    """Say who the debtor is."""
    town = f"{customer.postal_code} {customer.city}"
    address = [*customer.address.splitlines(), town, customer.country]
    facts = (
        ("Débiteur", squeezed(customer.name)),
        ("Compte client", squeezed(customer.code)),
        ("Adresse", "\n".join(squeezed(line) for line in address if line.strip())),
        ("SIREN", siret_grouped(customer.siren)),
    )
    return tuple((name, value) for name, value in facts if value)


def interest_table(found: Penalties) -> tuple[SheetTable, tuple[str, ...]]:
    """Show the computation of penalties, then the sentences that explain it."""
    claim = penalty_claim(found, "fr")
    if claim is None:
        return SheetTable(headings=(), rows=()), ()
    words = claim.words
    names = ("reference", "due_on", "period", "days", "balance", "rate", "amount")
    rows: list[tuple[str, ...]] = []
    for invoice in claim.invoices:
        rows += [
            (
                invoice.reference,
                invoice.due_on,
                row.period,
                row.days,
                row.balance,
                row.rate,
                row.interest,
            )
            for row in invoice.rows
        ]
        rows.append(("", "", invoice.subtotal, "", "", "", invoice.total))
    table = SheetTable(
        headings=tuple(words[name] for name in names),
        numbers=frozenset({3, 4, 5, 6}),
        rows=tuple(rows),
        total=(claim.subtotal, claim.total),
    )
    return table, (claim.formula, *claim.rates, claim.note)


def message_facts(
    activity: Activity, sent: OutboxMessage | None
) -> tuple[tuple[str, str], ...]:
    """Say when, how and to whom a message was sent, and what proves it."""
    facts = (
        ("Envoyé le", wording.day(activity.happened_on)),
        ("Par", _CHANNELS.get(activity.channel, "")),
        ("À", activity.recipients),
        ("Copie à", activity.copies),
        ("De", activity.sender),
        ("Objet", activity.subject),
        ("Message-ID", sent.message_header_id if sent else ""),
        ("Réponse du serveur", sent.answer if sent else ""),
        *(_registered_facts(sent) if sent and sent.is_registered else ()),
    )
    return tuple((name, value) for name, value in facts if value)


def _registered_facts(letter: OutboxMessage) -> tuple[tuple[str, str], ...]:
    """Say what the post did with a registered letter."""
    returned = _returned(letter)
    return (
        ("N° de recommandé", grouped_number(letter.registered_number)),
        ("Déposé à La Poste le", _day(letter.posted_on)),
        ("Avis de réception signé le", _day(letter.received_on)),
        ("Retourné à l’expéditeur", returned),
    )


def _returned(letter: OutboxMessage) -> str:
    reason = _REASONS[letter.return_reason] if letter.return_reason else ""
    day = _day(letter.returned_on)
    return f"le {day}\u00a0: {reason}" if day else ""


def _day(day: date | None) -> str:
    return wording.day(day) if day else ""


def history_table(
    activities: Sequence[Activity], sent: Sequence[OutboxMessage | None]
) -> SheetTable:
    """List every contact, oldest first, with what proves it."""
    return SheetTable(
        headings=("Date", "Moyen", "Objet", "Destinataire", "Preuve", "Montant"),
        numbers=frozenset({5}),
        rows=tuple(
            (
                wording.day(activity.happened_on),
                _CHANNELS.get(activity.channel, ""),
                activity.subject or activity.body,
                activity.recipients.replace("\n", ", "),
                _proof(activity, message),
                wording.number(activity.amount),
            )
            for activity, message in zip(activities, sent, strict=True)
        ),
    )


def _proof(activity: Activity, message: OutboxMessage | None) -> str:
    if message and message.message_header_id:
        return f"{message.message_header_id} {message.answer}".strip()
    if message and message.is_registered:
        return _registered_proof(message)
    if activity.channel == "letter" and activity.document_id:
        return "courrier imprimé, copie jointe"
    return ""


def _registered_proof(letter: OutboxMessage) -> str:
    number = grouped_number(letter.registered_number)
    posted, received = _day(letter.posted_on), _day(letter.received_on)
    returned = _returned(letter)
    parts = (
        f"recommandé n°\u00a0{number}" if number else "courrier recommandé",
        f"déposé le {posted}" if posted else "",
        f"avis de réception signé le {received}" if received else "",
        f"retourné {returned}" if returned else "",
        "copie jointe" if letter.document_id else "",
    )
    return ", ".join(part for part in parts if part)


def claims_table(items: Sequence[OpenItem]) -> SheetTable:
    """List what is owed, invoice by invoice."""
    total = sum(item.left.cents for item in items)
    left = items[0].left
    return SheetTable(
        heading="Créance en principal",
        headings=("Facture", "Date", "Échéance", "Montant TTC", "Reste dû"),
        numbers=frozenset({3, 4}),
        rows=tuple(
            (
                squeezed(item.reference or item.label),
                wording.day(item.invoice_on),
                wording.day(item.due_on),
                wording.number(item.invoiced),
                wording.number(item.left),
            )
            for item in items
        ),
        total=("Total", wording.money(type(left)(total, left.currency))),
    )
