"""A morning's work of a chosen size, its people invented by the demonstration."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from domain.basics.identifiers import EntityId, PairId, ProfileId, StepId, digest
from domain.customers.customer import Customer
from domain.demo.names import STEMS, WORKSHOP_TRADES
from domain.demo.people import Person, invent_people
from domain.demo.situations import Situation
from domain.dunning.defaults import standard_scenario
from domain.dunning.profile import Profile
from domain.dunning.scenario import Channel, Scenario, StepKind
from domain.ledger.entry import SourceLine
from domain.ports import Books
from domain.usecases.configuring import create_entity
from tests.builders import an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in


def phone_profile(books: Books, entity_id: EntityId) -> Profile:
    """Add a profile whose reminders are calls, with an e-mail address or not."""
    key = digest(entity_id, "profile", "phone")
    profile = Profile(
        id=ProfileId(key),
        entity_id=entity_id,
        name="Par téléphone",
        pair_id=PairId(key),
    )
    with books.atomic():
        books.scenarios.save_profile(profile)
        for with_email in (True, False):
            books.scenarios.save_scenario(_by_phone(profile, with_email=with_email))
    return profile


def _by_phone(profile: Profile, *, with_email: bool) -> Scenario:
    scenario = standard_scenario(profile, with_email=with_email)
    return replace(
        scenario,
        steps=tuple(
            replace(step, id=StepId(f"{step.id}-call"), channel=Channel.PHONE)
            if step.kind is StepKind.REMINDER
            else step
            for step in scenario.steps
        ),
    )


def fill_morning(
    books: Books, today: date, *, calls: int, letters: int, emails: int
) -> EntityId:
    """Fill empty books with a firm whose day is exactly so many of each."""
    entity = create_entity(
        books,
        an_entity(email="relances@example.com"),
        OUTSIDE.documents.starting_texts(),
    )
    by_phone = phone_profile(books, entity.id)
    count = calls + letters + emails
    with_email = [rank >= letters for rank in range(count)]
    people = list(
        invent_people(
            entity.id,
            [Situation(has_email=has_email) for has_email in with_email],
            STEMS[:count],
            WORKSHOP_TRADES,
            numbered=True,
        )
    )
    with books.atomic():
        books.customers.save_many(
            replace(
                person.customer,
                payment_mode="",
                profile_id=by_phone.id if rank >= letters + emails else None,
            )
            for rank, person in enumerate(people)
        )
        books.customers.save_contacts(c for person in people for c in person.contacts)
    source = a_file(*_invoices(people, today), ends_on=today)
    bring_in(books, entity.id, source, today)
    return entity.id


def _invoices(people: list[Person], today: date) -> Iterator[SourceLine]:
    """One late invoice each, two for every third customer; no two amounts alike."""
    for rank, person in enumerate(people):
        for extra in range(2 if rank % 3 == 0 else 1):
            yield _invoice(person.customer, rank, extra, today)


def _invoice(customer: Customer, rank: int, extra: int, today: date) -> SourceLine:
    due_on = today - timedelta(days=12 + rank % 7)
    return a_line(
        f"FA-{rank:03}-{extra}",
        45_000 + 1_731 * rank + 9_900 * extra,
        due_on - timedelta(days=30),
        code=customer.code,
        name=customer.name,
        due_on=due_on,
    )
