"""A place to drop a file, or to choose one."""

from collections.abc import Awaitable, Callable

from nicegui import events, ui

from ui import design, formatting
from ui.translation import _

MAX_MEGABYTES = 200
"""A statutory file of 1,000,000 entries weighs about 150 MB."""


def file_drop(
    label: str, on_file: Callable[[str, bytes], Awaitable[None]], *, accept: str = ""
) -> ui.upload:
    """Draw a drop area; ``on_file`` receives the file's name and content.

    ``accept`` lists extensions, as in ".txt,.csv,.xlsx"; empty takes anything.
    """

    async def uploaded(event: events.UploadEventArguments) -> None:
        content = await event.file.read()
        drop.reset()
        await on_file(event.file.name, content)

    def rejected() -> None:
        ui.notify(
            _(
                "This file is not of a kind read here, or is over {size} MB.",
                size=formatting.count(MAX_MEGABYTES),
            ),
            type="warning",
        )

    drop = ui.upload(
        label=label,
        auto_upload=True,
        on_upload=uploaded,
        on_rejected=rejected,
        max_file_size=MAX_MEGABYTES * 1_000_000,
    )
    drop.props("flat").classes(design.FILE_DROP)
    drop.add_slot("header", _HINT)
    if accept:
        drop.props["accept"] = accept
    return drop


# Quasar draws the area; a click anywhere in it, or Enter, chooses a file. Its
# add-trigger holds the input that makes choosing possible at all, named by the label.
_HINT = """
<label class="file-drop-hint" tabindex="0" @keydown.enter="props.pickFiles">
  <q-spinner v-if="props.isUploading" size="28px" />
  <q-icon v-else name="upload_file" size="28px" aria-hidden="true" />
  <span>{{ $parent.$props.label }}</span>
  <q-uploader-add-trigger />
</label>
"""
