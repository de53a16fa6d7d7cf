"""What lists of customers and items are narrowed by, in words."""

from datetime import date

from domain.customers.customer_line import CustomerState
from domain.dunning.scenario import HIGHEST_LEVEL
from domain.usecases.lists import FilterValues
from ui import formatting, labels
from ui.components.list_filters import FilterField, FilterKind
from ui.components.table_cells import Cell, Column
from ui.translation import _


def chase_field(*, in_sight: bool) -> FilterField:
    """Let choose between what can be reminded of and what cannot."""
    return FilterField(
        name="chased",
        label=_("Reminders"),
        kind=FilterKind.CHOICE,
        choices={"yes": _("To remind"), "no": _("Not to remind")},
        in_sight=in_sight,
    )


def customer_fields(values: FilterValues) -> list[FilterField]:
    """List the filters that customers and items share."""
    return [
        FilterField(
            name="level",
            label=_("Level"),
            choices={
                "0": _("None yet"),
                **{str(n): _("R{level}", level=n) for n in range(1, HIGHEST_LEVEL + 1)},
            },
        ),
        FilterField(
            name="profile",
            label=_("Profile"),
            choices={profile.id: profile.name for profile in values.profiles},
        ),
        _own_words("salesperson", _("Salesperson"), values.salespersons),
        _own_words("category", _("Category"), values.categories),
        _own_words("payment_mode", _("Payment mode"), values.payment_modes),
        *(_own_words(f"free_{f.place}", f.name, f.values) for f in values.free),
    ]


def free_columns(values: FilterValues) -> list[Column]:
    """Make a column of each free field of customers that has a name."""
    return [Column(name=f"free_{f.place}", label=f.name) for f in values.free]


def free_cells(free: tuple[str, str]) -> dict[str, Cell]:
    """Fill these columns."""
    return {f"free_{place}": value for place, value in enumerate(free, start=1)}


def level_title(level_on: date | None) -> dict[str, str]:
    """Say since when a level was reached, to who points at it."""
    if level_on is None:
        return {}
    return {"level": _("since {day}", day=formatting.day(level_on))}


def followed_field() -> FilterField:
    """Let choose between the customers someone follows and the others."""
    return FilterField(
        name="followed",
        label=_("Flag “followed”"),
        kind=FilterKind.CHOICE,
        choices={"yes": _("Followed"), "no": _("Not followed")},
    )


def state_field(*states: CustomerState) -> FilterField:
    """Let choose among states."""
    return FilterField(
        name="state",
        label=_("State"),
        choices={
            state.value: labels.capitalised(labels.customer_state(state))
            for state in states
        },
    )


def age_field(limits: tuple[int, ...]) -> FilterField:
    """Let choose who owes something of an age."""
    return FilterField(
        name="age",
        label=_("Overdue for"),
        choices={
            str(low): words
            for low, words in zip((0, *limits), age_labels(limits), strict=True)
        },
    )


def age_labels(limits: tuple[int, ...]) -> list[str]:
    """Name the parts of what is overdue, youngest first: « 1–30 j »."""
    lows = (0, *limits)
    between = [
        _("{first}–{last} d", first=low + 1, last=high)
        for low, high in zip(lows, limits, strict=False)
    ]
    return [*between, _("> {days}", days=formatting.days(limits[-1]))]


def _own_words(name: str, label: str, values: tuple[str, ...]) -> FilterField:
    return FilterField(
        name=name,
        label=label,
        choices={**{value: value for value in values}, "": _("not specified")},
    )
