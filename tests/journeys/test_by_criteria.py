"""« Agir par critère » on the books: found, composed, sent, counted."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.basics.identifiers import EntityId, customer_key
from domain.basics.money import Money
from domain.dunning.criteria import LevelRule, Output, RunRules
from domain.dunning.outbox import MessageState
from domain.dunning.scenario import Channel
from domain.usecases.agreeing import place_hold
from domain.usecases.by_criteria import (
    Criteria,
    Found,
    RunChangedError,
    compose_run,
    find_instalments,
    lines_of_run,
    plan_ticked,
)
from domain.usecases.choosable import what_to_choose_among
from domain.usecases.criteria_choices import (
    criteria_from,
    kept_rules,
    usual_criteria,
    with_rules,
    with_usual,
    words_of,
)
from domain.usecases.list_choices import ListChoices
from domain.usecases.preparing import Prepared, make_files, queue_messages
from domain.usecases.printed_batches import confirm_printed
from storage.database.books import SqliteBooks
from tests.builders import TODAY
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_address,
    give_email,
    moment,
)

Firm = tuple[SqliteBooks, EntityId]
LETTERS = RunRules(rule=LevelRule.BY_DAYS, output=Output.LETTER)


def no_oddity(_address: str) -> str:
    return ""


def confirm(books: SqliteBooks, prepared: Prepared, today: date, now: datetime) -> None:
    """Say « imprimé » of every batch, that of registered letters too."""
    for batch_id in prepared.batch_ids:
        confirm_printed(books, batch_id, today, now)


def due(days_late: int) -> date:
    return TODAY - timedelta(days=days_late)


@pytest.fixture
def firm() -> Firm:
    """C1 owes two invoices, 40 and 10 days late; C2 one, 20 days late; C3 later."""
    books, entity_id = books_of()
    lines = [
        a_line("F1", 100_00, due(40), due_on=due(40), code="C1", name="Élan Vert"),
        a_line("F2", 50_00, due(10), due_on=due(10), code="C1", name="Élan Vert"),
        replace(
            a_line("F3", 80_00, due(20), due_on=due(20), code="C2", name="Ferme Haute"),
            label="Garantie G-77",
        ),
        a_line("F4", 70_00, due(5), due_on=due(-15), code="C3", name="Gîte Doré"),
    ]
    bring_in(books, entity_id, a_file(*lines, starts_on=date(2025, 1, 1)), TODAY)
    give_email(books, entity_id, "compta@elan.example.com", "C1")
    give_address(books, entity_id, "C2")
    return books, entity_id


def find(firm: Firm, criteria: Criteria = Criteria(), today: date = TODAY) -> Found:  # noqa: B008 - frozen
    books, entity_id = firm
    return find_instalments(books, entity_id, criteria, no_oddity, today)


def references(firm: Firm, criteria: Criteria) -> list[str]:
    found = find(firm, criteria)
    return [line.item.reference for line in lines_of_run(found, RunRules())]


def prepare(firm: Firm, rules: RunRules, today: date = TODAY) -> Prepared:
    books, entity_id = firm
    found = find(firm, today=today)
    ticked, plan = found.item_ids, plan_ticked(found.situations, found.item_ids, rules)
    composed = compose_run(books, entity_id, ticked, rules, plan, no_oddity, today)
    made = make_files(OUTSIDE, composed, None, moment(today))
    return queue_messages(books, entity_id, made, today, moment(today))


def levels(firm: Firm) -> dict[str, list[int]]:
    books, entity_id = firm
    names = {item.id: item.reference for item in books.ledger.items(entity_id)}
    history = books.activities.level_history(entity_id)
    return {names[key]: [c.level for c in changes] for key, changes in history.items()}


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (Criteria(), ["F1", "F2", "F3"]),
        (Criteria(sought_on=due(-15)), ["F1", "F2", "F3", "F4"]),
        (Criteria(sought_on=due(20)), ["F1", "F3"]),
        (Criteria(words="elan"), ["F1", "F2"]),
        (Criteria(codes=frozenset({"C2", "C3"})), ["F3"]),
        (Criteria(reference="f3"), ["F3"]),
        (Criteria(reference="g-77"), ["F3"]),
        (Criteria(due_first=due(20), due_last=due(20)), ["F3"]),
        (Criteria(days_overdue=20), ["F1", "F3"]),
        (Criteria(outstanding=Money(150_00)), ["F1", "F2"]),
        (Criteria(overdue=Money(80_01)), ["F1", "F2"]),
        (Criteria(levels=frozenset({"1"})), []),
        (Criteria(levels=frozenset({"0", "1"})), ["F1", "F2", "F3"]),
        (Criteria(with_email=True), ["F1", "F2"]),
        (Criteria(with_email=False), ["F3"]),
        (Criteria(categories=frozenset({"Or"})), []),
        (Criteria(salespersons=frozenset({"Nadia"})), []),
        (Criteria(payment_modes=frozenset({"LCR"})), []),
        (Criteria(profiles=frozenset({"autre"})), []),
    ],
)
def test_all_criteria_must_hold(
    firm: Firm, criteria: Criteria, found: list[str]
) -> None:
    assert references(firm, criteria) == found


def test_what_was_reminded_lately_is_left_to_rest(firm: Firm) -> None:
    books, _entity_id = firm
    prepared = prepare(firm, LETTERS)
    confirm(books, prepared, TODAY, moment(TODAY))

    later = TODAY + timedelta(days=6)
    rested = Criteria(days_since_reminder=7)
    assert not find(firm, rested, later).item_ids
    assert len(find(firm, rested, later + timedelta(days=1)).item_ids) == 3


def test_letters_by_days_overdue_set_levels_and_keep_the_history(firm: Firm) -> None:
    books, _entity_id = firm
    prepared = prepare(firm, LETTERS)

    assert (prepared.email_count, prepared.letter_count) == (0, 3)
    assert levels(firm) == {}
    confirm(books, prepared, TODAY, moment(TODAY, 10))
    assert levels(firm) == {"F1": [4], "F2": [1], "F3": [2]}


def test_a_stated_level_goes_down_and_the_history_keeps_both(firm: Firm) -> None:
    books, _entity_id = firm
    first = prepare(firm, LETTERS)
    confirm(books, first, TODAY, moment(TODAY, 10))
    later = TODAY + timedelta(days=10)
    stated = replace(LETTERS, rule=LevelRule.STATED, stated_level=1)

    found = find(firm, today=later)
    assert plan_ticked(found.situations, found.item_ids, stated).lowered == 2
    second = prepare(firm, stated, later)
    confirm(books, second, later, moment(later, 10))

    assert levels(firm) == {"F1": [4, 1], "F2": [1], "F3": [2, 1]}


def test_a_second_run_of_the_day_finds_everything_waiting(firm: Firm) -> None:
    prepare(firm, LETTERS)
    found = find(firm)
    again = replace(LETTERS, reissue=True)

    assert not any(line.decision.can_go for line in lines_of_run(found, again))
    assert not plan_ticked(found.situations, found.item_ids, again).messages


def test_a_stop_set_after_the_confirmation_prepares_nothing(firm: Firm) -> None:
    books, entity_id = firm
    found = find(firm)
    plan = plan_ticked(found.situations, found.item_ids, LETTERS)
    customer = customer_key(entity_id, "C1")
    place_hold(books, customer, "accord", None, TODAY, moment(TODAY))

    with pytest.raises(RunChangedError):
        compose_run(books, entity_id, found.item_ids, LETTERS, plan, no_oddity, TODAY)
    assert not books.outbox.all(entity_id, list(MessageState))


def test_emails_leave_to_those_with_an_address_and_letters_to_the_others(
    firm: Firm,
) -> None:
    found = find(firm)
    plan = plan_ticked(found.situations, found.item_ids, RunRules())

    assert plan.count(Channel.EMAIL) == 1
    assert plan.count(Channel.LETTER) == 1
    assert plan.totals == (Money(230_00),)


def test_the_levels_to_choose_among_are_those_of_the_scenarios(firm: Firm) -> None:
    choosable = what_to_choose_among(*firm)

    assert choosable.highest_level == 4
    assert set(choosable.customers) == {"C1", "C2", "C3"}


def test_criteria_and_rules_are_found_again_as_they_were_kept() -> None:
    criteria = Criteria(
        words="Élan",
        codes=frozenset({"C1", "C2"}),
        due_first=due(90),
        due_last=due(1),
        days_overdue=8,
        overdue=Money(50_00),
        levels=frozenset({"0", "1"}),
        with_email=False,
    )
    rules = RunRules(
        rule=LevelRule.BY_DAYS,
        thresholds=(5, 10, 20, 40),
        reissue=True,
        minimum=Money(15_00),
        output=Output.LETTER,
    )

    assert criteria_from(words_of(criteria)) == criteria
    assert kept_rules(with_rules(ListChoices(), rules), 4) == rules


def test_the_usual_period_moves_with_the_days() -> None:
    criteria = Criteria(due_first=due(90), due_last=TODAY, days_overdue=8)
    kept = with_usual(ListChoices(), criteria, TODAY)
    later = TODAY + timedelta(days=30)

    assert usual_criteria(kept, later) == Criteria(
        due_first=later - timedelta(days=90), days_overdue=8
    )


def test_there_is_a_threshold_for_each_level() -> None:
    assert kept_rules(ListChoices(), 6).thresholds == (8, 16, 24, 32, 40, 48)
    assert kept_rules(ListChoices(), 2).thresholds == (8, 16)
