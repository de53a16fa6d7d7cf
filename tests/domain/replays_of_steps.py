"""Other engines' cases about steps: which one is next, and from which day.

Each function takes the input of a case, and answers in its words what our engine
makes of it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.dunning.engine import plan_customer
from domain.dunning.planned import Reason
from domain.dunning.position import Position
from domain.dunning.scenario import Scenario, StepKind, Trigger
from domain.dunning.steps import next_step
from domain.ledger.open_item import OpenItem
from tests.builders import TODAY, a_scenario, a_step, an_item
from tests.domain.playing import OPTIONS, Play, a_situation, plan, reached, reasons

Facts = Mapping[str, Any]

DAY = timedelta(days=1)
NO_GAP = replace(OPTIONS, days_between_contacts=0)
NUMBERED = 3, 10, 20, 30
"""Days late at which the levels of one of the engines begin."""


def reminders(*delays: int) -> Scenario:
    """Make reminders counted from the due date, which give no deadline."""
    return a_scenario(
        steps=tuple(
            a_step(level=level, delay_days=delay, payment_days=0)
            for level, delay in enumerate(delays, start=1)
        )
    )


def level_of(
    item: OpenItem, scenario: Scenario, position: Position, today: date
) -> int | None:
    """Tell the level proposed on a day."""
    situation = a_situation(item, with_email=scenario, positions={item.id: position})
    found = plan_customer(situation, OPTIONS, today).messages
    return found[0].step.level if found else None


def oca_run(facts: Facts) -> dict[str, object]:
    # No case looks at a level that starts from the end of a month.
    triggers = {"previous_date": Trigger.PREVIOUS}
    scenario = a_scenario(
        steps=tuple(
            a_step(
                level=one["n"],
                delay_days=one["delay"],
                trigger=triggers.get(one["mode"], Trigger.REFERENCE),
            )
            for one in facts["policy"]["levels"]
        )
    )
    last = facts["last"]
    position = Position()
    if last and last["state"] == "sent":
        position = Position(
            level=last["level"], reached_on=date.fromisoformat(last["date"])
        )
    item = an_item(due_on=date.fromisoformat(facts["due"]))
    today = date.fromisoformat(facts["run"])
    return {"level": level_of(item, scenario, position, today)}


def oca_year_late(_: Facts) -> dict[str, object]:
    found = plan(a_situation(an_item(days_late=365))).messages
    return {"lines": len(found), "level": found[0].step.level}


def oca_credit_note(facts: Facts) -> dict[str, object]:
    credit = an_item(cents=(facts["debit"] - facts["credit"]) * 100)
    return {"level": level_of(credit, a_scenario(), Position(), TODAY)}


def oca_late_start(facts: Facts) -> dict[str, object]:
    first, second = (delay for _, delay in facts["levels"])
    due = TODAY - 41 * DAY
    position = Position(level=1, reached_on=due + 40 * DAY)
    scenario = reminders(first, second)
    return {"level": level_of(an_item(due_on=due), scenario, position, TODAY)}


def tryton_day(facts: Facts) -> dict[str, object]:
    # « Waiting » is a letter sent; it left on the day of its level.
    day, first = facts["day"], facts["levels"][0]
    is_sent = facts["state"] == "waiting L1"
    position = reached(1, days_ago=day - first) if is_sent else Position()
    item = an_item(days_late=day)
    return {"level": level_of(item, reminders(*facts["levels"]), position, TODAY)}


def tryton_final(_: Facts) -> dict[str, object]:
    play = Play(a_situation(an_item(days_late=0), with_email=reminders(0)))
    proposed = bool(play.look(TODAY).messages)
    play.work([TODAY])
    sent = play.levels() == [1]
    is_over = reasons(play.look(TODAY + DAY)) == [Reason.END_OF_SCENARIO]
    states = (("draft", proposed), ("waiting", sent), ("final", is_over))
    return {"states": [state for state, holds in states if holds]}


def runs_on_one_day(facts: Facts) -> dict[str, object]:
    item = an_item(days_late=facts["day"])
    play = Play(a_situation(item, with_email=reminders(*facts["levels"])), NO_GAP)
    play.work([TODAY] * facts["cycles"])
    return {"levels": play.levels()}


def too_early(facts: Facts) -> dict[str, object]:
    item, scenario = an_item(days_late=facts["day"]), reminders(facts["first_delay"])
    return {"level": level_of(item, scenario, Position(), TODAY)}


def stage_at(facts: Facts) -> dict[str, object]:
    item = an_item(days_late=facts["days_late"])
    level = level_of(item, reminders(*NUMBERED), Position(), TODAY)
    return {"stage": level or 0, "next": level}


def next_due_day(facts: Facts) -> dict[str, object]:
    due = TODAY
    position = Position(level=1, reached_on=due + facts["sent1_day"] * DAY)
    found = next_step(an_item(due_on=due), reminders(*NUMBERED), position, TODAY)
    assert found
    return {"next_due_day": (found.due_on - due).days}


def one_more_than_before(facts: Facts) -> dict[str, object]:
    done = reached(facts["past"], days_ago=30)
    return {"level": level_of(an_item(days_late=90), a_scenario(), done, TODAY)}


def notice_day(facts: Facts) -> dict[str, object]:
    due = date.fromisoformat(facts["due"])
    notice = a_step(level=0, kind=StepKind.ADVANCE_NOTICE, delay_days=-facts["before"])
    scenario = a_scenario(steps=(notice,))
    found = next_step(an_item(due_on=due), scenario, Position(), due - 60 * DAY)
    assert found
    return {"date": found.due_on.isoformat()}


def climbing_on_days(facts: Facts) -> dict[str, object]:
    play = Play(a_situation(an_item(days_late=0), with_email=reminders(30, 40, 50)))
    states = []
    for day in facts["days"]:
        play.work([TODAY + day * DAY])
        states.append(f"OD{play.levels()[-1]}")
    return {"states": states}


def inclusive_delay(facts: Facts) -> dict[str, object]:
    found = []
    for day in facts["days"]:
        items = [] if day is None else [an_item(days_late=day)]
        found.append(bool(plan(a_situation(*items, with_email=reminders(10))).messages))
    return {"match": found}
