"""Reads a page of any list, in two questions whatever its size."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.basics.listing import Among, Days, ListFilter, ListQuery
from domain.basics.money import Money
from storage.database.codec import Row
from storage.database.table import Value
from storage.database.views.remembering import ask

Values = dict[str, Value]
Late = Callable[[str, Values], str]
"""Works a value out where SQL names it: for customers that a condition chooses."""
Condition = tuple[str, Values]
"""A condition on rows, and the values that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something a list joins only where it is asked for, under its own name."""

    join: str
    """From JOIN on."""
    worked_out: str = ""
    """The SELECT that makes it, if it is no table of the books.

    ``{of_customers}`` and ``{of_items}`` stand where it is held to one page.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where the rows of a list come from, and by what they sort and narrow.

    A piece is joined where its name and a point (« reached. ») are found in what is
    asked: SQL that nobody asks for costs nothing. Names in ``sorts`` and ``filters``
    are the only ones a query may use; its values are always bound.
    """

    source: str
    """From FROM to before the joins."""
    pieces: Mapping[str, Piece]
    """In the order in which they are joined."""
    where: str
    """What holds for each row of the list."""
    key: str
    """Identifies a row, with its currency."""
    currency: str
    columns: tuple[str, ...]
    """What a row shows, after its key and currency."""
    totals: Mapping[str, str] = field(default_factory=dict)
    sorts: Mapping[str, Sequence[str]]
    filters: Mapping[str, str | Mapping[str, str]]
    """By name: the SQL compared to the values, or a condition for each value."""
    tie: tuple[str, ...]
    """Orders rows that the sort leaves equal."""
    of_customers: str
    """Finds the customers of a page from ``:keys``."""
    of_items: str
    """Finds the items of a page from ``:keys``."""
    is_worked_out: bool = False
    """Whether rows cost too much to be read twice, for the page and for the totals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """Rows as the view's columns say, and what is true of the whole list."""

    rows: list[Row]
    """Each begins with its key and its currency."""
    count: int
    totals: dict[str, tuple[Money, ...]]


def read_page(
    connection: sqlite3.Connection,
    view: View,
    query: ListQuery,
    searched: Condition,
    values: Mapping[str, Value | Late],
) -> PageRead:
    """Read one page of a list, with count and totals over all of its pages.

    What is worked out late is so for the customers of the page alone, unless the
    whole list sorts or narrows by it.

    Raises:
        KeyError: the query names a sort or a filter that the view does not have.
    """
    bound: dict[str, Value | Late] = {**values, **searched[1]}
    bound |= {"limit": query.limit, "offset": query.offset}
    conditions = [view.where, searched[0]]
    for number, (name, wanted) in enumerate(sorted(query.filters.items())):
        condition, named = _condition(view.filters[name], wanted, f"filter_{number}")
        conditions.append(condition)
        bound.update(named)
    where = " AND ".join(conditions)
    found = _read_keys(connection, view, query, where, bound)
    apart = [row for row in found if row[0] is None]
    keys = [(row[0], row[1]) for row in found if row[0] is not None]
    return PageRead(
        rows=read_rows(connection, view, keys, values),
        count=sum(row[2] for row in apart),
        totals={
            # Rows without a currency have no amounts either.
            name: tuple(Money(row[3 + n], row[1]) for row in apart if row[1])
            or (Money(0),)
            for n, name in enumerate(view.totals)
        },
    )


def read_rows(
    connection: sqlite3.Connection,
    view: View,
    keys: Sequence[tuple[str, str | None]],
    values: Mapping[str, Value | Late],
) -> list[Row]:
    """Read what the rows of one page show, in the order of the page."""
    selected = ", ".join([view.key, view.currency, *view.columns])
    # The plus hides the conditions of the list, so that rows are found by their key:
    # else SQLite may look for the keys of a page among all the lines of a firm.
    where = f"{view.key} IN (SELECT value FROM json_each(:keys)) AND +({view.where})"
    pieces, rows = _select(view, selected, where, held=True)
    sql = f"WITH {pieces.removesuffix(', ')} {rows}" if pieces else rows
    named = Values(keys=json.dumps([key for key, _currency in keys]))
    held = f"customer_id IN ({view.of_customers})"
    found = connection.execute(sql, {**_told(values, sql, held, named), **named})
    by_key = {(row[0], row[1]): row for row in found}
    return [by_key[key] for key in keys if key in by_key]


