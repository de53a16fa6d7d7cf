"""What settings would change, value by value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.basics.money import Money
from domain.basics.plain import to_plain
from domain.basics.wording import money
from domain.usecases.travelling.records import OMITTED, Part, PartRecord

_NAMES = ("name", "code")
_AMOUNT = {"cents", "currency"}
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value that changes; None where it is not there before, or after."""

    place: Place
    before: str | None
    after: str | None


def changes_between(
    part: Part, before: PartRecord, after: PartRecord
) -> tuple[Change, ...]:
    """List the values that differ, in the order of the part."""
    old, new = _values(part, before), _values(part, after)
    return tuple(
        Change(place=place, before=old.get(place), after=new.get(place))
        for place in dict.fromkeys((*old, *new))
        if old.get(place) != new.get(place)
    )


def _values(part: Part, record: PartRecord) -> dict[Place, str]:
    found: dict[Place, str] = {}
    _spread((part.value,), to_plain(record, OMITTED), found)
    return found


def _spread(place: Place, plain: Any, found: dict[Place, str]) -> None:  # noqa: ANN401 - plain values
    """Give each value a place of names, so that an order changes nothing by itself."""
    if isinstance(plain, dict) and set(plain) == _AMOUNT:
        found[place] = money(Money(**plain))
    elif isinstance(plain, dict):
        for name, value in plain.items():
            _spread((*place, name), value, found)
    elif isinstance(plain, list) and any(isinstance(one, dict) for one in plain):
        for rank, one in enumerate(plain, start=1):
            _spread((*place, _name_of(one, rank)), one, found)
    elif isinstance(plain, list):
        if told := ", ".join(str(one) for one in plain if one):
            found[place] = told
    elif plain is not None:
        found[place] = str(plain)


def _name_of(one: Mapping[str, object], rank: int) -> str:
    """Name a record of a list as people know it."""
    if "channel" in one and "language" in one:  # a template
        return f"{one['key']}/{one['channel']}/{one['language']}"
    if "steps" in one:  # a column
        return f"{one['pair_id']}/{one['with_email']}"
    if "level" in one:  # a step
        return f"{one['kind']}/{one['level']}"
    if "half" in one:  # a rate
        return f"{one['kind']}/{one['year']}/{one['half']}"
    return next((str(one[name]) for name in _NAMES if one.get(name)), str(rank))
