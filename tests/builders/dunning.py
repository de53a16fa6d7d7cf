"""Scenarios, histories and messages."""

from datetime import timedelta

from domain.basics.identifiers import (
    ActivityId,
    BatchId,
    ItemId,
    MessageId,
    StepId,
    TextId,
    new_id,
)
from domain.basics.money import Money
from domain.customers.activity import Activity, ActivityItem, ActivityKind
from domain.dunning.outbox import (
    Batch,
    BatchState,
    MessageState,
    OutboxItem,
    OutboxMessage,
)
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.profile import Profile
from domain.dunning.scenario import (
    Channel,
    DunningStep,
    Scenario,
    StepKind,
    Trigger,
)
from domain.dunning.texts import MessageText
from tests.builders.base import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    PAIR_ID,
    PROFILE_ID,
    SCENARIO_ID,
    TODAY,
    with_others,
)


def a_profile(**others: object) -> Profile:
    """Make the default profile."""
    profile = Profile(
        id=PROFILE_ID,
        entity_id=ENTITY_ID,
        name="Standard",
        is_default=True,
        pair_id=PAIR_ID,
    )
    return with_others(profile, others)


def a_step(*, level: int = 1, **others: object) -> DunningStep:
    """Make a reminder by e-mail, eight days after the due date."""
    step = DunningStep(
        id=StepId(f"R{level}"),
        scenario_id=SCENARIO_ID,
        kind=StepKind.REMINDER,
        level=level,
        channel=Channel.EMAIL,
        trigger=Trigger.REFERENCE,
        delay_days=8,
        text_key=f"reminder_{level}",
    )
    return with_others(step, others)


def default_steps() -> tuple[DunningStep, ...]:
    """Make the steps a new scenario starts with: notice, four reminders, thanks."""
    return (
        a_step(
            level=0,
            id=StepId("P"),
            kind=StepKind.ADVANCE_NOTICE,
            delay_days=-8,
            text_key="advance_notice",
        ),
        a_step(level=1),
        a_step(level=2, trigger=Trigger.PREVIOUS),
        a_step(level=3, trigger=Trigger.PREVIOUS),
        a_step(
            level=4,
            trigger=Trigger.PREVIOUS,
            channel=Channel.LETTER,
            text_key="formal_notice",
        ),
        a_step(
            level=0,
            id=StepId("M"),
            kind=StepKind.THANK_YOU,
            delay_days=3,
            text_key="thank_you",
            is_active=False,
        ),
    )


def a_scenario(**others: object) -> Scenario:
    """Make the scenario of customers with an e-mail address."""
    scenario = Scenario(
        id=SCENARIO_ID,
        entity_id=ENTITY_ID,
        pair_id=PAIR_ID,
        name="Standard",
        with_email=True,
        steps=default_steps(),
    )
    return with_others(scenario, others)


def a_text(*, key: str = "reminder_1", **others: object) -> MessageText:
    """Make the French e-mail wording of a kind of message."""
    text = MessageText(
        id=TextId(f"{key}-email-fr"),
        entity_id=ENTITY_ID,
        key=key,
        channel=Channel.EMAIL,
        language="fr",
        subject="Votre compte %client_nom%",
        body="Bonjour,\n\n%tableau_comptable%\n\nCordialement",
    )
    return with_others(text, others)


def a_level_change(
    *, item_id: str = "FA-001", level: int = 1, days_ago: int = 8, **others: object
) -> LevelChange:
    """Make a reminder that reached an item some days ago."""
    change = LevelChange(
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        item_id=ItemId(item_id),
        kind=StepKind.REMINDER,
        level=level,
        reached_on=TODAY - timedelta(days=days_ago),
        cause=LevelCause.SENT,
        recorded_at=NOW - timedelta(days=days_ago),
    )
    return with_others(change, others)


def an_activity(*, days_ago: int = 8, **others: object) -> Activity:
    """Make a first reminder by e-mail, some days ago."""
    activity = Activity(
        id=ActivityId(new_id()),
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        kind=ActivityKind.REMINDER,
        happened_on=TODAY - timedelta(days=days_ago),
        recorded_at=NOW - timedelta(days=days_ago),
        level=1,
        channel=Channel.EMAIL,
    )
    return with_others(activity, others)


def an_activity_item(
    activity: Activity, *, item_id: str = "FA-001", cents: int = 120_00
) -> ActivityItem:
    """Make an item named by an activity."""
    return ActivityItem(
        activity_id=activity.id, item_id=ItemId(item_id), left=Money(cents)
    )


def a_message(*, cents: int = 120_00, **others: object) -> OutboxMessage:
    """Make a queued first reminder by e-mail, unlike any other one."""
    message_id = MessageId(new_id())
    message = OutboxMessage(
        id=message_id,
        entity_id=ENTITY_ID,
        customer_id=CUSTOMER_ID,
        state=MessageState.QUEUED,
        channel=Channel.EMAIL,
        kind=StepKind.REMINDER,
        level=1,
        scenario_id=SCENARIO_ID,
        dedupe=message_id,
        subject="Votre compte",
        body="Bonjour",
        recipient="camille@client.example.com",
        total=Money(cents),
        prepared_on=TODAY,
        created_at=NOW,
        changed_at=NOW,
    )
    return with_others(message, others)


def an_outbox_item(
    message: OutboxMessage, *, item_id: str = "FA-001", cents: int = 120_00
) -> OutboxItem:
    """Make an item named by a message."""
    return OutboxItem(message_id=message.id, item_id=ItemId(item_id), left=Money(cents))


def a_batch(**others: object) -> Batch:
    """Make a batch of two letters waiting to be confirmed."""
    batch = Batch(
        id=BatchId(new_id()),
        entity_id=ENTITY_ID,
        state=BatchState.PREPARED,
        created_at=NOW,
        letter_count=2,
        page_count=4,
    )
    return with_others(batch, others)
