"""« Qui vous doit quoi ? » and « Clients »: a line per customer and currency."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.listing import ListPage, ListQuery
from domain.basics.money import EUR, Money
from domain.customers.customer_line import CustomerLine, CustomerState
from domain.dashboard.key_figures import fiscal_year_start
from domain.ledger.entity import DunningOptions
from domain.ledger.import_report import SourceFormat
from storage.database.codec import Row
from storage.database.views.pieces import (
    CONTACTED,
    DISPUTING,
    PROFILES,
    PROMISING,
    REACHED,
    RECIPIENTS,
    STOPPED,
    TO_CHASE,
    accounts,
    chase_values,
    common_values,
    customers_with,
)
from storage.database.views.reading import Condition, Piece, View, listed, read_page
from storage.database.views.scores import SCORES

_STATES = tuple(CustomerState)
# What is in force comes before what is owed, which comes before the rest:
# numbered as CustomerState lists them.
_URGENCY = f"""
    CASE WHEN customers.id IN ({STOPPED}) THEN 0
        WHEN accounts.balance_cents > 0 AND customers.id IN ({DISPUTING}) THEN 1
        WHEN accounts.balance_cents > 0 AND customers.id IN ({PROMISING}) THEN 2
        WHEN accounts.overdue_cents > 0 THEN 3
        WHEN accounts.to_come_cents > 0 THEN 4
        WHEN accounts.balance_cents < 0 THEN 5
        ELSE 6 END"""
_NOTE = """(SELECT text FROM notes WHERE notes.customer_id = customers.id
    ORDER BY written_at DESC, rowid DESC LIMIT 1)"""
_CHASED = f"""customers.id IN (
    SELECT items.customer_id FROM items
    WHERE items.entity_id = :entity AND items.state = 'open' AND {TO_CHASE})"""
_AMOUNTS = ("balance", "overdue", "to_come")


def _cents(name: str) -> str:
    return f"coalesce(accounts.{name}_cents, 0)"


def _account_pieces(worked_out: str, *, only_owing: bool) -> dict[str, Piece]:
    if not only_owing:
        return {"accounts": customers_with("accounts", worked_out)}
    of_account = "JOIN customers ON customers.id = accounts.customer_id"
    return {
        "accounts": Piece(worked_out=worked_out, join=""),
        "customers": Piece(join=of_account),
    }


@cache
def _view(limits: tuple[int, ...], *, only_owing: bool) -> View:
    """Describe the list; ``only_owing`` leaves out accounts not in debit.

    Then it begins with the accounts: customers are joined to those of a page only.
    """
    ages = tuple(f"age_{low}" for low in (0, *limits))
    amounts = (*_AMOUNTS, *ages)
    return View(
        source="accounts" if only_owing else "customers",
        pieces={
            **_account_pieces(accounts(limits), only_owing=only_owing),
            "profiles": PROFILES,
            "reached": customers_with("reached", REACHED),
            "contacted": customers_with("contacted", CONTACTED),
            "recipients": customers_with("recipients", RECIPIENTS),
            "scores": customers_with("scores", SCORES),
        },
        where="accounts.balance_cents > 0"
        if only_owing
        else "customers.entity_id = :entity",
        key="accounts.customer_id" if only_owing else "customers.id",
        currency="accounts.currency",
        columns=(
            "code",
            "customers.name",
            "coalesce(profiles.name, '')",
            "salesperson",
            "category",
            "free_1",
            "free_2",
            "customers.payment_mode",
            "is_followed",
            *map(_cents, amounts),
            "coalesce(accounts.is_new, 0)",
            "coalesce(reached.level, 0)",
            "reached.reached_on",
            "contacted.last_contact_on",
            "coalesce(recipients.email, '')",
            "coalesce(recipients.name, '')",
            "coalesce(nullif(recipients.phone, ''), customers.phone)",
            "''" if only_owing else "coalesce(scores.grade, '')",
            _URGENCY,
            f"coalesce({_NOTE}, '')",
        ),
        totals={name: _cents(name) for name in amounts},
        sorts={
            "code": ["customers.sort_key"],
            "name": ["customers.search_name"],
            "profile": ["profiles.name"],
            "salesperson": ["customers.salesperson"],
            "category": ["customers.category"],
            "free_1": ["customers.free_1"],
            "free_2": ["customers.free_2"],
            "payment_mode": ["customers.payment_mode"],
            "level": ["coalesce(reached.level, 0)"],
            "level_on": ["reached.reached_on"],
            "last_contact_on": ["contacted.last_contact_on"],
            "email": ["coalesce(recipients.email, '')"],
            "contact": ["coalesce(recipients.name, '')"],
            "score": ["coalesce(scores.grade, 'none')"],
            "state": [_URGENCY],
            **{name: [_cents(name)] for name in amounts},
        },
        filters={
            "owing": {
                "debit": "accounts.balance_cents > 0",
                "late": "accounts.overdue_cents > 0",
                "credit": "accounts.balance_cents < 0",
            },
            "chased": {"yes": _CHASED, "no": f"NOT {_CHASED}"},
            "new": {"yes": "accounts.is_new"},
            "age": {name[4:]: f"accounts.{name}_cents > 0" for name in ages},
            "level": "CAST(coalesce(reached.level, 0) AS TEXT)",
            "profile": "profiles.id",
            "salesperson": "customers.salesperson",
            "category": "customers.category",
            "free_1": "customers.free_1",
            "free_2": "customers.free_2",
            "payment_mode": "customers.payment_mode",
            "score": "coalesce(scores.grade, '')",
            "followed": {
                "yes": "customers.is_followed",
                "no": "NOT customers.is_followed",
            },
            "state": {
                state.value: f"{_URGENCY} = {rank}"
                for rank, state in enumerate(_STATES)
            },
            "email": {
                "yes": "recipients.email IS NOT NULL",
                "no": "recipients.email IS NULL",
            },
            "balance": _cents("balance"),
            "overdue": _cents("overdue"),
            "to_come": _cents("to_come"),
            "level_on": "reached.reached_on",
        },
        tie=("accounts.customer_id",)
        if only_owing
        else ("customers.sort_key", "customers.id"),
        of_customers="SELECT value FROM json_each(:keys)",
        of_items="SELECT id FROM items WHERE entity_id = :entity AND state = 'open'"
        " AND customer_id IN (SELECT value FROM json_each(:keys))",
        is_worked_out=True,
    )


def customer_lines(
    connection: sqlite3.Connection,
    entity_id: EntityId,
    today: date,
    query: ListQuery,
    searched: Condition,
    *,
    options: DunningOptions,
    limits: Sequence[int],
    only_owing: bool,
) -> ListPage[CustomerLine]:
    """Read one page of a firm's customers, and the totals of all its pages."""
    view = _view(tuple(limits), only_owing=only_owing)
    values = {
        **common_values(entity_id, today, limits),
        **chase_values(connection, entity_id, today, options),
        **_year(connection, entity_id, today),
    }
    if not query.sort:
        query = replace(query, sort="code")
    page = read_page(connection, view, query, searched, values)
    return ListPage(
        lines=[_line(row, len(limits) + 1) for row in page.rows],
        count=page.count,
        totals=page.totals,
    )


