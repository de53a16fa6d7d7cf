"""A year of a large firm as its package exports it: several lines to each entry.

5,000 customers. A sale is three lines (customer, sales, VAT), a payment two (bank,
customer); purchases and their payments hold no line of a customer. About a quarter
of the lines are on accounts 411, as in real ledgers of firms that buy and sell.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

CUSTOMERS = 5_000
SALES_OF_A_MILLION_LINES = 149_500
_PURCHASES_PER_SALE = 0.54
_PAID_SHARE = 0.87
_FIRST = date(2026, 1, 1)
_YEAR = 365
HEADER = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib"
    "\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit"
    "\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise"
)


@dataclass(frozen=True, slots=True)
class _Deal:
    """A sale or a purchase, and its payment."""

    number: int
    is_sale: bool
    party: int
    cents: int
    on: date
    paid_on: date | None
    lettering: str = ""


def write_large_fec(path: Path, sales: int, until: date) -> None:
    """Write the ledger as it stood one day; a later day adds to it."""
    with path.open("w", encoding="iso8859-15", newline="") as file:
        file.write(HEADER)
        for line in _lines(_deals(sales), until):
            file.write(f"\r\n{line}")
        file.write("\r\n")


def _deals(sales: int) -> list[_Deal]:
    chance = random.Random(411)  # noqa: S311 - the same ledger each time
    letterings: dict[tuple[bool, int], int] = defaultdict(int)
    deals = []
    for number in range(round(sales * (1 + _PURCHASES_PER_SALE))):
        is_sale = chance.random() * (1 + _PURCHASES_PER_SALE) < 1
        party = chance.randrange(CUSTOMERS if is_sale else CUSTOMERS // 10)
        is_paid = chance.random() < _PAID_SHARE
        on = _FIRST + timedelta(days=chance.randrange(_YEAR))
        letterings[is_sale, party] += is_paid
        deals.append(
            _Deal(
                number=number,
                is_sale=is_sale,
                party=party,
                cents=chance.randrange(10_00, 5_000_00),
                on=on,
                paid_on=on + timedelta(chance.randrange(10, 70)) if is_paid else None,
                lettering=_letters(letterings[is_sale, party]) if is_paid else "",
            )
        )
    return sorted(deals, key=lambda deal: deal.on)


def _letters(rank: int) -> str:
    found = ""
    for _ in range(3):
        rank, letter = divmod(rank, 26)
        found = chr(ord("A") + letter) + found
    return found


def _lines(deals: list[_Deal], until: date) -> Iterator[str]:
    """Write journal after journal, each in the order of its days."""
    for is_sale in (True, False):
        for deal in deals:
            if deal.is_sale is is_sale and deal.on <= until:
                yield from _booked(deal, until)
    paid = [d for d in deals if d.paid_on and d.paid_on <= until]
    for deal in sorted(paid, key=lambda d: d.paid_on or date.max):
        yield from _settled(deal)


def _party(deal: _Deal) -> str:
    if deal.is_sale:
        return f"41100000\tClients\tC{deal.party:05}\tSociété n° {deal.party}"
    return f"40100000\tFournisseurs\tF{deal.party:04}\tFournisseur n° {deal.party}"


def _booked(deal: _Deal, until: date) -> Iterator[str]:
    day = f"{deal.on:%Y%m%d}"
    net = round(deal.cents / 1.2)
    journal = "VE\tVentes" if deal.is_sale else "AC\tAchats"
    word = "FA" if deal.is_sale else "FF"
    accounts = (
        ("70710000\tVentes de marchandises", "44571000\tTVA collectée")
        if deal.is_sale
        else ("60700000\tAchats de marchandises", "44566000\tTVA déductible")
    )
    is_paid = deal.paid_on and deal.paid_on <= until
    lettered = f"{deal.lettering}\t{deal.paid_on:%Y%m%d}" if is_paid else "\t"
    start = f"{journal}\t{deal.number}\t{day}"
    end = f"{word}{deal.number:07}\t{day}\tFacture {word}{deal.number:07}"
    rows = (
        (_party(deal), deal.cents, deal.is_sale, lettered),
        (f"{accounts[0]}\t\t", net, not deal.is_sale, "\t"),
        (f"{accounts[1]}\t\t", deal.cents - net, not deal.is_sale, "\t"),
    )
    for account, cents, is_debit, letters in rows:
        sides = _sides(cents, is_debit)
        yield f"{start}\t{account}\t{end}\t{sides}\t{letters}\t{day}\t\t"


def _settled(deal: _Deal) -> Iterator[str]:
    day = f"{deal.paid_on:%Y%m%d}"
    start = f"BQ\tBanque\tB{deal.number}\t{day}"
    end = f"VIR{deal.number:07}\t{day}\tVirement reçu le {day}"
    sides = _sides(deal.cents, deal.is_sale)
    yield f"{start}\t51200000\tBanque\t\t\t{end}\t{sides}\t\t\t{day}\t\t"
    sides = _sides(deal.cents, not deal.is_sale)
    letters = f"{deal.lettering}\t{day}"
    yield f"{start}\t{_party(deal)}\t{end}\t{sides}\t{letters}\t{day}\t\t"


def _sides(cents: int, is_debit: bool) -> str:
    amount = f"{cents // 100},{cents % 100:02}"
    return f"{amount}\t0,00" if is_debit else f"0,00\t{amount}"
