"""An app that was not closed says so at its next start."""

import subprocess
import sys
from pathlib import Path

import pytest
from nicegui import ui

from tests.ui.conftest import ROOT
from tests.ui.window import open_window
from ui.crash import CrashTrace, last_crash

PIECES = {
    "fault": "raise ValueError('client@example.com owes 1234,56 €')",
    "crash": "faulthandler._sigsegv()",
    "kill": "os.kill(os.getpid(), 9)",
    "closed": "trace.end()",
}


def run(folder: Path, ending: str) -> None:
    """Let an app run and end so."""
    code = (
        "import faulthandler, os\nfrom pathlib import Path\n"
        "from ui.crash import CrashTrace\n"
        f"trace = CrashTrace(Path({str(folder)!r}))\ntrace.begin()\n{PIECES[ending]}"
    )
    subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False
    )


@pytest.mark.parametrize(
    ("ending", "told"),
    [("fault", "ValueError: …"), ("crash", "Segmentation fault"), ("kill", "Python 3")],
)
def test_an_end_that_was_none_leaves_a_report(
    tmp_path: Path, ending: str, told: str
) -> None:
    run(tmp_path, ending)
    assert last_crash(str(tmp_path)) is None, "not before the next start"

    run(tmp_path, "closed")

    report = last_crash(str(tmp_path))
    assert report
    assert told in report.details
    assert "example.com" not in report.details
    assert "1234" not in report.details


def test_an_app_that_is_closed_leaves_nothing(tmp_path: Path) -> None:
    run(tmp_path, "closed")
    run(tmp_path, "closed")

    assert last_crash(str(tmp_path)) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_does_not_keep_the_app_from_starting(
    tmp_path: Path,
) -> None:
    trace = CrashTrace(tmp_path / "absent")
    trace.begin()
    trace.still_alive()
    trace.end()

    assert last_crash(str(tmp_path / "absent")) is None


async def test_the_report_is_shown_and_deleted_on_demand(tmp_path: Path) -> None:
    report = tmp_path / "crash-report.txt"
    report.write_text("Segmentation fault in a test")

    async with open_window(folder=str(tmp_path)) as user:
        await user.open("/")
        await user.should_see("Relance s'est arrêtée sans avoir été fermée")
        user.find("Voir le rapport").click()
        await user.should_see("n'est jamais envoyé")
        [details] = user.find(kind=ui.textarea).elements
        assert details.value == "Segmentation fault in a test"
        user.find(marker="delete-report").click()
        await user.should_not_see("n'est jamais envoyé")
        await user.open("/")
        await user.should_not_see("Voir le rapport")

    assert not report.exists()
