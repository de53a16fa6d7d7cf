"""The project's Python environment: made from the lock file, kept while it fits.

Standard library only, as everything that runs before the environment exists.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TOOLS_LOCK = ROOT / "packaging" / "tools.lock"
"""Of what builds the app, and is no part of it."""
LOG = ROOT / "build" / "preparation.log"
VENV = ROOT / ".venv"
STAMP = VENV / "prepared"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
PYTHON_HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"

HOMEBREW_LIBRARIES = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))


class StoppedError(Exception):
    """Nothing more can be done; the message is the one sentence to show."""


def is_prepared() -> bool:
    """Tell whether the environment is whole and follows today's lock file."""
    return (
        os.access(PYTHON, os.X_OK) and STAMP.is_file() and STAMP.read_text() == stamp()
    )


def stamp() -> str:
    """Name what the environment is made from: the lock file and the Python."""
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {PYTHON_HERE}\n"


def make_environment() -> None:
    """Install the locked versions in a new environment; the stamp comes last.

    Whatever an interrupted attempt left is cleared first.
    """
    print("Préparation de l'environnement (une fois, quelques minutes)…")
    LOG.unlink(missing_ok=True)
    # From within the environment to replace, use the Python it was made from.
    python = getattr(sys, "_base_executable", sys.executable)
    run_logged(
        [python, "-m", "venv", "--clear", VENV],
        "L'environnement Python n'a pas pu être créé",
    )
    run_logged(
        [
            *(PYTHON, "-m", "pip", "install", "--require-hashes", "--compile"),
            *("--no-input", "--disable-pip-version-check", "-r", LOCK),
        ],
        "Les composants n'ont pas pu être installés : "
        "vérifiez la connexion à Internet, puis recommencez",
    )
    STAMP.write_text(stamp())


def run_logged(command: Iterable[object], failure: str) -> None:
    """Run a command quietly, or stop with a sentence and where the details are."""
    if not call_logged(command):
        message = f"{failure} (détails : {LOG})."
        raise StoppedError(message)


def call_logged(command: Iterable[object]) -> bool:
    """Run a command with its output in the log, and tell whether it succeeded."""
    words = [str(word) for word in command]
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(words)}\n")
        log.flush()
        done = subprocess.run(
            words,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=variables(),
        )
    return done.returncode == 0


def variables() -> dict[str, str]:
    """Give commands our environment variables, less what slows them down."""
    ours = dict(os.environ)
    # Without compiled bytecode, importing the application takes four times longer.
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    if sys.platform == "darwin":  # only Homebrew's own Python finds its Pango alone
        folders = ":".join(str(folder) for folder in HOMEBREW_LIBRARIES)
        ours.setdefault("DYLD_FALLBACK_LIBRARY_PATH", f"{folders}:/usr/lib")
    return ours


def hand_over(arguments: Iterable[object]) -> None:
    """Become the environment's Python, so that signals and exit code are its own."""
    command = [str(word) for word in (PYTHON, *arguments)]
    if sys.platform == "win32":  # where exec would give the console back too early
        done = subprocess.run(command, check=False, env=variables())
        sys.exit(done.returncode)
    os.execve(command[0], command, variables())  # noqa: S606 - our own Python
