"""Prepare this folder, then run Relance or its checks.

python3 packaging/dev.py run            open Relance on demonstration data
python3 packaging/dev.py test           run every check and every test
python3 packaging/dev.py test ARGS…     run pytest alone, with these arguments
python3 packaging/dev.py lock           choose the locked versions anew
python3 packaging/dev.py translations   bring the French catalogue up to date
python3 packaging/dev.py package        build what people install, into dist
python3 packaging/dev.py bench          measure every part, into docs/benchmarks.md
"""

# Standard library only, since this runs before anything is installed; and syntax
# that Python 3.8 reads, so that an old Python can say that it is too old.

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PYTHON_NEEDED = (3, 11)
if sys.version_info < PYTHON_NEEDED:
    sys.exit(
        "Relance demande Python 3.11 ou plus récent, et celui-ci est le "
        + ".".join(map(str, sys.version_info[:2]))
        + " : installez une version récente et recommencez avec elle."
    )

from environment import (  # noqa: E402 - an old Python stops above
    LOCK,
    LOG,
    PYTHON,
    ROOT,
    TOOLS_LOCK,
    StoppedError,
    hand_over,
    is_prepared,
    make_environment,
    run_logged,
    variables,
)
from system_parts import has_decoder, missing_parts, obtain, prepare_window  # noqa: E402

CHECKS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    # import-linter has no module to run, only a function.
    "import-linter": (
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
    ),
    # One process a core, each file of tests in one of them.
    "pytest": ("-m", "pytest", "-n", "auto", "--dist", "loadfile"),
}


def main() -> None:
    """Do what is asked, and end any failure with one sentence."""
    for stream in (sys.stdout, sys.stderr):
        # Old consoles lack letters; what is said must show before a command starts.
        stream.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]
    command, arguments = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    try:
        obey(command, arguments)
    except StoppedError as reason:
        sys.exit(str(reason))
    except PermissionError as refused:
        sys.exit(
            f"Accès refusé à « {refused.filename} » : copiez le projet "
            "dans un dossier qui vous appartient, puis recommencez."
        )
    except OSError as problem:
        sys.exit(f"La préparation s'est arrêtée : {problem}.")
    except KeyboardInterrupt:
        sys.exit("Interrompu.")


def obey(command: str, arguments: list[str]) -> None:
    """Run one command of this file, or recall what they are."""
    if command == "run":
        prepare()
        prepare_window()
        hand_over([ROOT / "main.py", "--demo", *arguments])
    elif command == "test":
        prepare(for_tests=True)
        os.chdir(ROOT)
        if arguments:
            hand_over(["-m", "pytest", *arguments])
        check_everything()
    elif command == "lock":
        lock_versions()
    elif command == "translations":
        prepare()
        hand_over([ROOT / "packaging" / "translations.py"])
    elif command == "package":
        prepare()
        hand_over([ROOT / "packaging" / "build.py", *arguments])
    elif command == "bench":
        prepare(for_tests=True)
        hand_over([ROOT / "packaging" / "bench.py"])
    else:
        sys.exit(__doc__)


def prepare(*, for_tests: bool = False) -> None:
    """Bring what the system lacks, and make the environment unless it is there."""
    ready = is_prepared()
    obtain(missing_parts(for_environment=not ready, for_tests=for_tests))
    if not ready:
        make_environment()
    if for_tests and shutil.which("chromium") is None:
        print("Les parcours dans le navigateur sont sautés : Chromium est introuvable.")
    if for_tests and not has_decoder():
        print("La relecture des QR codes imprimés est sautée : zbarimg est absent.")


def check_everything() -> None:
    """Run every check to its end, then fail if one of them failed."""
    failed = []
    for name, arguments in CHECKS.items():
        print(f"\n— {name}")
        done = subprocess.run([PYTHON, *arguments], check=False, env=variables())
        if done.returncode:
            failed.append(name)
    if failed:
        message = f"\nÀ corriger : {', '.join(failed)}."
        raise StoppedError(message)


def lock_versions() -> None:
    """Resolve pyproject.toml anew; the lock file keeps hashes and names no host."""
    failure = "Les versions n'ont pas pu être choisies"
    print("Choix des versions…")
    LOG.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "pyproject.toml", folder)
        uv = shutil.which("uv")
        if uv is None:
            run_logged([sys.executable, "-m", "venv", f"{folder}/tools"], failure)
            tools = Path(folder, "tools", PYTHON.parent.name)
            run_logged([tools / "python", "-m", "pip", "install", "uv"], failure)
            uv = str(tools / "uv")
        run_logged([uv, "lock", "--project", folder], failure)
        export_lock(uv, folder, LOCK)
        export_lock(uv, folder, TOOLS_LOCK, "--only-group", "package")
    print("Les verrous sont à jour.")


def export_lock(uv: str, folder: str, lock: Path, *options: str) -> None:
    """Write the versions chosen in a folder into one lock file."""
    exported = Path(folder, lock.name)
    run_logged(
        [
            *(uv, "export", "--frozen", "--project", folder, *options),
            *("--no-annotate", "--no-header", "--no-emit-project"),
            *("--format", "requirements-txt", "--output-file", exported),
        ],
        "Les versions n'ont pas pu être choisies",
    )
    if "://" in exported.read_text():
        message = "Le verrou nommerait une adresse : rien n'a été changé."
        raise StoppedError(message)
    shutil.copyfile(exported, lock)


if __name__ == "__main__":
    main()
