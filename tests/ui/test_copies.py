from contextlib import closing
from pathlib import Path

import pytest

from domain.ports import BookCopies, Books
from storage.database.books import open_books
from storage.outside import Outside
from tests.builders import an_entity
from tests.ui.window import click, one_firm, open_window, retype, until
from ui import addresses


class InFolder(Outside):
    """The real outside, the books in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.place = folder

    def open_books(self, _folder: str) -> Books:
        return super().open_books(str(self.place))

    def copies(self, _folder: str) -> BookCopies:
        return super().copies(str(self.place))

    def set_aside(self) -> bytes:
        """Read the damaged file where it is now."""
        [aside] = self.place.glob("relance-damaged-*.db")
        return aside.read_bytes()

    def name(self) -> str:
        """Tell the firm's name, as the file has it."""
        with closing(self.open_books("")) as books:
            return books.entities.all()[0].name


@pytest.fixture
def kept(tmp_path: Path) -> InFolder:
    """Books whose firm changed its name after a copy was made."""
    with closing(open_books(tmp_path / "relance.db")) as books:
        one_firm(books)
        books.entities.save(an_entity(name="Nom d'avant"))
        books.keep_copy()
        books.entities.save(an_entity(name="Nom d'après"))
    return InFolder(tmp_path)


async def test_a_copy_is_looked_at_and_put_back(kept: InFolder) -> None:
    async with open_window(outside=kept) as user:
        await user.open(addresses.COPIES)
        await user.should_see("avant un import")
        await click(user, marker="see-copy")
        await user.should_see("Nom d'avant")
        await user.should_see("Rien n'a été ajouté depuis.")
        await click(user, marker="restore-copy")
        await user.should_see("sont conservées")
        await click(user, marker="restored")
        await user.should_see("Nom d'avant")

    assert kept.name() == "Nom d'avant"
    assert len(kept.copies("").all()) == 2


async def test_copies_go_where_the_user_says(kept: InFolder, tmp_path: Path) -> None:
    async with open_window(outside=kept) as user:
        await user.open(addresses.COPIES)
        retype(user, "copies-folder", str(tmp_path / "disk"))
        await click(user, marker="save-copies-folder")
        await until(lambda: kept.copies("").place().folder == str(tmp_path / "disk"))


@pytest.mark.parametrize("content", [b"", bytes(9000), b"Compte;Solde\n" * 500])
async def test_the_last_good_state_takes_the_place_of_books_that_cannot_be_opened(
    kept: InFolder, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "relance.db").write_bytes(content)
    async with open_window(outside=kept) as user:
        await user.open(addresses.COPIES)
        await user.should_see("Vos données ne peuvent pas être ouvertes")
        await click(user, marker="last-state")
        await click(user, marker="restore-copy")
        await click(user, marker="restored")
        await user.should_see("Nom d'avant")

    assert kept.set_aside() == content


async def test_a_file_put_right_meanwhile_is_opened_again(
    kept: InFolder, tmp_path: Path
) -> None:
    file = tmp_path / "relance.db"
    away = file.rename(tmp_path / "away.db")
    async with open_window(outside=kept) as user:
        await user.open("/")
        await user.should_see("le fichier a disparu")
        away.rename(file)
        await click(user, marker="try-again")
        await user.should_see("Nom d'après")
