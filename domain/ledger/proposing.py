"""Propose what the columns of a table mean: by their headings, then their contents."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.basics.worded_dates import is_date_in_words
from domain.ledger.column_words import UNCERTAIN, meaning
from domain.ledger.mapping import (
    AMOUNT_FIELDS,
    CONTACT_FIELDS,
    DATE_FIELDS,
    Cell,
    DateOrder,
    Field,
    Mapping,
    Rows,
    Sheet,
    TableFile,
    TableKind,
    problems,
    width,
    words,
)

_HEADER_WITHIN = 30
_FEWEST_HEADINGS = 2
_SAMPLE = 200
_MOSTLY = 0.8
_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+")
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?: .*)?")
_YEAR_FIRST_DATE = re.compile(r"(?:19|20)\d\d[-/.]?\d\d[-/.]?\d\d(?: .*)?")
_AMOUNT = re.compile(r"[-+(]?\s*\d[\d\s.'’]*[.,]\d{1,2}\)?\s*-?\s*€?")
_CODE = re.compile(r"(?=.*\d)[\w.-]{2,20}|[A-Z][A-Z0-9.-]{1,15}")
_LAST_MONTH = 12
_CONVERTED = re.compile(r"devise|currency|\b(?:cours|taux|signed|euros?|eur)\b")
_ADDRESSES = frozenset({Field.ADDRESS, Field.POSTAL_CODE, Field.CITY})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A way to read a table, and whether its headings alone say so."""

    mapping: Mapping
    is_sure: bool


def propose_for(table: TableFile) -> Proposal:
    """Propose how to read the sheet of a file whose headings say most."""
    proposals = [propose_sheet(sheet) for sheet in table.sheets]
    return max(proposals, key=lambda p: (not problems(p.mapping), _recognised(p)))


def propose_sheet(sheet: Sheet, header_row: int | None = None) -> Proposal:
    """Propose how to read a sheet, its headings looked for or known."""
    header = find_header(sheet.rows) if header_row is None else header_row
    columns = width(sheet.rows[: _HEADER_WITHIN + _SAMPLE])
    headings: list[Cell] = [*sheet.rows[header]] if header >= 0 else []
    headings += [""] * (columns - len(headings))
    proposal = _proposal(headings, sheet.rows[header + 1 :][:_SAMPLE])
    mapping = replace(proposal.mapping, sheet=sheet.name, header_row=header)
    return Proposal(mapping, proposal.is_sure)


def find_header(rows: Rows) -> int:
    """Find the row of headings, which titles may precede; -1 when there is none."""
    best, most = -1, 0
    for index, cells in enumerate(rows[:_HEADER_WITHIN]):
        texts = [words(cell) for cell in cells if isinstance(cell, str)]
        known = sum(1 for text in texts if _announces(text))
        if known > most:
            best, most = index, known
    if most >= _FEWEST_HEADINGS:
        return best
    return _first_row_of_titles(rows)


def propose(headings: Sequence[Cell], sample_rows: Rows) -> Mapping:
    """Propose what columns mean, from their headings and some of their rows."""
    return _proposal(headings, sample_rows).mapping


def date_order(rows: Rows, columns: Sequence[int]) -> DateOrder:
    """Tell whether dates begin with the month: some have no other reading."""
    found = [
        match
        for cells in rows
        for place in columns
        if place < len(cells) and (match := _DATE.fullmatch(str(cells[place]).strip()))
    ]
    is_month_first = any(int(match[2]) > _LAST_MONTH for match in found)
    is_day_first = any(int(match[1]) > _LAST_MONTH for match in found)
    if is_month_first and not is_day_first:
        return DateOrder.MONTH_FIRST
    return DateOrder.DAY_FIRST


def _proposal(headings: Sequence[Cell], rows: Rows) -> Proposal:
    titles = [words(heading) for heading in headings]
    columns = _by_headings(titles, rows)
    is_sure = not problems(_mapping(columns, rows))
    if not is_sure:  # what headings said whole is not guessed further
        for place, field in _by_contents(columns, titles, rows).items():
            columns[place] = field
    return Proposal(_mapping(columns, rows), is_sure)


