"""« Scénarios »: who follows which, change them, and take a change back."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from domain.basics.errors import DunningError, NotFoundError
from domain.basics.identifiers import (
    CustomerId,
    EntityId,
    PairId,
    ProfileId,
    new_id,
)
from domain.dunning.courtesy import Courtesy
from domain.dunning.profile import Profile
from domain.dunning.scenario import Scenario
from domain.dunning.scenario_checks import faults_of
from domain.dunning.scenario_pair import ScenarioPair, pairs_of
from domain.dunning.texts import MessageText
from domain.ledger.entity import DunningOptions
from domain.ports import Books
from domain.usecases.courtesy import courtesy_of


class ScenarioNameMissingError(DunningError):
    """Scenarios are chosen by their name."""

    message = "Give this scenario a name."


class ScenarioNameTakenError(DunningError):
    """Two scenarios cannot be told apart by one name."""

    message = "Another scenario is already called “{name}”."


class ScenarioFaultyError(DunningError):
    """Some of its steps could not be done."""

    message = "This scenario cannot be followed as it is: see what is said of it."


class ScenarioInUseError(DunningError):
    """Its profiles would follow nothing."""

    message = (
        "Profiles follow this scenario: choose the one that they follow from now on."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioLine:
    """A scenario, and who follows it."""

    pair: ScenarioPair
    profiles: tuple[Profile, ...]
    customers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioView:
    """A scenario to change, and what its steps are set among."""

    line: ScenarioLine
    texts: tuple[MessageText, ...]
    options: DunningOptions
    courtesy: Courtesy
    others: tuple[ScenarioPair, ...]
    """The firm's other scenarios."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """All profiles and scenarios as they were, to come back to."""

    profiles: tuple[Profile, ...]
    columns: tuple[Scenario, ...]
    moved: Mapping[CustomerId, ProfileId | None] = field(default_factory=dict)
    """The profile that each customer moved since had."""


def show_scenarios(books: Books, entity_id: EntityId) -> list[ScenarioLine]:
    """List a firm's scenarios, and who follows each."""
    profiles = books.scenarios.profiles(entity_id)
    counts = customers_by_profile(books, entity_id)
    lines = []
    for pair in pairs_of(books.scenarios.scenarios(entity_id)):
        followed_by = tuple(p for p in profiles if p.pair_id == pair.id)
        count = sum(counts[p.id] for p in followed_by)
        lines.append(ScenarioLine(pair=pair, profiles=followed_by, customers=count))
    return lines


def show_scenario(books: Books, entity_id: EntityId, pair_id: PairId) -> ScenarioView:
    """Read a scenario to change it.

    Raises:
        NotFoundError: there is none of that name.
    """
    lines = show_scenarios(books, entity_id)
    found = next((line for line in lines if line.pair.id == pair_id), None)
    if found is None:
        raise NotFoundError(thing="scenario", name=pair_id)
    return ScenarioView(
        line=found,
        texts=tuple(books.scenarios.texts(entity_id)),
        options=books.entities.options(entity_id),
        courtesy=courtesy_of(books, entity_id),
        others=tuple(line.pair for line in lines if line is not found),
    )


def save_scenario(
    books: Books, pair: ScenarioPair, can_be_sent_to: Callable[[str], bool]
) -> Setup:
    """Keep a scenario that can be followed; tells what to come back to.

    Levels reached, and messages already prepared, stay as they are.

    Raises:
        ScenarioFaultyError: it cannot be.
    """
    texts = books.scenarios.texts(pair.entity_id)
    if faults_of(pair, texts, can_be_sent_to):
        raise ScenarioFaultyError
    before = setup_of(books, pair.entity_id)
    _check_name(books, pair)
    _save(books, pair)
    return before


def rename_scenario(books: Books, pair: ScenarioPair, name: str) -> Setup:
    """Give a scenario another name."""
    renamed = pair.called(name.strip())
    _check_name(books, renamed)
    before = setup_of(books, pair.entity_id)
    _save(books, renamed)
    return before


def copy_scenario(books: Books, pair: ScenarioPair, name: str) -> ScenarioPair:
    """Add a copy of a scenario, that nobody follows yet."""
    copy = pair.copied(PairId(new_id()), name.strip())
    _check_name(books, copy)
    _save(books, copy)
    return copy


def delete_scenario(
    books: Books, entity_id: EntityId, pair_id: PairId, followed_instead: PairId | None
) -> Setup:
    """Remove a scenario; its profiles follow another from then on.

    Raises:
        ScenarioInUseError: profiles follow it, and no other was chosen.
    """
    before = setup_of(books, entity_id)
    users = [p for p in before.profiles if p.pair_id == pair_id]
    kept = {c.pair_id for c in before.columns} - {pair_id}
    if users and followed_instead not in kept:
        raise ScenarioInUseError
    with books.atomic():
        for profile in users:
            books.scenarios.save_profile(replace(profile, pair_id=followed_instead))
        for column in before.columns:
            if column.pair_id == pair_id:
                books.scenarios.remove_scenario(column.id)
    return before


def setup_of(books: Books, entity_id: EntityId) -> Setup:
    """Read all profiles and scenarios, to be able to come back to them."""
    return Setup(
        profiles=tuple(books.scenarios.profiles(entity_id)),
        columns=tuple(books.scenarios.scenarios(entity_id)),
    )


def restore_setup(books: Books, entity_id: EntityId, before: Setup) -> None:
    """Put profiles, scenarios and the customers moved back as they were."""
    now = setup_of(books, entity_id)
    profiles = {p.id for p in before.profiles}
    columns = {c.id for c in before.columns}
    with books.atomic():
        for profile in before.profiles:
            books.scenarios.save_profile(profile)
        for column in now.columns:
            if column.id not in columns:
                books.scenarios.remove_scenario(column.id)
        for column in before.columns:
            books.scenarios.save_scenario(column)
        gone = {p.id for p in now.profiles} - profiles
        _put_back(books, entity_id, before.moved, gone)
        for profile_id in gone:
            books.scenarios.remove_profile(profile_id)


def customers_by_profile(books: Books, entity_id: EntityId) -> Counter[ProfileId]:
    """Count the customers of each profile."""
    profiles = books.scenarios.profiles(entity_id)
    known = {p.id for p in profiles}
    default = next(p.id for p in profiles if p.is_default)
    return Counter(
        customer.profile_id
        if customer.profile_id and customer.profile_id in known
        else default
        for customer in books.customers.all(entity_id)
    )


def _put_back(
    books: Books,
    entity_id: EntityId,
    moved: Mapping[CustomerId, ProfileId | None],
    gone: Collection[ProfileId],
) -> None:
    changed = []
    for customer in books.customers.all(entity_id):
        if customer.id in moved:
            changed.append(replace(customer, profile_id=moved[customer.id]))
        elif customer.profile_id in gone:
            changed.append(replace(customer, profile_id=None))
    books.customers.save_many(changed)


def _check_name(books: Books, pair: ScenarioPair) -> None:
    if not pair.name:
        raise ScenarioNameMissingError
    for column in books.scenarios.scenarios(pair.entity_id):
        same = column.name.casefold() == pair.name.casefold()
        if same and column.pair_id != pair.id:
            raise ScenarioNameTakenError(name=pair.name)


def _save(books: Books, pair: ScenarioPair) -> None:
    with books.atomic():
        for column in pair.columns:
            books.scenarios.save_scenario(replace(column, name=pair.name))