def _year(
    connection: sqlite3.Connection, entity_id: EntityId, today: date
) -> dict[str, str]:
    """Give what scores name: the year they are of, files that list what is open."""
    (month,) = connection.execute(
        "SELECT fiscal_year_start_month FROM entities WHERE id = ?", [entity_id]
    ).fetchone()
    return {
        "year_start": fiscal_year_start(today, month).isoformat(),
        "lists": listed(f for f in SourceFormat if f.lists_what_is_open),
    }


def _line(row: Row, age_count: int) -> CustomerLine:
    key, currency, code, name, profile, salesperson, category, *rest = row
    first, second, mode, followed, *rest = rest
    amounts = [Money(cents, currency or EUR) for cents in rest[: 3 + age_count]]
    is_new, level, level_on, contact_on, *person, urgency, note = rest[3 + age_count :]
    email, contact, phone, score = person
    return CustomerLine(
        customer_id=CustomerId(key),
        code=code,
        name=name,
        profile=profile,
        salesperson=salesperson,
        category=category,
        free=(first, second),
        payment_mode=mode,
        is_followed=bool(followed),
        balance=amounts[0],
        overdue=amounts[1],
        to_come=amounts[2],
        ages=tuple(amounts[3:]),
        is_new=bool(is_new),
        level=level,
        level_on=date.fromisoformat(level_on) if level_on else None,
        last_contact_on=date.fromisoformat(contact_on) if contact_on else None,
        email=email,
        contact=contact,
        phone=phone,
        score=score,
        state=_STATES[urgency],
        note=note,
    )
