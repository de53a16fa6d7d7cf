"""What a new firm starts with: profile Standard and its two scenarios."""

from collections.abc import Mapping

from domain.basics.identifiers import (
    EntityId,
    PairId,
    ProfileId,
    ScenarioId,
    StepId,
    TextId,
    digest,
)
from domain.dunning.profile import Profile
from domain.dunning.scenario import Channel, DunningStep, Scenario, StepKind, Trigger
from domain.dunning.texts import FORMAL_NOTICE, MessageText, usual_tone

# Delays of source 004: notice 8 days before, first reminder 8 days after, then
# every 8 days. The payment time printed is a day less, so that it has passed.
_DELAY_DAYS = 8
_PAYMENT_DAYS = 7
_FORMAL_NOTICE_PAYMENT_DAYS = 8
_THANKS_AFTER_DAYS = 3


def standard_profile(entity_id: EntityId) -> Profile:
    """Make the profile that customers follow unless told otherwise."""
    key = digest(entity_id, "profile", "standard")
    return Profile(
        id=ProfileId(key),
        entity_id=entity_id,
        name="Standard",
        is_default=True,
        pair_id=PairId(key),
    )


def column_id(pair_id: PairId, *, with_email: bool) -> ScenarioId:
    """Name a column of a scenario."""
    variant = "with_email" if with_email else "without_email"
    return ScenarioId(digest(pair_id, "scenario", variant))


def step_id(scenario_id: ScenarioId, kind: StepKind, level: int) -> StepId:
    """Name a step of a column."""
    return StepId(digest(scenario_id, kind, str(level)))


def standard_scenario(profile: Profile, *, with_email: bool) -> Scenario:
    """Make a column of the default scenario: by e-mail, or all by letter."""
    pair_id = profile.pair_id or PairId(profile.id)
    scenario_id = column_id(pair_id, with_email=with_email)
    channel = Channel.EMAIL if with_email else Channel.LETTER

    def step(
        kind: StepKind,
        level: int,
        delay: int,
        key: str,
        *,
        channel: Channel = channel,
        trigger: Trigger = Trigger.REFERENCE,
        payment_days: int = _PAYMENT_DAYS,
        is_active: bool = True,
    ) -> DunningStep:
        return DunningStep(
            id=step_id(scenario_id, kind, level),
            scenario_id=scenario_id,
            kind=kind,
            level=level,
            channel=channel,
            trigger=trigger,
            delay_days=delay,
            text_key=key,
            payment_days=payment_days,
            is_active=is_active,
        )

    after = Trigger.PREVIOUS
    return Scenario(
        id=scenario_id,
        entity_id=profile.entity_id,
        pair_id=pair_id,
        name=profile.name,
        with_email=with_email,
        steps=(
            step(StepKind.ADVANCE_NOTICE, 0, -_DELAY_DAYS, "advance_notice"),
            step(StepKind.REMINDER, 1, _DELAY_DAYS, "reminder_1"),
            step(StepKind.REMINDER, 2, _DELAY_DAYS, "reminder_2", trigger=after),
            step(StepKind.REMINDER, 3, _DELAY_DAYS, "reminder_3", trigger=after),
            step(
                StepKind.REMINDER,
                4,
                _DELAY_DAYS,
                FORMAL_NOTICE,
                channel=Channel.LETTER,
                trigger=after,
                payment_days=_FORMAL_NOTICE_PAYMENT_DAYS,
            ),
            step(
                StepKind.THANK_YOU,
                0,
                _THANKS_AFTER_DAYS,
                "thank_you",
                trigger=after,
                is_active=False,
            ),
        ),
    )


def starting_messages(
    entity_id: EntityId,
    wordings: Mapping[tuple[str, str, str], tuple[str, str]],
) -> list[MessageText]:
    """Make a firm's own copies of the wordings that ship.

    ``wordings`` maps (key, channel, language) to (subject, body).
    """
    return [
        MessageText(
            id=TextId(digest(entity_id, "text", key, channel, language)),
            entity_id=entity_id,
            key=key,
            channel=Channel(channel),
            language=language,
            subject=subject,
            body=body,
            tone=usual_tone(key),
        )
        for (key, channel, language), (subject, body) in wordings.items()
    ]
