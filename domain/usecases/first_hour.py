"""The first hour: what is left to set up before the first reminder.

Each step is done when the books say so, however that came about; it can also be passed
over. What is remembered is only that the steps are shown, and what was passed or seen.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

from domain.basics.identifiers import EntityId
from domain.ports import Books
from domain.usecases.configuring import smtp_account


class FirstStep(StrEnum):
    """A step of the first hour, in order."""

    COMPANY = "company"
    IMPORT = "import"
    RECIPIENTS = "recipients"
    MAIL = "mail"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """How far a step is."""

    step: FirstStep
    is_done: bool
    is_passed: bool
    """The user does without it for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstHour:
    """The steps of a firm, and whether the home page shows them."""

    steps: tuple[StepState, ...]
    is_shown: bool

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.is_done for step in self.steps)

    @property
    def next_step(self) -> FirstStep | None:
        """The first step neither done nor passed; None when nothing is left."""
        left = (s.step for s in self.steps if not (s.is_done or s.is_passed))
        return next(left, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What is remembered of the first hour."""

    shown: bool = False
    passed: list[str] = field(default_factory=list)
    seen: bool = False


def begin_first_hour(books: Books, entity_id: EntityId) -> None:
    """Show the steps on the home page, those passed over included."""
    kept = _kept(books, entity_id)
    _keep(books, entity_id, replace(kept, shown=True, passed=[]))


def dismiss_first_hour(books: Books, entity_id: EntityId) -> None:
    """Show the steps no more, until they are asked for."""
    _keep(books, entity_id, replace(_kept(books, entity_id), shown=False))


def pass_step(books: Books, entity_id: EntityId, step: FirstStep) -> None:
    """Do without a step for now."""
    kept = _kept(books, entity_id)
    _keep(books, entity_id, replace(kept, passed=sorted({*kept.passed, step.value})))


def note_seen(books: Books, entity_id: EntityId) -> None:
    """Remember that a first message was looked at."""
    _keep(books, entity_id, replace(_kept(books, entity_id), seen=True))


def show_first_hour(books: Books, entity_id: EntityId) -> FirstHour:
    """Tell how far each step is."""
    kept = _kept(books, entity_id)
    done = {
        FirstStep.COMPANY: _presents_itself(books, entity_id),
        FirstStep.IMPORT: books.imports.last(entity_id) is not None,
        FirstStep.RECIPIENTS: any(c.email for c in books.customers.contacts(entity_id)),
        FirstStep.MAIL: smtp_account(books, entity_id) is not None,
        FirstStep.PREVIEW: kept.seen,
    }
    return FirstHour(
        steps=tuple(
            StepState(
                step=step,
                is_done=is_done,
                is_passed=not is_done and step.value in kept.passed,
            )
            for step, is_done in done.items()
        ),
        is_shown=kept.shown,
    )


def first_hour_at_home(books: Books, entity_id: EntityId) -> FirstHour | None:
    """Tell what the home page shows of it; None once all is done or dismissed."""
    if not _kept(books, entity_id).shown:
        return None
    found = show_first_hour(books, entity_id)
    return None if found.done == len(found.steps) else found


def _presents_itself(books: Books, entity_id: EntityId) -> bool:
    """Whether letters can say who writes, and where to pay."""
    entity = books.entities.get(entity_id)
    return bool(entity.address and entity.postal_code and entity.city and entity.iban)


def _kept(books: Books, entity_id: EntityId) -> _Kept:
    return _Kept(**json.loads(books.settings.get(_name(entity_id), "{}")))


def _keep(books: Books, entity_id: EntityId, kept: _Kept) -> None:
    with books.atomic():
        books.settings.set(_name(entity_id), json.dumps(asdict(kept)))


def _name(entity_id: EntityId) -> str:
    return f"first_hour/{entity_id}"
