"""The criteria of « Agir par critère », to fill in; read when « Calcul » asks."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from nicegui import ui

from domain.basics.money import Money
from domain.usecases.by_criteria import Criteria
from domain.usecases.choosable import Choosable
from ui import design
from ui.components.amount_input import amount_from, amount_input
from ui.components.date_input import DateInput
from ui.components.form_dialog import text_field, typed
from ui.translation import _


class CriteriaForm:
    """The fields of criteria; draw it anew to show others."""

    def __init__(self, choosable: Choosable, criteria: Criteria) -> None:
        self._readers: dict[str, Callable[[], Any]] = {}
        with ui.element("div").classes(design.CRITERIA_FIELDS):
            self._customers(choosable, criteria)
            self._days(criteria)
            self._figures(criteria)
            self._families(choosable, criteria)

    def read(self) -> Criteria:
        """Read what was filled in.

        Raises:
            DunningError: a day or an amount is not understood.
        """
        return Criteria(**{name: read() for name, read in self._readers.items()})

    def _customers(self, choosable: Choosable, criteria: Criteria) -> None:
        self._text("words", _("Part of the name"), criteria.words)
        codes = {code: f"{code} · {name}" for code, name in choosable.customers.items()}
        self._set("codes", _("Customer codes"), codes, criteria.codes)
        self._text("reference", _("Invoice or warranty number"), criteria.reference)

    def _days(self, criteria: Criteria) -> None:
        for name, label in (
            ("due_first", _("Due from")),
            ("due_last", _("Due until")),
            ("sought_on", _("Instalments on (today)")),
        ):
            drawn = DateInput(label, getattr(criteria, name)).mark(f"criterion-{name}")
            self._readers[name] = partial(_day, drawn)

    def _figures(self, criteria: Criteria) -> None:
        self._number("days_overdue", _("Days overdue, at least"), criteria.days_overdue)
        self._number(
            "days_since_reminder",
            _("Days since reminder"),
            criteria.days_since_reminder,
        )
        for name, label in (
            ("outstanding", _("Owes at least")),
            ("overdue", _("Late by at least")),
        ):
            drawn = amount_input(label, getattr(criteria, name))
            drawn.mark(f"criterion-{name}")
            self._readers[name] = partial(_amount, drawn)

    def _families(self, choosable: Choosable, criteria: Criteria) -> None:
        values, levels = choosable.values, range(1, choosable.highest_level + 1)
        named = {"0": _("None yet")} | {str(n): _("R{level}", level=n) for n in levels}
        profiles = {str(profile.id): profile.name for profile in values.profiles}
        self._set("levels", _("Level"), named, criteria.levels)
        for name, label, words in (
            ("payment_modes", _("Payment mode"), values.payment_modes),
            ("categories", _("Category"), values.categories),
            ("salespersons", _("Salesperson"), values.salespersons),
        ):
            choices = {word: word or _("(none)") for word in words}
            self._set(name, label, choices, getattr(criteria, name))
        self._set("profiles", _("Profile"), profiles, criteria.profiles)
        self._with_email(criteria)

    def _with_email(self, criteria: Criteria) -> None:
        choices = {"": _("All"), "yes": _("With"), "no": _("Without")}
        chosen = {None: "", True: "yes", False: "no"}[criteria.with_email]
        select = ui.select(choices, label=_("E-mail address"), value=chosen)
        select.props(design.INPUT).mark("criterion-with_email")
        self._readers["with_email"] = lambda: {"yes": True, "no": False}.get(
            select.value or ""
        )

    def _text(self, name: str, label: str, value: str) -> None:
        drawn = text_field(label, value).mark(f"criterion-{name}")
        self._readers[name] = lambda: typed(drawn)

    def _number(self, name: str, label: str, value: int) -> None:
        drawn = ui.number(label, value=value or None, min=0, precision=0)
        drawn.props(design.INPUT).mark(f"criterion-{name}")
        self._readers[name] = lambda: max(0, int(drawn.value or 0))

    def _set(
        self, name: str, label: str, choices: Mapping[str, str], value: Collection[str]
    ) -> None:
        select = ui.select(
            dict(choices),
            label=label,
            multiple=True,
            value=[one for one in choices if one in value],
            with_input=len(choices) > _MANY,
            clearable=True,
        )
        select.props(design.INPUT).props("options-dense").mark(f"criterion-{name}")
        self._readers[name] = lambda: frozenset(select.value or ())


def _day(field: DateInput) -> date | None:
    return field.day


def _amount(field: ui.input) -> Money | None:
    return amount_from(field.value or "")


_MANY = 12
"""Choices from which typing helps to find one."""
