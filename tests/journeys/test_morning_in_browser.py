"""The whole morning of a firm, in a real browser, from the home page to all done."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.usecases.call_session import tally
from domain.usecases.configuring import save_smtp_account
from storage.database.books import open_books
from tests.journeys.command import TODAY
from tests.journeys.gestures import Gestures
from tests.journeys.mornings import fill_morning
from tests.mail_server import SmtpServer, smtp_server
from tests.ui.conftest import StartApp

PATIENCE_MS = 120_000
"""For what takes long on a busy machine: making 56 letters, sending 42 e-mails."""
CALLS, LETTERS, EMAILS = 71, 14, 42
"""The day of the home page as the design draws it."""


class Morning(Gestures):
    """A user at work, by mouse and by keys."""

    def button(self, words: str) -> Locator:
        """Find a button by its words."""
        return self.page.get_by_role("button", name=words)

    def press(self, key: str) -> None:
        """Press a key, or several at once."""
        self.page.keyboard.press(key)
        self.gestures += 1

    def type(self, field: Locator, words: str) -> None:
        """Type where the cursor is; one gesture, however long."""
        expect(field).to_be_focused()
        self.page.keyboard.type(words)
        self.gestures += 1

    def left(self, count: int, *, after: str = "") -> None:
        """Wait until so many calls are left, and the next customer is drawn."""
        words = f"{count} restant{'s' if count > 1 else ''}"
        expect(self.page.get_by_text(words, exact=True)).to_be_visible()
        if after:
            expect(self.customer).not_to_have_text(after)
        expect(self.dialog).to_have_count(0)

    @property
    def customer(self) -> Locator:
        """The name of the customer to call."""
        return self.page.locator(".call-desk a.strong")

    def call(self, key: str, left: int) -> None:
        """End a call by one key; ``left`` are to be made after it."""
        name = self.customer.inner_text()
        self.press(key)
        self.left(left, after=name if left else "")

    def tell(self, key: str, words: str, left: int) -> None:
        """End a call by its key, what it asks for, and Ctrl+Enter."""
        name = self.customer.inner_text()
        self.press(key)
        self.type(self.dialog.locator("input:focus, textarea:focus"), words)
        self.press("Control+Enter")
        self.left(left, after=name)


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


def test_a_morning_of_71_calls_14_letters_and_42_emails(
    start_app: StartApp, page: Page, server: SmtpServer, tmp_path: Path
) -> None:
    """From the home page to all done in 104 gestures: a click, a key or a field each.

    E-mails, 4: « Je relance », their card, « Envoyer 42 e-mails », yes. Letters, 4:
    back to the scenario, their card, « Imprimer 14 courriers », « Imprimé ». Calls, 95:
    one click to begin, a key for each of 62 reached, two for each of 2 absent, a key,
    words and Ctrl+Enter for 2 disputes, a call back and a wrong number, with an amount
    too for 4 promises. Back home, 1.
    """
    folder = tmp_path / "books"
    entity_id = a_morning(folder, server)
    page.goto(start_app("--date", TODAY).next_address())
    morning = Morning(page)
    content = page.locator("#content")
    for counted in ("42 e-mails", "14 courriers", "71 appels"):
        expect(content).to_contain_text(counted)

    send_emails(morning)
    print_letters(morning)
    make_calls(morning)
    morning.click(page.get_by_role("link", name="Accueil", exact=True))

    expect(content).to_contain_text("Aucun client n'est à relancer aujourd'hui.")
    assert morning.gestures == 104
    assert len(server.received) == EMAILS
    books = open_books(folder / "relance.db")
    told = tally(books, entity_id, date.fromisoformat(TODAY))
    kinds = Counter(one.kind for one in books.activities.all(entity_id))
    assert books.check() == []
    books.close()
    assert (told.calls, told.reached, told.promises) == (74, 68, 4)
    assert told.promised == (Money(4 * 100_00),)
    assert kinds[ActivityKind.REMINDER] == EMAILS + LETTERS
    assert kinds[ActivityKind.CALL] == 68


def a_morning(folder: Path, server: SmtpServer) -> EntityId:
    """Make the books of the morning, with the mail server of the test."""
    folder.mkdir()
    books = open_books(folder / "relance.db")
    day = date.fromisoformat(TODAY)
    entity_id = fill_morning(books, day, calls=CALLS, letters=LETTERS, emails=EMAILS)
    save_smtp_account(books, entity_id, server.account)
    books.close()
    return entity_id


def send_emails(morning: Morning) -> None:
    """Send all the e-mails, and see them gone."""
    page = morning.page
    morning.click(morning.button("Je relance"))
    morning.click(page.locator(".bucket", has_text="42 clients"))
    morning.click(morning.button("Envoyer 42 e-mails"))
    morning.click(morning.dialog.get_by_role("button", name="Envoyer 42 e-mails"))
    expect(page.locator("h1")).to_have_text("Envois", timeout=PATIENCE_MS)
    gone = page.locator("#content .row-of:not(.spread)", has_text="Partis et retirés")
    expect(gone).to_contain_text("42", timeout=PATIENCE_MS)
    expect(page.get_by_text("Prêts à partir")).to_be_hidden(timeout=PATIENCE_MS)


def print_letters(morning: Morning) -> None:
    """Make the letters, and confirm that they were printed."""
    page = morning.page
    morning.click(page.get_by_role("link", name="Par scénario"))
    morning.click(page.locator(".bucket", has_text="14 clients"))
    morning.click(morning.button("Imprimer 14 courriers"))
    printed = morning.dialog.get_by_role("button", name="Imprimé", exact=True)
    expect(printed).to_be_visible(timeout=PATIENCE_MS)
    morning.click(printed)
    expect(page.locator(".bucket", has_text="14 clients")).to_have_count(0)


def make_calls(morning: Morning) -> None:
    """Call everybody: most are reached, some promise, contest or do not answer."""
    morning.click(morning.button("Commencer les appels"))
    morning.left(CALLS)
    left = CALLS
    for _promise in range(4):
        left -= 1
        promise(morning, left)
    for _dispute in range(2):
        left -= 1
        morning.tell("l", "Livraison incomplète", left)
    left -= 1
    morning.tell("r", "24112026", left)
    for _absent in range(2):
        morning.call("a", left)
    wrong_number(morning, left)
    while left > 2:
        left -= 1
        morning.call("j", left)
    morning.call("a", 1)
    morning.press("a")
    summary = "74 appels, 68 joints, 4 promesses pour 400,00\u00a0€."
    expect(morning.page.locator("#content")).to_contain_text(summary)


def promise(morning: Morning, left: int) -> None:
    """Note a promise of 100 € for the end of the month: a key, its day, its amount."""
    name = morning.customer.inner_text()
    morning.press("p")
    morning.type(morning.dialog.locator("input:focus"), "30112026")
    amount = morning.dialog.get_by_label("Montant promis")
    amount.fill("100,00")
    morning.gestures += 1
    morning.press("Control+Enter")
    morning.left(left, after=name)


def wrong_number(morning: Morning, left: int) -> None:
    """Correct a number; the customer stays on screen, and is then reached."""
    morning.press("f")
    morning.type(morning.dialog.locator("input:focus"), "01 99 00 77 77")
    morning.press("Control+Enter")
    morning.left(left)
    expect(morning.page.get_by_role("link", name="01 99 00 77 77")).to_be_visible()
