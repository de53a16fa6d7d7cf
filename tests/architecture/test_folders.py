import re
import tomllib
from itertools import chain

from tests.architecture.tree import ROOT, python_files

CODE = ("domain", "storage", "ui", "tests", "packaging")
LONGEST_FILE = 400


def test_packaging_is_no_package_or_it_would_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()

    from packaging import version

    assert "site-packages" in str(version.__file__)


def test_every_test_folder_is_a_package_or_it_would_hide_the_code_it_tests() -> None:
    folders = {file.parent for file in python_files("tests")}

    assert (ROOT / "tests") in folders
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_code_folder_is_a_package() -> None:
    folders = {file.parent for file in python_files("domain", "storage", "ui")}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_file_is_so_long_that_it_must_be_two() -> None:
    files = chain(python_files(*CODE), [ROOT / "main.py"])
    lengths = {
        file.relative_to(ROOT).as_posix(): len(file.read_text("utf-8").splitlines())
        for file in files
    }

    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_the_lock_file_has_a_hash_for_each_version_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    requirements = [line for line in lock.splitlines() if not line.startswith(" ")]

    assert requirements
    assert lock.count("--hash=sha256:") >= len(requirements)
    assert [line for line in requirements if "==" not in line] == []
    assert re.search(r"://|--index|--find-links|\bfile:", lock) is None


def test_the_lock_file_covers_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text()
    locked = {line.split("==")[0] for line in lock.splitlines() if "==" in line}

    names = {re.split(r"[<>=\[;]", requirement)[0].strip() for requirement in wanted}

    assert names - locked == set()
