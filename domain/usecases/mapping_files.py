"""Remember how each kind of file is read, firm by firm."""

import json
from dataclasses import replace

from domain.basics.errors import (
    DunningError,
    UnknownLayoutError,
    UnreadableFileError,
)
from domain.basics.identifiers import EntityId
from domain.ledger.mapping import (
    Cell,
    DateOrder,
    Field,
    Mapping,
    Sheet,
    TableFile,
    TableKind,
    problems,
    signature,
    width,
    words,
)
from domain.ledger.proposing import date_order, find_header, propose_for
from domain.ports import Books

_HEADER_WITHIN = 30
_FEWEST_HEADINGS = 2
_SAMPLE = 200


class ColumnsUnknownError(DunningError):
    """Nobody said yet how such a file is read."""

    message = (
        "The columns of {file} are not all recognised. Open the application once,"
        " import this file there and say what its columns hold: the next ones will be"
        " read so."
    )


def remember(
    books: Books, entity_id: EntityId, table: TableFile, mapping: Mapping
) -> None:
    """Keep how such a file is read, for the next ones of its kind."""
    sheet = table.sheet(mapping.sheet)
    kept = {
        "kind": mapping.kind,
        "columns": mapping.columns,
        "complete_state": mapping.complete_state,
    }
    name = _setting(entity_id, _headings(sheet, mapping.header_row))
    books.settings.set(name, json.dumps(kept))


def remembered(books: Books, entity_id: EntityId, table: TableFile) -> Mapping | None:
    """Find how such a file was read last time, whatever titles precede it."""
    for sheet in table.sheets:
        for row in [*range(min(_HEADER_WITHIN, len(sheet.rows))), -1]:
            headings = _headings(sheet, row)
            if row >= 0 and sum(map(bool, map(words, headings))) < _FEWEST_HEADINGS:
                continue
            kept = books.settings.get(_setting(entity_id, headings))
            if kept and (row >= 0 or find_header(sheet.rows) < 0):
                return _mapping(kept, sheet, row)
    return None


def mapping_told(
    books: Books, entity_id: EntityId, table: TableFile, refusal: UnreadableFileError
) -> Mapping:
    """Find how such a file is read, for one that comes while nobody looks.

    ``refusal`` says why it is no accounting file.

    Raises:
        ColumnsUnknownError: nobody said yet what its columns hold.
        UnreadableFileError: it is an accounting file, and a damaged one.
    """
    mapping = remembered(books, entity_id, table)
    if mapping and not problems(mapping):
        return mapping
    if isinstance(refusal, UnknownLayoutError):
        raise ColumnsUnknownError(file=table.name)
    raise refusal


def surely_proposed(table: TableFile) -> Mapping:
    """Choose how to read a file nobody is there to look at.

    Raises:
        ColumnsUnknownError: its headings do not say enough.
    """
    proposal = propose_for(table)
    if not proposal.is_sure:
        raise ColumnsUnknownError(file=table.name)
    return proposal.mapping


def _setting(entity_id: EntityId, headings: list[Cell]) -> str:
    return f"columns:{entity_id}:{signature(headings)}"


def _headings(sheet: Sheet, header_row: int) -> list[Cell]:
    """Give the headings; blanks for a table that has none."""
    if header_row < 0:
        return [""] * width(sheet.rows)
    cells = sheet.rows[header_row]
    while cells and not str(cells[-1]).strip():
        cells = cells[:-1]
    return cells


def _mapping(kept: str, sheet: Sheet, header_row: int) -> Mapping | None:
    try:
        values = json.loads(kept)
        columns = tuple(map(Field, values["columns"]))
        kind = TableKind(values["kind"])
    except (ValueError, KeyError):  # kept by a newer version: ask again
        return None
    rows = sheet.rows[header_row + 1 :][:_SAMPLE]
    mapping = Mapping(
        kind=kind,
        columns=columns,
        sheet=sheet.name,
        header_row=header_row,
        complete_state=bool(values["complete_state"]),
        date_order=DateOrder.DAY_FIRST,
    )
    return replace(mapping, date_order=date_order(rows, mapping.days))
