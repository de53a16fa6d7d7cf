"""A day's work in ten minutes, to see whether the app grows: not part of the suite.

``python -m tests.long_run.eight_hours --cycles 24`` starts the app and a mail server,
and in a real browser goes from page to page, imports, sends and prints. A cycle is what
a user does in twenty minutes. It prints memory and open files after each, and ends with
code 1 where they still grow once the app is warm.
"""

# ruff: noqa: T201 - what it measures is for whoever runs it

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from domain.basics.identifiers import customer_key
from domain.usecases.configuring import create_entity, save_smtp_account
from storage.database.books import open_books
from tests.builders import ENTITY_ID, an_entity
from tests.journeys.command import TODAY, a_fec, a_fec_line
from tests.journeys.stories import OUTSIDE, bring_in, give_email
from tests.mail_server import SmtpServer, smtp_server
from tests.ui.conftest import CHROMIUM, QUIET_CHROMIUM, ROOT, StartedApp, Visitor
from ui import addresses

CUSTOMERS = 40
MOST_GROWTH = 0.10
"""Of the memory, from the middle of the warm cycles to their end."""
PATHS = (
    *(addresses.HOME, addresses.OWING, addresses.CUSTOMERS, addresses.ITEMS),
    *(addresses.ACTIVITIES, addresses.KEY_FIGURES, addresses.FORECAST),
    *(addresses.ACT_BY_SCENARIO, addresses.ACT_BY_CRITERIA, addresses.CALLS),
    *(addresses.OUTBOX, addresses.TEMPLATES, addresses.SETTINGS),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much the app holds."""

    seconds: float
    megabytes: float
    files: int
    threads: int


class Day:
    """A user's day: the app, its folder, and a browser."""

    def __init__(self, app: StartedApp, page: Page, folder: Path) -> None:
        self.app, self.page, self.folder = app, page, folder
        address = app.next_address()
        self.base = address.split("/enter", maxsplit=1)[0]
        page.goto(address)
        self.visitor = Visitor(app.next_address()).enter()
        self.began = time.monotonic()

    def cycle(self, number: int) -> Size:
        """Do what takes a user twenty minutes."""
        for path in PATHS:
            self.goes(path)
            self.visitor.get(path).read()  # a page that nobody looks at is given up
        self.prints(number)
        self.sends(number)
        self.imports(number)
        return self.size()

    def goes(self, path: str) -> None:
        self.page.goto(self.base + path)
        expect(self.page.locator("h1").first).to_be_visible()

    def prints(self, number: int) -> None:
        self.goes(addresses.customer(customer_key(ENTITY_ID, code(number))))
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Relevé de compte").first.click()
        download.value.delete()

    def sends(self, number: int) -> None:
        self.goes(addresses.act_for(customer_key(ENTITY_ID, code(number))))
        expect(self.page.get_by_label("Contenu")).to_be_visible()
        self.page.get_by_role("button", name="Envoyer cet e-mail").click()
        dialog = self.page.locator(".q-dialog")
        dialog.get_by_role("button", name="Envoyer cet e-mail").click()
        expect(self.page.locator("h1")).to_have_text("Envois")

    def imports(self, number: int) -> None:
        self.goes(addresses.IMPORT)
        file = export(self.folder, number)
        self.page.locator("input[type=file]").first.set_input_files(file)
        self.page.get_by_role("button", name="Accepter").click()
        expect(self.page.get_by_role("button", name="Accepter")).to_have_count(0)

    def size(self) -> Size:
        """Read what the system says of the process."""
        process = Path(f"/proc/{self.app.pid}")
        told = dict(
            line.split(":", 1)
            for line in (process / "status").read_text().splitlines()
            if ":" in line
        )
        return Size(
            time.monotonic() - self.began,
            int(told["VmRSS"].split()[0]) / 1024,
            len(list((process / "fd").iterdir())),
            int(told["Threads"]),
        )


def code(number: int) -> str:
    return f"C{number % CUSTOMERS:03}"


def export(folder: Path, more: int) -> Path:
    """Write the accounts as they are after so many imports, an invoice more each."""
    lines = [
        a_fec_line(
            f"F{rank}", f"{100 + rank},50", code=code(rank), name=f"Client {code(rank)}"
        )
        for rank in range(CUSTOMERS * 3 + more)
    ]
    return a_fec(folder, *lines)


def fill(folder: Path, server: SmtpServer) -> None:
    """Make a firm whose customers can all be written to."""
    books = open_books(folder / "relance.db")
    firm = an_entity(email="relances@example.com")
    create_entity(books, firm, OUTSIDE.documents.starting_texts())
    save_smtp_account(books, ENTITY_ID, server.account)
    file = export(folder, 0)
    source = OUTSIDE.files.read(file.name, file.read_bytes())
    bring_in(books, ENTITY_ID, source, source.ends_on)  # type: ignore[arg-type]
    for rank in range(CUSTOMERS):
        give_email(books, ENTITY_ID, f"c{rank}@client.example.com", code(rank))
    books.close()


def grows(sizes: list[Size]) -> str:
    """Say what still grows once the app is warm; the first third does not count."""
    warm = sizes[len(sizes) // 3 :]
    half = len(warm) // 2
    before, after = warm[:half], warm[half:]
    slope = linear_regression(
        [s.seconds / 60 for s in warm], [s.megabytes for s in warm]
    ).slope
    print(f"slope once warm: {slope:+.2f} MB per minute of this run")
    grown = median(s.megabytes for s in after) / median(s.megabytes for s in before)
    if grown > 1 + MOST_GROWTH:
        return f"memory: x{grown:.2f}"
    for name in ("files", "threads"):
        least = min(getattr(s, name) for s in after)
        if least > max(getattr(s, name) for s in before):
            return name
    return ""


def main() -> None:
    """Work for so many cycles, and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cycles", type=int, default=24)
    parser.add_argument("--minutes", type=float, default=60.0)
    asked = parser.parse_args()
    expect.set_options(timeout=60_000)
    sizes: list[Size] = []
    with (
        TemporaryDirectory() as place,
        smtp_server() as server,
        sync_playwright() as playwright,
    ):
        folder = Path(place)
        fill(folder, server)
        command = [str(ROOT / "main.py"), "--data", place, "--browser", "--date", TODAY]
        app = StartedApp(command, folder)
        try:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=list(QUIET_CHROMIUM)
            )
            page = browser.new_page(locale="fr-FR")
            page.set_default_timeout(60_000)
            day = Day(app, page, folder)
            for number in range(1, asked.cycles + 1):
                sizes.append(day.cycle(number))
                print(number, sizes[-1], f"{len(server.received)} sent", flush=True)
                if sizes[-1].seconds > asked.minutes * 60:
                    break
        finally:
            app.stop()
    problem = grows(sizes)
    print(problem or "nothing grows")
    sys.exit(bool(problem))


if __name__ == "__main__":
    main()
