"""Every trigger is said in a sentence, shown on a day, and done that very day."""

import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from domain.dunning import example as examples
from domain.dunning.courtesy import FREE, Courtesy, QuietPeriod
from domain.dunning.example import ExampleInvoice, Later
from domain.dunning.position import Position
from domain.dunning.rehearsal import Start, rehearse
from domain.dunning.scenario import (
    Channel,
    DunningStep,
    Reference,
    Scenario,
    StepKind,
    Trigger,
)
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import ItemState
from tests.builders import TODAY, a_scenario, a_step, an_item
from tests.domain.playing import OPTIONS, a_situation
from ui import scenario_words

DAY = timedelta(days=1)
NO_GAP = replace(OPTIONS, days_between_contacts=0)
CHANNELS = st.sampled_from(Channel)


@st.composite
def columns(draw: st.DrawFn) -> Scenario:
    """Draw a column of a scenario: any triggers, in an order that makes sense."""
    reference = draw(st.sampled_from(Reference))
    steps, days = [], 0
    for level in range(1, draw(st.integers(0, 5)) + 1):
        gap = draw(st.sampled_from([1, 2, 3, 8, 20]))
        is_first_or_counted = draw(st.booleans())
        days += gap
        steps.append(
            a_step(
                level=level,
                channel=draw(CHANNELS),
                trigger=Trigger.REFERENCE if is_first_or_counted else Trigger.PREVIOUS,
                delay_days=days if is_first_or_counted else gap,
                payment_days=draw(st.sampled_from([1, 2, 7, 15])),
                may_be_skipped=draw(st.booleans()),
                is_active=draw(st.integers(0, 5)) > 0,
            )
        )
    if draw(st.booleans()):
        days = -draw(st.integers(1, 40))
        kind = StepKind.ADVANCE_NOTICE
        steps.append(a_step(id="P", level=0, kind=kind, delay_days=days))
    repeat = draw(st.sampled_from([None, 15]))
    return a_scenario(reference=reference, steps=tuple(steps), repeat_last_days=repeat)


@st.composite
def invoices(draw: st.DrawFn) -> ExampleInvoice:
    due_on = TODAY + draw(st.integers(0, 400)) * DAY
    return ExampleInvoice(
        invoiced_on=due_on - draw(st.integers(0, 60)) * DAY, due_on=due_on
    )


@st.composite
def courtesies(draw: st.DrawFn) -> Courtesy:
    quiet = st.builds(
        lambda start, days: QuietPeriod(
            first_on=TODAY + start * DAY, last_on=TODAY + (start + days) * DAY
        ),
        st.integers(-30, 450),
        st.integers(0, 25),
    )
    return Courtesy(
        contacts_per_week=draw(st.integers(0, 3)),
        spares_sundays=draw(st.booleans()),
        spares_holidays=draw(st.booleans()),
        periods=tuple(draw(st.lists(quiet, max_size=3))),
        catch_up_after=draw(st.sampled_from([0, 10])),
    )


def done_by_the_engine(
    scenario: Scenario,
    invoice: ExampleInvoice,
    options: DunningOptions,
    courtesy: Courtesy,
) -> list[tuple[date, str]]:
    """Let the engine itself look every day at the invoice, unpaid."""
    item = an_item(invoice_on=invoice.invoiced_on, due_on=invoice.due_on)
    situation = a_situation(item, with_email=scenario, courtesy=courtesy)
    return [
        (day.day, message.step.code)
        for day in rehearse(start(situation, options), invoice.invoiced_on, 400)
        for message in day.messages
    ]


def start(situation: CustomerSituation, options: DunningOptions) -> Start:
    return Start(
        situations={situation.customer.id: situation},
        options=options,
        courtesy=situation.courtesy,
        contacted_on=frozenset(),
    )