def _mapping(found: Sequence[Field | None], rows: Rows) -> Mapping:
    columns = tuple(field or Field.IGNORED for field in found)
    kind = _kind(set(columns))
    if kind is not TableKind.ENTRIES:
        unused = (
            AMOUNT_FIELDS
            | DATE_FIELDS
            | {
                Field.REFERENCE,
                Field.DIRECTION,
                Field.CURRENCY,
            }
        )
        columns = tuple(Field.IGNORED if f in unused else f for f in columns)
    fields = set(columns)
    days = [place for place, field in enumerate(columns) if field in DATE_FIELDS]
    is_ledger = bool(fields & {Field.LETTERING, Field.JOURNAL})
    return Mapping(
        kind=kind,
        columns=columns,
        complete_state=kind is TableKind.ENTRIES and not is_ledger,
        date_order=date_order(rows, days),
    )


def _kind(fields: set[Field]) -> TableKind:
    has_days = bool(fields & DATE_FIELDS or Field.REFERENCE in fields)
    if fields & AMOUNT_FIELDS and (has_days or not fields & _ADDRESSES):
        return TableKind.ENTRIES
    if fields & CONTACT_FIELDS and not fields & _ADDRESSES:
        return TableKind.CONTACTS
    if fields & (_ADDRESSES | {Field.PHONE, Field.PAYMENT_TERMS}):
        return TableKind.CUSTOMERS
    return TableKind.ENTRIES


def _by_headings(titles: list[str], rows: Rows) -> list[Field | None]:
    found: list[Field | None] = [
        None if title in UNCERTAIN else meaning(title) if title else None
        for title in titles
    ]
    _keep_one_amount(found, titles)
    _keep_currency_of_amounts(found, titles)
    _keep_firsts(found, rows)
    # Beside a label (« Libellé »), a title (« Intitulé ») is the customer's.
    for place in sorted(range(len(titles)), key=lambda p: titles[p] != "libelle"):
        if titles[place] in UNCERTAIN:
            found[place] = _decided(titles[place], place, found, rows)
    return found


def _keep_one_amount(found: list[Field | None], titles: list[str]) -> None:
    """Leave out the running balance beside debits and credits."""
    if not {Field.DEBIT, Field.CREDIT} <= set(found):
        return
    for place, field in enumerate(found):
        is_left = re.search(r"\b(?:reste|restant|du)\b", titles[place])
        if field is Field.AMOUNT or (field is Field.BALANCE and not is_left):
            found[place] = Field.IGNORED
    settled = [i for i, title in enumerate(titles) if "solde" in title]
    for side in (Field.DEBIT, Field.CREDIT):
        places = [i for i, field in enumerate(found) if field is side]
        if len(places) > 1 and (kept := [i for i in places if i in settled]):
            for place in places:
                if place not in kept:
                    found[place] = Field.IGNORED


def _keep_currency_of_amounts(found: list[Field | None], titles: list[str]) -> None:
    """Leave a currency out where amounts may be in that of the accounting.

    So they are in a ledger, and beside amounts that were converted.
    """
    is_ledger = Field.JOURNAL in found or {Field.DEBIT, Field.CREDIT} <= set(found)
    is_converted = any(
        _CONVERTED.search(title)
        for title, field in zip(titles, found, strict=True)
        if field is not Field.CURRENCY
    )
    for place, field in enumerate(found):
        if field is Field.CURRENCY and (is_ledger or is_converted):
            found[place] = Field.IGNORED


def _keep_firsts(found: list[Field | None], rows: Rows) -> None:
    """Keep one column for each field: the first that is filled in."""
    for field in set(found) - {None, Field.IGNORED, Field.ADDRESS}:
        places = [place for place, f in enumerate(found) if f is field]
        filled = [place for place in places if _cells(rows, place)]
        for place in set(places) - {(filled or places)[0]}:
            found[place] = Field.IGNORED


