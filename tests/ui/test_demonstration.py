from hashlib import sha256
from pathlib import Path

from nicegui.testing import User

from storage.database.books import open_books
from storage.outside import Outside
from tests.ui.window import arrives_at, click, one_firm, open_window
from ui import addresses
from ui.instance import Instance


def own_books(folder: Path) -> None:
    books = open_books(folder / "relance.db")
    with books.atomic():
        one_firm(books)
    books.close()


def bytes_of(folder: Path) -> dict[str, str]:
    """Fingerprint one's own files, those of the demonstration apart."""
    return {
        str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and "demonstration" not in file.relative_to(folder).parts
    }


async def enter(user: User) -> None:
    await user.open("/settings")
    await click(user, marker="demonstration")
    await arrives_at(addresses.HOME, user)
    await user.open("/")
    await user.should_see("Mode démonstration : rien ne peut partir")


async def test_a_visit_of_the_demonstration_leaves_ones_own_files_as_they_were(
    tmp_path: Path,
) -> None:
    own_books(tmp_path)
    async with open_window(outside=Outside(), folder=str(tmp_path)) as user:
        await user.open("/settings")
        before = bytes_of(tmp_path)
        await enter(user)
        await user.should_see("Atelier Chênefeuille")
        await click(user, marker="leave-demonstration")
        await user.open("/")

        await user.should_not_see("Mode démonstration")
        assert bytes_of(tmp_path) == before
        assert (tmp_path / "demonstration" / "relance.db").exists()

        await enter(user)
        await user.should_see("Atelier Chênefeuille")


async def test_a_demonstration_open_elsewhere_is_said(tmp_path: Path) -> None:
    own_books(tmp_path)
    (tmp_path / "demonstration").mkdir()
    elsewhere = Instance(tmp_path / "demonstration")
    assert elsewhere.claim()
    async with open_window(outside=Outside(), folder=str(tmp_path)) as user:
        await user.open("/settings")
        await click(user, marker="demonstration")

        await user.should_see("La démonstration est déjà ouverte")
    elsewhere.leave()
