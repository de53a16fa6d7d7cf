"""Profiles and scenarios that came from elsewhere, matched by their names."""

from collections.abc import Callable
from dataclasses import replace

from domain.basics.identifiers import EntityId, PairId, ProfileId, new_id
from domain.basics.plain import PlainValueError
from domain.dunning.defaults import column_id, step_id
from domain.dunning.profile import Profile
from domain.dunning.scenario import HIGHEST_LEVEL, Scenario, StepKind
from domain.dunning.scenario_checks import faults_of
from domain.dunning.scenario_pair import pairs_of
from domain.ports import Books
from domain.usecases.profiles import NoDefaultProfileError
from domain.usecases.scenarios import (
    ScenarioFaultyError,
    Setup,
    restore_setup,
    setup_of,
)
from domain.usecases.travelling.records import Part, ScenarioSettings

_LEVELS = range(1, HIGHEST_LEVEL + 1)


def put_scenarios(
    books: Books,
    entity_id: EntityId,
    record: ScenarioSettings,
    can_be_sent_to: Callable[[str], bool] | None,
    *,
    is_exact: bool,
) -> None:
    """Write profiles and scenarios under their names; items keep their levels.

    Without ``can_be_sent_to`` they are put back as they were, sound or not.

    Raises:
        PlainValueError: a name stands twice, or means nothing.
        NoDefaultProfileError: not exactly one profile is the default one.
        ScenarioFaultyError: one could not be followed.
    """
    _check(record)
    mine = setup_of(books, entity_id)
    pair_ids = _pair_ids(record, mine)
    columns = [
        _column(entity_id, pair_ids, column, mine) for column in record.scenarios
    ]
    profiles = _profiles(entity_id, pair_ids, record, mine)
    if can_be_sent_to:
        texts = books.scenarios.texts(entity_id)
        for pair in pairs_of(columns):
            if faults_of(pair, texts, can_be_sent_to):
                raise ScenarioFaultyError
    if not is_exact:
        brought = {column.id for column in columns}
        columns += [column for column in mine.columns if column.id not in brought]
        named = {profile.id for profile in profiles}
        profiles += [
            replace(profile, is_default=False)
            for profile in mine.profiles
            if profile.id not in named
        ]
    setup = Setup(profiles=tuple(profiles), columns=tuple(columns))
    restore_setup(books, entity_id, setup)


def _check(record: ScenarioSettings) -> None:
    columns = [(c.pair_id.casefold(), c.with_email) for c in record.scenarios]
    names = [profile.name.casefold() for profile in record.profiles]
    is_sound = len(set(columns)) == len(columns) and len(set(names)) == len(names)
    if not is_sound or not all(names) or not all(name for name, _both in columns):
        raise _odd()
    known = {name for name, _both in columns}
    for profile in record.profiles:
        if profile.pair_id is not None and profile.pair_id.casefold() not in known:
            raise _odd()
    for column in record.scenarios:
        steps = [(step.kind, step.level) for step in column.steps]
        if len(set(steps)) < len(steps) or not all(_is_level(*step) for step in steps):
            raise _odd()
    if sum(profile.is_default for profile in record.profiles) != 1:
        raise NoDefaultProfileError


def _is_level(kind: StepKind, level: int) -> bool:
    return level in (_LEVELS if kind is StepKind.REMINDER else (0,))


def _pair_ids(record: ScenarioSettings, mine: Setup) -> dict[str, PairId]:
    known = {column.name.casefold(): column.pair_id for column in mine.columns}
    return {
        name: known.get(name) or PairId(new_id())
        for name in dict.fromkeys(c.pair_id.casefold() for c in record.scenarios)
    }


def _column(
    entity_id: EntityId, pair_ids: dict[str, PairId], column: Scenario, mine: Setup
) -> Scenario:
    pair_id = pair_ids[column.pair_id.casefold()]
    # Messages know a column and its steps by their names: those there keep them.
    there = next(
        (
            one
            for one in mine.columns
            if (one.pair_id, one.with_email) == (pair_id, column.with_email)
        ),
        None,
    )
    scenario_id = (
        there.id if there else column_id(pair_id, with_email=column.with_email)
    )
    known = {(s.kind, s.level): s.id for s in (there.steps if there else ())}
    return replace(
        column,
        id=scenario_id,
        entity_id=entity_id,
        pair_id=pair_id,
        name=column.pair_id,
        steps=tuple(
            replace(
                step,
                id=known.get((step.kind, step.level))
                or step_id(scenario_id, step.kind, step.level),
                scenario_id=scenario_id,
            )
            for step in column.steps
        ),
    )


def _profiles(
    entity_id: EntityId,
    pair_ids: dict[str, PairId],
    record: ScenarioSettings,
    mine: Setup,
) -> list[Profile]:
    known = {profile.name.casefold(): profile.id for profile in mine.profiles}
    return [
        replace(
            profile,
            id=known.get(profile.name.casefold()) or ProfileId(new_id()),
            entity_id=entity_id,
            pair_id=pair_ids[profile.pair_id.casefold()] if profile.pair_id else None,
        )
        for profile in record.profiles
    ]


def _odd() -> PlainValueError:
    return PlainValueError(place=Part.SCENARIOS.value)
