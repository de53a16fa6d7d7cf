"""Words of the letters' layout, and the law they recall, in each language."""

from collections.abc import Mapping

from domain.basics import wording
from domain.customers.customer import Customer
from domain.dunning.scenario import Channel, StepKind
from domain.ledger.entity import Entity

_HEADINGS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "colon": "\u00a0: ",
        "our_reference": "Nos références",
        "account": "Votre compte client",
        "registered": "Lettre recommandée avec avis de réception",
        "post_number": "n°",
        "reference": "Facture",
        "invoice_on": "Date",
        "dated": "du",
        "due_on": "Échéance",
        "days_late": "Retard",
        "late": "de retard",
        "invoiced": "Montant TTC",
        "paid": "Déjà réglé",
        "left": "Reste dû",
        "carried_forward": "À reporter",
        "brought_forward": "Report",
        "estimated": "Échéance calculée selon nos conditions de règlement.",
        "pay": "Pour régler par virement",
        "beneficiary": "Bénéficiaire",
        "iban": "IBAN",
        "bic": "BIC",
        "amount": "Montant",
        "payment_reference": "Référence à rappeler",
        "scan": "À scanner avec l’application de votre banque",
        "page": "Page",
    },
    "en": {
        "colon": ": ",
        "our_reference": "Our reference",
        "account": "Your account",
        "registered": "Registered letter with acknowledgement of receipt",
        "post_number": "no.",
        "reference": "Invoice",
        "invoice_on": "Date",
        "dated": "of",
        "due_on": "Due date",
        "days_late": "Late by",
        "late": "late",
        "invoiced": "Amount",
        "paid": "Already paid",
        "left": "Left to pay",
        "carried_forward": "Carried forward",
        "brought_forward": "Brought forward",
        "estimated": "Due date worked out from our terms of payment.",
        "pay": "To pay by bank transfer",
        "beneficiary": "Beneficiary",
        "iban": "IBAN",
        "bic": "BIC",
        "amount": "Amount",
        "payment_reference": "Reference to quote",
        "scan": "Scan with your bank’s app",
        "page": "Page",
    },
}
_TOTALS = {
    "fr": {
        StepKind.ADVANCE_NOTICE: "Total à échoir",
        StepKind.REMINDER: "Total à régler",
        StepKind.THANK_YOU: "Total",
    },
    "en": {
        StepKind.ADVANCE_NOTICE: "Total coming due",
        StepKind.REMINDER: "Total to pay",
        StepKind.THANK_YOU: "Total",
    },
}
_DEADLINES = {
    "fr": {StepKind.ADVANCE_NOTICE: "Échéance", StepKind.REMINDER: "Au plus tard le"},
    "en": {StepKind.ADVANCE_NOTICE: "Due on", StepKind.REMINDER: "Please pay by"},
}
EACH_DUE_DATE = {
    "fr": "selon le tableau ci-dessus",
    "en": "as listed above",
}
INSTALMENT = {
    "fr": "• le {day}\u00a0: {amount}",
    "en": "• {day}: {amount}",
}
OF_THE_ACCOUNT = {"fr": "Total des pièces", "en": "Total of these items"}
"""Under a table that asks for nothing by itself: a promise, a schedule."""
ACCOUNTS_DEPARTMENT = {"fr": "Service comptabilité", "en": "Accounts payable"}
CREDIT = {"fr": "À déduire", "en": "To deduct"}
CAPITAL = {"fr": "au capital de {capital}", "en": "with a share capital of {capital}"}
VAT_NUMBER = {"fr": "TVA {number}", "en": "VAT {number}"}
PLACE_AND_DATE = {"fr": "{place}, le {day}", "en": "{place}, {day}"}

# What a professional owes beyond the invoice: Code de commerce, art. L441-10 and
# D441-5. A public buyer: Code de la commande publique, art. L2192-13 and following.
# Neither is claimed here: the total is that of the invoices.
_PROFESSIONAL_NOTE = {
    "fr": (
        "Entre professionnels, tout retard de paiement entraîne de plein droit des "
        "pénalités de retard ({rate}) et une indemnité forfaitaire pour frais de "
        "recouvrement de 40\u00a0€ par facture (articles L.\u00a0441-10 et "
        "D.\u00a0441-5 du Code de commerce). Ces sommes ne sont pas comprises dans "
        "le total ci-dessus."
    ),
    "en": (
        "Between professionals, late payment entails as of right late-payment "
        "interest ({rate}) and a fixed recovery fee of €40 per invoice (articles "
        "L.\u00a0441-10 and D.\u00a0441-5 of the French Commercial Code). These sums "
        "are not included in the total above."
    ),
}
_PUBLIC_NOTE = {
    "fr": (
        "Le dépassement du délai de paiement fait courir de plein droit des intérêts "
        "moratoires au taux de refinancement de la BCE majoré de 8\u00a0points, et "
        "donne lieu à une indemnité forfaitaire pour frais de recouvrement de "
        "40\u00a0€ (articles L.\u00a02192-13, R.\u00a02192-31 et D.\u00a02192-35 du "
        "Code de la commande publique). Ces sommes ne sont pas comprises dans le "
        "total ci-dessus."
    ),
    "en": (
        "Late payment entails as of right interest at the ECB refinancing rate plus "
        "8\u00a0percentage points and a fixed recovery fee of €40 (articles "
        "L.\u00a02192-13, R.\u00a02192-31 and D.\u00a02192-35 of the French Public "
        "Procurement Code). These sums are not included in the total above."
    ),
}
_RATE = {"fr": "{rate} par an", "en": "{rate} a year"}
_LEGAL_RATE = {
    "fr": "taux de refinancement de la BCE majoré de 10\u00a0points",
    "en": "ECB refinancing rate plus 10\u00a0percentage points",
}
_DAYS = {"fr": ("jour", "jours"), "en": ("day", "days")}


def headings(language: str, kind: StepKind, channel: Channel) -> dict[str, str]:
    """List the layout's words for one kind of message."""
    words = dict(_HEADINGS[language])
    words["total"] = _TOTALS[language][kind]
    words["deadline"] = _DEADLINES[language].get(kind, "")
    if channel is not Channel.LETTER:
        words["registered"] = ""
    return words


def penalty_rate(entity: Entity, language: str) -> str:
    """Tell the rate of late-payment penalties: the firm's, or the legal default."""
    if entity.penalty_rate is None:
        return _LEGAL_RATE[language]
    return _RATE[language].format(rate=wording.rate(entity.penalty_rate, language))


def legal_note(entity: Entity, customer: Customer, language: str) -> str:
    """Recall what lateness costs; nothing to a consumer, nor in insolvency.

    An insolvent firm may not be asked for the indemnity: art. L441-10 II in fine.
    """
    if customer.is_individual or customer.is_insolvent:
        return ""
    if customer.is_public:
        return _PUBLIC_NOTE[language]
    return _PROFESSIONAL_NOTE[language].format(rate=penalty_rate(entity, language))


def count_of_days(count: int, language: str) -> str:
    """Write a lateness in a sentence: « 1 jour », « 25 jours »."""
    one, several = _DAYS[language]
    return f"{count}{wording.NO_BREAK}{several if count > 1 else one}"
