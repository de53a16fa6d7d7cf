"""Criteria and rules of a run as they are kept: by name, in words."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.basics.errors import DunningError
from domain.basics.money import Money
from domain.dunning.criteria import LevelRule, Output, RunRules
from domain.usecases.by_criteria import Criteria
from domain.usecases.list_choices import FilterWords, ListChoices

LIST_NAME = "criteria"
_USUAL = "usual "
"""Before the name of a criterion that « Sauvegarder » keeps."""
_SETS = ("codes", "levels", "payment_modes", "profiles", "categories", "salespersons")
_DAYS = ("due_first", "due_last", "sought_on")
_NUMBERS = ("days_overdue", "days_since_reminder")
_AMOUNTS = ("outstanding", "overdue")
_SPLIT = "\n"


def words_of(criteria: Criteria) -> FilterWords:
    """Write criteria as a saved filter holds them; what is not set is left out."""
    words = {name: tuple(sorted(getattr(criteria, name))) for name in _SETS}
    for name in ("words", "reference"):
        words[name] = (getattr(criteria, name),) if getattr(criteria, name) else ()
    for name in (*_DAYS, *_NUMBERS):
        value = getattr(criteria, name)
        words[name] = (str(value),) if value else ()
    for name in _AMOUNTS:
        amount = getattr(criteria, name)
        words[name] = (str(amount.cents),) if amount else ()
    if criteria.with_email is not None:
        words["with_email"] = ("yes" if criteria.with_email else "no",)
    return {name: values for name, values in words.items() if values}


def criteria_from(words: FilterWords) -> Criteria:
    """Read criteria; what means nothing is ignored."""
    read = Criteria()
    for name, values in words.items():
        with suppress(ValueError, IndexError):
            read = _with(read, name, values)
    return read


def _with(criteria: Criteria, name: str, values: tuple[str, ...]) -> Criteria:
    return (
        replace(criteria, **{name: _READERS[name](values)})
        if name in _READERS
        else criteria
    )


_READERS: Mapping[str, Callable[[tuple[str, ...]], Any]] = {
    **dict.fromkeys(_SETS, frozenset),
    **dict.fromkeys(("words", "reference"), lambda values: values[0]),
    **dict.fromkeys(_DAYS, lambda values: date.fromisoformat(values[0])),
    **dict.fromkeys(_NUMBERS, lambda values: max(0, int(values[0]))),
    **dict.fromkeys(_AMOUNTS, lambda values: Money(int(values[0]))),
    "with_email": lambda values: values[0] == "yes",
}


def usual_criteria(choices: ListChoices, today: date) -> Criteria:
    """Read the criteria that « RAZ filtre » comes back to."""
    kept = {
        name.removeprefix(_USUAL): tuple(value.split(_SPLIT))
        for name, value in choices.options.items()
        if name.startswith(_USUAL)
    }
    length = kept.pop("period_days", ("",))[0]
    criteria = criteria_from(kept)
    if length.isdecimal():
        first = today - timedelta(days=int(length))
        criteria = replace(criteria, due_first=first)
    return criteria


def with_usual(choices: ListChoices, criteria: Criteria, today: date) -> ListChoices:
    """Keep criteria as the usual ones (« Sauvegarder », row E9).

    Of days, only how far back the period begins is kept: a fixed day grows old.
    """
    dateless = replace(criteria, due_first=None, due_last=None, sought_on=None)
    usual = {n: _SPLIT.join(values) for n, values in words_of(dateless).items()}
    if criteria.due_first and criteria.due_first <= today:
        usual["period_days"] = str((today - criteria.due_first).days)
    others = {n: v for n, v in choices.options.items() if not n.startswith(_USUAL)}
    named = {f"{_USUAL}{name}": value for name, value in usual.items()}
    return replace(choices, options=others | named)


def kept_rules(choices: ListChoices, highest: int) -> RunRules:
    """Read the rules of the last run, with a threshold for each level there is."""
    kept, rules = choices.options, RunRules()
    with suppress(ValueError, DunningError):
        days = [int(n) for n in kept.get("thresholds", "").split()]
        days = days or list(rules.thresholds)
        step = 8
        while len(days) < highest:
            days.append(days[-1] + step)
        rules = replace(rules, thresholds=tuple(days[:highest]))
    with suppress(ValueError):
        rules = replace(
            rules,
            rule=LevelRule(kept.get("rule", rules.rule)),
            stated_level=int(kept.get("stated_level", rules.stated_level)),
            reissue=kept.get("reissue") == "yes",
            minimum=Money(int(kept.get("minimum", "0"))),
            output=Output(kept.get("output", rules.output)),
        )
    return rules


def with_rules(choices: ListChoices, rules: RunRules) -> ListChoices:
    """Keep the rules of a run for the next one."""
    kept: Mapping[str, str] = {
        "rule": rules.rule.value,
        "stated_level": str(rules.stated_level),
        "thresholds": " ".join(str(days) for days in rules.thresholds),
        "reissue": "yes" if rules.reissue else "no",
        "minimum": str(rules.minimum.cents),
        "output": rules.output.value,
    }
    return replace(choices, options={**choices.options, **kept})
