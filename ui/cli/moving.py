"""Commands that bring data in or out: import, workbook, demo, backup, check."""

from pathlib import Path

from domain.basics.errors import (
    DunningError,
    UnknownLayoutError,
    UnreadableFileError,
)
from domain.basics.money import EUR, per_currency
from domain.ledger.entity import Entity
from domain.ledger.import_report import ImportFault, SourceFile
from domain.ledger.workbook import WorkbookTab
from domain.usecases.configuring import (
    NoEntityError,
    UnknownEntityError,
    choose_entity,
    create_entity,
    new_entity,
)
from domain.usecases.demonstration import fill_with_demonstration
from domain.usecases.importing import ImportPreview, confirm_import, preview_import
from domain.usecases.mapping_files import remembered, surely_proposed
from domain.usecases.reporting import workbook_content
from ui import doubts, formatting, labels
from ui.cli.context import Answer, Context
from ui.translation import _, ngettext
from ui.workbook_words import workbook_written


class BooksUnsoundError(DunningError):
    """The verification found something wrong."""

    message = "The books are damaged: {problems}"


class OtherFirmError(DunningError):
    """The file names another firm, or holds another firm's customers."""

    message = (
        "{file} seems to come from another firm ({other}): choose the firm with"
        " --entity, or add --yes-other-firm to import it all the same."
    )


class OlderFileError(DunningError):
    """The file would take back what was settled since it was made."""

    message = (
        "{file} stops before the data already imported: import a newer export, or"
        " add --yes-older to import it all the same."
    )


class _NothingKept(Exception):  # noqa: N818 - not an error: it rolls back
    """Leave the transaction without writing."""

    def __init__(self, preview: ImportPreview) -> None:
        self.preview = preview


def import_file(context: Context) -> Answer:
    """Bring an accounting export into a firm, made if it does not exist.

    All or nothing: a refused file leaves no empty firm behind.
    """
    name = context.arguments.file
    source = source_of(context, Path(name).name, context.read_file(name))
    entity, is_new = _entity_for(context, source)
    if is_new:
        preview = _preview_of_new(context, source, entity)
    else:
        preview = preview_import(
            context.books,
            source,
            entity.id,
            context.today,
            tell=context.progress.tell,
        )
    if not context.arguments.dry_run:
        keep_import(context, preview, entity if is_new else None)
    return import_told(preview, entity.name)


def keep_import(
    context: Context, preview: ImportPreview, new: Entity | None = None
) -> None:
    """Write an import, and its firm if new, after a copy of the books."""
    _refuse_doubtful(context, preview)
    books = context.books
    books.keep_copy()  # now only: refused files must not push the good copies out
    with books.atomic():
        if new:
            create_entity(books, new, context.outside.documents.starting_texts())
        confirm_import(books, preview, context.now(), tell=context.progress.tell)
        choose_entity(books, preview.entity_id)


def _preview_of_new(
    context: Context, source: SourceFile, entity: Entity
) -> ImportPreview:
    """Work out what a file would bring to a firm that does not exist yet."""
    books, texts = context.books, context.outside.documents.starting_texts()
    try:
        with books.atomic():
            create_entity(books, entity, texts)
            preview = preview_import(
                books, source, entity.id, context.today, tell=context.progress.tell
            )
            raise _NothingKept(preview)  # noqa: TRY301 - only a raise rolls back
    except _NothingKept as left:
        return left.preview


def _refuse_doubtful(context: Context, preview: ImportPreview) -> None:
    """Stop where the screen asks, unless the answer was given."""
    arguments, name = context.arguments, preview.source.name
    if preview.other_entity and not arguments.yes_other_firm:
        raise OtherFirmError(file=name, other=preview.other_entity)
    is_step_back = preview.older_than_known and not preview.movements.is_empty
    if is_step_back and not arguments.yes_older:
        raise OlderFileError(file=name)


def source_of(context: Context, name: str, content: bytes) -> SourceFile:
    """Read a file of accounts, or else a table whose columns are known."""
    files = context.outside.files
    try:
        return files.read(name, content, context.progress.tell)
    except UnreadableFileError as error:
        refusal = error
    try:
        table = files.table(name, content)
    except UnreadableFileError:
        raise refusal from None
    try:
        entity_id = context.entity.id
    except (NoEntityError, UnknownEntityError):
        entity_id = None
    mapping = remembered(context.books, entity_id, table) if entity_id else None
    if mapping is None and not isinstance(refusal, UnknownLayoutError):
        raise refusal
    return files.read_mapped(table, mapping or surely_proposed(table), name)


