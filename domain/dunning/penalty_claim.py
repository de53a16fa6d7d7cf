"""What a customer reads of the penalties claimed: a block, and an annex.

The annex shows the whole computation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.basics import wording
from domain.basics.money import Money
from domain.basics.text import squeezed
from domain.customers.customer import CustomerKind
from domain.dunning.penalties import INDEMNITY, InvoicePenalty, Penalties, Segment

_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "title": "Pénalités de retard au {day}",
        "interest": "Intérêts de retard (détail en annexe)",
        "interest_public": "Intérêts moratoires (détail en annexe)",
        "indemnity": "Indemnité forfaitaire de recouvrement ({count} × {each})",
        "total": "Total réclamé en plus des factures",
        "annex": "Annexe – Calcul des pénalités de retard au {day}",
        "formula": (
            "Montant TTC restant dû × taux annuel × nombre de jours / 365, du "
            "lendemain de l’échéance au {day} inclus. Chaque règlement diminue le "
            "montant dès le lendemain. Les intérêts de chaque facture sont arrondis "
            "une seule fois, au centime."
        ),
        "reference": "Facture",
        "due_on": "Échéance",
        "period": "Période",
        "days": "Jours",
        "balance": "Restant dû",
        "rate": "Taux",
        "amount": "Intérêts",
        "of_invoice": "Intérêts {interest}, indemnité {indemnity}",
        "all": "Intérêts {interest} + indemnités {indemnity}",
        "span": "du {first} au {last}",
        "half": "{rank} semestre {year}",
        "rank_1": "1er",
        "rank_2": "2d",
        "ecb": "{half}\u00a0: taux de la BCE {ecb} + {points} points = {rate}",
        "agreed": "{half}\u00a0: taux convenu, {rate}",
        "floor": (
            "{half}\u00a0: trois fois le taux de l’intérêt légal ({legal}) = {rate}, "
            "minimum légal, supérieur au taux convenu"
        ),
        "rates": "Taux appliqués",
    },
    "en": {
        "title": "Late-payment charges on {day}",
        "interest": "Late-payment interest (see annex)",
        "interest_public": "Late-payment interest (see annex)",
        "indemnity": "Fixed recovery fee ({count} × {each})",
        "total": "Total claimed on top of the invoices",
        "annex": "Annex – Computation of late-payment charges on {day}",
        "formula": (
            "Amount left to pay, VAT included × yearly rate × number of days / 365, "
            "from the day after the due date to {day} included. Each payment lowers "
            "the amount from the next day. The interest of each invoice is rounded "
            "once, to the cent."
        ),
        "reference": "Invoice",
        "due_on": "Due date",
        "period": "Period",
        "days": "Days",
        "balance": "Left to pay",
        "rate": "Rate",
        "amount": "Interest",
        "of_invoice": "Interest {interest}, fee {indemnity}",
        "all": "Interest {interest} + fees {indemnity}",
        "span": "{first} to {last}",
        "half": "{rank} half of {year}",
        "rank_1": "first",
        "rank_2": "second",
        "ecb": "{half}: ECB rate {ecb} + {points} points = {rate}",
        "agreed": "{half}: agreed rate, {rate}",
        "floor": (
            "{half}: three times the legal interest rate ({legal}) = {rate}, the "
            "legal minimum, above the agreed rate"
        ),
        "rates": "Rates applied",
    },
}
_NOTES: Mapping[str, Mapping[CustomerKind, str]] = {
    "fr": {
        CustomerKind.PROFESSIONAL: (
            "Dues de plein droit, sans rappel, dès le lendemain de l’échéance "
            "(articles L.\u00a0441-10 et D.\u00a0441-5 du Code de commerce), ces "
            "sommes s’ajoutent au total des factures, dont elles ne font pas partie. "
            "Les intérêts continuent de courir jusqu’au paiement."
        ),
        CustomerKind.PUBLIC: (
            "Dus de plein droit et sans formalité (articles L.\u00a02192-13, "
            "R.\u00a02192-31 et D.\u00a02192-35 du Code de la commande publique), ces "
            "intérêts moratoires et cette indemnité s’ajoutent au total des factures, "
            "dont ils ne font pas partie. Ils courent jusqu’à la mise en paiement du "
            "principal incluse."
        ),
    },
    "en": {
        CustomerKind.PROFESSIONAL: (
            "Due as of right, without reminder, from the day after the due date "
            "(articles L.\u00a0441-10 and D.\u00a0441-5 of the French Commercial "
            "Code), these sums come on top of the invoices, and are no part of their "
            "total. Interest runs until payment."
        ),
        CustomerKind.PUBLIC: (
            "Due as of right and without formality (articles L.\u00a02192-13, "
            "R.\u00a02192-31 and D.\u00a02192-35 of the French Public Procurement "
            "Code), this interest and fee come on top of the invoices, and are no "
            "part of their total. Interest runs until the day of payment included."
        ),
    },
}
_POINTS = {CustomerKind.PROFESSIONAL: 10, CustomerKind.PUBLIC: 8}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexRow:
    """Days with one balance and one rate; all is text."""

    period: str
    days: str
    balance: str
    rate: str
    interest: str
    """Exact to a ten-thousandth: not rounded yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexInvoice:
    """The computation for one invoice."""

    reference: str
    due_on: str
    rows: tuple[AnnexRow, ...]
    subtotal: str
    """Interest and indemnity, in words."""
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyClaim:
    """Penalties as a message claims them; all is text."""

    title: str
    lines: tuple[tuple[str, str], ...]
    """What, and how much."""
    total_label: str
    total: str
    note: str
    annex_title: str
    formula: str
    words: Mapping[str, str]
    invoices: tuple[AnnexInvoice, ...]
    subtotal: str
    rates: tuple[str, ...]
    """Where each rate comes from, half-year by half-year."""


