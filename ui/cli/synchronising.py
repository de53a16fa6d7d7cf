"""Commands that choose the watched folder, and look at it once."""

from dataclasses import replace
from pathlib import Path

from domain.basics.errors import (
    DunningError,
    FolderUnreachableError,
    UnreadableFileError,
)
from domain.basics.identifiers import EntityId
from domain.basics.money import per_currency
from domain.files import FoundFile
from domain.ledger.import_report import SourceFile
from domain.usecases.importing import ImportPreview, preview_import
from domain.usecases.mapping_files import mapping_told
from domain.usecases.synchronising import (
    Watch,
    judge,
    last_seen,
    note_seen,
    save_sync_settings,
    silent_since,
    sync_settings,
    watch_of,
)
from ui import doubts, formatting
from ui.cli.context import Answer, Context
from ui.cli.moving import import_told, keep_import
from ui.translation import _


class DoubtfulFileError(DunningError):
    """A person should look before the file is imported."""

    message = "{file} was not imported: {doubts} Look at it on the import screen."


def sync(context: Context) -> Answer:
    """Import the newest file of the firm's folder, unless it raises a doubt."""
    entity = context.entity
    watch = watch_of(context.books, entity.id)
    preview = _newest(context, watch)
    if preview is None:
        return _nothing_new(context, watch)
    if found := judge(preview, watch.settings):
        raise DoubtfulFileError(
            file=preview.source.name, doubts=" ".join(map(doubts.doubt, found))
        )
    keep_import(context, preview)
    told = import_told(preview, entity.name)
    return Answer(
        payload={**told.payload, "file": preview.source.name, "doubts": []},
        lines=[_("Imported: {file}", file=preview.source.name), *told.lines],
    )


def watch(context: Context) -> Answer:
    """Choose the firm's watched folder, or watch none; then say what is followed."""
    arguments, books, entity_id = context.arguments, context.books, context.entity.id
    settings = sync_settings(books, entity_id)
    if arguments.off:
        settings = replace(settings, folder="")
    if arguments.set is not None:
        settings = replace(settings, folder=_folder(arguments.set))
    if arguments.names is not None:
        settings = replace(settings, pattern=arguments.names)
    if arguments.automatic is not None:
        settings = replace(settings, is_automatic=arguments.automatic == "yes")
    save_sync_settings(books, entity_id, settings, context.today)
    return _watched(context, entity_id)


def _folder(typed: str) -> str:
    """Make sure that a folder is there; kept whole, whoever looks from elsewhere."""
    folder = Path(typed).expanduser().absolute()
    if not folder.is_dir():
        raise FolderUnreachableError(folder=typed)
    return str(folder)


def _watched(context: Context, entity_id: EntityId) -> Answer:
    settings = sync_settings(context.books, entity_id)
    seen = last_seen(context.books, entity_id)
    silent = silent_since(context.books, entity_id, context.today)
    lines = [
        _("Watched folder: {folder}", folder=settings.folder)
        if settings.folder
        else _("No folder is watched.")
    ]
    if silent:
        lines.append(
            _(
                "Synchronisation impossible. No new file in the watched folder "
                "since {day}.",
                day=formatting.day(silent),
            )
        )
    return Answer(
        payload={
            "folder": settings.folder or None,
            "names": settings.pattern,
            "automatic": settings.is_automatic,
            "last_file": seen.name if seen else None,
            "silent_since": silent.isoformat() if silent else None,
        },
        lines=lines,
    )


def _newest(context: Context, watch: Watch) -> ImportPreview | None:
    """Read the newest file not imported yet; what is no export is passed over.

    Raises:
        UnreadableFileError: no file could be read; the newest one's reason.
    """
    unreadable: dict[str, DunningError] = {}
    while found := context.outside.watched_folder.newest(
        watch.settings.folder,
        watch.settings.pattern,
        known=watch.imported,
        unreadable=unreadable.keys(),
        wait=True,
    ):
        note_seen(context.books, watch.entity_id, found, context.now())
        try:
            source = _source(context, watch.entity_id, found)
            return preview_import(
                context.books,
                source,
                watch.entity_id,
                context.today,
                tell=context.progress.tell,
            )
        except DunningError as problem:
            unreadable[found.sha256] = problem
    if unreadable:
        raise next(iter(unreadable.values()))
    return None


def _source(context: Context, entity_id: EntityId, found: FoundFile) -> SourceFile:
    """Read a file of accounts, or a table whose columns were told once."""
    files = context.outside.files
    try:
        return files.read(found.name, found.content, context.progress.tell)
    except UnreadableFileError as error:
        refused = error
    try:
        table = files.table(found.name, found.content)
    except UnreadableFileError:
        raise refused from None
    mapping = mapping_told(context.books, entity_id, table, refused)
    return files.read_mapped(table, mapping, found.name)


def _nothing_new(context: Context, watch: Watch) -> Answer:
    """Answer with the keys of an import that changed nothing."""
    items = context.books.ledger.items(watch.entity_id)
    balances = per_currency(item.left for item in items)
    cents = balances[0].cents if balances else 0  # euros, as of an import
    counts = ("entries", "clients", "new", "settled", "changed", "vanished")
    return Answer(
        payload={
            **dict.fromkeys(counts, 0),
            "faults": [],
            "unread": 0,
            "other_entity": "",
            "older_than_known": False,
            "balance_before_cents": cents,
            "balance_after_cents": cents,
            "file": None,
            "doubts": [],
        },
        lines=[_("No new file in the watched folder.")],
    )
