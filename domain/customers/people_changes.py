"""What an import changed of customers and contacts, and how it goes back."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from domain.customers.customer import Contact, Customer

P = TypeVar("P", Customer, Contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange(Generic[P]):
    """A customer or a contact before and after an import."""

    before: P | None
    """None: the import brought it."""
    after: P

    def taken_back(self, now: P) -> P | None:
        """Undo the change, but for the fields that a person changed since.

        None: it goes, being exactly what the import brought.
        """
        if self.before is None:
            return None if now == self.after else now
        back: dict[str, Any] = {
            f.name: getattr(self.before, f.name)
            for f in fields(now)
            if getattr(now, f.name) == getattr(self.after, f.name)
        }
        return replace(now, **back)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleChanges:
    """Everything that an import changed of customers and contacts."""

    customers: tuple[PersonChange[Customer], ...] = ()
    contacts: tuple[PersonChange[Contact], ...] = ()

    @property
    def created(self) -> int:
        """Number of customers and contacts that the import brought."""
        customers = sum(change.before is None for change in self.customers)
        return customers + sum(change.before is None for change in self.contacts)

    @property
    def changed(self) -> int:
        """Number of customers and contacts that were known before."""
        return len(self.customers) + len(self.contacts) - self.created


def changes_of(before: Iterable[P], after: Iterable[P]) -> tuple[PersonChange[P], ...]:
    """Compare customers, or contacts, before and after."""
    known = {person.id: person for person in before}
    return tuple(
        PersonChange(before=known.get(person.id), after=person)
        for person in after
        if person != known.get(person.id)
    )


def restored(
    changes: Iterable[PersonChange[P]], now: Iterable[P]
) -> dict[Any, P | None]:
    """Take changes back, by id; None for what goes."""
    known = {person.id: person for person in now}
    return {
        change.after.id: change.taken_back(known[change.after.id])
        for change in changes
        if change.after.id in known
    }