def penalty_claim(found: Penalties, language: str) -> PenaltyClaim | None:
    """Put penalties into words; nothing where nothing is owed."""
    if not found.invoices:
        return None
    words = _WORDS[language]
    day = wording.long_day(found.until, language)
    is_public = found.rule.kind is CustomerKind.PUBLIC
    indemnity = words["indemnity"].format(
        count=found.indemnity_count, each=wording.money(INDEMNITY, language)
    )
    return PenaltyClaim(
        title=words["title"].format(day=day),
        lines=(
            (
                words["interest_public" if is_public else "interest"],
                wording.money(found.interest, language),
            ),
            (indemnity, wording.money(found.indemnity, language)),
        ),
        total_label=words["total"],
        total=wording.money(found.total, language),
        note=_NOTES[language][found.rule.kind],
        annex_title=words["annex"].format(day=day),
        formula=words["formula"].format(day=day),
        words=words,
        invoices=tuple(_invoice(one, words, language) for one in found.invoices),
        subtotal=_parted(words["all"], found.interest, found.indemnity, language),
        rates=tuple(rate_sources(found, language)),
    )


def _invoice(
    found: InvoicePenalty, words: Mapping[str, str], language: str
) -> AnnexInvoice:
    return AnnexInvoice(
        reference=squeezed(found.item.reference or found.item.label),
        due_on=wording.day(found.item.due_on),
        rows=tuple(_row(segment, words, language) for segment in found.segments),
        subtotal=_parted(
            words["of_invoice"], found.interest, found.indemnity, language
        ),
        total=wording.money(found.interest + found.indemnity, language),
    )


def _row(segment: Segment, words: Mapping[str, str], language: str) -> AnnexRow:
    return AnnexRow(
        period=words["span"].format(
            first=wording.day(segment.first), last=wording.day(segment.last)
        ),
        days=str(segment.days),
        balance=wording.number(segment.balance, language),
        rate=wording.rate(segment.rate, language),
        interest=wording.ten_thousandths(_in_units(segment.interest), language),
    )


def _in_units(cents: Fraction) -> Decimal:
    return Decimal(cents.numerator) / Decimal(cents.denominator) / 100


def _parted(words: str, interest: Money, indemnity: Money, language: str) -> str:
    return words.format(
        interest=wording.money(interest, language),
        indemnity=wording.money(indemnity, language),
    )


def rate_sources(found: Penalties, language: str) -> Iterable[str]:
    """Say where each rate comes from, half-year by half-year."""
    words = _WORDS[language]
    used = {s.half_year: s for one in found.invoices for s in one.segments}
    for half_year, segment in sorted(used.items()):
        half = words["half"].format(
            rank=words[f"rank_{half_year.half}"], year=half_year.year
        )
        rate = wording.rate(segment.rate, language)
        points = _POINTS[found.rule.kind]
        key = "floor" if segment.is_floor else "agreed"
        yield words["ecb" if found.rule.agreed is None else key].format(
            half=half,
            rate=rate,
            points=points,
            ecb=wording.rate(segment.rate - points, language),
            legal=wording.rate(segment.rate / 3, language),
        )
