"""The last look before an e-mail leaves: is it the day, and is a person needed?"""

from dataclasses import dataclass
from datetime import date, datetime

from domain.basics.identifiers import EntityId
from domain.dunning.outbox import OutboxMessage
from domain.ports import Books
from domain.usecases.automatic import why_not_now
from domain.usecases.clock import set_back
from domain.usecases.courtesy import quiet_today


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What a firm lets leave at one moment."""

    today: date
    is_quiet: bool = False
    """A Sunday, a holiday or a quiet period."""
    is_set_back: bool = False
    """The clock says an earlier day than one already recorded."""
    needs_person: bool = False
    """Whether what leaves by itself waits."""

    def lets(self, message: OutboxMessage) -> bool:
        """Tell whether a message may leave."""
        if self.is_set_back or (self.needs_person and message.by_itself):
            return False
        return not self.is_quiet or message.even_on == self.today


def gate_of(books: Books, entity_id: EntityId, today: date, now: datetime) -> Gate:
    """Work out what a firm lets leave now."""
    return Gate(
        today=today,
        is_quiet=quiet_today(books, entity_id, today) is not None,
        is_set_back=set_back(books, entity_id, today) is not None,
        needs_person=bool(why_not_now(books, entity_id, now, today)),
    )


def gate_for(books: Books, message: OutboxMessage, today: date, now: datetime) -> Gate:
    """Work out what is let leave now, as far as one message needs it."""
    entity_id = message.entity_id
    return Gate(
        today=today,
        is_quiet=quiet_today(books, entity_id, today) is not None,
        is_set_back=set_back(books, entity_id, today) is not None,
        needs_person=message.by_itself
        and bool(why_not_now(books, entity_id, now, today)),
    )


def gate_of_person(
    books: Books, entity_id: EntityId, today: date, *, even_today: bool
) -> Gate:
    """Work out what leaves when a person asks for all that waits."""
    is_quiet = quiet_today(books, entity_id, today) is not None
    return Gate(today=today, is_quiet=is_quiet and not even_today)
