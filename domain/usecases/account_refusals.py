"""A mail account that its server refused: known until someone has put it right."""

import json
from dataclasses import dataclass
from datetime import datetime

from domain.basics.identifiers import EntityId
from domain.dunning.outbox import Delivery, DeliveryReport
from domain.dunning.server_answers import About
from domain.ports import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRefusal:
    """When a server refused a firm's account, and in which words."""

    at: datetime
    answer: str


def refusal_of(books: Books, entity_id: EntityId) -> AccountRefusal | None:
    """Tell that a firm's account was refused, unless it was put right since."""
    stored = books.settings.get(_name(entity_id))
    if not stored:
        return None
    at, answer = json.loads(stored)
    return AccountRefusal(at=datetime.fromisoformat(at), answer=answer)


def note_account(
    books: Books, entity_id: EntityId, problem: DeliveryReport | None, now: datetime
) -> None:
    """Remember that an account was refused, or that it was accepted again.

    A server that could not be reached, or that was not asked since something is
    wrong here, tells nothing of the account; nor does what is about one message.
    """
    if problem and _is_about_account(problem):
        told = json.dumps([now.isoformat(), problem.answer])
        with books.atomic():
            books.settings.set(_name(entity_id), told)
    elif problem is None:
        forget_refusal(books, entity_id)


def _is_about_account(problem: DeliveryReport) -> bool:
    is_servers = problem.answer[:3].isdecimal()  # it begins with the server's code
    is_for_all = problem.about is About.ALL
    return is_servers and is_for_all and problem.outcome is Delivery.REFUSED


def forget_refusal(books: Books, entity_id: EntityId) -> None:
    """Take an account for good again: it was changed, or its server accepts it."""
    if books.settings.get(_name(entity_id)):
        with books.atomic():
            books.settings.set(_name(entity_id), "")


def _name(entity_id: EntityId) -> str:
    return f"account_refused/{entity_id}"
