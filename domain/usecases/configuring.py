"""Set up firms: identity, options, scenarios, wordings, mail account."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal, InvalidOperation

from domain.basics.company_numbers import iban_compact, iban_problem
from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId, new_id
from domain.dunning.defaults import (
    standard_profile,
    standard_scenario,
    starting_messages,
)
from domain.ledger.entity import DunningOptions, Entity
from domain.ports import Books, OAuthClient, SmtpAccount
from domain.usecases.account_refusals import forget_refusal
from domain.usecases.customer_details import check_terms
from domain.usecases.deriving import is_kept_from_lists, refresh_items

Wordings = Mapping[tuple[str, str, str], tuple[str, str]]
_PORTS = range(1, 65536)
_WHOLE = 100
"""A yearly rate above it was mistyped."""


class EntityNameMissingError(DunningError):
    """A firm needs a name."""

    message = "Please give the name of your firm."


class EntityNameTakenError(DunningError):
    """Two firms cannot have the same name."""

    message = "There is already a firm named {name}."


class IbanWrongError(DunningError):
    """Customers would pay to an account that does not exist."""

    message = (
        "The IBAN {iban} is not right, and your customers are asked to pay to it:"
        " check it against your bank's document."
    )


class RateNotUnderstoodError(DunningError):
    """A yearly rate is a percentage."""

    message = "The rate “{typed}” is not understood: write a percentage, such as 12,5."


class MailServerMissingError(DunningError):
    """E-mails need a server to leave through, and an address to leave from."""

    message = (
        "To send e-mails, the name of the mail server and the sender's address are"
        " both needed."
    )


class PortWrongError(DunningError):
    """A mail server answers on a numbered port."""

    message = "The port is a number between 1 and 65535: your mail host tells which."


class ClientIdMissingError(DunningError):
    """A provider lets in those who say who asks, and for whom."""

    message = "To sign in by the browser, the client ID and the user name are needed."


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
    check_terms(named.default_terms)
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
    """Keep a firm's identity; its terms move the due dates they had given."""
    named = replace(entity, name=entity.name.strip(), iban=iban_compact(entity.iban))
    if not named.name:
        raise EntityNameMissingError
    other = books.entities.named(named.name)
    if other and other.id != named.id:
        raise EntityNameTakenError(name=named.name)
    check_terms(named.default_terms)
    if named.iban and iban_problem(named.iban):
        raise IbanWrongError(iban=entity.iban)
    before = books.entities.get(named.id)
    with books.atomic():
        books.entities.save(named)
        if before.default_terms != named.default_terms:
            only_open = is_kept_from_lists(books, named.id)
            refresh_items(books, named.id, only_open=only_open)


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
    if not stored:
        return None
    fields = json.loads(stored)
    return SmtpAccount(**{**fields, "oauth": OAuthClient.kept(fields.get("oauth"))})


def save_smtp_account(books: Books, entity_id: EntityId, account: SmtpAccount) -> None:
    """Keep how to reach the mail server; the password goes to the keyring."""
    if not (account.host and account.sender_address):
        raise MailServerMissingError
    if account.port not in _PORTS:
        raise PortWrongError
    if account.oauth and not (account.oauth.client_id and account.user):
        raise ClientIdMissingError
    with books.atomic():
        books.settings.set(f"smtp/{entity_id}", json.dumps(asdict(account)))
        forget_refusal(books, entity_id)


def penalty_rate_from(text: str) -> Decimal | None:
    """Read a percentage as typed, with a comma or a point; empty is none."""
    cleaned = "".join(text.replace("%", "").replace(",", ".").split())
    if not cleaned:
        return None
    try:
        rate = Decimal(cleaned)
    except InvalidOperation:
        raise RateNotUnderstoodError(typed=text) from None
    if not (rate.is_finite() and 0 <= rate <= _WHOLE):
        raise RateNotUnderstoodError(typed=text)
    return rate
