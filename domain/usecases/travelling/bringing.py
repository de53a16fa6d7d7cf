"""Export all the settings of a firm, bring some in, and take that back."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import DocumentId, EntityId
from domain.ledger.entity import Entity
from domain.ports import Books, Documents, LedgerFiles
from domain.usecases.configuring import (
    Wordings,
    choose_entity,
    create_entity,
    new_entity,
    save_logo,
)
from domain.usecases.letter_layouts import save_signature
from domain.usecases.travelling.comparing import Change, changes_between
from domain.usecases.travelling.files import (
    NAMES,
    NotSettingsError,
    SettingsPartRefusedError,
    as_files,
    from_files,
)
from domain.usecases.travelling.gathering import gather, pictures_of
from domain.usecases.travelling.putting import Putting, put
from domain.usecases.travelling.records import (
    LOGO,
    PART_NAMES,
    SIGNATURE,
    CompanySettings,
    Part,
    TravellingSettings,
)

ENDING = ".relance-reglages"
_KIND = "application/vnd.relance.settings+zip"
_OF_THIS_COMPANY = frozenset({Part.COMPANY, Part.MAIL, Part.FILES})
"""Parts that another firm seldom shares."""


class NothingToTakeBackError(DunningError):
    """No settings were brought in, or they were taken back already."""

    message = "No import of settings can be taken back."


class CompanyMissingError(DunningError):
    """A firm is made from its own part of the file."""

    message = "{file} does not say who the company is: create it first."


class _LookedAt(Exception):  # noqa: N818 - not an error: it rolls back
    """Leave the transaction without writing."""

    def __init__(self, seen: TravellingSettings) -> None:
        self.seen = seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """When settings are brought in, and how addresses are checked."""

    today: date
    now: datetime
    can_be_sent_to: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPreview:
    """A part of a file of settings, and what it would change here."""

    part: Part
    changes: tuple[Change, ...]
    refusal: DunningError | None = None
    """Why this part cannot be brought in."""
    is_chosen: bool = True
    """Whether it is proposed: another firm's own identity is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """Settings brought in that can be taken back."""

    at: datetime
    parts: tuple[Part, ...]


def export_settings(books: Books, files: LedgerFiles, entity_id: EntityId) -> bytes:
    """Write all the settings of a firm into one file, passwords apart."""
    return files.pack(as_files(gather(books, entity_id)))


def read_settings(
    files: LedgerFiles, documents: Documents, name: str, content: bytes
) -> TravellingSettings:
    """Read a file of settings, every value and picture checked.

    Raises:
        DunningError: it is something else, or a part is wrong; it is named.
    """
    settings = from_files(name, files.unpack(name, content, NAMES))
    if not settings.parts:
        raise NotSettingsError(file=name)
    pictures = {}
    for picture, drawn in settings.pictures.items():
        try:
            pictures[picture] = documents.printable_logo(drawn)[0]
        except DunningError as problem:
            raise SettingsPartRefusedError(
                file=name, part=PART_NAMES[Part.LETTERS], why=problem
            ) from problem
    return replace(settings, pictures=pictures)


def preview_settings(
    books: Books, entity_id: EntityId, settings: TravellingSettings, visitor: Visitor
) -> list[PartPreview]:
    """Say what each part would change here; nothing is written."""
    before = gather(books, entity_id)
    is_other = settings.firm.casefold() != before.firm.casefold()
    previews = []
    for part in settings.parts:
        changes: tuple[Change, ...] = ()
        refusal = None
        try:
            changes = _changes(books, entity_id, part, settings, visitor, before)
        except DunningError as problem:
            refusal = problem
        previews.append(
            PartPreview(
                part=part,
                changes=changes,
                refusal=refusal,
                is_chosen=bool(changes) and not (is_other and part in _OF_THIS_COMPANY),
            )
        )
    return previews


def import_settings(
    books: Books,
    entity_id: EntityId,
    name: str,
    settings: TravellingSettings,
    chosen: Collection[Part],
    visitor: Visitor,
    files: LedgerFiles,
) -> None:
    """Bring the chosen parts in, all or none; what they were can be put back.

    Raises:
        SettingsPartRefusedError: a part cannot be brought in; it is named.
    """
    with books.atomic():
        before = export_settings(books, files, entity_id)
        document_id = books.outbox.save_document(f"before{ENDING}", _KIND, before)
        _put_chosen(books, name, settings, chosen, _where(entity_id, visitor))
        kept = {
            "document": document_id,
            "parts": [part.value for part in Part if part in chosen],
            "at": visitor.now.isoformat(),
        }
        books.settings.set(_undo_name(entity_id), json.dumps(kept))