@settings(max_examples=60, deadline=None)
@given(columns(), invoices(), st.integers(0, 12), courtesies())
def test_the_engine_proposes_each_step_on_the_very_day_of_its_example(
    scenario: Scenario, invoice: ExampleInvoice, gap: int, courtesy: Courtesy
) -> None:
    options = replace(OPTIONS, days_between_contacts=gap)
    shown = examples.example(scenario, invoice, options, courtesy)

    done = done_by_the_engine(scenario, invoice, options, courtesy)

    expected = [(one.on, one.step.code) for one in shown.steps]
    last = len(expected)
    assert done[:last] == expected
    last_code = expected[-1][1] if expected else None
    # After the example comes only the last reminder again, where it repeats.
    repeats = [code for _day, code in done[last:]]
    assert repeats == [last_code] * len(repeats)
    assert not repeats or scenario.repeat_last_days


SENTENCE = re.compile(r"(\d+) jours? (avant|après) (l'échéance|la date de facture|R\d)")


@settings(max_examples=60, deadline=None)
@given(columns(), invoices())
@example(a_scenario(), ExampleInvoice(invoiced_on=TODAY, due_on=TODAY + 30 * DAY))
def test_what_the_sentence_of_a_step_says_is_its_day(
    scenario: Scenario, invoice: ExampleInvoice
) -> None:
    shown = examples.example(scenario, invoice, NO_GAP, FREE)
    days = {one.step.code: one.on for one in shown.steps}
    for one in shown.steps:
        said = SENTENCE.fullmatch(scenario_words.timing(one.step, scenario))
        assert said
        count, side, event = said.groups()
        assume(event in days or not event.startswith("R"))  # given way
        origin = {
            "l'échéance": invoice.due_on,
            "la date de facture": invoice.invoiced_on,
        }.get(event) or days[event]
        planned = origin + (1 if side == "après" else -1) * int(count) * DAY
        assert one.planned_on == planned
        if one.later:
            assert one.on > planned
            assert one.later in {Later.DEADLINE, Later.DISTANCE}
        else:
            assert one.on == max(planned, invoice.invoiced_on)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 20), courtesies(), st.integers(0, 12), CHANNELS)
def test_the_engine_thanks_on_the_very_day_of_the_example(
    delay: int, courtesy: Courtesy, gap: int, channel: Channel
) -> None:
    courtesy = replace(courtesy, catch_up_after=0)
    thanks = a_step(
        id="M",
        level=0,
        kind=StepKind.THANK_YOU,
        channel=channel,
        trigger=Trigger.PREVIOUS,
        delay_days=delay,
    )
    scenario = a_scenario(steps=(a_step(level=1, channel=Channel.LETTER), thanks))
    invoice = ExampleInvoice(invoiced_on=TODAY, due_on=TODAY + 30 * DAY)
    options = replace(OPTIONS, days_between_contacts=gap)
    shown = examples.example(scenario, invoice, options, courtesy)
    reminded = shown.steps[0].on

    paid = an_item(
        due_on=invoice.due_on, state=ItemState.SETTLED, settled_on=shown.paid_on
    )
    situation = a_situation(
        paid,
        with_email=scenario,
        courtesy=courtesy,
        open_items=(),
        settled_items=(paid,),
        positions={paid.id: position_at(reminded)},
        last_contact_on=reminded,
        contacts=(reminded,),
    )
    assert shown.paid_on
    days = rehearse(start(situation, options), shown.paid_on, 60)

    done = [(d.day, m.step.code) for d in days for m in d.messages]
    assert done == ([(shown.thanked.on, "M")] if shown.thanked else [])


def position_at(day: date) -> Position:
    return Position(level=1, reached_on=day)


def a_late_step(level: int, days: int, **others: object) -> DunningStep:
    return a_step(level=level, delay_days=days, **others)


def test_a_step_gives_way_once_the_day_of_the_next_has_come() -> None:
    item = an_item(days_late=31)
    first = a_late_step(1, 8, may_be_skipped=True)
    steps = (first, a_late_step(2, 30), a_late_step(3, 40))
    patient = a_scenario(steps=(replace(first, may_be_skipped=False), *steps[1:]))

    def today(scenario: Scenario) -> list[str]:
        situation = a_situation(item, with_email=scenario)
        return [
            m.step.code
            for m in rehearse(start(situation, OPTIONS), TODAY, 1)[0].messages
        ]

    assert today(a_scenario(steps=steps)) == ["R2"]
    assert today(patient) == ["R1"]
