"""« Profils »: families of customers, and the scenario that each follows (row C2)."""

from dataclasses import dataclass, replace

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId, PairId, ProfileId, new_id
from domain.dunning.profile import Grouping, Profile
from domain.dunning.scenario_pair import ScenarioPair, pairs_of
from domain.ports import Books
from domain.usecases.scenarios import Setup, customers_by_profile, setup_of


class ProfileNameMissingError(DunningError):
    """Profiles are chosen by their name."""

    message = "Give this profile a name."


class ProfileNameTakenError(DunningError):
    """Two profiles cannot be told apart by one name."""

    message = "Another profile is already called “{name}”."


class NoDefaultProfileError(DunningError):
    """Customers without a profile of their own must follow one."""

    message = (
        "One profile is the default one: make another profile the default instead."
    )


class ProfileInUseError(DunningError):
    """Its customers would have none."""

    message = "Choose the profile that these customers take instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLine:
    """A profile, its scenario, and how many customers have it."""

    profile: Profile
    pair: ScenarioPair | None
    customers: int
    by_default: int
    """Those among them that have no profile of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilesView:
    """A firm's profiles, and the scenarios they may follow."""

    lines: tuple[ProfileLine, ...]
    pairs: tuple[ScenarioPair, ...]


def show_profiles(books: Books, entity_id: EntityId) -> ProfilesView:
    """List a firm's profiles, the default one first."""
    pairs = pairs_of(books.scenarios.scenarios(entity_id))
    by_id: dict[PairId | None, ScenarioPair] = {pair.id: pair for pair in pairs}
    counts = customers_by_profile(books, entity_id)
    known = {p.id for p in books.scenarios.profiles(entity_id)}
    without = sum(
        customer.profile_id not in known for customer in books.customers.all(entity_id)
    )
    profiles = sorted(
        books.scenarios.profiles(entity_id),
        key=lambda p: (not p.is_default, p.name.casefold()),
    )
    return ProfilesView(
        lines=tuple(
            ProfileLine(
                profile=p,
                pair=by_id.get(p.pair_id),
                customers=counts[p.id],
                by_default=without if p.is_default else 0,
            )
            for p in profiles
        ),
        pairs=tuple(pairs),
    )


def new_profile(entity_id: EntityId) -> Profile:
    """Make a profile still without a name."""
    return Profile(
        id=ProfileId(new_id()),
        entity_id=entity_id,
        name="",
        grouping=Grouping.PER_LEVEL,
    )


def save_profile(books: Books, profile: Profile) -> Setup:
    """Add or change a profile; tells what to come back to.

    Made the default one, it takes the place of the one that was: the customers
    without a profile of their own follow it.
    """
    named = replace(profile, name=profile.name.strip())
    before = setup_of(books, profile.entity_id)
    if not named.name:
        raise ProfileNameMissingError
    others = [p for p in before.profiles if p.id != named.id]
    if any(p.name.casefold() == named.name.casefold() for p in others):
        raise ProfileNameTakenError(name=named.name)
    if not named.is_default and not any(p.is_default for p in others):
        raise NoDefaultProfileError
    with books.atomic():
        if named.is_default:
            for other in others:
                if other.is_default:
                    books.scenarios.save_profile(replace(other, is_default=False))
        books.scenarios.save_profile(named)
    return before


def delete_profile(
    books: Books, entity_id: EntityId, profile_id: ProfileId, instead: ProfileId | None
) -> Setup:
    """Remove a profile; its customers take another one.

    Raises:
        NoDefaultProfileError: it is the default one.
        ProfileInUseError: customers have it, and no other was chosen.
    """
    before = setup_of(books, entity_id)
    others = {p.id for p in before.profiles} - {profile_id}
    if any(p.id == profile_id and p.is_default for p in before.profiles):
        raise NoDefaultProfileError
    movers = [
        customer
        for customer in books.customers.all(entity_id)
        if customer.profile_id == profile_id
    ]
    if movers and instead not in others:
        raise ProfileInUseError
    with books.atomic():
        books.customers.save_many(replace(c, profile_id=instead) for c in movers)
        books.scenarios.remove_profile(profile_id)
    return replace(before, moved={c.id: profile_id for c in movers})
