"""Which column of an FEC holds what: told by its header, never by position.

The eighteen columns and their names: art. A47 A-1 LPF, VII. Others may follow,
and some packages reorder them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storage.files.errors import MissingColumnsError, NotAnAccountingFileError
from storage.files.headings import plain
from storage.files.values import UnusableValueError, read_amount, read_date

_NOWHERE = -1
_LEGAL_SEPARATORS = ("\t", "|")
_OTHER_SEPARATORS = (";", ",")
_FEWEST_KNOWN_COLUMNS = 3

_ESSENTIAL = {"EcritureDate", "CompteNum"}
_TWO_AMOUNTS = {"Debit", "Credit"}
_SIGNED_AMOUNT = {"Montant", "Sens"}
_OTHERS = {
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
    "ModeRglt",  # cash-basis variants
    "FichierFacture",  # Dolibarr
}
# Met in the exports of Dolibarr, ERPNext and others; the law knows no due date.
_DUE_DATES = ("datelimit", "dateech", "echeance")
_DUE_DATE = "due date"

# Where a separator typed by the user splits a field, likeliest first.
_TYPED_COLUMNS = ("EcritureLib", "CompAuxLib", "CompteLib", "PieceRef", "JournalLib")
_DATES = ("EcritureDate", "PieceDate", "DateLet", "ValidDate")
_AMOUNTS = ("Debit", "Credit", "Montant")


@dataclass(frozen=True, slots=True)
class FecLayout:
    """How to find a value in a line."""

    separator: str
    width: int
    positions: Mapping[str, int]
    trailing: int
    """Separators after the last heading."""
    is_usual: bool
    """Whether the separator is one of the two that the law allows."""

    @property
    def shortest(self) -> int:
        """Fewest fields a line can have: packages drop the last, empty ones."""
        amounts = _TWO_AMOUNTS if self.has_two_amounts else _SIGNED_AMOUNT
        return 1 + max(self.positions[name] for name in _ESSENTIAL | amounts)

    @property
    def has_two_amounts(self) -> bool:
        """Debit and Credit; otherwise Montant and Sens."""
        return self.positions.keys() >= _TWO_AMOUNTS

    def position(self, name: str) -> int:
        """Tell where a column is: -1, the blank added to lines, if nowhere."""
        return self.positions.get(name, _NOWHERE)

    @property
    def due_date(self) -> int:
        """Where the due date is, in the files that give it."""
        return self.position(_DUE_DATE)

    def cut(self, line: str) -> list[str]:
        """Cut a line into its fields, without the blanks that pad them."""
        return [field.strip() for field in line.split(self.separator)]

    def mended(self, fields: list[str]) -> list[str] | None:
        """Make a line of the right width out of one that is not.

        Returns:
            The fields the line should have had, or None if nothing is certain.
        """
        extra = len(fields) - self.width
        if extra < 0:
            is_enough = len(fields) >= self.shortest
            return [*fields, *[""] * -extra] if is_enough else None
        rejoined = next(filter(self._is_sound, self._rejoined(fields, extra)), None)
        shortened = fields[: self.width]
        if any(fields[self.width :]) or not self._is_sound(shortened):
            return rejoined
        return shortened if rejoined is None else None

    def _rejoined(self, fields: list[str], extra: int) -> Iterator[list[str]]:
        """Undo the splitting of a text that holds the separator."""
        if self.separator == ",":  # it splits decimals too: nothing is certain
            return
        for name in _TYPED_COLUMNS:
            if name in self.positions:
                start = self.positions[name]
                end = start + extra + 1
                whole = self.separator.join(fields[start:end])
                yield [*fields[:start], whole, *fields[end:]]

    def _is_sound(self, fields: list[str]) -> bool:
        """Whether dates are dates, and one amount is not zero."""
        try:
            for name in _DATES:
                if name in self.positions:
                    read_date(fields[self.positions[name]])
            amounts = [
                read_amount(fields[self.positions[name]])
                for name in _AMOUNTS
                if name in self.positions
            ]
        except UnusableValueError:
            return False
        return sum(map(bool, amounts)) == 1


def read_layout(name: str, header: str) -> FecLayout:
    """Understand a header, whatever its separator and the order of its columns."""
    found = {s: _positions(header, s) for s in _LEGAL_SEPARATORS + _OTHER_SEPARATORS}
    separator = max(found, key=lambda s: len(found[s]))
    positions = found[separator]
    if len(positions) < _FEWEST_KNOWN_COLUMNS:
        raise NotAnAccountingFileError(file=name)
    missing = _ESSENTIAL - positions.keys()
    if not positions.keys() >= _SIGNED_AMOUNT:
        missing |= _TWO_AMOUNTS - positions.keys()
    if missing:
        raise MissingColumnsError(file=name, columns=", ".join(sorted(missing)))
    width = len(header.rstrip(" \r" + separator).split(separator))
    return FecLayout(
        separator=separator,
        width=width,
        positions=positions,
        trailing=header.count(separator) + 1 - width,
        is_usual=separator in _LEGAL_SEPARATORS,
    )


_NAMES = {
    plain(name): name for name in _ESSENTIAL | _TWO_AMOUNTS | _SIGNED_AMOUNT | _OTHERS
}


def _positions(header: str, separator: str) -> dict[str, int]:
    headings = [plain(h) for h in header.split(separator)]
    positions: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if heading in _NAMES:
            positions.setdefault(_NAMES[heading], position)
    for start in _DUE_DATES:
        for position, heading in enumerate(headings):
            if heading.startswith(start):
                positions.setdefault(_DUE_DATE, position)
    return positions
