"""Records become rows and rows become records, driven by the records' own fields.

A column bears the name of its field. Dates are ISO text, moments are UTC, choices
are their value, rates are text; an amount ``x`` is ``x_cents``, and all amounts of a
record share one ``currency`` column, the last one.
"""

import json
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import MemberDescriptorType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from domain.basics.money import EUR, CurrenciesMixedError, Money

R = TypeVar("R")
Row = tuple[Any, ...]
"""Values in the order of ``Codec.columns``."""
_Conversion = Callable[[Any], Any]
_CURRENCY = "currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Codec(Generic[R]):
    """How one kind of record is written and read; made once per kind."""

    record: type[R]
    columns: tuple[str, ...]
    _names: tuple[str, ...]
    _read_fields: Callable[[R], Row]
    _to_column: tuple[tuple[int, _Conversion], ...]
    _from_column: tuple[tuple[int, _Conversion], ...]
    _money: tuple[int, ...]
    _places: tuple[MemberDescriptorType, ...]
    """Where each field lies in a record; none where a record must be called."""

    def row(self, record: R) -> Row:
        """Write a record as the values of its columns."""
        values = list(self._read_fields(record))
        for index, convert in self._to_column:
            if values[index] is not None:
                values[index] = convert(values[index])
        if self._money:
            values.append(self._take_currency(values))
        return tuple(values)

    def record_of(self, row: Row) -> R:
        """Read a record back."""
        (record,) = self.records_of([row])
        return record

    def records_of(self, rows: Sequence[Row]) -> list[R]:
        """Read many records back, a whole column at a time.

        Equal values are converted once, and shared. Calling a frozen record takes
        several times as long as putting its values in their places.
        """
        if not rows:
            return []
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for index, convert in self._from_column:
            columns[index] = _converted(columns[index], convert)
        for index in self._money:
            columns[index] = _amounts(columns[index], columns[-1])
        del columns[len(self._names) :]  # the currency, told by each amount
        if self._places:
            return _placed(self.record, self._places, columns)
        return [
            self.record(**dict(zip(self._names, values, strict=True)))
            for values in zip(*columns, strict=True)
        ]

    def to_json(self, record: R) -> str:
        """Write a record as text that names its columns."""
        values = zip(self.columns, self.row(record), strict=True)
        return json.dumps(dict(values), ensure_ascii=False)

    def from_json(self, text: str) -> R:
        """Read such a text; written by an older version, it lacks newer columns."""
        saved: dict[str, Any] = json.loads(text)
        return self.record_of(tuple(saved.get(column) for column in self.columns))

    def _take_currency(self, values: list[Any]) -> str:
        currency = None
        for index in self._money:
            amount = values[index]
            if amount is None:
                continue
            if currency not in (None, amount.currency):
                raise CurrenciesMixedError(first=currency, second=amount.currency)
            currency = amount.currency
            values[index] = amount.cents
        return currency or EUR


def codec_of(record: type[R], *, skipped: frozenset[str] = frozenset()) -> Codec[R]:
    """Tell how a kind of record is stored; ``skipped`` fields live elsewhere."""
    kind: Any = record  # the type checker takes no class for hashable
    return _worked_out(kind, skipped)


@cache
def _worked_out(record: Any, skipped: frozenset[str]) -> Codec[Any]:  # noqa: ANN401 - any dataclass
    hints = get_type_hints(record)
    names = tuple(f.name for f in fields(record) if f.name not in skipped)
    kinds = [_stored_type(hints[name]) for name in names]
    money = tuple(i for i, kind in enumerate(kinds) if kind is Money)
    columns = [
        f"{n}_cents" if k is Money else n for n, k in zip(names, kinds, strict=True)
    ]
    if money:
        columns.append(_CURRENCY)
    conversions = [(i, _conversions(kind)) for i, kind in enumerate(kinds)]
    return Codec(
        record=record,
        columns=tuple(columns),
        _names=names,
        _read_fields=_reader(names),
        _to_column=tuple((i, both[0]) for i, both in conversions if both),
        _from_column=tuple((i, both[1]) for i, both in conversions if both),
        _money=money,
        _places=_places(record, names),
    )


def _places(record: Any, names: Sequence[str]) -> tuple[MemberDescriptorType, ...]:  # noqa: ANN401 - any dataclass
    """Find the slots of a record that is nothing but its stored fields."""
    places = [getattr(record, name, None) for name in names]
    slots = tuple(p for p in places if isinstance(p, MemberDescriptorType))
    is_whole = len(slots) == len(fields(record))
    return slots if is_whole and not hasattr(record, "__post_init__") else ()


_MONEY_PLACES = _places(Money, ("cents", "currency"))


def _converted(column: Sequence[Any], convert: _Conversion) -> Sequence[Any]:
    known = {value: convert(value) for value in set(column) if value is not None}
    return [*map(known.get, column)]


def _amounts(
    cents: Sequence[int | None], currencies: Sequence[str]
) -> Sequence[Money | None]:
    amounts = _placed(Money, _MONEY_PLACES, (cents, currencies))
    if None not in cents:
        return amounts
    return [
        None if known is None else amount
        for known, amount in zip(cents, amounts, strict=True)
    ]


def _placed(
    record: type[R],
    places: Sequence[MemberDescriptorType],
    columns: Sequence[Sequence[Any]],
) -> list[R]:
    """Make frozen records, of columns of equal length, as calling each one would."""
    made = [object.__new__(record) for _value in columns[0]]
    for place, column in zip(places, columns, strict=True):
        deque(map(place.__set__, made, column), maxlen=0)
    return made


def _reader(names: Sequence[str]) -> Callable[[Any], Row]:
    if len(names) == 1:
        only = attrgetter(names[0])
        return lambda record: (only(record),)
    return attrgetter(*names)


def _stored_type(hint: Any) -> type:  # noqa: ANN401 - any annotation of a field
    """Look through ``| None`` and through named identifiers."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    kind: type = getattr(hint, "__supertype__", hint)
    return kind


def _conversions(kind: type) -> tuple[_Conversion, _Conversion] | None:
    """Find how to write and how to read a kind of value; None as it is."""
    if issubclass(kind, StrEnum):
        members = {member.value: member for member in kind}
        return attrgetter("value"), members.__getitem__
    found = _CONVERSIONS.get(kind)
    if found is None and kind not in _KEPT_AS_THEY_ARE:
        message = f"{kind} has no column"
        raise TypeError(message)
    return found


def utc_text(moment: datetime) -> str:
    """Write a moment as it is stored."""
    if moment.tzinfo is None:
        message = f"{moment} does not say in which time zone"
        raise ValueError(message)
    return moment.astimezone(UTC).isoformat()


_KEPT_AS_THEY_ARE = (str, int, Money)
_CONVERSIONS: dict[type, tuple[_Conversion, _Conversion]] = {
    bool: (int, bool),
    date: (date.isoformat, date.fromisoformat),
    datetime: (utc_text, datetime.fromisoformat),
    Decimal: (str, Decimal),
}
