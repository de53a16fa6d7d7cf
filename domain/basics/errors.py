"""Refusals: what the user asked cannot be done, and why."""

from typing import Any, ClassVar


class DunningError(Exception):
    """A refusal with words for the user.

    Each subclass is one reason a user can act on. ``message`` is English, with
    named placeholders; the screen translates it and fills in ``details``.
    """

    message: ClassVar[str] = "This cannot be done."

    def __init__(self, **details: Any) -> None:  # noqa: ANN401 - shown as they are
        self.details = details
        super().__init__(self.message.format(**details))


class UnreadableFileError(DunningError):
    """A file is none of the kinds known, or it is damaged.

    ``reason`` is one of the sentences of storage.files, already whole.
    """

    message = "{file}: {reason}"


class FolderUnreachableError(DunningError):
    """A folder is gone, or the disk or network drive it is on."""

    message = (
        "The watched folder cannot be reached: {folder}. Check that its disk or"
        " network drive is connected."
    )


class UnknownLayoutError(UnreadableFileError):
    """A file is none of the kinds known; it may still be a table."""


class BooksUnreadableError(DunningError):
    """The file of books is damaged, or was made by a newer version."""

    message = "The books in {folder} cannot be opened: {reason}"


class BooksNotWrittenError(DunningError):
    """The disk is full, the file is locked or can only be read: all is as before."""

    message = "Nothing was saved, and nothing is lost: {reason}"


class NotFoundError(DunningError):
    """What was asked for is not in the books."""

    message = "This {thing} is not in the books: {name}"
