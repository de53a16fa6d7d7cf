"""The rehearsal of the days to come: the engine itself, day after day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.courtesy import FREE, Courtesy
from domain.dunning.days_off import days_off
from domain.dunning.engine import plan_customer
from domain.dunning.planned import PlannedMessage
from domain.dunning.rehearsal import RehearsedDay, Start, rehearse
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import ItemState
from tests.builders import TODAY, a_scenario, a_step, an_item
from tests.domain.playing import OPTIONS, a_situation, by_letter
from tests.domain.test_dunning_properties import OPTIONS as ANY_OPTIONS
from tests.domain.test_dunning_properties import situations

DAYS = 40
SPARING = st.builds(
    Courtesy,
    contacts_per_week=st.integers(0, 3),
    spares_sundays=st.booleans(),
    spares_holidays=st.booleans(),
    catch_up_after=st.sampled_from([0, 5, 10]),
)


def start(
    situation: CustomerSituation,
    options: DunningOptions = OPTIONS,
    *contacted_on: date,
) -> Start:
    return Start(
        situations={situation.customer.id: situation},
        options=options,
        courtesy=situation.courtesy,
        contacted_on=frozenset(contacted_on),
    )


def told(messages: tuple[PlannedMessage, ...]) -> list[tuple[str, list[str], int]]:
    return [(m.step.code, [i.id for i in m.items], m.total.cents) for m in messages]


def codes(days: list[RehearsedDay]) -> list[tuple[int, str]]:
    """Tell each message as the days from today, and its step."""
    return [
        ((day.day - TODAY).days, message.step.code)
        for day in days
        for message in day.messages
    ]


@settings(max_examples=40, deadline=None)
@given(situations(), ANY_OPTIONS, SPARING)
def test_a_rehearsal_is_what_working_every_day_would_send(
    situation: CustomerSituation, options: DunningOptions, courtesy: Courtesy
) -> None:
    # A waiting message is the rehearsal's own matter: see the tests on books.
    situation = replace(situation, courtesy=courtesy, pending={})
    last = situation.last_contact_on
    known = [last] if last else []
    contacted, expected, now = set(known), [], situation
    for n in range(DAYS):
        day = TODAY + timedelta(days=n)
        off = days_off(contacted, day, courtesy.catch_up_after)
        now = replace(now, catching_up=off is not None)
        plan = plan_customer(now, options, day)
        expected.append(told(plan.messages))
        for message in plan.messages:
            now = do(now, message, day)
            contacted.add(day)

    days = rehearse(start(situation, options, *known), TODAY, DAYS)

    assert [told(day.messages) for day in days] == expected


def do(
    situation: CustomerSituation, message: PlannedMessage, day: date
) -> CustomerSituation:
    """Tell, in the test's own words, what a message that left changes."""
    positions = dict(situation.positions)
    for item in message.items:
        if item.is_credit:
            continue
        known = situation.position(item)
        if message.step.kind is StepKind.REMINDER:
            known = replace(
                known,
                level=message.step.level,
                reached_on=day,
                deadline_on=day + timedelta(days=message.step.payment_days),
            )
        else:
            known = replace(known, noticed_on=day, deadline_on=None)
        positions[item.id] = known
    return replace(
        situation,
        positions=positions,
        last_contact_on=day,
        contacts=(*situation.contacts, day),
    )


def test_the_scenario_is_climbed_to_the_formal_notice() -> None:
    situation = a_situation(an_item(days_late=8), with_email=a_scenario())

    days = rehearse(start(situation), TODAY)

    assert codes(days) == [(0, "R1"), (8, "R2"), (16, "R3"), (24, "R4")]
    assert [day.formal_notices for day in days if day.messages] == [0, 0, 0, 1]
    assert [day.count(Channel.LETTER) for day in days if day.messages] == [0, 0, 0, 1]


def test_what_falls_on_a_sunday_is_sent_the_next_day_and_the_day_says_why() -> None:
    sunday = next(n for n in range(7) if (TODAY + timedelta(days=n)).weekday() == 6)
    item = an_item(days_late=8 - sunday)
    courtesy = replace(FREE, spares_sundays=True)
    situation = a_situation(item, with_email=a_scenario(), courtesy=courtesy)

    days = rehearse(start(situation), TODAY, 14)

    assert codes(days)[0] == (sunday + 1, "R1")
    assert [day.quiet.why for day in days if day.quiet] == ["Sunday", "Sunday"]


def test_after_days_off_one_message_at_a_time() -> None:
    items = (an_item(reference="A", days_late=30), an_item(reference="B", days_late=8))
    situation = a_situation(
        *items, with_email=a_scenario(steps=(a_step(), a_step(level=2)))
    )
    long_ago = TODAY - timedelta(days=20)

    days = rehearse(start(situation, OPTIONS, long_ago), TODAY, 5)

    assert days[0].is_catching_up
    assert len(days[0].messages) == 1


def test_a_call_counts_and_asks_to_be_paid_in_time_as_the_session_does() -> None:
    steps = (
        a_step(channel=Channel.PHONE, payment_days=20),
        a_step(level=2, delay_days=16),
    )
    situation = a_situation(an_item(days_late=8), with_email=a_scenario(steps=steps))

    assert codes(rehearse(start(situation), TODAY)) == [(0, "R1"), (21, "R2")]


def test_a_notice_by_phone_is_given_once() -> None:
    steps = (
        a_step(
            level=0,
            kind=StepKind.ADVANCE_NOTICE,
            channel=Channel.PHONE,
            delay_days=-8,
        ),
        a_step(level=1),
    )
    situation = a_situation(an_item(days_late=-5), with_email=a_scenario(steps=steps))

    assert codes(rehearse(start(situation), TODAY)) == [(0, "P"), (16, "R1")]


def test_a_payment_is_thanked_for_on_its_day() -> None:
    thanks = a_step(level=0, kind=StepKind.THANK_YOU, delay_days=3)
    paid = an_item(days_late=20)
    paid = replace(
        paid,
        settled=paid.invoiced,
        state=ItemState.SETTLED,
        settled_on=TODAY,
    )
    situation = a_situation(
        with_email=a_scenario(steps=(a_step(), thanks)), settled_items=(paid,)
    )
    options = replace(OPTIONS, thank_everyone=True)

    assert codes(rehearse(start(situation, options), TODAY)) == [(3, "M")]


def test_the_situations_rehearsed_stay_as_they_are() -> None:
    situation = a_situation(an_item(days_late=8), with_email=by_letter())
    before = replace(situation)

    rehearse(start(situation), TODAY)

    assert situation == before
    assert situation.positions == {}
