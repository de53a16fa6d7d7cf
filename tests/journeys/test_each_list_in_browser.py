"""Each list of the demonstration in a real browser; its export is the screen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.basics.text import folded
from tests.journeys.command import TODAY
from tests.journeys.shown_table import ShownTable, amount, exported, is_as_shown
from tests.ui.conftest import ROOT, StartedApp
from ui import addresses


@dataclass(frozen=True)
class Journey:
    """What is done to a list: a choice in sight, an amount from which rows show."""

    path: str
    chip: str
    money: str
    """The column that adds up, and the filter of the same name."""
    least: int


LISTS = [
    Journey(addresses.CUSTOMERS, "En retard", "Somme due", 2_000),
    Journey(addresses.RECEIPTS, "Paiements", "Montant", 6_000),
    Journey(addresses.DISPUTES, "Une facture", "Somme due", 500),
    Journey(addresses.ACTIVITIES, "Envoyé", "Montant", 4_000),
    Journey(addresses.ITEMS, "En retard", "Reste dû", 1_000),
]


@pytest.fixture(scope="module")
def app(
    demo_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StartedApp]:
    """The demonstration, served for real, and only looked at."""
    folder = tmp_path_factory.mktemp("lists")
    copytree(demo_folder, folder / "books")
    command = [str(ROOT / "main.py"), "--browser", "--date", TODAY]
    app = StartedApp([*command, "--data", str(folder / "books")], folder)
    yield app
    app.stop()


@pytest.fixture(scope="module")
def tab(app: StartedApp, browser: Browser) -> Iterator[Page]:
    address = app.next_address()
    context = browser.new_context(
        locale="fr-FR", base_url=address, viewport={"width": 1366, "height": 768}
    )
    tab = context.new_page()
    tab.goto(address)
    expect(tab.locator("h1")).to_be_visible()
    yield tab
    context.close()


def open_list(tab: Page, address: str) -> None:
    tab.goto(address)
    expect(tab.locator(".data-table tr.total").first).to_be_visible()


@pytest.mark.parametrize("journey", LISTS, ids=lambda one: one.path.strip("/"))
def test_a_list_narrowed_and_sorted_adds_up_and_is_exported_as_seen(
    tab: Page, journey: Journey, tmp_path: Path
) -> None:
    open_list(tab, journey.path)
    everything = ShownTable(tab).total_of(journey.money)
    tab.get_by_role("button", name=journey.chip, exact=True).click()
    tab.get_by_role("button", name="Filtres", exact=True).click()
    tab.get_by_label(f"{journey.money}, à partir de").fill(str(journey.least))
    tab.get_by_role("button", name="Filtrer la liste").click()
    expect(tab.locator(".active-filter").last).to_contain_text(journey.money)
    expect(tab).to_have_url(re.compile(f"{journey.least}00"))
    heading = tab.locator("th", has_text="Client")
    heading.click()
    expect(heading).to_have_class(re.compile("sorted"))

    table = ShownTable(tab)
    shown = [amount(one) for one in table.column(journey.money)]
    assert shown
    assert table.is_one_page
    assert min(shown) >= journey.least
    assert sum(shown) == table.total_of(journey.money) < everything
    names = table.column("Client")
    assert names == sorted(names, key=folded, reverse="desc" in _sort(tab))

    headings, *rows, total = exported(tab, tmp_path / "export.xlsx")
    assert list(headings) == table.headings
    assert len(rows) == len(table.rows)
    assert all(map(is_as_shown, rows, table.rows))
    assert is_as_shown(total[1:], table.total[1:])


def _sort(tab: Page) -> str:
    return tab.locator("th.sorted").get_attribute("class") or ""


def test_the_balance_by_age_adds_up_to_what_is_said_on_the_day_asked(
    tab: Page, tmp_path: Path
) -> None:
    tab.goto(addresses.KEY_FIGURES)
    day = tab.get_by_label("Au", exact=True)
    day.fill("30/06/2026")
    day.press("Enter")
    expect(tab.locator("h2", has_text="Balance âgée au 30/06/2026")).to_be_visible()
    expect(tab.locator(".data-table tr.total")).to_be_visible()

    table = ShownTable(tab)
    ages = table.headings[table.headings.index("Code") + 1 : -1]
    said = tab.get_by_text("dus par les comptes débiteurs").inner_text()
    assert len(ages) == 5
    assert sum(map(table.total_of, ages)) == table.total_of("Total")
    assert amount(said.split("€")[0]) == table.total_of("Total")

    headings, *rows, total = exported(tab, tmp_path / "balance.xlsx")
    assert list(headings) == table.headings
    assert is_as_shown(total[1:], table.total[1:])
    assert all(map(is_as_shown, rows, table.rows))


NUMBERS = {
    "figures": ".figure",
    "ages": ".chart-links a[href*=age]",
    "profiles": ".chart-links a[href*=profile]",
    "days": "a[href*=due_on]",
}


@pytest.mark.parametrize("kind", NUMBERS)
def test_a_number_of_the_home_page_opens_a_list_whose_total_it_is(
    tab: Page, kind: str
) -> None:
    tab.goto(addresses.HOME)
    links = tab.locator(f"#content {NUMBERS[kind]}")
    expect(links.first).to_be_attached()
    read = "all => all.map(a => [a.getAttribute('href'), a.innerText])"
    numbers: list[list[str]] = links.evaluate_all(read)
    assert numbers
    for address, words in numbers:
        (number,) = re.findall(r"-?[\d\u202f]+,\d\d", words)
        tab.goto(address)
        if amount(number):
            expect(tab.locator("tr.total")).to_be_visible()
            assert amount(number) in map(amount, ShownTable(tab).total[1:]), address
        else:
            expect(tab.locator(".empty-state")).to_be_visible()


def test_a_click_on_a_bar_opens_what_it_shows(tab: Page) -> None:
    tab.goto(addresses.HOME)
    words = tab.locator(".chart-links a[href*='age=30']").inner_text()
    bars = tab.locator(".chart", has=tab.locator("a[href*='age=30']"))
    bar = bars.locator(".barlayer .point path").nth(1)
    expect(bar).to_be_visible()
    bar.hover(force=True)  # what is clicked is a transparent plane above the bars
    expect(bars.locator(".hoverlayer text").first).to_be_visible()
    tab.mouse.down()
    tab.mouse.up()

    expect(tab.locator("h1")).to_have_text("Qui vous doit quoi ?")
    expect(tab.locator(".active-filter")).to_contain_text("31–60 j")
    number = amount(words.split(":")[1])
    assert number == ShownTable(tab).total_of("31–60 j")


def test_a_click_on_a_payment_mode_lists_what_is_paid_so(tab: Page) -> None:
    tab.goto(addresses.HOME)
    links = tab.locator(".chart-links a[href*='payment_mode=']")
    mode, _colon, number = links.first.inner_text().partition(":")
    bars = tab.locator(".chart", has=links)
    bar = bars.locator(".barlayer .point path").first
    expect(bar).to_be_visible()
    bar.hover(force=True)
    expect(bars.locator(".hoverlayer text").first).to_be_visible()
    tab.mouse.down()
    tab.mouse.up()

    expect(tab.locator("h1")).to_have_text("Échéances")
    expect(tab.locator(".active-filter")).to_contain_text(mode.strip())
    assert amount(number) <= ShownTable(tab).total_of("Reste dû")


def test_each_week_of_the_home_page_is_that_of_the_forecast(tab: Page) -> None:
    tab.goto(addresses.HOME)
    links = tab.locator(".chart-links a[href*=forecast]")
    expect(links.first).to_be_attached()
    said = [words.split(":")[1] for words in links.all_inner_texts()]
    tab.goto(addresses.FORECAST)
    totals = tab.locator(".forecast-column header .amount")
    expect(totals.nth(len(said))).to_be_attached()
    there = {amount(words) for words in totals.all_inner_texts()}

    assert {amount(words) for words in said} <= there


def test_the_keyboard_keeps_its_place_while_a_list_is_ticked_sorted_and_turned(
    tab: Page,
) -> None:
    open_list(tab, addresses.CUSTOMERS)
    rows = tab.locator(".data-table tbody tr[tabindex]")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("Space")
    expect(tab.locator(".data-table tbody tr.selected")).to_have_count(1)
    expect(rows.nth(1)).to_be_focused()

    heading = tab.locator("th", has_text="Client")
    heading.focus()
    tab.keyboard.press("Enter")
    expect(heading).to_have_class(re.compile("sorted"))
    expect(heading).to_be_focused()

    following, last = tab.locator(".q-table__bottom button").all()[2:]
    following.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".q-table__bottom")).to_contain_text("51-100")
    expect(following).to_be_focused()
    last.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".q-table__bottom")).to_contain_text("101-")
    expect(tab.locator(".q-table__bottom button:enabled").last).to_be_focused()
