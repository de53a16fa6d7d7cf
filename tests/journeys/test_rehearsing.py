"""A rehearsal on real books: what it lists is what working every day then sends."""

from collections import Counter
from datetime import date, timedelta

import pytest

from domain.basics.identifiers import EntityId, ProfileId, customer_key
from domain.basics.progress import Phase, StoppedError
from domain.dunning.letter import LetterFile
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.dunning.profile import Profile
from domain.dunning.scenario import Channel
from domain.usecases.acting import all_choices, show_today
from domain.usecases.composing import Composed, compose_chosen
from domain.usecases.customer_details import choose_profile
from domain.usecases.delivering import record_delivery, take
from domain.usecases.emails import MadeEmail
from domain.usecases.preparing import Made, queue_messages
from domain.usecases.printed_batches import confirm_printed
from domain.usecases.rehearsing import Rehearsal, Trial, show_rehearsal
from domain.usecases.releasing import release
from domain.usecases.situations import gather
from storage.database.books import SqliteBooks
from tests.builders import an_entity
from tests.journeys.command import TODAY as DEMO_DAY
from tests.journeys.command import Command
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

TODAY = date(2026, 3, 24)
CHECK = OUTSIDE.mail.check_address
DAY = timedelta(days=1)
DAYS = 45
Told = tuple[int, str, str, frozenset[str], int]


@pytest.fixture
def firm() -> tuple[SqliteBooks, EntityId]:
    """Customers of every kind: late and not yet, by e-mail and by letter."""
    books, entity_id = books_of(an_entity(demo=True))
    lines = [
        a_line("F1", 120_00, date(2026, 1, 10), code="C1"),
        a_line("F2", 80_00, date(2026, 3, 1), code="C1"),
        a_line("F3", 300_00, date(2026, 2, 1), code="C2"),
        a_line("A3", -40_00, date(2026, 2, 5), code="C2"),
        a_line("F4", 55_50, date(2026, 3, 20), code="C3"),
        a_line("F5", 900_00, date(2026, 2, 14), code="C4"),
    ]
    bring_in(books, entity_id, a_file(*lines), TODAY)
    for code in ("C1", "C2", "C3"):
        give_email(books, entity_id, f"{code}@client.example.com", code)
    give_address(books, entity_id, "C4")
    return books, entity_id


def rehearsal(books: SqliteBooks, entity_id: EntityId, **trial: object) -> Rehearsal:
    tried = Trial(**trial)  # type: ignore[arg-type]
    return show_rehearsal(books, entity_id, CHECK, TODAY, tried, DAYS)


def told(found: Rehearsal) -> list[Told]:
    return [
        (ahead, m.customer_id, m.step.code, frozenset(i.id for i in m.items), cents)
        for ahead, day in enumerate(found.days)
        for m in day.messages
        for cents in [m.total.cents]
    ]


def prepare(books: SqliteBooks, entity_id: EntityId, day: date) -> list[Composed]:
    """Put all that is proposed in the outbox; what the files hold matters not."""
    view = show_today(books, entity_id, CHECK, day)
    choices = all_choices(view, [Channel.EMAIL, Channel.LETTER])
    if not choices:
        return []
    composed = compose_chosen(books, entity_id, choices, CHECK, day)
    letters = tuple(c for c in composed if c.message.channel is Channel.LETTER)
    made = Made(
        emails=tuple(
            MadeEmail(composed=c, content=b"", header_id=c.outbox_id, sender="a@b.c")
            for c in composed
            if c.message.channel is Channel.EMAIL
        ),
        letters=letters,
        files=tuple(LetterFile(pdf=b"%PDF", page_count=1) for _ in letters),
    )
    queue_messages(books, entity_id, made, day, moment(day))
    return composed


def let_all_leave(books: SqliteBooks, entity_id: EntityId, day: date) -> None:
    release(books, entity_id)
    accepted = DeliveryReport(outcome=Delivery.ACCEPTED, answer="")
    for message in books.outbox.all(entity_id, [MessageState.QUEUED]):
        if message.batch_id:
            continue
        if take(books, message.id, day, moment(day)):
            record_delivery(books, message.id, accepted, day, moment(day))
    for batch in books.outbox.batches(entity_id):
        if batch.confirmed_on is None:
            confirm_printed(books, batch.id, day, moment(day))


@pytest.mark.parametrize("is_one_waiting", [False, True])
def test_working_every_day_sends_what_was_rehearsed(
    firm: tuple[SqliteBooks, EntityId], is_one_waiting: bool
) -> None:
    if is_one_waiting:
        prepare(*firm, TODAY - 9 * DAY)
    rehearsed = rehearsal(*firm)
    assert rehearsed.waiting == int(is_one_waiting)
    sent: list[Told] = []
    for ahead in range(DAYS):
        day = TODAY + ahead * DAY
        for c in prepare(*firm, day):
            items = frozenset(i.id for i in c.message.items)
            m = c.message
            sent.append((ahead, c.customer.id, m.step.code, items, m.total.cents))
        let_all_leave(*firm, day)

    assert Counter(told(rehearsed)) == Counter(sent)
    assert {code for _, _, code, _, _ in sent} >= {"P", "R1", "R2", "R3", "R4"}


def test_a_rehearsal_writes_nothing(firm: tuple[SqliteBooks, EntityId]) -> None:
    books, entity_id = firm
    before = gather(books, entity_id, CHECK, TODAY)

    rehearsal(*firm)

    assert gather(books, entity_id, CHECK, TODAY) == before
    assert books.outbox.all(entity_id, list(MessageState)) == []


def test_a_profile_is_rehearsed_with_the_customers_put_on_it(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    gentle = Profile(id=ProfileId("gentle"), entity_id=entity_id, name="Doux")
    first = customer_key(entity_id, "C1")
    books.scenarios.save_profile(gentle)
    choose_profile(books, first, gentle.id, TODAY, moment(TODAY))

    alone = rehearsal(*firm, profile_id=gentle.id)
    standard = next(p for p in alone.profiles if p.is_default)
    put_back = rehearsal(*firm, profile_id=standard.id, customer_ids=frozenset({first}))

    assert told(alone) == []  # it has no scenario yet
    assert {one[1] for one in told(put_back)} == {first}
    assert first not in {one[1] for one in told(rehearsal(*firm))}


def test_a_rehearsal_may_be_stopped(firm: tuple[SqliteBooks, EntityId]) -> None:
    def stop(_phase: Phase, done: int, _total: int) -> None:
        if done > 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        show_rehearsal(*firm, CHECK, TODAY, Trial(), DAYS, stop)


def test_the_first_day_rehearsed_is_what_actions_proposes(demo: Command) -> None:
    today = demo("actions", "--date", DEMO_DAY)["messages"]
    rehearsed = demo("rehearse", "--date", DEMO_DAY, "--days", "2")["days"][0]

    def names(messages: list[dict[str, object]]) -> list[str]:
        keys = ("client", "step", "media", "items", "total_cents")
        return sorted(str([one[key] for key in keys]) for one in messages)

    assert names(rehearsed["messages"]) == names(today)
    assert rehearsed["day"] == DEMO_DAY
    assert rehearsed["letters"] == sum(m["media"] == "letter" for m in today)