def _entity_for(context: Context, source: SourceFile) -> tuple[Entity, bool]:
    try:
        return context.entity, False
    except (NoEntityError, UnknownEntityError):
        default = _("Firm {siren}").format(siren=source.siren).strip()
        return new_entity(context.arguments.entity or default), True


def import_told(preview: ImportPreview, entity_name: str) -> Answer:
    """Say what an import changed."""
    movements = preview.movements
    counts = {
        "entries": len(preview.entries),
        "clients": preview.client_count,
        "new": len(movements.new),
        "settled": len(movements.settled),
        "changed": len(movements.changed) + len(movements.reappeared),
        "vanished": len(movements.vanished),
        "unread": len(preview.unread),
    }
    faults = [
        {
            "line": fault.line,
            "reason": _reason(fault),
        }
        for fault in preview.faults
    ]
    return Answer(
        payload={
            **counts,
            "faults": faults,
            "other_entity": preview.other_entity,
            "older_than_known": preview.older_than_known,
            "balance_before_cents": movements.balance_before.cents,
            "balance_after_cents": movements.balance_after.cents,
        },
        lines=[
            _(
                "{entity}: entries {entries}, customers {clients}, new {new}, settled"
                " {settled}, changed {changed}, vanished {vanished}",
                entity=entity_name,
                **counts,
            ),
            *(
                _("Balance {before} → {after}").format(
                    before=formatting.money(change.before),
                    after=formatting.money(change.after),
                )
                for change in movements.balances
            ),
            *([doubts.unread(len(preview.unread))] if preview.unread else []),
            *(
                _("line {line}: {reason}").format(line=f["line"], reason=f["reason"])
                for f in faults
            ),
        ],
    )


def _reason(fault: ImportFault) -> str:
    wrong, _remedy = labels.fault(fault.kind)
    if not fault.found:
        return wrong
    return _("{reason}: {detail}", reason=wrong, detail=fault.found)


def workbook(context: Context) -> Answer:
    """Write the firm's three-tab workbook, refresh the user's own, or read one."""
    if context.arguments.direction == "import":
        return import_file(context)
    content = workbook_content(context.books, context.entity.id)
    target = context.target(context.arguments.file)
    tabs = context.arguments.tab or list(WorkbookTab)
    written = context.outside.files.update_workbook(
        str(target), content, [WorkbookTab(tab) for tab in tabs]
    )
    return Answer(
        payload={
            "file": written.file,
            "lost": [part.name.lower() for part in written.lost],
            "reminders": len(content.reminders),
            "due_invoices": len(content.due_invoices),
            "without_recipient": len(content.without_recipient),
        },
        lines=[workbook_written(written)],
    )


def demo(context: Context) -> Answer:
    """Fill the folder with the demonstration firm."""
    outside = context.outside
    filled = fill_with_demonstration(
        context.books, outside.documents.starting_texts(), context.today, context.now()
    )
    return Answer(
        payload={
            "entities": filled.entities,
            "clients": filled.customers,
            "entries": filled.entries,
        },
        lines=[
            ngettext(
                "Demonstration ready: {count} customer",
                "Demonstration ready: {count} customers",
                filled.customers,
            )
        ],
    )


def backup(context: Context) -> Answer:
    """Copy the books into one file, checked."""
    context.books.backup(str(context.target(context.arguments.file)))
    return Answer(
        payload={"file": context.arguments.file},
        lines=[_("Backup written: {file}").format(file=context.arguments.file)],
    )


def check(context: Context) -> Answer:
    """Verify the books: structure, links, and that the sums agree."""
    problems = context.books.check()
    if problems:
        raise BooksUnsoundError(problems=" ; ".join(problems))
    balances = per_currency(
        item.left
        for entity in context.books.entities.all()
        for item in context.books.ledger.open_items(entity.id)
    )
    return Answer(
        payload={
            "problems": [],
            "balance_cents": sum(one.cents for one in balances if one.currency == EUR),
            "balances": {one.currency: one.cents for one in balances},
        },
        lines=[_("The books are sound.")],
    )