def create_from_settings(
    books: Books,
    name: str,
    settings: TravellingSettings,
    wordings: Wordings,
    visitor: Visitor,
) -> Entity:
    """Make a firm from a file of settings, with all that the file holds.

    Raises:
        CompanyMissingError: the file does not say who the firm is.
    """
    company = settings.parts.get(Part.COMPANY)
    if not isinstance(company, CompanySettings):
        raise CompanyMissingError(file=name)
    with books.atomic():
        made = create_entity(books, new_entity(company.entity.name), wordings)
        where = replace(_where(made.id, visitor), is_exact=True)
        _put_chosen(books, name, settings, settings.parts, where)
        choose_entity(books, made.id)
    return books.entities.get(made.id)


def can_take_back(books: Books, entity_id: EntityId) -> TakenBack | None:
    """Tell which import of settings can be taken back."""
    kept = json.loads(books.settings.get(_undo_name(entity_id)) or "{}")
    if not kept:
        return None
    at = datetime.fromisoformat(kept["at"])
    return TakenBack(at=at, parts=tuple(map(Part, kept["parts"])))


def take_back_settings(
    books: Books,
    entity_id: EntityId,
    visitor: Visitor,
    files: LedgerFiles,
    documents: Documents,
) -> None:
    """Put the parts that were brought in back as they were before.

    Raises:
        NothingToTakeBackError: there is no such import.
    """
    last = can_take_back(books, entity_id)
    if last is None:
        raise NothingToTakeBackError
    kept = json.loads(books.settings.get(_undo_name(entity_id)))
    name = f"before{ENDING}"
    content = books.outbox.document(DocumentId(kept["document"]))
    before = read_settings(files, documents, name, content)
    where = replace(_where(entity_id, visitor), is_exact=True, is_put_back=True)
    with books.atomic():
        _put_chosen(books, name, before, last.parts, where)
        books.settings.set(_undo_name(entity_id), "")


def _where(entity_id: EntityId, visitor: Visitor) -> Putting:
    return Putting(
        entity_id=entity_id,
        today=visitor.today,
        now=visitor.now,
        can_be_sent_to=visitor.can_be_sent_to,
    )


def _put_chosen(
    books: Books,
    name: str,
    settings: TravellingSettings,
    chosen: Collection[Part],
    where: Putting,
) -> None:
    for part, record in settings.parts.items():
        if part not in chosen:
            continue
        try:
            put(books, where, record)
        except DunningError as problem:
            raise SettingsPartRefusedError(
                file=name, part=PART_NAMES[part], why=problem
            ) from problem
    if Part.LETTERS in settings.parts and Part.LETTERS in chosen:
        _put_pictures(books, where.entity_id, settings.pictures)


def _put_pictures(
    books: Books, entity_id: EntityId, pictures: Mapping[str, bytes]
) -> None:
    mine = pictures_of(books, entity_id)
    for name, save in ((LOGO, save_logo), (SIGNATURE, save_signature)):
        content = pictures.get(name, b"")
        if content != mine.get(name, b""):
            kind = "image/svg+xml" if content[:1] == b"<" else "image/png"
            save(books, entity_id, name, kind, content)


def _changes(
    books: Books,
    entity_id: EntityId,
    part: Part,
    settings: TravellingSettings,
    visitor: Visitor,
    before: TravellingSettings,
) -> tuple[Change, ...]:
    """Try a part, look at what it gives, and leave all as it was."""
    try:
        with books.atomic():
            if part is Part.SCENARIOS and Part.TEMPLATES in settings.parts:
                # Steps may send the templates of the same file.
                templates = settings.parts[Part.TEMPLATES]
                put(books, _where(entity_id, visitor), templates)
            put(books, _where(entity_id, visitor), settings.parts[part])
            raise _LookedAt(gather(books, entity_id))  # noqa: TRY301 - rolls back
    except _LookedAt as looked:
        after = looked.seen
    found = changes_between(part, before.parts[part], after.parts[part])
    if part is Part.LETTERS:
        found += _picture_changes(before.pictures, settings.pictures)
    return found


def _picture_changes(
    before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> tuple[Change, ...]:
    return tuple(
        Change(
            place=(Part.LETTERS.value, name),
            before="" if name in before else None,
            after="" if name in after else None,
        )
        for name in (LOGO, SIGNATURE)
        if before.get(name) != after.get(name)
    )


def _undo_name(entity_id: EntityId) -> str:
    return f"settings_before/{entity_id}"
