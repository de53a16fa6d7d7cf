from pathlib import Path

from nicegui.testing import User

from tests.ui.window import BooksInMemory, nothing
from ui.opening import take_opened
from ui.session import Session


async def test_a_file_opened_from_its_folder_is_handed_over_once(
    user: User, tmp_path: Path
) -> None:
    assert user
    file = tmp_path / "FEC été.txt"
    file.write_bytes(b"JournalCode")
    session = Session(BooksInMemory(nothing), "")
    session.file_to_show = str(file)
    taken: list[tuple[str, bytes]] = []

    async def take(name: str, content: bytes) -> None:
        taken.append((name, content))

    await take_opened(session, take)
    await take_opened(session, take)
    session.close()

    assert taken == [("FEC été.txt", b"JournalCode")]
