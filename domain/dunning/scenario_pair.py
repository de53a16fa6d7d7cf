"""A scenario as users see and change it: two columns of steps, one name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.basics.identifiers import EntityId, PairId
from domain.dunning.defaults import column_id, step_id
from domain.dunning.scenario import (
    HIGHEST_LEVEL,
    Channel,
    DunningStep,
    Scenario,
    StepKind,
    Trigger,
)
from domain.dunning.texts import TEXT_KEYS

_DELAYS = {
    StepKind.ADVANCE_NOTICE: -8,
    StepKind.REMINDER: 8,
    StepKind.THANK_YOU: 3,
}
_TEXTS = {
    StepKind.ADVANCE_NOTICE: "advance_notice",
    StepKind.THANK_YOU: "thank_you",
}
_RANKS = {
    StepKind.ADVANCE_NOTICE: 0,
    StepKind.REMINDER: 1,
    StepKind.THANK_YOU: 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioPair:
    """A scenario, for customers with an e-mail address and for the others."""

    id: PairId
    entity_id: EntityId
    name: str
    with_email: Scenario
    without_email: Scenario

    @property
    def columns(self) -> tuple[Scenario, Scenario]:
        """Both columns, the one with e-mail first."""
        return self.with_email, self.without_email

    def with_column(self, column: Scenario) -> "ScenarioPair":
        """Change one column."""
        if column.with_email:
            return replace(self, with_email=column)
        return replace(self, without_email=column)

    def called(self, name: str) -> "ScenarioPair":
        """Give it another name."""
        return replace(
            self,
            name=name,
            with_email=replace(self.with_email, name=name),
            without_email=replace(self.without_email, name=name),
        )

    def copied(self, pair_id: PairId, name: str) -> "ScenarioPair":
        """Make a copy that stands on its own."""
        columns = [_copied(column, pair_id, name) for column in self.columns]
        return ScenarioPair(
            id=pair_id,
            entity_id=self.entity_id,
            name=name,
            with_email=columns[0],
            without_email=columns[1],
        )


def pairs_of(columns: Iterable[Scenario]) -> list[ScenarioPair]:
    """Put the columns of a firm together, by name; one that lacks is off."""
    found: dict[PairId, dict[bool, Scenario]] = {}
    for column in columns:
        found.setdefault(column.pair_id, {})[column.with_email] = column
    pairs = []
    for pair_id, both in found.items():
        some = next(iter(both.values()))
        pairs.append(
            ScenarioPair(
                id=pair_id,
                entity_id=some.entity_id,
                name=some.name,
                with_email=both.get(True) or _empty(some, with_email=True),
                without_email=both.get(False) or _empty(some, with_email=False),
            )
        )
    return sorted(pairs, key=lambda pair: pair.name.casefold())


def in_line(column: Scenario) -> list[DunningStep]:
    """List all steps as they follow each other, those switched off included."""
    return sorted(column.steps, key=lambda step: (_RANKS[step.kind], step.level))


def can_add(column: Scenario, kind: StepKind) -> bool:
    """Whether a step of a kind may be added: one notice, 9 reminders, one thanks."""
    count = sum(step.kind is kind for step in column.steps)
    return count < (HIGHEST_LEVEL if kind is StepKind.REMINDER else 1)


def new_step(column: Scenario, kind: StepKind) -> DunningStep:
    """Make the next step of a kind, like the one before it.

    Levels never move, as items remember theirs: a gap left by a step is filled first.
    """
    reminders = [step for step in in_line(column) if step.kind is StepKind.REMINDER]
    taken = {step.level for step in reminders}
    level = 0
    if kind is StepKind.REMINDER:
        level = min(n for n in range(1, HIGHEST_LEVEL + 1) if n not in taken)
    before = [step for step in reminders if step.level < level]
    usual = Channel.EMAIL if column.with_email else Channel.LETTER
    key = _TEXTS.get(kind) or f"reminder_{level}"
    if key not in TEXT_KEYS:
        key = before[-1].text_key
    return DunningStep(
        id=step_id(column.id, kind, level),
        scenario_id=column.id,
        kind=kind,
        level=level,
        channel=before[-1].channel if before else usual,
        trigger=Trigger.PREVIOUS
        if before or kind is StepKind.THANK_YOU
        else Trigger.REFERENCE,
        delay_days=_DELAYS[kind],
        text_key=key,
    )


def with_step(column: Scenario, step: DunningStep) -> Scenario:
    """Change a step, or add it."""
    others = [one for one in column.steps if one.id != step.id]
    return replace(column, steps=tuple(in_line(replace(column, steps=(*others, step)))))


def without_step(column: Scenario, step: DunningStep) -> Scenario:
    """Take a step away; the others keep their level."""
    return replace(column, steps=tuple(s for s in column.steps if s.id != step.id))


def moved(column: Scenario, step: DunningStep, by: int) -> Scenario:
    """Let a reminder change places with its neighbour: ``by`` is -1 or 1.

    Places keep their level and their day; what is sent there changes.
    """
    reminders = [one for one in in_line(column) if one.kind is StepKind.REMINDER]
    rank = reminders.index(step)
    if not 0 <= rank + by < len(reminders):
        return column
    other = reminders[rank + by]
    for place, sent in ((step, other), (other, step)):
        column = with_step(column, _in_place_of(place, sent))
    return column


def _in_place_of(place: DunningStep, sent: DunningStep) -> DunningStep:
    return replace(
        sent,
        id=place.id,
        level=place.level,
        trigger=place.trigger,
        delay_days=place.delay_days,
        may_be_skipped=place.may_be_skipped,
    )


def _copied(column: Scenario, pair_id: PairId, name: str) -> Scenario:
    scenario_id = column_id(pair_id, with_email=column.with_email)
    return replace(
        column,
        id=scenario_id,
        pair_id=pair_id,
        name=name,
        steps=tuple(
            replace(
                step,
                id=step_id(scenario_id, step.kind, step.level),
                scenario_id=scenario_id,
            )
            for step in column.steps
        ),
    )


def _empty(like: Scenario, *, with_email: bool) -> Scenario:
    return Scenario(
        id=column_id(like.pair_id, with_email=with_email),
        entity_id=like.entity_id,
        pair_id=like.pair_id,
        name=like.name,
        with_email=with_email,
        is_active=False,
    )
