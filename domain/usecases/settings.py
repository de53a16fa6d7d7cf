"""What the settings screen shows, and the copies it makes."""

from dataclasses import dataclass
from datetime import date

from domain.basics.identifiers import EntityId
from domain.dunning.scenario import Channel
from domain.ledger.entity import DunningOptions, Entity
from domain.ports import Books, SmtpAccount
from domain.usecases.acting import show_today
from domain.usecases.composing import Composed, compose_chosen
from domain.usecases.configuring import smtp_account
from domain.usecases.situations import AddressCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """Everything a firm may set about itself."""

    entity: Entity
    options: DunningOptions
    account: SmtpAccount | None
    """None until e-mails can be sent."""
    logo: bytes | None
    entities: tuple[Entity, ...]
    """All the firms of the books, this one included."""


def show_settings(books: Books, entity_id: EntityId) -> SettingsView:
    """Gather what a firm may set about itself."""
    entity = books.entities.get(entity_id)
    return SettingsView(
        entity=entity,
        options=books.entities.options(entity_id),
        account=smtp_account(books, entity_id),
        logo=books.outbox.document(entity.logo) if entity.logo else None,
        entities=tuple(books.entities.all()),
    )


def compose_example(
    books: Books, entity_id: EntityId, check_address: AddressCheck, today: date
) -> Composed | None:
    """Write one of today's messages, a letter rather than an e-mail, as an example.

    None when there is nothing to write today.
    """
    view = show_today(books, entity_id, check_address, today)
    for channel in (Channel.LETTER, Channel.EMAIL):
        for bucket in view.buckets:
            if bucket.channel is channel:
                choice = bucket.rows[0].choice
                return compose_chosen(books, entity_id, [choice], check_address, today)[
                    0
                ]
    return None


def back_up(books: Books, file: str) -> None:
    """Copy the books into a file, checked."""
    books.backup(file)
