"""The commands of the settings: all to one file, some from one, and back."""

from pathlib import Path
from typing import Any

from domain.usecases.configuring import NoEntityError
from domain.usecases.travelling.bringing import (
    PartPreview,
    Visitor,
    create_from_settings,
    export_settings,
    import_settings,
    preview_settings,
    read_settings,
    take_back_settings,
)
from domain.usecases.travelling.records import PART_NAMES, Part
from ui import settings_words
from ui.cli.context import Answer, Context
from ui.translation import _, refusal


def settings(context: Context) -> Answer:
    """Do with the settings what the direction says."""
    direction = context.arguments.direction
    if direction == "undo":
        return _undo(context)
    return _export(context) if direction == "export" else _import(context)


def _export(context: Context) -> Answer:
    file = context.arguments.file
    content = export_settings(context.books, context.outside.files, context.entity.id)
    context.write_file(file, content)
    return Answer(
        payload={"file": file, "parts": [part.value for part in Part]},
        lines=[_("Settings written, without any password: {file}", file=file)],
    )


def _import(context: Context) -> Answer:
    """Bring the parts asked for in; without any, those that the screen would tick."""
    arguments, outside = context.arguments, context.outside
    name = Path(arguments.file).name
    found = read_settings(
        outside.files, outside.documents, name, context.read_file(arguments.file)
    )
    visitor = _visitor(context)
    try:
        entity = context.entity
    except NoEntityError:
        texts = outside.documents.starting_texts()
        made = create_from_settings(context.books, name, found, texts, visitor)
        words = _("{entity}: made from these settings.", entity=made.name)
        return Answer(payload={"entity": made.name, "created": True}, lines=[words])
    previews = preview_settings(context.books, entity.id, found, visitor)
    asked = {Part(part) for part in arguments.part or ()}
    chosen = asked or {one.part for one in previews if one.is_chosen}
    if not arguments.dry_run:
        import_settings(
            context.books, entity.id, name, found, chosen, visitor, outside.files
        )
    return Answer(
        payload={
            "entity": entity.name,
            "created": False,
            "parts": [_told(one, is_chosen=one.part in chosen) for one in previews],
        },
        lines=[line for one in previews if one.part in chosen for line in _lines(one)]
        or [_("These settings change nothing.")],
    )


def _undo(context: Context) -> Answer:
    outside = context.outside
    take_back_settings(
        context.books,
        context.entity.id,
        _visitor(context),
        outside.files,
        outside.documents,
    )
    return Answer(
        payload={"entity": context.entity.name},
        lines=[_("The settings are as they were before.")],
    )


def _visitor(context: Context) -> Visitor:
    return Visitor(
        today=context.today,
        now=context.now(),
        can_be_sent_to=context.outside.mail.can_be_sent_to,
    )


def _told(one: PartPreview, *, is_chosen: bool) -> dict[str, Any]:
    return {
        "part": one.part.value,
        "chosen": is_chosen,
        "changes": settings_words.lines(one.changes),
        "refusal": refusal(one.refusal) if one.refusal else None,
    }


def _lines(one: PartPreview) -> list[str]:
    told = [f"  {line}" for line in settings_words.lines(one.changes)]
    if one.refusal:
        told.append(f"  {refusal(one.refusal)}")
    return [_(PART_NAMES[one.part]), *told] if told else []
