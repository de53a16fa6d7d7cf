"""What holds of a whole firm worked on some days only: levels, dates and totals."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.money import Money
from domain.dunning.courtesy import Courtesy, QuietPeriod
from domain.dunning.days_off import days_off
from domain.dunning.planned import PlannedMessage
from domain.dunning.profile import Grouping
from domain.dunning.scenario import Channel, Scenario, StepKind
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem
from tests.builders import TODAY, a_profile
from tests.domain.playing import Play, a_situation, days_from
from tests.domain.test_dunning_properties import NUMBERS, gap_days, items, scenarios

WEEK = timedelta(days=7)


@dataclass
class Sent:
    """A message as it left, with what was left to pay then."""

    on: date
    customer: int
    message: PlannedMessage
    residuals: tuple[Money, ...]


@dataclass
class Firm:
    """Customers worked on together, as the days go by."""

    plays: list[Play]
    courtesy: Courtesy
    sent: list[Sent] = field(default_factory=list)

    def look(self, today: date) -> Iterator[tuple[int, Play]]:
        """Tell each customer what the firm knows of its days off."""
        off = days_off((one.on for one in self.sent), today)
        for number, play in enumerate(self.plays):
            play.situation = replace(
                play.situation, courtesy=self.courtesy, catching_up=off is not None
            )
            yield number, play

    def work(self, today: date) -> None:
        """Send all that is proposed on a day."""
        for number, play in list(self.look(today)):
            residuals = {item.id: item.left for item in play.situation.open_items}
            for message in play.look(today).messages:
                left = tuple(residuals[item.id] for item in message.items)
                self.sent.append(Sent(today, number, message, left))
                play.send(message, today)

    def of(self, number: int) -> list[Sent]:
        return [one for one in self.sent if one.customer == number]


@st.composite
def firms(draw: st.DrawFn) -> Firm:
    options = st.builds(DunningOptions, days_between_contacts=st.integers(0, 7))
    chosen = draw(options)
    plays = [
        Play(
            a_situation(
                *draw(items(lowest_cents=1)),
                with_email=draw(scenarios()),
                profile=a_profile(grouping=draw(st.sampled_from(Grouping))),
            ),
            chosen,
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    starts = TODAY + timedelta(days=draw(st.integers(0, 60)))
    lasts = timedelta(days=draw(st.integers(0, 20)))
    period = QuietPeriod(first_on=starts, last_on=starts + lasts)
    courtesy = Courtesy(
        contacts_per_week=draw(st.integers(0, 3)),
        spares_sundays=draw(st.booleans()),
        spares_holidays=draw(st.booleans()),
        periods=draw(st.sampled_from([(), (period,)])),
    )
    return Firm(plays, courtesy)


# Mostly one day after the other, with days off now and then.
PAUSES = st.lists(st.sampled_from([1, 1, 1, 2, 3, 7, 12, 25]), min_size=5, max_size=30)


def days_of(pauses: list[int]) -> list[date]:
    days = [TODAY]
    for pause in pauses:
        days.append(days[-1] + timedelta(days=pause))
    return days


@settings(deadline=None)
@given(firms(), PAUSES)
def test_a_firm_worked_on_some_days_only_breaks_no_rule(
    firm: Firm, pauses: list[int]
) -> None:
    for today in days_of(pauses):
        firm.work(today)
        for _number, play in firm.look(today):
            check_nothing_twice(play, today)
            check_every_item_explained(play, today)

    for number, play in enumerate(firm.plays):
        check_gaps(play)
        check_contacts(firm, number, play.options)
    check_totals_and_days(firm)


def check_nothing_twice(play: Play, today: date) -> None:
    done = {
        c.item_id
        for made in play.history.values()
        for c in made
        if c.reached_on == today
    }
    again = {item.id for m in play.look(today).messages for item in m.items}
    assert done.isdisjoint(again)


def check_every_item_explained(play: Play, today: date) -> None:
    plan = play.look(today)
    told = [item.id for m in plan.messages for item in m.items]
    told += [one.item.id for one in plan.left_out]
    assert Counter(told) == Counter(item.id for item in play.situation.open_items)
    assert all(one.exclusions for one in plan.left_out)


def check_gaps(play: Play) -> None:
    """Never two levels of one item within the gap, nor one level twice too soon."""
    scenario = play.situation.scenario
    assert scenario
    for number in NUMBERS:
        for done, after in pairwise(play.reminders(number)):
            waited = (after.reached_on - done.reached_on).days
            assert waited >= max(1, gap_days(scenario, done.level))
            assert after.level >= done.level


def check_contacts(firm: Firm, number: int, options: DunningOptions) -> None:
    """Days of contact keep their distance, and stay under the weekly cap."""
    days = sorted({one.on for one in firm.of(number)})
    for before, after in pairwise(days):
        assert (after - before).days >= options.days_between_contacts
    if cap := firm.courtesy.contacts_per_week:
        for day in days:
            assert sum(day <= other < day + WEEK for other in days) <= cap


def check_totals_and_days(firm: Firm) -> None:
    """What is asked is what was left; no e-mail on a quiet day; no burst."""
    for one in firm.sent:
        total = one.message.total
        assert total == Money.total(one.residuals, total.currency)
        if one.message.channel is Channel.EMAIL:
            assert firm.courtesy.quiet_day(one.on) is None
    worked = sorted({one.on for one in firm.sent})
    for before, after in pairwise(worked):
        if (after - before).days >= 10:
            a_day = Counter(one.customer for one in firm.sent if one.on == after)
            assert set(a_day.values()) == {1}


@settings(deadline=None)
@given(items(lowest_cents=1), scenarios(), st.integers(0, 7))
def test_levels_come_in_one_order_however_often_the_firm_works(
    found: tuple[OpenItem, ...], scenario: Scenario, between: int
) -> None:
    climbed = []
    for every in (1, 7, 30):
        play = Play(
            a_situation(
                *found,
                with_email=replace(scenario, repeat_last_days=None),
            ),
            DunningOptions(days_between_contacts=between),
        )
        firm = Firm([play], Courtesy(contacts_per_week=2, spares_sundays=True))
        for today in days_from(TODAY, 900, every):
            firm.work(today)
        climbed.append([play.levels(number) for number in NUMBERS])

    assert climbed[0] == climbed[1] == climbed[2]


@settings(deadline=None)
@given(firms(), PAUSES, st.integers(1, 899_99), st.sampled_from(NUMBERS))
def test_a_payment_raises_no_level_and_cancelling_it_restores_what_was_proposed(
    firm: Firm, pauses: list[int], cents: int, number: str
) -> None:
    *earlier, today = days_of(pauses)
    for day in earlier:
        firm.work(day)
    for _number, play in firm.look(today):
        before, expected = play.situation, play.look(today)
        level = {i.id: m.step.level for m in expected.messages for i in m.items}
        for item in before.open_items:
            if item.id == number:
                play.pay(item, min(Money(cents, item.currency), item.left), today)

        assert play.situation.positions == before.positions
        for message in play.look(today).messages:
            if message.step.kind is StepKind.REMINDER:
                for item in message.items:
                    assert message.step.level <= level.get(item.id, message.step.level)
        play.situation = before
        assert play.look(today) == expected
