"""The command that lists copies, looks at one, and puts it back.

It works on books that cannot be opened: it opens none before it is told to.
"""

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.basics.file_problems import FileMissingError
from domain.basics.sentences import N_
from domain.copies import BookCopies, BooksInUseError, CopyPreview, Holding, KeptCopy
from domain.ports import Outside
from ui import copy_words, formatting
from ui.cli.context import Answer, data_folder
from ui.instance import Instance
from ui.translation import _


def restore(outside: Outside, arguments: Namespace) -> Answer:
    """List the copies, tell what one holds, or put it in the place of the books."""
    folder = data_folder(outside, arguments)
    copies = outside.copies(folder)
    if not arguments.file:
        return _listed(copies)
    file = _named(copies, arguments.file)
    if not arguments.yes:
        return _told(copies.preview(file))
    instance = Instance(Path(folder))
    try:
        if not instance.claim():
            raise BooksInUseError
        done = copies.restore(file, datetime.now(UTC))
    finally:
        instance.leave()
    return Answer(
        payload={
            "restored": file,
            "set_aside": done.set_aside or None,
            "kept_sent": done.kept_sent,
            "to_check": done.doubted,
            "unknown": done.unknown,
        },
        lines=[_("Restored: {file}", file=file), *copy_words.restored(done)],
    )


def _listed(copies: BookCopies) -> Answer:
    found = copies.all()
    return Answer(
        payload={"copies": [_described(copy) for copy in found]},
        lines=[
            *(
                f"{formatting.moment(copy.made_at)}  {copy.file}"
                f"  ({copy_words.reason(copy)}, {copy_words.size(copy.size)})"
                for copy in found
            ),
            _("To look at a copy: restore FILE. To put it back: restore FILE --yes")
            if found
            else _("No copy yet"),
        ],
    )


def _told(found: CopyPreview) -> Answer:
    since = found.since
    lines = [f"{name}: {worth}" for name, worth in copy_words.holding(found.holding)]
    if since and since.added:
        told = ", ".join(copy_words.added(since))
        lines.append(_("Added since, and gone if you restore: {list}.", list=told))
    if since:
        lines += [
            f"{formatting.moment(one.at)}  {one.customer}  {one.subject}"
            for one in since.sent
        ]
    lines.append(_("To put it back: restore FILE --yes"))
    return Answer(
        payload={
            "copy": _described(found.copy),
            "holds": _held(found.holding),
            "now": _held(found.now) if found.now else None,
            "added_since": dict(since.added) if since else None,
            "sent_since": [
                {
                    "at": one.at.isoformat(),
                    "client": one.customer,
                    "subject": one.subject,
                    "certain": one.is_certain,
                }
                for one in since.sent
            ]
            if since
            else None,
        },
        lines=lines,
    )


def _named(copies: BookCopies, name: str) -> str:
    """Find a copy by its path, or by its name among those kept."""
    if Path(name).is_file():
        return name
    for copy in copies.all():
        if Path(copy.file).name == name:
            return copy.file
    raise FileMissingError(file=name, reason=N_("there is no such file or folder."))


def _described(copy: KeptCopy) -> dict[str, Any]:
    return {
        "file": copy.file,
        "made_at": copy.made_at.isoformat(),
        "reason": copy.reason.value,
        "size": copy.size,
    }


def _held(held: Holding) -> dict[str, Any]:
    imported, sent = held.last_import_at, held.last_sent_at
    return {
        "entities": list(held.entities),
        "clients": held.customers,
        "items": held.items,
        "owed": [{"cents": one.cents, "currency": one.currency} for one in held.owed],
        "last_import": imported.isoformat() if imported else None,
        "last_sent": sent.isoformat() if sent else None,
    }
