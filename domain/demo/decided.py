"""What the firm agreed with its invented customers, and noted about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from domain.basics.identifiers import digest
from domain.basics.money import Money
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.demo.account import Account, working_day_after, working_day_before
from domain.demo.situations import Happening
from domain.ledger.open_item import OpenItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Stops, disputes, promises and notes about one customer."""

    holds: tuple[Hold, ...]
    disputes: tuple[Dispute, ...]
    promises: tuple[Promise, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """A stop or a dispute, in days from today."""

    reason: str
    on_item: bool = True
    start: int
    end: int | None = None
    lifted: int | None = None


_HOLDS = {
    Happening.STOP: _Fact(
        reason="Accord de la direction : ne plus relancer, dossier suivi en direct.",
        on_item=False,
        start=-24,
    ),
    Happening.ITEM_STOP: _Fact(
        reason="Réserves de chantier à lever avant règlement.", start=-13
    ),
    Happening.STOP_FOR_A_TIME: _Fact(
        reason="Comptable absente, reprise après ses congés.",
        on_item=False,
        start=-9,
        end=12,
    ),
    Happening.STOP_LIFTED: _Fact(
        reason="Attente du procès-verbal de réception.",
        on_item=False,
        start=-40,
        lifted=-21,
    ),
}
_DISPUTES = {
    Happening.DISPUTE: _Fact(
        reason="Quantité contestée : bon de livraison à retrouver.", start=-12
    ),
    Happening.ACCOUNT_DISPUTE: _Fact(
        reason="Malfaçons alléguées, expertise demandée.", on_item=False, start=-48
    ),
    Happening.DISPUTE_CLOSED: _Fact(
        reason="Prix différent du devis, avoir refusé après vérification.",
        start=-38,
        end=-16,
    ),
}
# (days since it was made, days until it is due, percentage of the invoice)
_PROMISES = {
    Happening.PROMISE_TO_COME: ((6, 9, 100),),
    Happening.PROMISE_BROKEN: ((16, -5, 100),),
    Happening.PROMISE_KEPT: ((20, -9, 100),),
    Happening.INSTALMENTS: ((4, 6, 34), (4, 27, 33), (4, 48, 33)),
}
_NOTES = {
    Happening.PROMISE_BROKEN: "Devait régler la semaine dernière : rappeler.",
    Happening.INSTALMENTS: "Échéancier en trois fois convenu au téléphone.",
    Happening.ACCOUNT_DISPUTE: "Photos du chantier reçues, transmises à l'assureur.",
    Happening.IN_CREDIT: "Demande s'il faut rembourser ou imputer le trop-perçu.",
    Happening.DEBIT_REJECTED: "Nouveau mandat de prélèvement à faire signer.",
    Happening.PAYMENT_UNALLOCATED: "Virement sans référence : demander le détail.",
}
_PLAIN_NOTES = (
    "Joindre de préférence le matin.",
    "Factures à envoyer en double exemplaire.",
    "Demande le numéro de commande sur chaque facture.",
    "A changé de banque cette année.",
    "Paiements faits le 10 et le 25 par le siège.",
)


def decisions_of(
    account: Account, item_of_piece: Mapping[str, OpenItem], today: date
) -> Decisions:
    """Decide what the customer's situation asks for."""
    happening = account.person.situation.happening
    staged = [item_of_piece[i.piece] for i in account.invoices if i.is_staged]
    item = staged[0] if staged else None
    hold = _HOLDS.get(happening) if happening else None
    dispute = _DISPUTES.get(happening) if happening else None
    return Decisions(
        holds=(_hold(account, hold, item, today),) if hold else (),
        disputes=(_dispute(account, dispute, item, today),) if dispute else (),
        promises=tuple(_promises(account, happening, item, today)),
        notes=tuple(_notes(account, happening, today)),
    )


def _hold(account: Account, fact: _Fact, item: OpenItem | None, today: date) -> Hold:
    customer = account.customer
    return Hold(
        id=digest(customer.id, "hold"),
        entity_id=customer.entity_id,
        customer_id=customer.id,
        item_id=item.id if item and fact.on_item else None,
        reason=fact.reason,
        starts_on=_working_day(fact.start, today),
        ends_on=_working_day(fact.end, today) if fact.end else None,
        lifted_on=_working_day(fact.lifted, today) if fact.lifted else None,
    )


def _dispute(
    account: Account, fact: _Fact, item: OpenItem | None, today: date
) -> Dispute:
    customer = account.customer
    return Dispute(
        id=digest(customer.id, "dispute"),
        entity_id=customer.entity_id,
        customer_id=customer.id,
        item_id=item.id if item and fact.on_item else None,
        reason=fact.reason,
        opened_on=_working_day(fact.start, today),
        closed_on=_working_day(fact.end, today) if fact.end else None,
    )


def _promises(
    account: Account, happening: Happening | None, item: OpenItem | None, today: date
) -> Iterator[Promise]:
    plan = _PROMISES.get(happening, ()) if happening else ()
    if item is None:
        return
    customer, left = account.customer, item.invoiced
    for rank, (made, due, percent) in enumerate(plan, 1):
        part = Money(item.invoiced.cents * percent // 100)
        amount = left if rank == len(plan) else part
        left -= amount
        yield Promise(
            id=digest(customer.id, "promise", str(rank)),
            entity_id=customer.entity_id,
            customer_id=customer.id,
            item_id=item.id,
            amount=amount,
            promised_for=_working_day(due, today),
            made_on=_working_day(-made, today),
        )


def _notes(
    account: Account, happening: Happening | None, today: date
) -> Iterator[Note]:
    customer = account.customer
    rng = Random(f"{customer.id}/notes")  # noqa: S311 - nothing secret is drawn
    plain = rng.choice(_PLAIN_NOTES) if rng.randrange(8) == 0 else ""
    told = _NOTES.get(happening, "") if happening else ""
    for days_ago, text in ((rng.randint(20, 90), plain), (3, told)):
        if text:
            written_on = _working_day(-days_ago, today)
            yield Note(
                id=digest(customer.id, "note", text),
                entity_id=customer.entity_id,
                customer_id=customer.id,
                text=text,
                written_at=datetime.combine(written_on, time(9, 30), UTC),
            )


def _working_day(days: int, today: date) -> date:
    """Move away from today by some days, and on to a working day."""
    day = today + timedelta(days=days)
    return working_day_after(day) if days > 0 else working_day_before(day)
