"""The command that looks at the watched folder once."""

from domain.basics.errors import DunningError
from domain.basics.money import Money
from domain.usecases.importing import ImportPreview, preview_import
from domain.usecases.synchronising import (
    Watch,
    judge,
    note_seen,
    watch_of,
)
from ui import doubts
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
            tell = context.progress.tell
            source = context.outside.files.read(found.name, found.content, tell)
            return preview_import(
                context.books, source, watch.entity_id, context.today, tell=tell
            )
        except DunningError as problem:
            unreadable[found.sha256] = problem
    if unreadable:
        raise next(iter(unreadable.values()))
    return None


def _nothing_new(context: Context, watch: Watch) -> Answer:
    """Answer with the keys of an import that changed nothing."""
    balance = Money.total(i.left for i in context.books.ledger.items(watch.entity_id))
    counts = ("entries", "clients", "new", "settled", "changed", "vanished")
    return Answer(
        payload={
            **dict.fromkeys(counts, 0),
            "faults": [],
            "other_entity": "",
            "older_than_known": False,
            "balance_before_cents": balance.cents,
            "balance_after_cents": balance.cents,
            "file": None,
            "doubts": [],
        },
        lines=[_("No new file in the watched folder.")],
    )