def _decided(title: str, place: int, found: list[Field | None], rows: Rows) -> Field:
    """Choose between the two meanings of a heading."""
    first, second = UNCERTAIN[title]
    taken = set(found)
    if second in taken:
        return Field.IGNORED if first in taken else first
    if first in taken:
        return second
    if first is Field.LAST_NAME:
        return first if Field.FIRST_NAME in taken else second
    if first is Field.LABEL:
        is_name = Field.CUSTOMER_CODE in taken and not taken & DATE_FIELDS
        return second if is_name else first
    return first if _share(_cells(rows, place), _is_code) >= _MOSTLY else second


def _by_contents(
    found: list[Field | None], titles: list[str], rows: Rows
) -> dict[int, Field]:
    """Look at the contents of the columns whose heading says nothing."""
    taken = {field for field in found if field}
    more: dict[int, Field] = {}
    for place, title in enumerate(titles):
        cells = _cells(rows, place)
        if found[place] is not None or title in UNCERTAIN or not cells:
            continue
        field = next((f for f in _looks(cells) if f not in taken), None)
        if field is Field.AMOUNT and taken & AMOUNT_FIELDS:
            continue
        if field:
            more[place] = field
            taken.add(field)
    return more


def _looks(cells: list[Cell]) -> tuple[Field, ...]:
    """Tell what a column could be, the likeliest first."""
    if _share(cells, lambda c: bool(_EMAIL.fullmatch(str(c).strip()))) >= _MOSTLY:
        return (Field.EMAIL,)
    if _share(cells, _is_date) >= _MOSTLY:
        return (Field.ENTRY_DATE, Field.DUE_DATE)
    if _share(cells, _is_amount) >= _MOSTLY:
        return (Field.AMOUNT,)
    if _share(cells, _is_code) >= _MOSTLY:
        is_repeated = max(Counter(map(str, cells)).values()) > 1
        return (
            (Field.CUSTOMER_CODE, Field.REFERENCE)
            if is_repeated
            else (Field.REFERENCE, Field.CUSTOMER_CODE)
        )
    if all(isinstance(cell, str) for cell in cells):
        return (Field.CUSTOMER_NAME,)
    return ()


def _cells(rows: Rows, place: int) -> list[Cell]:
    found = (cells[place] for cells in rows if place < len(cells))
    return [cell for cell in found if str(cell).strip()]


def _share(cells: list[Cell], is_so: Callable[[Cell], bool]) -> float:
    return sum(map(is_so, cells)) / len(cells) if cells else 0.0


def _is_date(cell: Cell) -> bool:
    text = str(cell).strip()
    if isinstance(cell, date) or _DATE.fullmatch(text):
        return True
    return bool(_YEAR_FIRST_DATE.fullmatch(text)) or is_date_in_words(text)


def _is_amount(cell: Cell) -> bool:
    if isinstance(cell, float):
        return True
    return isinstance(cell, str) and bool(_AMOUNT.fullmatch(cell.strip()))


def _is_code(cell: Cell) -> bool:
    if isinstance(cell, float):
        return cell.is_integer()
    return bool(_CODE.fullmatch(str(cell).strip()))


def _announces(title: str) -> bool:
    return title in UNCERTAIN or meaning(title) is not None


def _recognised(proposal: Proposal) -> int:
    return sum(field is not Field.IGNORED for field in proposal.mapping.columns)


def _first_row_of_titles(rows: Rows) -> int:
    """Take the first row of words only, where words are not what follows."""
    for index, cells in enumerate(rows[:_HEADER_WITHIN]):
        filled = [cell for cell in cells if str(cell).strip()]
        if len(filled) < _FEWEST_HEADINGS:
            continue
        is_titles = all(
            isinstance(c, str) and not _is_date(c) and not re.search(r"\d", c)
            for c in filled
        )
        return index if is_titles else -1
    return -1
