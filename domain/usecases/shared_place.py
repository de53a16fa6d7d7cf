"""Data kept in a folder that other computers write to: told once."""

from domain.ports import Books

_KNOWN = "shared_place_known"
_NOWHERE = "?"


def is_new_place(books: Books, folder: str) -> bool:
    """Tell whether nobody was warned yet about this folder."""
    return books.settings.get(_KNOWN, _NOWHERE) != folder


def know_place(books: Books, folder: str) -> None:
    """Remember that a person was warned about this folder."""
    with books.atomic():
        books.settings.set(_KNOWN, folder)
