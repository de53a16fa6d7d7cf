"""A folder that is watched: real files, the real clock, the screens."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from nicegui.testing import User, user_simulation

from domain.basics.errors import FolderUnreachableError
from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.ledger.import_report import ImportRecord
from domain.ledger.mapping import Field
from domain.ledger.proposing import propose_for
from domain.ports import Books
from domain.usecases.configuring import create_entity
from domain.usecases.importing import list_imports, undo_last_import
from domain.usecases.mapping_files import remember
from domain.usecases.synchronising import SyncSettings, save_sync_settings
from tests.builders import ENTITY_ID, TODAY, an_entity
from tests.journeys.command import LEDGER, a_fec, a_fec_line
from tests.journeys.stories import OUTSIDE
from tests.ui.window import LOG, BooksInMemory, patient
from ui.app import Screens
from ui.refusals import BugReports
from ui.session import Session

OTHER = EntityId("menuiserie")
NEWER = a_fec_line("F4", "50,00", day="20260301")


def a_session(folders: dict[EntityId, Path], *, automatic: bool = False) -> Session:
    def fill(books: Books) -> None:
        for entity_id, folder in folders.items():
            entity = an_entity(id=entity_id, name=f"Firme {entity_id}")
            create_entity(books, entity, OUTSIDE.documents.starting_texts())
            chosen = SyncSettings(folder=str(folder), is_automatic=automatic)
            save_sync_settings(books, entity_id, chosen, TODAY)

    return Session(BooksInMemory(fill), "", today=lambda: TODAY)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Session]:
    session = a_session({ENTITY_ID: tmp_path})
    yield session
    session.close()


@pytest.fixture
def automatic(tmp_path: Path) -> Iterator[Session]:
    session = a_session({ENTITY_ID: tmp_path}, automatic=True)
    yield session
    session.close()


@asynccontextmanager
async def window(session: Session) -> AsyncIterator[User]:
    screens = Screens(session, BugReports(LOG))
    async with user_simulation(root=screens.unknown_page) as user:
        screens.register()
        yield patient(user)


def move(folder: Path, place: Path) -> None:
    """Take a folder away, as when a network drive goes."""
    folder.rename(place)


async def two_rounds(session: Session) -> None:
    """See the files, then see that they did not change."""
    await session.incoming.round()
    await asyncio.sleep(2.05)
    await session.incoming.round()


async def imports(
    session: Session, entity_id: EntityId = ENTITY_ID
) -> list[ImportRecord]:
    return await session.run(list_imports, entity_id)


async def test_a_new_file_waits_until_someone_accepts_it(
    asked: Session, tmp_path: Path
) -> None:
    a_fec(tmp_path)
    async with window(asked) as user:
        await user.open("/customers")
        await two_rounds(asked)

        await user.should_see("Nouveau fichier 123456789FEC20261231.txt")
        assert await imports(asked) == []
        await user.open("/import")
        await user.should_see("Solde après")
        user.find("accept").click()
        await user.should_see("Vos clients vous doivent")
        await user.should_not_see("Nouveau fichier")

    assert len(await imports(asked)) == 1


async def test_a_table_is_taken_from_the_folder_once_its_columns_were_told(
    asked: Session, tmp_path: Path
) -> None:
    content = b"Qui;Quoi;Combien\nAlpha;F1;12,50\n"
    table = asked.outside.files.table("liste.csv", content)
    columns = (Field.CUSTOMER_NAME, Field.REFERENCE, Field.BALANCE)
    mapping = replace(propose_for(table).mapping, columns=columns)
    (tmp_path / "liste.csv").write_bytes(content)

    await two_rounds(asked)
    assert "liste.csv" in asked.incoming.of(ENTITY_ID).file_problem
    await asked.run(remember, ENTITY_ID, table, mapping)
    desk = await asked.incoming.look_now(ENTITY_ID)

    assert desk.waiting
    assert desk.waiting.preview.movements.balance_after == Money(12_50)


async def test_a_file_given_up_is_proposed_again_only_when_asked(
    asked: Session, tmp_path: Path
) -> None:
    a_fec(tmp_path)
    await two_rounds(asked)
    async with window(asked) as user:
        await user.open("/import")
        user.find("Annuler").click()
        await user.should_see("Déposez ici")
        await asked.incoming.round()
        assert asked.incoming.of(ENTITY_ID).waiting is None

        user.find("sync").click()
        await user.should_see("Solde après")


async def test_giving_up_a_dropped_file_leaves_the_one_that_waits(
    asked: Session, tmp_path: Path
) -> None:
    a_fec(tmp_path)
    await two_rounds(asked)
    waiting = asked.incoming.of(ENTITY_ID).waiting
    assert waiting
    other = replace(waiting.preview.source, sha256="another file")

    await asked.incoming.give_up(replace(waiting.preview, source=other))

    assert asked.incoming.of(ENTITY_ID).waiting == waiting


async def test_an_automatic_import_applies_a_file_without_doubt_and_says_so(
    automatic: Session, tmp_path: Path
) -> None:
    a_fec(tmp_path)
    async with window(automatic) as user:
        await user.open("/customers")
        await two_rounds(automatic)

        await user.should_see("3 nouvelles écritures")
        await user.open("/import")
        await user.should_see("123456789FEC20261231.txt")
        await user.open("/customers")
        await user.should_not_see("3 nouvelles écritures")

    assert len(await imports(automatic)) == 1


async def test_home_is_read_again_once_for_each_file(
    automatic: Session, tmp_path: Path
) -> None:
    a_fec(tmp_path)
    async with window(automatic) as user:
        await user.open("/")
        await automatic.incoming.look_now(ENTITY_ID)
        await user.should_see("Vos clients vous doivent")
        assert user.back_history == ["/"]

        await automatic.incoming.tell(ENTITY_ID)

        assert user.back_history == ["/"]  # reading again would have taken it back


async def test_a_doubt_asks_even_when_imports_are_automatic(
    automatic: Session, tmp_path: Path
) -> None:
    a_fec(tmp_path)
    await two_rounds(automatic)
    a_fec(tmp_path, *LEDGER[:1], NEWER)
    async with window(automatic) as user:
        await user.open("/customers")
        await two_rounds(automatic)

        await user.should_see("ne sont plus dans ce fichier")

    assert len(await imports(automatic)) == 1


async def test_what_was_taken_back_does_not_come_back_by_itself(
    automatic: Session, tmp_path: Path
) -> None:
    a_fec(tmp_path)
    await two_rounds(automatic)
    await automatic.run(undo_last_import, ENTITY_ID, TODAY, automatic.now())

    await two_rounds(automatic)

    assert [i.undone_at is None for i in await imports(automatic)] == [False]


async def test_two_firms_each_follow_their_folder(tmp_path: Path) -> None:
    folders = {ENTITY_ID: tmp_path / "a", OTHER: tmp_path / "b"}
    for folder in folders.values():
        folder.mkdir()
    a_fec(folders[ENTITY_ID])
    theirs = a_fec(folders[OTHER], a_fec_line("G1", code="Z1", name="Ferme Autre"))
    theirs.rename(theirs.with_name("987654321FEC20261231.txt"))
    session = a_session(folders, automatic=True)
    try:
        await two_rounds(session)

        assert [i.new for i in await imports(session)] == [3]
        assert [i.new for i in await imports(session, OTHER)] == [1]
    finally:
        session.close()


async def test_a_file_that_is_no_export_is_told_and_the_one_before_it_taken(
    asked: Session, tmp_path: Path
) -> None:
    a_fec(tmp_path)
    notice = tmp_path / "notice.txt"
    notice.write_text("Bonjour", encoding="utf-8")
    later = notice.stat().st_mtime + 60
    os.utime(notice, (later, later))

    await two_rounds(asked)

    desk = asked.incoming.of(ENTITY_ID)
    assert desk.waiting
    assert desk.waiting.preview.source.name == "123456789FEC20261231.txt"
    assert desk.file_problem.startswith("notice.txt")


async def test_a_folder_out_of_reach_is_told_until_it_is_back(
    asked: Session, tmp_path: Path
) -> None:
    away = tmp_path.with_name(f"{tmp_path.name}-parti")
    move(tmp_path, away)
    told = []

    async def count(entity_id: EntityId) -> None:
        told.append(entity_id)

    asked.incoming.listen(count)
    async with window(asked) as user:
        await user.open("/customers")
        await asked.incoming.round()
        await asked.incoming.round()
        await user.should_see("inaccessible")
        assert len(told) == 1

        move(away, tmp_path)
        await asked.incoming.round()
        await user.should_not_see("inaccessible")
    with pytest.raises(FolderUnreachableError):
        move(tmp_path, away)
        await asked.incoming.look_now(ENTITY_ID)


async def test_a_table_whose_columns_were_told_once_waits_like_an_export(
    asked: Session, tmp_path: Path
) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Qui;Quoi;Combien\nC1;F1;9,00\nC1;F2;1,50\n", encoding="utf-8")
    table = asked.outside.files.table(file.name, file.read_bytes())
    columns = (Field.CUSTOMER_CODE, Field.REFERENCE, Field.BALANCE)
    told = replace(propose_for(table).mapping, columns=columns)
    await asked.run(remember, ENTITY_ID, table, told)

    await two_rounds(asked)

    waiting = asked.incoming.of(ENTITY_ID).waiting
    assert waiting
    assert waiting.preview.movements.balance_after == Money(10_50)


async def test_a_folder_that_stays_silent_is_told(tmp_path: Path) -> None:
    session = a_session({ENTITY_ID: tmp_path})
    session.today = lambda: TODAY + timedelta(days=8)
    try:
        async with window(session) as user:
            await user.open("/customers")
            await user.should_see(
                "Synchronisation impossible. Aucune activité détectée dans le dossier "
                f"surveillé depuis le {TODAY:%d/%m/%Y}."
            )
    finally:
        session.close()


async def test_a_full_export_starts_again_from_the_file_after_a_question(
    automatic: Session, tmp_path: Path
) -> None:
    file = a_fec(tmp_path)
    await two_rounds(automatic)
    a_fec(tmp_path, *LEDGER[:1], name=file.name)
    async with window(automatic) as user:
        await user.open("/import")
        user.find("full-export").click()
        await user.should_see("2 écritures qu'il ne contient pas")
        user.find("confirm").click()
        await user.should_see("123456789FEC20261231.txt")
        for _attempt in range(100):
            if len(await imports(automatic)) > 1:
                break
            await asyncio.sleep(0.1)

    assert [i.vanished for i in await imports(automatic)] == [2, 0]


async def test_the_settings_of_the_folder_are_kept(
    asked: Session, tmp_path: Path
) -> None:
    async with window(asked) as user:
        await user.open("/settings")
        user.find("watched-automatic").click()
        user.find("save-watch").click()
        await user.should_see("Enregistré.")

    watched = await asked.run(
        lambda books: save_sync_settings(
            books,
            ENTITY_ID,
            SyncSettings(folder=str(tmp_path)),
            TODAY + timedelta(days=3),
        )
    )
    assert watched == replace(SyncSettings(folder=str(tmp_path)), since=TODAY)
