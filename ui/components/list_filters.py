"""Filters of a list: what can be chosen, in words for an address, and a panel."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from nicegui import ui

from domain.basics.listing import Among, Cents, Days, ListFilter
from domain.basics.money import Money
from domain.usecases.list_choices import FilterWords
from ui import design, formatting
from ui.components.amount_input import amount_from, amount_input
from ui.components.date_input import DateInput
from ui.components.form_dialog import form_dialog
from ui.translation import _

Filters = dict[str, ListFilter]

_RANGE = re.compile(r"(?P<first>[-\d]*)\.\.(?P<last>[-\d]*)")


class FilterKind(StrEnum):
    """What a filter lets choose."""

    CHOICE = "choice"
    CHOICES = "choices"
    DAYS = "days"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """Something a list can be narrowed by; ``label`` is already translated."""

    name: str
    label: str
    kind: FilterKind = FilterKind.CHOICES
    choices: Mapping[str, str] = field(default_factory=dict)
    """Values to words, for a choice among some."""
    in_sight: bool = False
    """One of a few choices, drawn above the list instead of in the panel."""
    everything: str = ""
    """Names, among the choices in sight, the one that filters nothing."""


def words_of(filters: Mapping[str, ListFilter]) -> dict[str, tuple[str, ...]]:
    """Write filters as an address or a saved filter holds them."""
    return {name: _words(one) for name, one in filters.items()}


def _words(one: ListFilter) -> tuple[str, ...]:
    if isinstance(one, Among):
        return one.values
    if isinstance(one, Days):
        return (f"{one.first or ''}..{one.last or ''}",)
    least = "" if one.least is None else one.least
    most = "" if one.most is None else one.most
    return (f"{least}..{most}",)


def filters_from(words: FilterWords, fields: Sequence[FilterField]) -> Filters:
    """Read filters; what no longer exists, or means nothing, is ignored."""
    found = {one.name: _read(words.get(one.name, ()), one) for one in fields}
    return {name: one for name, one in found.items() if one}


def _read(words: tuple[str, ...], of: FilterField) -> ListFilter | None:
    if of.kind in {FilterKind.CHOICE, FilterKind.CHOICES}:
        # An address may name a choice by its value or by its words.
        by_words = {said: value for value, said in of.choices.items()}
        named = (word if word in of.choices else by_words.get(word) for word in words)
        known = tuple(value for value in named if value is not None)
        return Among(known) if known else None
    parts = _RANGE.fullmatch(words[0]) if words else None
    if not parts:
        return None
    try:
        if of.kind is FilterKind.DAYS:
            return _days(_day(parts["first"]), _day(parts["last"]))
        return _cents(_number(parts["first"]), _number(parts["last"]))
    except ValueError:
        return None


def _days(first: date | None, last: date | None) -> Days | None:
    return Days(first=first, last=last) if first or last else None


def _cents(least: int | None, most: int | None) -> Cents | None:
    return None if least is most is None else Cents(least=least, most=most)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None


def says(one: ListFilter, of: FilterField) -> str:
    """Say a filter in words: « Niveau : R2, R3 »."""
    return _("{what}: {values}", what=of.label, values=_chosen(one, of))


def _chosen(one: ListFilter, of: FilterField) -> str:
    if isinstance(one, Among):
        return ", ".join(of.choices[value] for value in one.values)
    if isinstance(one, Days):
        return _said_days(one)
    first = "" if one.least is None else formatting.money(Money(one.least))
    last = "" if one.most is None else formatting.money(Money(one.most))
    if first and last:
        return _("from {first} to {last}", first=first, last=last)
    if first:
        return _("from {first}", first=first)
    return _("up to {last}", last=last)


def _said_days(one: Days) -> str:
    first = formatting.day(one.first) if one.first else ""
    last = formatting.day(one.last) if one.last else ""
    if first and last:
        return _("from {first} until {last}", first=first, last=last)
    if first:
        return _("from {first} on", first=first)
    return _("until {last}", last=last)


def filter_panel(
    fields: Sequence[FilterField],
    filters: Filters,
    on_change: Callable[[Filters], Awaitable[None]],
) -> None:
    """Open a panel of the filters that are not in sight, as they stand."""
    readers: dict[str, Callable[[], ListFilter | None]] = {}

    async def save() -> None:
        chosen = {name: read() for name, read in readers.items()}
        kept = {n: one for n, one in filters.items() if n not in readers}
        await on_change(kept | {n: one for n, one in chosen.items() if one})

    with (
        form_dialog(_("Filters"), _("Filter the list"), save),
        ui.element("div").classes(design.FILTER_PANEL),
    ):
        for one in fields:
            if not one.in_sight:
                readers[one.name] = _draw(one, filters.get(one.name))


def _draw(of: FilterField, one: ListFilter | None) -> Callable[[], ListFilter | None]:
    if of.kind is FilterKind.DAYS:
        return _draw_days(of, one if isinstance(one, Days) else Days())
    if of.kind is FilterKind.AMOUNT:
        return _draw_amounts(of, one if isinstance(one, Cents) else Cents())
    several = of.kind is FilterKind.CHOICES
    values = (
        [v for v in one.values if v in of.choices] if isinstance(one, Among) else []
    )
    select = ui.select(
        dict(of.choices),
        label=of.label,
        multiple=several,
        value=values if several else next(iter(values), None),
        with_input=not several and len(of.choices) > _MANY,
        clearable=True,
    )
    select.props(design.INPUT).mark(f"filter-{of.name}")
    if several:
        select.props("use-chips options-dense")

    def read() -> Among | None:
        value = select.value if several else [select.value] if select.value else []
        return Among(tuple(value)) if value else None

    return read


_MANY = 12
"""Choices from which typing helps to find one."""


def _draw_days(of: FilterField, one: Days) -> Callable[[], Days | None]:
    with ui.element("div").classes(design.FROM_TO):
        first = DateInput(_("{what}, from", what=of.label), one.first)
        last = DateInput(_("to (included)"), one.last)
    first.mark(f"filter-{of.name}-first")
    last.mark(f"filter-{of.name}-last")
    return lambda: _days(first.day, last.day)


def _draw_amounts(of: FilterField, one: Cents) -> Callable[[], Cents | None]:
    with ui.element("div").classes(design.FROM_TO):
        least = amount_input(_("{what}, from", what=of.label), _money(one.least))
        most = amount_input(_("to (included)"), _money(one.most))
    least.mark(f"filter-{of.name}-least")
    most.mark(f"filter-{of.name}-most")

    def read() -> Cents | None:
        low, high = amount_from(least.value), amount_from(most.value)
        return _cents(low.cents if low else None, high.cents if high else None)

    return read


def _money(cents: int | None) -> Money | None:
    return None if cents is None else Money(cents)
