"""Try a built Relance: ``python3 packaging/smoke.py PROGRAM…``.

Makes demonstration books, prints the day's letters as PDF (which takes Pango), opens
the app, and reads its home page as its own window would. Standard library only, and
nothing of the project: what is tried must stand by itself.
"""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATIENCE = 180.0
"""Seconds; the first start of a program is slow on the machines that build it."""
SENTENCE = "Accueil"


def main(program: list[str]) -> None:
    """Try everything, and stop at the first thing that fails."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        books, letters = Path(place, "books"), Path(place, "letters.pdf")
        run(program, "demo", "--data", books)
        run(program, "letters", "--data", books, "--out", letters)
        if not letters.read_bytes().startswith(b"%PDF-"):
            sys.exit("The letters are no PDF.")
        app = subprocess.Popen([*program, "--data", str(books), "--browser"])
        try:
            page = home_page(books, app)
        finally:
            app.terminate()
            app.wait(timeout=60)
    if SENTENCE not in page:
        sys.exit(f"The home page does not say “{SENTENCE}”:\n{page[:2000]}")
    print(f"Letters of {program[0]} are printed, and its home page opens.")


def run(program: list[str], *arguments: object) -> None:
    """Run one command of the app."""
    words = [str(argument) for argument in arguments]
    subprocess.run([*program, *words], check=True, timeout=PATIENCE)


def home_page(books: Path, app: "subprocess.Popen[bytes]") -> str:
    """Wait for the app to answer, and read its home page."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if app.poll() is not None:
            sys.exit(f"The app ended with code {app.returncode}.")
        # Where the app tells its own user how to reach it (ui/instance.py).
        with suppress(OSError, ValueError, HTTPException):
            return read(json.loads((books / "instance.json").read_text("utf-8")))
        time.sleep(0.5)
    sys.exit("The app did not answer.")


def read(address: dict[str, str]) -> str:
    """Read the home page with the cookie that the app's own window has."""
    port = int(address["port"])
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    cookie = f"relance-{port}={address['token']}"
    connection.request("GET", "/", headers={"Cookie": cookie})
    return connection.getresponse().read().decode()


if __name__ == "__main__":
    main(sys.argv[1:])
