"""Follow the folder where the accounting package leaves its exports."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.files import FoundFile
from domain.ledger.import_report import SWAPS
from domain.ports import Books
from domain.usecases.importing import ImportPreview

_MOST_PERCENT = 100


class NoWatchedFolderError(DunningError):
    """The firm has no folder to synchronise with."""

    message = (
        "No folder is watched for {entity}: choose one in the settings, on the card"
        " of the watched folder."
    )


class LimitTooHighError(DunningError):
    """A share cannot be more than the whole."""

    message = "A share of the entries is between 0 and 100 %."


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSettings:
    """How a firm follows its folder."""

    folder: str = ""
    """Empty: nothing is watched."""
    pattern: str = ""
    """Names taken, such as « *FEC*.txt »; empty: any accounting file."""
    is_automatic: bool = False
    """Whether a file that raises no doubt is imported without asking."""
    max_vanished_percent: int = 5
    max_jump_percent: int = 50
    """Change of what is owed beyond which a file is shown before it is imported."""
    silent_after_days: int = 7
    since: date | None = None
    """The day this folder was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """The last file that the folder brought."""

    name: str
    size: int
    modified_at: datetime
    sha256: str
    seen_at: datetime
    set_aside: bool = False
    """Whether the user looked at it and gave it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A firm's folder, and what it brought so far."""

    entity_id: EntityId
    settings: SyncSettings
    seen: SeenFile | None
    imported: frozenset[str]
    """The sha256 of every file imported, taken back or not."""


class DoubtKind(StrEnum):
    """Why a person should look before a file is imported."""

    OTHER_FIRM = "other_firm"
    OLDER = "older"
    ALREADY_IMPORTED = "already_imported"
    VANISHED = "vanished"
    JUMP = "jump"
    FAULTS = "faults"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One doubt about a file."""

    kind: DoubtKind
    count: int = 0
    """Entries, lines or per cent concerned."""


def judge(preview: ImportPreview, settings: SyncSettings) -> tuple[Doubt, ...]:
    """Say what looks wrong about a file, the gravest first."""
    doubts = []
    if preview.other_entity:
        doubts.append(Doubt(kind=DoubtKind.OTHER_FIRM))
    if preview.older_than_known:
        doubts.append(Doubt(kind=DoubtKind.OLDER))
    if preview.already_imported:
        doubts.append(Doubt(kind=DoubtKind.ALREADY_IMPORTED))
    if preview.vanished_share * 100 > settings.max_vanished_percent:
        doubts.append(Doubt(kind=DoubtKind.VANISHED, count=preview.vanished_count))
    if jump := _greatest_jump(preview, settings):
        doubts.append(Doubt(kind=DoubtKind.JUMP, count=jump))
    if faults := _to_look_at(preview):
        doubts.append(Doubt(kind=DoubtKind.FAULTS, count=faults))
    return tuple(doubts)


def _greatest_jump(preview: ImportPreview, settings: SyncSettings) -> int:
    """Tell by how many per cent a total jumps, in whichever currency; 0 if none."""
    found = [0]
    for change in preview.movements.balances:
        before = abs(change.before.cents)
        gap = abs((change.after - change.before).cents)
        # Compared in whole cents; from nothing owed, any first total would be a jump.
        if before and gap * 100 > before * settings.max_jump_percent:
            found.append(round(gap * 100 / before))
    return max(found)


def sync_settings(books: Books, entity_id: EntityId) -> SyncSettings:
    """Read how a firm follows its folder."""
    stored = json.loads(books.settings.get(_settings_name(entity_id), "{}"))
    if since := stored.get("since"):
        stored["since"] = date.fromisoformat(since)
    return SyncSettings(**stored)


def save_sync_settings(
    books: Books, entity_id: EntityId, settings: SyncSettings, today: date
) -> SyncSettings:
    """Keep how a firm follows its folder; returns what was kept.

    Raises:
        LimitTooHighError: more than all the entries would have to vanish.
    """
    if not 0 <= settings.max_vanished_percent <= _MOST_PERCENT:
        raise LimitTooHighError
    before = sync_settings(books, entity_id)
    is_same = before.since and before.folder == settings.folder
    settings = replace(settings, since=before.since if is_same else today)
    with books.atomic():
        _keep(books, _settings_name(entity_id), asdict(settings))
    return settings


def last_seen(books: Books, entity_id: EntityId) -> SeenFile | None:
    """Read what the folder last brought."""
    stored = json.loads(books.settings.get(_seen_name(entity_id), "{}"))
    if not stored:
        return None
    for name in ("modified_at", "seen_at"):
        stored[name] = datetime.fromisoformat(stored[name])
    return SeenFile(**stored)


def note_seen(
    books: Books, entity_id: EntityId, found: FoundFile, now: datetime
) -> SeenFile:
    """Remember that the folder brought a file; its first sighting counts."""
    seen = last_seen(books, entity_id)
    if seen is None or seen.sha256 != found.sha256:
        seen = SeenFile(
            name=found.name,
            size=len(found.content),
            modified_at=found.modified_at,
            sha256=found.sha256,
            seen_at=now,
        )
        with books.atomic():
            _keep(books, _seen_name(entity_id), asdict(seen))
    return seen


def set_aside(books: Books, entity_id: EntityId, sha256: str) -> None:
    """Propose the last file no more, until someone asks for it."""
    seen = last_seen(books, entity_id)
    if seen and seen.sha256 == sha256:
        with books.atomic():
            _keep(books, _seen_name(entity_id), asdict(replace(seen, set_aside=True)))


def watch_of(books: Books, entity_id: EntityId) -> Watch:
    """Gather what a look at a firm's folder takes.

    Raises:
        NoWatchedFolderError: the firm has none.
    """
    settings = sync_settings(books, entity_id)
    if not settings.folder:
        raise NoWatchedFolderError(entity=books.entities.get(entity_id).name)
    return Watch(
        entity_id=entity_id,
        settings=settings,
        seen=last_seen(books, entity_id),
        imported=frozenset(i.sha256 for i in books.imports.all(entity_id)),
    )


def watches(books: Books) -> list[Watch]:
    """List the folders to look at, each firm its own."""
    return [
        watch_of(books, entity.id)
        for entity in books.entities.all()
        if sync_settings(books, entity.id).folder
    ]


def silent_since(books: Books, entity_id: EntityId, today: date) -> date | None:
    """Tell since when the folder brought nothing; None while it is not too long."""
    settings = sync_settings(books, entity_id)
    if not settings.folder or settings.since is None:
        return None
    seen = last_seen(books, entity_id)
    since = max(settings.since, seen.seen_at.date()) if seen else settings.since
    limit = timedelta(days=settings.silent_after_days)
    return since if since + limit < today else None


def _to_look_at(preview: ImportPreview) -> int:
    """Count the lines left out or open to two readings.

    The other faults, such as a lettering that does not balance, come back with every
    export until the accountant mends them: they would end all automatic imports.
    """
    return sum(fault.blocking or fault.kind in SWAPS for fault in preview.faults)


def _keep(books: Books, name: str, values: object) -> None:
    books.settings.set(name, json.dumps(values, default=_as_text, ensure_ascii=False))


def _as_text(value: date) -> str:
    return value.isoformat()


def _settings_name(entity_id: EntityId) -> str:
    return f"sync/{entity_id}"


def _seen_name(entity_id: EntityId) -> str:
    return f"sync-seen/{entity_id}"
