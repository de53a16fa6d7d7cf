"""Records written as plain values, and read back with every value checked.

What is read may have been written by anybody: a value of another kind, a field too
many or one that lacks is refused, with its place.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from domain.basics.errors import DunningError

T = TypeVar("T")
Omitted = Mapping[type, Mapping[str, object]]
"""Fields that are never written, and what stands for them when read."""
_LONGEST = 100_000
_LARGEST = 10**12
_ABSENT = object()


class PlainValueError(DunningError):
    """A value is not what its place asks for."""

    message = "what is written at “{place}” is not understood."


def to_plain(value: Any, omitted: Omitted) -> Any:  # noqa: ANN401 - any record
    """Write a record as dictionaries, lists, texts and whole numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        without = omitted.get(type(value), {})
        return {
            field.name: to_plain(getattr(value, field.name), omitted)
            for field in fields(value)
            if field.name not in without
        }
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (date, Decimal)):
        return str(value)  # a date as ISO says
    if isinstance(value, Mapping):
        return {str(name): to_plain(one, omitted) for name, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(one, omitted) for one in value]
    return value


def from_plain(kind: type[T], plain: object, omitted: Omitted, place: str = "") -> T:
    """Read a record back.

    Raises:
        PlainValueError: a value is not of its kind; its place is told.
    """
    read: T = _read(kind, plain, omitted, place)
    return read


def _read(kind: Any, plain: Any, omitted: Omitted, place: str) -> Any:  # noqa: ANN401 - any annotation
    kind = getattr(kind, "__supertype__", kind)  # named identifiers
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if plain is None:
            return None
        (kind,) = (one for one in arguments if one is not type(None))
        return _read(kind, plain, omitted, place)
    if origin is tuple:
        return _tuple(arguments, plain, omitted, place)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {
            _read(str, name, omitted, place): _read(
                arguments[1], one, omitted, _within(place, name)
            )
            for name, one in _checked(dict, plain, place).items()
        }
    if is_dataclass(kind):
        return _record(kind, plain, omitted, place)
    return _value(kind, plain, place)


def _tuple(
    kinds: tuple[Any, ...], plain: object, omitted: Omitted, place: str
) -> tuple[Any, ...]:
    values = _checked(list, plain, place)
    if kinds[-1] is Ellipsis:
        kinds = kinds[:1] * len(values)
    if len(kinds) != len(values):
        raise PlainValueError(place=place)
    return tuple(
        _read(kind, one, omitted, _within(place, rank))
        for rank, (kind, one) in enumerate(zip(kinds, values, strict=True), start=1)
    )


def _record(kind: Any, plain: object, omitted: Omitted, place: str) -> Any:  # noqa: ANN401 - any dataclass
    written = _checked(dict, plain, place)
    given: dict[str, Any] = dict(omitted.get(kind, {}))
    hints = get_type_hints(kind)
    wanted = {field.name: field for field in fields(kind) if field.name not in given}
    for name in written:
        if name not in wanted:
            raise PlainValueError(place=_within(place, name))
    for name, field in wanted.items():
        value = written.get(name, _ABSENT)
        if value is not _ABSENT:
            given[name] = _read(hints[name], value, omitted, _within(place, name))
        elif field.default is MISSING and field.default_factory is MISSING:
            raise PlainValueError(place=_within(place, name))
    return kind(**given)


def _value(kind: type, plain: object, place: str) -> Any:  # noqa: ANN401 - a simple value
    if kind is str and len(_checked(str, plain, place)) > _LONGEST:
        raise PlainValueError(place=place)
    if kind in (str, bool):
        return _checked(kind, plain, place)
    if kind is int:
        if isinstance(plain, bool) or abs(_checked(int, plain, place)) > _LARGEST:
            raise PlainValueError(place=place)
        return plain
    try:
        if kind is Decimal:
            number = Decimal(_checked(str, plain, place))
            return number if number.is_finite() else _refuse(place)
        if kind is date:
            return date.fromisoformat(_checked(str, plain, place))
        return kind(_checked(str, plain, place))  # a choice
    except (ValueError, InvalidOperation):
        raise PlainValueError(place=place) from None


def _refuse(place: str) -> Any:  # noqa: ANN401 - never returns
    raise PlainValueError(place=place)


def _checked(kind: type, plain: Any, place: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    return plain if isinstance(plain, kind) else _refuse(place)


def _within(place: str, name: object) -> str:
    return f"{place}.{name}" if place else str(name)
