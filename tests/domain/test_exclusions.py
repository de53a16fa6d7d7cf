"""What is left out, and says why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.dunning.criteria import LevelRule, RunRules, plan_run
from domain.dunning.engine import plan_customer
from domain.dunning.planned import Reason
from domain.dunning.position import Position
from domain.dunning.scenario import Channel
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from tests.builders import (
    TODAY,
    a_customer,
    a_dispute,
    a_hold,
    a_promise,
    a_scenario,
    an_item,
)
from tests.domain.playing import (
    OPTIONS,
    a_situation,
    messages,
    plan,
    reached,
    reasons,
)

DAY = timedelta(days=1)
ITEM = an_item()
OTHER = an_item(reference="FA-002")
PROPOSED = [("R1", ["FA-001"])]


def alone(**others: object) -> CustomerSituation:
    """Make a customer with one item whose first reminder is due."""
    return a_situation(ITEM, **others)  # type: ignore[arg-type]


def why(situation: CustomerSituation, **options: object) -> list[Reason]:
    """Tell why the item is left out."""
    return reasons(plan(situation, replace(OPTIONS, **options)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"holds": (a_hold(),)}, Reason.CUSTOMER_HOLD),
        ({"holds": (a_hold(item_id="FA-001"),)}, Reason.ITEM_HOLD),
        ({"excluded": frozenset({"FA-001"})}, Reason.EXCLUDED),
        ({"customer": a_customer(is_counter_sale=True)}, Reason.COUNTER_SALE),
        ({"disputes": (a_dispute(),)}, Reason.DISPUTE),
        ({"disputes": (a_dispute(item_id="FA-001"),)}, Reason.DISPUTE),
        ({"promises": (a_promise(),)}, Reason.PROMISE_TO_COME),
        ({"promises": (a_promise(item_id="FA-001"),)}, Reason.PROMISE_TO_COME),
        ({"customer": a_customer(is_insolvent=True)}, Reason.INSOLVENCY),
        ({"pending": {"FA-001": TODAY}}, Reason.PENDING_MESSAGE),
        ({"last_contact_on": TODAY}, Reason.CONTACTED_RECENTLY),
        ({"email_problem": "no_domain"}, Reason.EMAIL_TO_CHECK),
        ({"with_email": None}, Reason.NO_SCENARIO),
    ],
)
def test_each_block_keeps_the_item_out_and_says_so(
    others: Mapping[str, object], reason: Reason
) -> None:
    assert messages(plan(alone())) == PROPOSED

    found = plan(alone(**others))

    assert (messages(found), reasons(found)) == ([], [reason])


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        (a_hold(item_id="FA-002"), "holds"),
        (a_dispute(item_id="FA-002"), "disputes"),
        (a_promise(item_id="FA-002"), "promises"),
    ],
)
def test_what_concerns_one_item_leaves_the_others(fact: object, name: str) -> None:
    found = plan(a_situation(ITEM, OTHER, **{name: (fact,)}))  # type: ignore[arg-type]

    assert messages(found) == PROPOSED


def test_a_hold_ends_the_day_after_its_last_one() -> None:
    until_yesterday = a_hold(ends_on=TODAY - DAY)
    until_today = a_hold(ends_on=TODAY, reason="Congés")

    assert messages(plan(alone(holds=(until_yesterday,)))) == PROPOSED
    found = plan(alone(holds=(until_today,)))
    (exclusion,) = found.left_out[0].exclusions

    assert (exclusion.until, exclusion.detail) == (TODAY + DAY, "Congés")


def test_a_hold_lifted_or_still_to_come_stops_nothing() -> None:
    lifted, later = a_hold(lifted_on=TODAY), a_hold(starts_on=TODAY + DAY)

    assert messages(plan(alone(holds=(lifted, later)))) == PROPOSED


def test_a_dispute_stops_until_it_is_closed() -> None:
    assert messages(plan(alone(disputes=(a_dispute(closed_on=TODAY),)))) == PROPOSED
    found = plan(alone(disputes=(a_dispute(reason="Avoir attendu"),)))

    assert found.left_out[0].exclusions[0].detail == "Avoir attendu"


def test_a_dispute_may_be_told_to_stop_nothing() -> None:
    assert why(alone(disputes=(a_dispute(),)), dispute_stops=False) == []


def test_a_promise_may_be_told_to_stop_nothing() -> None:
    assert why(alone(promises=(a_promise(),)), promise_stops=False) == []


def test_a_promise_for_today_still_holds_and_tells_until_when() -> None:
    found = plan(alone(promises=(a_promise(promised_for=TODAY),)))
    (exclusion,) = found.left_out[0].exclusions

    assert exclusion.until == TODAY + DAY


def test_the_day_after_its_promise_an_item_returns_as_not_kept() -> None:
    promise = a_promise(
        item_id="FA-001", made_on=TODAY - 9 * DAY, promised_for=TODAY - DAY
    )
    (message,) = plan(alone(promises=(promise,))).messages

    assert message.promise_broken


@pytest.mark.parametrize(
    "promise",
    [
        a_promise(promised_for=TODAY - DAY, cancelled_on=TODAY - DAY),
        a_promise(promised_for=TODAY - DAY, item_id="FA-002"),
        a_promise(promised_for=TODAY - 20 * DAY, made_on=TODAY - 43 * DAY),
    ],
    ids=["cancelled", "for another item", "for the account before this invoice"],
)
def test_a_promise_about_something_else_is_not_said_to_be_broken(
    promise: object,
) -> None:
    (message,) = plan(alone(promises=(promise,))).messages

    assert not message.promise_broken


def test_a_promise_not_kept_for_the_account_marks_what_was_owed_then() -> None:
    on_the_same_day = ITEM.invoice_on
    promise = a_promise(promised_for=TODAY - DAY, made_on=on_the_same_day)
    (message,) = plan(alone(promises=(promise,))).messages

    assert message.promise_broken


def test_an_old_credit_does_not_bring_back_an_old_promise() -> None:
    credit = an_item(days_late=200, cents=-1_00, reference="AV-1")
    promise = a_promise(promised_for=TODAY - 90 * DAY, made_on=TODAY - 99 * DAY)
    (message,) = plan(a_situation(ITEM, credit, promises=(promise,))).messages

    assert not message.promise_broken


def test_a_promise_that_stops_nothing_is_not_broken_before_its_day() -> None:
    situation = alone(promises=(a_promise(item_id="FA-001"),))
    (message,) = plan(situation, replace(OPTIONS, promise_stops=False)).messages

    assert not message.promise_broken


def test_an_automatic_payment_mode_is_the_items_own_or_else_the_customers() -> None:
    debit, modes = "PRLV", frozenset({"PRLV"})
    customer = a_customer(payment_mode=debit)
    by_debit, by_transfer = an_item(payment_mode=debit), an_item(payment_mode="VIR")

    for item, payer in ((ITEM, customer), (by_debit, a_customer())):
        situation = a_situation(item, customer=payer, automatic_modes=modes)

        assert why(situation) == [Reason.AUTOMATIC_PAYMENT]
    own = a_situation(by_transfer, customer=customer, automatic_modes=modes)

    assert why(own) == []


def test_a_credit_paid_by_an_automatic_mode_is_deducted_all_the_same() -> None:
    credit = an_item(reference="RG-1", cents=-20_00, payment_mode="PRLV")
    situation = a_situation(ITEM, credit, automatic_modes=frozenset({"PRLV"}))

    assert messages(plan(situation)) == [("R1", ["FA-001", "RG-1"])]


def test_an_item_exactly_at_the_threshold_is_proposed() -> None:
    assert why(alone(), item_threshold=Money(120_00)) == []
    assert why(alone(), item_threshold=Money(120_01)) == [Reason.BELOW_ITEM_THRESHOLD]


def test_one_cent_is_enough_without_any_threshold() -> None:
    cent = a_situation(an_item(cents=1))

    assert why(cent) == []
    assert why(cent, item_threshold=Money(2)) == [Reason.BELOW_ITEM_THRESHOLD]


def test_a_small_credit_is_deducted_whatever_the_threshold() -> None:
    situation = a_situation(ITEM, an_item(reference="AV-1", cents=-1_00))
    found = plan(situation, replace(OPTIONS, item_threshold=Money(50_00)))

    assert messages(found) == [("R1", ["FA-001", "AV-1"])]


def test_a_message_exactly_at_the_minimum_is_proposed() -> None:
    assert why(alone(), message_minimum=Money(120_00)) == []
    assert why(alone(), message_minimum=Money(120_01)) == [Reason.BELOW_MESSAGE_MINIMUM]


def test_a_message_exactly_at_the_ceiling_is_proposed() -> None:
    assert why(alone(), message_ceiling=Money(120_00)) == []
    assert why(alone(), message_ceiling=Money(119_99)) == [Reason.ABOVE_MESSAGE_CEILING]


def test_the_minimum_and_the_ceiling_count_credits() -> None:
    situation = a_situation(ITEM, an_item(reference="AV-1", cents=-20_00))

    assert why(situation, message_ceiling=Money(100_00)) == []
    assert why(situation, message_minimum=Money(100_01)) == [
        Reason.BELOW_MESSAGE_MINIMUM
    ]


def test_an_account_not_in_debit_is_left_alone() -> None:
    later = an_item(reference="AV-1", cents=-120_00, days_late=0)

    assert why(a_situation(ITEM, later)) == [
        Reason.BELOW_MESSAGE_MINIMUM,
        Reason.CUSTOMER_NOT_IN_DEBIT,
    ]


def test_an_account_in_credit_gets_no_notice_either() -> None:
    to_come = an_item(days_late=-5)
    credit = an_item(reference="AV-1", cents=-500_00)

    assert why(a_situation(to_come, credit)) == [Reason.CUSTOMER_NOT_IN_DEBIT]


def test_a_customer_contacted_exactly_the_minimum_gap_ago_may_be_contacted() -> None:
    assert why(alone(last_contact_on=TODAY - 5 * DAY)) == []
    found = plan(alone(last_contact_on=TODAY - 4 * DAY))

    assert found.left_out[0].exclusions[0].until == TODAY + DAY


def test_the_minimum_gap_may_be_none() -> None:
    assert why(alone(last_contact_on=TODAY), days_between_contacts=0) == []


def test_chasing_an_insolvent_customer_may_be_allowed() -> None:
    insolvent = alone(customer=a_customer(is_insolvent=True))

    assert why(insolvent, chase_insolvent=True) == []


def test_an_insolvent_customer_is_never_put_on_notice() -> None:
    insolvent = alone(
        customer=a_customer(is_insolvent=True),
        positions={ItemId("FA-001"): reached(3, days_ago=30)},
    )

    assert Reason.INSOLVENCY_NOTICE in why(insolvent, chase_insolvent=True)
    by_level = RunRules(rule=LevelRule.STATED, stated_level=4)
    allowed = replace(OPTIONS, chase_insolvent=True)
    run = plan_run(insolvent, [ItemId("FA-001")], by_level, allowed, TODAY)
    assert not run.messages
    assert Reason.INSOLVENCY_NOTICE in reasons(run)


def test_an_item_without_due_date_says_so() -> None:
    assert why(a_situation(an_item(due_on=None))) == [Reason.NO_DUE_DATE]


def test_an_odd_address_keeps_the_scenario_with_email_but_stops_only_emails() -> None:
    odd = {"email_problem": "no_domain"}
    formal = a_situation(
        an_item(days_late=90), positions={"FA-001": reached(3, days_ago=8)}, **odd
    )

    assert why(alone(**odd)) == [Reason.EMAIL_TO_CHECK]
    assert messages(plan(formal)) == [("R4", ["FA-001"])]


def test_without_an_address_the_scenario_without_email_applies() -> None:
    (message,) = plan(alone(email="")).messages

    assert (message.scenario.with_email, message.channel) == (False, Channel.LETTER)


def test_a_scenario_switched_off_proposes_nothing_and_says_so() -> None:
    off = alone(with_email=a_scenario(is_active=False))

    assert why(off) == [Reason.NO_SCENARIO]


def test_every_reason_is_told_in_the_decided_order() -> None:
    situation = alone(
        holds=(a_hold(item_id="FA-001"), a_hold()),
        disputes=(a_dispute(),),
        promises=(a_promise(),),
        excluded=frozenset({"FA-001"}),
        automatic_modes=frozenset({"PRLV"}),
        customer=a_customer(
            is_counter_sale=True, is_insolvent=True, payment_mode="PRLV"
        ),
        last_contact_on=TODAY,
        email_problem="no_domain",
    )

    assert why(situation, item_threshold=Money(500_00)) == [
        Reason.CUSTOMER_HOLD,
        Reason.ITEM_HOLD,
        Reason.EXCLUDED,
        Reason.COUNTER_SALE,
        Reason.AUTOMATIC_PAYMENT,
        Reason.DISPUTE,
        Reason.PROMISE_TO_COME,
        Reason.BELOW_ITEM_THRESHOLD,
        Reason.CONTACTED_RECENTLY,
        Reason.INSOLVENCY,
        Reason.EMAIL_TO_CHECK,
    ]


def test_a_message_tells_all_that_keeps_it_back_in_the_decided_order() -> None:
    credit = an_item(reference="AV-1", cents=-500_00)
    situation = a_situation(ITEM, credit, last_contact_on=TODAY, email_problem="odd")

    found = plan(situation)

    assert reasons(found) == [
        Reason.BELOW_MESSAGE_MINIMUM,
        Reason.CUSTOMER_NOT_IN_DEBIT,
        Reason.CONTACTED_RECENTLY,
        Reason.EMAIL_TO_CHECK,
    ]
    assert reasons(found, "AV-1") == reasons(found)


def test_an_item_whose_day_has_not_come_is_not_said_to_be_contacted_recently() -> None:
    early = a_situation(an_item(days_late=3), last_contact_on=TODAY)

    assert why(early) == [Reason.STEP_NOT_DUE]
    held = replace(early, holds=(a_hold(),))

    assert why(held) == [Reason.CUSTOMER_HOLD]


def test_an_item_in_a_waiting_message_says_only_that() -> None:
    waiting = alone(pending={"FA-001": TODAY}, last_contact_on=TODAY)

    assert why(waiting) == [Reason.PENDING_MESSAGE]


def test_blocked_items_of_two_currencies_each_look_at_their_own_account() -> None:
    dollars = an_item(
        reference="FA-002", invoiced=Money(50_00, "USD"), settled=Money(0, "USD")
    )
    credit = an_item(reference="AV-1", cents=-500_00)
    found = plan(a_situation(ITEM, dollars, credit, holds=(a_hold(),)))

    assert reasons(found) == [Reason.CUSTOMER_HOLD, Reason.CUSTOMER_NOT_IN_DEBIT]
    assert reasons(found, "FA-002") == [Reason.CUSTOMER_HOLD]


def test_a_left_out_item_still_tells_its_next_step_and_day() -> None:
    position = Position(level=1, reached_on=TODAY - 2 * DAY)
    situation = alone(positions={"FA-001": position}, holds=(a_hold(),))
    (left_out,) = plan_customer(situation, DunningOptions(), TODAY).left_out

    assert left_out.next_step is not None
    assert (left_out.next_step.code, left_out.next_on) == ("R2", TODAY + 6 * DAY)
