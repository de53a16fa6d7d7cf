"""« Balance âgée »: what each customer owed on a day, by age."""

from nicegui import ui

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.dashboard.aged import AgedAccount
from domain.usecases.delays import FINE_LIMITS, AgedBalance
from ui import addresses, design, formatting
from ui.components.bar_chart import Bar, lying_bars
from ui.components.data_table import Empty, PageOf, PageRequest, data_table
from ui.components.table_cells import Column, ColumnKind, Row
from ui.components.table_export import export_button
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.session import Session
from ui.translation import _


async def aged_balance_card(session: Session, balance: AgedBalance) -> None:
    """Draw the balance by age: its sums, then a line per customer."""
    day = formatting.day(balance.day)
    title = _("Balance by age on {day}", day=day)

    async def fetch(request: PageRequest) -> PageOf:
        shown = balance.accounts[request.offset : request.offset + request.size]
        return PageOf(
            rows=[_row(customer, account) for customer, account in shown],
            count=len(balance.accounts),
            totals=_cells(
                balance.total.not_due,
                balance.total.late,
                balance.total.owed,
                balance.currency,
            ),
        )

    with ui.element("section").classes(design.AGED_BALANCE).mark("aged-balance"):
        head = ui.element("div").classes(design.ROW_SPREAD)
        with head:
            section_title(title)
        lying_bars(_bars(balance), Tone.OVERDUE)
        secondary(_sum(balance))
        table = await data_table(
            session,
            "aged-balance",
            _columns(),
            fetch,
            Empty(heading=_("Nobody owed you anything.")),
        )
        with head:
            export_button(session, table, title)
    table.on_open(
        lambda customer: ui.navigate.to(addresses.customer(CustomerId(customer)))
    )


def _sum(balance: AgedBalance) -> str:
    """Show that the balance by age is the ledger's, accounts in credit apart."""
    total, currency = balance.total, balance.currency
    return _(
        "{owed} owed by accounts in debit, {credit} on accounts in credit: the "
        "customers' accounts (411) came to {balance}.",
        owed=formatting.money(Money(total.owed, currency)),
        credit=formatting.money(Money(total.in_credit, currency)),
        balance=formatting.money(Money(total.balance, currency)),
    )


def _bars(balance: AgedBalance) -> list[Bar]:
    cents = [balance.total.not_due, *balance.total.late]
    return [
        Bar(
            label=name,
            says=name,
            amount=Money(amount, balance.currency),
            tone=None if rank else Tone.NOT_DUE,
        )
        for rank, (name, amount) in enumerate(zip(_names(), cents, strict=True))
    ]


def _names() -> list[str]:
    starts = [1, *(limit + 1 for limit in FINE_LIMITS)]
    ages = [
        f"{first}–{formatting.days(last)}"
        for first, last in zip(starts, FINE_LIMITS, strict=False)
    ]
    return [_("Not due"), *ages, f"> {formatting.days(FINE_LIMITS[-1])}"]


def _columns() -> list[Column]:
    return [
        Column(name="name", label=_("Customer"), sortable=False),
        Column(name="code", label=_("Code"), sortable=False),
        *(
            Column(name=f"age_{n}", label=name, kind=ColumnKind.MONEY, sortable=False)
            for n, name in enumerate(_names())
        ),
        Column(name="total", label=_("Total"), kind=ColumnKind.MONEY, sortable=False),
    ]


def _row(customer: Customer, account: AgedAccount) -> Row:
    cells = _cells(account.not_due, account.late, account.balance, account.currency)
    return Row(
        id=customer.id, cells={"name": customer.name, "code": customer.code, **cells}
    )


def _cells(
    not_due: int, late: tuple[int, ...], total: int, currency: str
) -> dict[str, Money]:
    ages = {f"age_{n}": cents for n, cents in enumerate([not_due, *late])}
    return {
        name: Money(cents, currency)
        for name, cents in (ages | {"total": total}).items()
    }
