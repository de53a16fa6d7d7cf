import ast
import ctypes.util
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, packaging_module

environment = packaging_module("environment")
system_parts = packaging_module("system_parts")
dev = packaging_module("dev")

PANGO = system_parts.Part("Pango", "libpango-1.0-0")
PANGO_FT2 = system_parts.Part("Pango", "libpangoft2-1.0-0")
VENV = system_parts.Part("le module venv de Python", "python3.11-venv")


def test_a_missing_library_is_named_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(system_parts, "has_apt", lambda: True)

    assert system_parts.missing_sentence([PANGO, PANGO_FT2, VENV]) == (
        "Il manque Pango, le module venv de Python : lancez « sudo apt-get install -y "
        "libpango-1.0-0 libpangoft2-1.0-0 python3.11-venv » puis recommencez."
    )


def test_without_apt_the_sentence_names_no_debian_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(system_parts, "has_apt", lambda: False)

    assert system_parts.missing_sentence([PANGO]) == (
        "Il manque Pango : installez cela avec le gestionnaire de paquets "
        "de votre système, puis recommencez."
    )


def test_someone_who_may_not_install_is_told_instead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(system_parts, "may_install", lambda: False)

    with pytest.raises(environment.StoppedError, match="Il manque Pango"):
        system_parts.obtain([PANGO])


def test_without_zbar_nor_a_right_to_install_it_nothing_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(system_parts.shutil, "which", lambda _name: None)
    monkeypatch.setattr(system_parts, "may_install", lambda: False)

    assert not system_parts.has_decoder()


def test_on_windows_pango_is_looked_for_where_weasyprint_will(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", f"C:\\absent;{tmp_path}")

    with pytest.raises(environment.StoppedError, match="pacman -S mingw-w64-ucrt"):
        system_parts.require_pango_on_windows()
    (tmp_path / "libpango-1.0-0.dll").touch()
    system_parts.require_pango_on_windows()


def test_on_macos_pango_comes_from_homebrew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(system_parts, "HOMEBREW_LIBRARIES", (tmp_path,))
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)

    with pytest.raises(environment.StoppedError, match="« brew install pango »"):
        system_parts.require_pango_on_macos()
    (tmp_path / "libpango-1.0.dylib").touch()
    system_parts.require_pango_on_macos()


@pytest.mark.skipif(sys.platform != "linux", reason="libraries named as on Linux")
def test_a_library_that_does_not_exist_cannot_be_loaded() -> None:
    assert system_parts.can_load("libc.so.6")
    assert not system_parts.can_load("libdoes-not-exist.so.1")


def test_the_environment_is_made_again_when_the_lock_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock, stamp = tmp_path / "requirements.lock", tmp_path / "prepared"
    lock.write_text("babel==2.18.0\n")
    monkeypatch.setattr(environment, "LOCK", lock)
    monkeypatch.setattr(environment, "STAMP", stamp)
    monkeypatch.setattr(environment, "PYTHON", sys.executable)

    assert not environment.is_prepared()
    stamp.write_text(environment.stamp())
    assert environment.is_prepared()
    lock.write_text("babel==2.19.0\n")
    assert not environment.is_prepared()


def test_commands_run_with_compiled_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    assert "PYTHONDONTWRITEBYTECODE" not in environment.variables()


def test_a_failed_step_says_so_in_one_sentence_and_where_the_details_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "build" / "preparation.log"
    monkeypatch.setattr(environment, "LOG", log)
    command = [sys.executable, "-c", "print('la raison'); raise SystemExit(3)"]

    with pytest.raises(environment.StoppedError) as stopped:
        environment.run_logged(command, "Rien n'a pu être installé")

    assert str(stopped.value) == f"Rien n'a pu être installé (détails : {log})."
    assert "la raison" in log.read_text("utf-8")


def test_one_failed_check_does_not_hide_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checks = {
        "first": ("-c", "raise SystemExit(1)"),
        "second": ("-c", ""),
        "third": ("-c", "raise SystemExit(1)"),
    }
    monkeypatch.setattr(dev, "CHECKS", checks)
    monkeypatch.setattr(dev, "PYTHON", sys.executable)

    with pytest.raises(environment.StoppedError, match=r"À corriger : first, third\."):
        dev.check_everything()


def test_an_unknown_command_recalls_the_known_ones() -> None:
    with pytest.raises(SystemExit, match=r"dev\.py run .*\n.*dev\.py test"):
        dev.obey("rnu", [])


def test_an_old_python_can_read_the_file_that_says_it_is_too_old() -> None:
    source = (ROOT / "packaging" / "dev.py").read_text("utf-8")

    ast.parse(source, feature_version=(3, 8))


def test_only_the_standard_library_is_needed_to_prepare_the_rest() -> None:
    for name in ("dev", "environment", "system_parts"):
        tree = ast.parse((ROOT / "packaging" / f"{name}.py").read_text("utf-8"))
        imported = {
            (node.module or "").split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
        } | {
            alias.name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }

        ours = {"environment", "system_parts"}
        assert imported - ours <= set(sys.stdlib_module_names)


def test_ci_runs_what_a_developer_runs_and_nothing_else() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    commands = [line for line in script if line and not line.startswith("#")]

    assert commands == [
        "set -eu",
        'cd "$(dirname "$0")/.."',
        "exec python3 packaging/dev.py test",
    ]
