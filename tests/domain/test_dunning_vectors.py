"""Other engines' cases: what we do alike, what we do not, and why."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.domain import replays_of_accounts as accounts
from tests.domain import replays_of_steps as steps
from tests.third_party import third_party

Replay = Callable[[Mapping[str, Any]], dict[str, object]]

REPLAYS: dict[str, Replay] = {
    "OCA-01": steps.oca_run,
    "OCA-03": steps.oca_run,
    "OCA-07": steps.oca_run,
    "OCA-09": steps.oca_year_late,
    "OCA-13": accounts.oca_cancelled_while_waiting,
    "OCA-17": accounts.oca_tolerance,
    "OCA-19": steps.oca_credit_note,
    "OCA-21": accounts.oca_no_email,
    "OR-03": accounts.ride_along,
    "OR-07": accounts.minimum_gap,
    "OR-09": accounts.totals_per_currency,
    "TRY-01": steps.tryton_day,
    "TRY-03": steps.tryton_day,
    "TRY-05": steps.tryton_day,
    "TRY-07": steps.tryton_final,
    "ODO-01": steps.too_early,
    "ODO-05": accounts.paid,
    "MW-01": steps.stage_at,
    "MW-05": steps.stage_at,
    "MW-07": steps.next_due_day,
    "MW-09": steps.next_due_day,
    "MW-11": accounts.pause_over,
    "MW-15": accounts.block_named,
    "ERP-04": accounts.credit_note_undone,
    "ERP-06": steps.one_more_than_before,
    "AR-02": accounts.instalments,
    "IN-02": steps.notice_day,
    "IN-04": accounts.paid_has_no_next_date,
    "KB-01": steps.climbing_on_days,
    "KB-03": steps.inclusive_delay,
    "UP-03": accounts.oldest_paid,
    "CX-02": accounts.whole_account,
    "LD-02": accounts.level_of_each_entry,
}
"""Cases whose rule is ours too."""

TRAPS: dict[str, Replay] = {
    "OCA-23": steps.oca_late_start,
    "TRY-09": steps.runs_on_one_day,
    "PS-01": accounts.aged,
}
"""Mistakes of others: what our engine makes of them must differ."""

NOT_FOLLOWED = {
    "OCA-05": "Delays are counted from the due date, the invoice date or the previous"
    " reminder: no step starts from the end of a month.",
    "OCA-11": "No run is stored: proposals are computed at each look, so there is no"
    " later run that an earlier date could upset.",
    "OCA-15": "A level set by hand is a dated, explained change of level; it sends"
    " nothing by itself, and the thresholds still apply.",
    "OR-01": "A step is due from its day on, so a reminder with a delay of 0 leaves on"
    " the due date itself; in amounts, due today is still to come.",
    "OR-05": "A message for the whole account takes all its items at the highest next"
    " level: the younger invoice reaches level 3 too.",
    "OR-11": "The books know no payment under way: a promise or an automatic payment"
    " mode keeps the invoice from being reminded.",
    "TRY-11": "The books know no pending payment: a promise or an automatic payment"
    " mode keeps the invoice from being reminded.",
    "ODO-03": "Several reminders of one item on one day are impossible: three runs on"
    " the same day send one.",
    "MW-03": "A scenario climbs one step at a time, however late the item; a level by"
    " days overdue belongs to one-off runs.",
    "MW-13": "Attempts to send belong to the outbox, which is tested on its own.",
    "MW-17": "Interest is tested on its own, in tests/domain/test_penalties.py.",
    "ERP-02": "Interest is tested on its own, in tests/domain/test_penalties.py.",
    "AR-04": "Where the source letters nothing, a credit note settles the only invoice"
    " of its amount: one row of -40 remains, not 60 and -100.",
    "AR-06": "A payment counts from the day it stands in the books, whatever its date.",
    "UP-01": "Levels live on each item: no invoice carries the others.",
}


def vectors(path: Path) -> dict[str, dict[str, Any]]:
    return {v["id"]: v for v in json.loads(path.read_text("utf-8"))["vectors"]}


VECTORS = pytest.mark.parametrize("path", third_party("dunning/vectors.json"))


@VECTORS
def test_every_case_is_replayed_or_has_a_reason_not_to_be(path: Path) -> None:
    sorted_out = [*REPLAYS, *TRAPS, *NOT_FOLLOWED]

    assert sorted(sorted_out) == sorted(vectors(path))


@VECTORS
def test_the_traps_are_the_cases_said_to_be_mistakes(path: Path) -> None:
    known = vectors(path).values()

    assert {v["id"] for v in known if "trap" in v["kind"]} == set(TRAPS)


@VECTORS
@pytest.mark.parametrize("name", REPLAYS)
def test_our_engine_does_as_the_other_one(path: Path, name: str) -> None:
    vector = vectors(path)[name]
    found, expected = REPLAYS[name](vector["input"]), vector["expected"]
    answered = found.keys() & expected.keys()

    assert answered
    assert {key: found[key] for key in answered} == {k: expected[k] for k in answered}


@VECTORS
@pytest.mark.parametrize("name", TRAPS)
def test_our_engine_does_not_repeat_a_mistake(path: Path, name: str) -> None:
    vector = vectors(path)[name]
    (answer,) = TRAPS[name](vector["input"]).items()

    assert answer not in vector["expected"].items()


@VECTORS
def test_thirty_days_late_is_where_its_label_says(path: Path) -> None:
    vector = vectors(path)["PS-01"]

    assert TRAPS["PS-01"](vector["input"])["buckets"] == [
        "current",
        "1-30",
        "1-30",
        "1-30",
        "31-60",
        "31-60",
        "31-60",
        "61-90",
        "91-120",
    ]
