"""What a scenario cannot be, and what its steps become as they are changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from domain.basics.identifiers import PairId
from domain.dunning.scenario import (
    Channel,
    DunningStep,
    Reference,
    Scenario,
    StepKind,
    Trigger,
)
from domain.dunning.scenario_checks import Problem, faults_of
from domain.dunning.scenario_pair import (
    can_add,
    in_line,
    moved,
    new_step,
    pairs_of,
    with_step,
    without_step,
)
from tests.builders import PAIR_ID, a_scenario, a_step, a_text, default_steps

TEXTS = [
    a_text(key=step.text_key, channel=channel)
    for step in default_steps()
    for channel in (Channel.EMAIL, Channel.LETTER)
]


def problems(*steps: DunningStep, **others: object) -> list[tuple[Problem, str]]:
    (pair,) = pairs_of([a_scenario(steps=steps, **others)])
    found = faults_of(pair, TEXTS, lambda address: "@" in address)
    return [(fault.problem, fault.code) for fault in found]


def test_the_scenario_that_ships_can_be_followed() -> None:
    assert problems(*default_steps()) == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"delay_days": 0}, Problem.BEFORE_DUE),
        ({"payment_days": 0}, Problem.NO_TIME_TO_PAY),
        ({"text_key": "unknown"}, Problem.NO_TEXT),
        ({"copies": "a@example.com\nnobody"}, Problem.COPY_UNUSABLE),
    ],
)
def test_a_step_that_cannot_be_done_is_told(
    changed: dict[str, Any], problem: Problem
) -> None:
    assert problems(replace(a_step(), **changed)) == [(problem, "R1")]


def test_a_call_needs_no_template() -> None:
    assert problems(a_step(channel=Channel.PHONE, text_key="unknown")) == []


def test_a_reminder_on_the_day_of_the_one_before_is_told() -> None:
    after = a_step(level=2, trigger=Trigger.PREVIOUS, delay_days=0)
    assert problems(a_step(), after) == [(Problem.NO_GAP, "R2")]


def test_a_reminder_that_would_come_before_the_one_before_is_told() -> None:
    assert problems(a_step(delay_days=20), a_step(level=2, delay_days=15)) == [
        (Problem.OUT_OF_ORDER, "R2")
    ]


def test_a_step_is_skipped_for_nothing_where_the_next_counts_from_it() -> None:
    skipped = a_step(may_be_skipped=True)
    follows = a_step(level=2, trigger=Trigger.PREVIOUS)
    assert problems(skipped, follows) == [(Problem.SKIPPED_FOR_NOTHING, "R1")]
    assert problems(skipped, a_step(level=2, delay_days=16)) == []


def test_no_e_mail_is_sent_to_customers_without_an_address() -> None:
    assert problems(a_step(), with_email=False) == [
        (Problem.EMAIL_WITHOUT_ADDRESS, "R1")
    ]


def test_a_column_in_force_has_a_step_in_force() -> None:
    off = a_step(is_active=False, delay_days=-5)
    assert problems(off) == [(Problem.NO_STEP, "")]
    assert problems(off, is_active=False) == []


def test_a_notice_comes_before_and_thanks_after() -> None:
    notice = a_step(kind=StepKind.ADVANCE_NOTICE, delay_days=0)
    thanks = a_step(id="M", kind=StepKind.THANK_YOU, delay_days=-1)
    assert [problem for problem, _ in problems(notice, thanks)] == [
        Problem.NOTICE_TOO_LATE,
        Problem.THANKS_TOO_EARLY,
    ]
    early = a_step(delay_days=0)
    by_invoice = problems(early, reference=Reference.INVOICE_DATE)
    assert by_invoice == [(Problem.NO_GAP, "R1")]


def codes(column: Scenario) -> list[str]:
    return [step.code for step in in_line(column)]


def test_a_scenario_has_one_notice_nine_reminders_and_one_thank_you() -> None:
    column = a_scenario(steps=())
    for kind in StepKind:
        while can_add(column, kind):
            column = with_step(column, new_step(column, kind))

    assert codes(column) == ["P", *(f"R{n}" for n in range(1, 10)), "M"]
    (pair,) = pairs_of([column])
    texts = [a_text(key=s.text_key, channel=s.channel) for s in column.steps]
    assert faults_of(pair, texts, bool) == []


def test_the_others_keep_their_level_when_a_step_is_removed() -> None:
    column = a_scenario()
    second = next(step for step in column.steps if step.level == 2)

    without = without_step(column, second)

    assert codes(without) == ["P", "R1", "R3", "R4", "M"]
    assert new_step(without, StepKind.REMINDER).level == 2


def test_places_keep_their_level_and_their_day_when_reminders_change_places() -> None:
    column = a_scenario()
    fourth = next(step for step in column.steps if step.level == 4)
    third = next(step for step in column.steps if step.level == 3)

    changed = moved(column, fourth, -1)

    now = {step.level: step for step in changed.steps}
    assert (now[3].text_key, now[3].channel) == ("formal_notice", Channel.LETTER)
    assert (now[3].id, now[3].delay_days) == (third.id, third.delay_days)
    assert (now[4].text_key, now[4].channel) == ("reminder_3", Channel.EMAIL)
    assert moved(changed, now[3], 1) == column
    assert moved(column, fourth, 1) == column


def test_a_copy_stands_on_its_own() -> None:
    (pair,) = pairs_of([a_scenario()])

    copy = pair.copied(PairId("copy"), "Export")

    ids: Callable[[Scenario], set[str]] = lambda c: {c.id, *(s.id for s in c.steps)}  # noqa: E731
    assert not ids(copy.with_email) & ids(pair.with_email)
    assert copy.with_email.name == "Export"
    assert {s.scenario_id for s in copy.with_email.steps} == {copy.with_email.id}
    assert not copy.without_email.is_active
    assert pair.id == PAIR_ID
    same = replace(copy.with_email, id=pair.with_email.id)
    assert codes(same) == codes(pair.with_email)
