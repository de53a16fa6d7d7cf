"""Set up firms: identity, options, scenarios, wordings, mail account."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId, new_id
from domain.dunning.defaults import (
    standard_profile,
    standard_scenario,
    starting_messages,
)
from domain.dunning.texts import MessageText
from domain.ledger.entity import DunningOptions, Entity
from domain.ports import Books, SmtpAccount

Wordings = Mapping[tuple[str, str, str], tuple[str, str]]


class EntityNameMissingError(DunningError):
    """A firm needs a name."""

    message = "Please give the name of your firm."


class EntityNameTakenError(DunningError):
    """Two firms cannot have the same name."""

    message = "There is already a firm named {name}."


class NoEntityError(DunningError):
    """Nothing can be done before a firm exists."""

    message = "There is no firm yet: create one, or import a file."


class UnknownEntityError(DunningError):
    """The firm asked for does not exist."""

    message = "There is no firm named {name}. Known: {known}."


def create_entity(books: Books, entity: Entity, wordings: Wordings) -> Entity:
    """Add a firm, with the default profile, scenarios and texts."""
    named = replace(entity, name=entity.name.strip())
    if not named.name:
        raise EntityNameMissingError
    if books.entities.named(named.name):
        raise EntityNameTakenError(name=named.name)
    profile = standard_profile(named.id)
    with books.atomic():
        books.entities.save(named)
        books.entities.save_options(named.id, DunningOptions())
        books.scenarios.save_profile(profile)
        for with_email in (True, False):
            books.scenarios.save_scenario(
                standard_scenario(profile, with_email=with_email)
            )
        for text in starting_messages(named.id, wordings):
            books.scenarios.save_text(text)
    return named


def new_entity(name: str) -> Entity:
    """Make a firm known only by its name."""
    return Entity(id=EntityId(new_id()), name=name)


def save_entity(books: Books, entity: Entity) -> None:
    """Keep a firm's identity."""
    if not entity.name.strip():
        raise EntityNameMissingError
    other = books.entities.named(entity.name.strip())
    if other and other.id != entity.id:
        raise EntityNameTakenError(name=entity.name)
    with books.atomic():
        books.entities.save(replace(entity, name=entity.name.strip()))


def save_logo(
    books: Books, entity_id: EntityId, name: str, mime: str, content: bytes
) -> None:
    """Keep the picture printed on letters; empty content removes it."""
    with books.atomic():
        entity = books.entities.get(entity_id)
        logo = books.outbox.save_document(name, mime, content) if content else None
        books.entities.save(replace(entity, logo=logo))


def save_options(books: Books, entity_id: EntityId, options: DunningOptions) -> None:
    """Keep a firm's limits."""
    with books.atomic():
        books.entities.save_options(entity_id, options)


def save_text(books: Books, text: MessageText) -> None:
    """Keep a wording, once its tags are known."""
    from domain.dunning.tags import check

    check(text.subject)
    check(text.body)
    with books.atomic():
        books.scenarios.save_text(text)


def find_entity(books: Books, name: str | None) -> Entity:
    """Find a firm by name; without a name, the one last used, else the first."""
    entities = books.entities.all()
    if not entities:
        raise NoEntityError
    if name is not None:
        found = books.entities.named(name)
        if found is None:
            known = ", ".join(entity.name for entity in entities)
            raise UnknownEntityError(name=name, known=known)
        return found
    last_used = books.settings.get("entity")
    return next((e for e in entities if e.id == last_used), entities[0])


def choose_entity(books: Books, entity_id: EntityId) -> None:
    """Remember the firm that the screens show."""
    with books.atomic():
        books.settings.set("entity", entity_id)


def smtp_account(books: Books, entity_id: EntityId) -> SmtpAccount | None:
    """Read how to reach the firm's mail server; None until it is set."""
    stored = books.settings.get(f"smtp/{entity_id}")
    return SmtpAccount(**json.loads(stored)) if stored else None


def save_smtp_account(books: Books, entity_id: EntityId, account: SmtpAccount) -> None:
    """Keep how to reach the mail server; the password goes to the keyring."""
    with books.atomic():
        books.settings.set(f"smtp/{entity_id}", json.dumps(asdict(account)))


def penalty_rate_from(text: str) -> Decimal | None:
    """Read a percentage as typed, with a comma or a point; empty is none."""
    cleaned = text.replace("%", "").replace(",", ".").strip()
    return Decimal(cleaned) if cleaned else None
