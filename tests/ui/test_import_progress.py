"""How far an import is, on the screen; and the button that stops it."""

import time

import pytest
from nicegui import ui
from nicegui.elements.upload_files import SmallFileUpload

from domain.basics.progress import Phase, StoppedError, Tell, untold
from domain.ledger.import_report import SourceFile
from storage.files.reading import AccountingFiles
from tests.ui.test_import_ledger import a_new_firm
from tests.ui.window import BooksInMemory, open_window
from ui.importing import ImportProgress

_LONGEST = 5.0


class EndlessFiles(AccountingFiles):
    """Reads a file whose end never comes, until told to stop."""

    def read(self, name: str, content: bytes, tell: Tell = untold) -> SourceFile:
        give_up = time.monotonic() + _LONGEST
        while time.monotonic() < give_up:
            tell(Phase.READING, 412_000, 1_000_000)
            time.sleep(0.01)
        return super().read(name, content)


class EndlessOutside(BooksInMemory):
    """The real outside, but for the files it reads."""

    @property
    def files(self) -> AccountingFiles:
        return EndlessFiles()


async def test_lines_read_are_told_and_cancelling_leaves_the_page_as_it_was() -> None:
    async with open_window(outside=EndlessOutside(a_new_firm)) as user:
        await user.open("/import")
        (place,) = user.find("import-drop").elements
        assert isinstance(place, ui.upload)
        await place.handle_uploads([SmallFileUpload("fec.txt", "text/plain", b"x")])

        told = "412\u202f000 lignes lues sur 1\u202f000\u202f000"
        await user.should_see(told)
        user.find("stop-import").click()

        await user.should_not_see("lignes lues")
        await user.should_see("Déposez ici")
        await user.should_not_see("Accepter")


def test_a_phase_says_how_long_is_left_once_its_pace_is_known() -> None:
    progress = ImportProgress()
    progress.tell(Phase.COMPARING, 0, 100)
    progress.tell(Phase.COMPARING, 25, 100)
    assert progress.seconds_left is None

    progress._since -= 10

    assert progress.seconds_left == 30
    assert progress.share == 0.25
    told = "Comparaison avec vos comptes\u00a0: 25\u00a0% · encore 30\u00a0s"
    assert progress.words == told


def test_each_phase_starts_its_own_clock() -> None:
    progress = ImportProgress()
    progress.tell(Phase.COMPARING, 0, 100)
    progress._since -= 10

    progress.tell(Phase.WRITING, 10, 100)

    assert progress.seconds_left is None
    assert progress.words == "Enregistrement\u00a0: 10\u00a0%"


def test_a_stopped_work_is_told_so_at_its_next_word() -> None:
    progress = ImportProgress()
    progress.stop()

    with pytest.raises(StoppedError):
        progress.tell(Phase.READING, 1, 2)