def _read_keys(
    connection: sqlite3.Connection,
    view: View,
    query: ListQuery,
    where: str,
    values: Mapping[str, Value | Late],
) -> list[Row]:
    """Read the totals by currency, without a key, then the keys of the page.

    In one statement, where rows cost too much to be worked out twice; else apart, so
    that each joins no more than it needs.
    """
    way = "DESC" if query.descending else "ASC"
    sort = view.sorts[query.sort] if query.sort else ()
    sums = [f"{sql} AS total_{n}" for n, sql in enumerate(view.totals.values())]
    ranks = [f"{sql} AS rank_{n}" for n, sql in enumerate((*sort, *view.tie))]
    order = ", ".join(
        f"rank_{n} {way if n < len(sort) else 'ASC'}" for n in range(len(ranks))
    )
    currency, key = f"{view.currency} AS currency", f"{view.key} AS key"
    added = "".join(f", sum(total_{n})" for n in range(len(sums)))
    asked = " ".join([view.source, where, *sums, *ranks])
    bound = _told(values, asked, "TRUE", {})
    whole = f"SELECT NULL, currency, count(*){added} FROM lines GROUP BY currency"
    page = (
        f"SELECT key, currency{', NULL' * (1 + len(sums))} FROM lines"
        f" ORDER BY {order} LIMIT :limit OFFSET :offset"
    )
    if view.is_worked_out:
        lines = _lines(view, [key, currency, *sums, *ranks], where)
        both = f"{lines} {whole} UNION ALL SELECT * FROM ({page})"
        return ask(connection, both, bound)
    lines = _lines(view, [currency, *sums], where)
    # Grouping sorts every row, which one currency makes useless.
    of_one = (
        f"SELECT NULL, min(currency), count(*){added} FROM lines"
        " HAVING min(currency) = max(currency)"
    )
    everywhere = {n: v for n, v in bound.items() if n not in {"limit", "offset"}}
    apart = ask(connection, f"{lines} {of_one}", everywhere)
    apart = apart or ask(connection, f"{lines} {whole}", everywhere)
    lines = _lines(view, [key, currency, *ranks], where)
    return apart + connection.execute(f"{lines} {page}", bound).fetchall()


def _told(
    values: Mapping[str, Value | Late], sql: str, chosen: str, named: Values
) -> Values:
    """Work late values out where some SQL names them."""
    told = Values()
    for name, value in values.items():
        if not callable(value):
            told[name] = value
        elif f":{name}" in sql:
            told[name] = value(chosen, named)
    return told


def _lines(view: View, columns: Sequence[str], where: str) -> str:
    """Write the WITH of a list's rows, and of the pieces that they ask for."""
    pieces, rows = _select(view, ", ".join(columns), where, held=False)
    materialized = "MATERIALIZED" if view.is_worked_out else "NOT MATERIALIZED"
    return f"WITH {pieces}lines AS {materialized} ({rows})"


def _select(view: View, selected: str, where: str, *, held: bool) -> tuple[str, str]:
    """Write the pieces that a SELECT of a view asks for, and the SELECT."""
    asked = f"{view.source} {selected} {where}"
    used = set(_used(view.pieces, asked))
    needed = [(name, piece) for name, piece in view.pieces.items() if name in used]
    holds = {
        "of_customers": f" AND customer_id IN ({view.of_customers})" if held else "",
        "of_items": f" AND item_id IN ({view.of_items})" if held else "",
    }
    worked_out = [
        f"{name} AS ({_held(piece.worked_out, holds)})"
        for name, piece in needed
        if piece.worked_out
    ]
    joins = " ".join(piece.join for _name, piece in needed)
    written = "".join(f"{one}, " for one in worked_out)
    return (
        written,
        f"SELECT {selected} FROM {view.source} {joins} WHERE {where}",
    )


def _used(pieces: Mapping[str, Piece], asked: str) -> Iterator[str]:
    """Find the pieces that some SQL names, and those that these name in turn."""
    for name, piece in reversed(list(pieces.items())):
        if f"{name}." in asked:
            asked += piece.join
            yield name


def _held(sql: str, holds: Mapping[str, str]) -> str:
    for name, condition in holds.items():
        sql = sql.replace(f"{{{name}}}", condition)
    return sql


def _condition(
    compared: str | Mapping[str, str], wanted: ListFilter, name: str
) -> Condition:
    """Write a filter as a condition; its values are bound under a name."""
    if isinstance(wanted, Among):
        if isinstance(compared, str):
            listed = f"{compared} IN (SELECT value FROM json_each(:{name}))"
            return listed, {name: json.dumps(wanted.values)}
        chosen = [f"({compared[value]})" for value in wanted.values]
        return f"({' OR '.join(chosen)})", {}
    if not isinstance(compared, str):
        message = f"{wanted} is compared to nothing"
        raise KeyError(message)
    if isinstance(wanted, Days):
        return _between(compared, _iso(wanted.first), _iso(wanted.last), name)
    return _between(compared, wanted.least, wanted.most, name)


def _between(compared: str, low: Value, high: Value, name: str) -> Condition:
    conditions, values = ["TRUE"], Values()
    for sign, bound, end in ((">=", low, "low"), ("<=", high, "high")):
        if bound is not None:
            conditions.append(f"{compared} {sign} :{name}_{end}")
            values[f"{name}_{end}"] = bound
    return f"({' AND '.join(conditions)})", values


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def listed(values: Iterable[str]) -> str:
    """Write values as SQL reads them with json_each."""
    return json.dumps(list(values))
