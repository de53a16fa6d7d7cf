import json
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ui.conftest import ROOT, StartApp, StartedApp, Visitor

needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="a display is always there elsewhere"
)


@needs_linux
def test_without_a_display_the_printed_address_answers_with_the_home_page(
    start_app: StartApp,
) -> None:
    line = start_app().next_line()

    assert line.startswith("Relance est ouverte à l'adresse http://127.0.0.1:")
    home = Visitor(line.split()[-1]).enter().get("/")
    assert home.status == 200
    assert "Bienvenue dans Relance" in home.read().decode()


@needs_linux
def test_each_browser_that_comes_in_gets_the_next_one_an_address(
    start_app: StartApp,
) -> None:
    app = start_app()
    first = Visitor(app.next_address())
    first.enter()

    second = Visitor(app.next_address())

    assert second.door != first.door
    assert second.enter().get("/").status == 200


def test_a_second_start_calls_the_first_forward_and_ends_at_once(
    start_app: StartApp,
) -> None:
    first = Visitor(start_app().next_address())
    start = time.monotonic()

    second = start_app()
    address = second.next_address()
    ended = second.ended()

    assert ended.returncode == 0
    assert time.monotonic() - start < 40  # 0.4 s on an idle machine
    assert Visitor(address).port == first.port
    assert Visitor(address).enter().get("/").status == 200


def test_other_books_open_in_an_app_of_their_own(
    start_app: StartApp, tmp_path: Path
) -> None:
    first = Visitor(start_app().next_address())

    other = Visitor(start_app("--data", str(tmp_path / "others")).next_address())

    assert other.port != first.port
    other.cookie = f"{first.enter().cookie}; {other.enter().cookie}"
    assert other.get("/").status == 200, "cookies of both apps reach both"


def test_only_the_user_can_read_how_to_reach_the_first_app(
    start_app: StartApp, tmp_path: Path
) -> None:
    app = start_app()
    app.next_line()
    published = tmp_path / "books" / "instance.json"

    assert stat.S_IMODE(published.stat().st_mode) == 0o600
    assert set(json.loads(published.read_text())) == {"port", "token"}
    app.stop()
    assert not published.exists()


def test_the_system_may_end_the_app_at_any_time(
    start_app: StartApp, tmp_path: Path
) -> None:
    app = start_app()
    app.next_line()

    ended = app.stop()

    assert (ended.returncode, ended.stderr) == (0, "")
    assert not [file for file in tmp_path.rglob("*") if "crash" in file.name]


def test_after_a_crash_the_books_open_again_and_it_is_told(start_app: StartApp) -> None:
    app = start_app()
    app.next_line()
    app.process.kill()
    app.process.wait()

    home = Visitor(start_app().next_address()).enter().get("/").read().decode()
    assert "arrêtée sans avoir été fermée" in home


def test_nothing_is_written_beside_the_books(
    start_app: StartApp, tmp_path: Path
) -> None:
    app = start_app()
    Visitor(app.next_address()).enter().get("/")
    app.stop()

    assert [file.name for file in tmp_path.iterdir()] == ["books"]


def test_the_port_asked_for_is_the_port_used(start_app: StartApp) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert Visitor(start_app("--port", str(port)).next_address()).port == port


def test_a_port_in_use_is_refused_in_a_sentence(start_app: StartApp) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        ended = start_app("--port", str(port)).ended()

    assert ended.returncode == 1
    assert ended.stderr == (
        f"Le port {port} ne peut pas être utilisé : choisissez-en un autre.\n"
    )


def test_a_folder_that_cannot_be_used_is_refused_in_a_sentence(
    start_app: StartApp, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    ended = start_app("--data", str(tmp_path / "file" / "books")).ended()

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_only_this_machine_can_reach_the_app(start_app: StartApp) -> None:
    app = start_app()
    visitor = Visitor(app.next_address())

    assert listening_addresses(app, visitor.port) == {"127.0.0.1"}


@needs_linux
def test_a_display_that_does_not_answer_gives_way_to_the_browser(
    start_app: StartApp,
) -> None:
    if not window_backend_is_there():
        pytest.skip("neither GTK nor Qt here")
    app = start_app(DISPLAY=":66", BROWSER="true")

    assert Visitor(app.next_address()).enter().get("/").status == 200


def test_starting_reads_no_heavy_library_before_the_lock_is_known() -> None:
    code = "import sys, ui.launcher, storage.outside; print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    for heavy in ("nicegui", "weasyprint", "openpyxl", "yagmail", "sqlite_utils"):
        assert f"'{heavy}'" not in loaded


def listening_addresses(app: StartedApp, port: int) -> set[str]:
    """Read from the system on which addresses the process listens."""
    listening = "0A"
    addresses = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{app.pid}/net/{table}").read_text().splitlines()[1:]:
            _number, local, _remote, state, *_rest = line.split()
            host, listened = local.split(":")
            if state == listening and int(listened, 16) == port:
                packed = bytes.fromhex(host)[::-1]
                addresses.add(socket.inet_ntop(socket.AF_INET, packed))
    return addresses


def window_backend_is_there() -> bool:
    from ui.window import can_open_window

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", ":66")
        patch.setenv("PYWEBVIEW_GUI", "")
        return can_open_window()
