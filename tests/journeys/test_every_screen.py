"""Every screen on the demonstration, in a real browser: wide, narrow, in the dark.

With RELANCE_SCREENSHOTS naming a folder, a picture of each is left there.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from domain.usecases.scenarios import copy_scenario, show_scenarios
from storage.outside import Outside
from tests.journeys.command import TODAY
from tests.ui.conftest import ROOT, StartedApp
from ui import addresses
from ui.guide import topic_name
from ui.screens import PAGES

SIZES = {"1366": (1366, 768), "768": (768, 1024)}
ENLARGED = ViewportSize(width=683, height=384)
"""What a window of 1366 × 768 holds when text is twice as large."""
GRAVE = {"serious", "critical"}
WIDER = """[...document.querySelectorAll('.data-table .q-table__middle')]
    .filter(one => one.scrollWidth > one.clientWidth).length"""
DRAWN = """document.readyState === 'complete' && document.fonts.status === 'loaded'
    && !document.querySelector('.q-spinner, .data-table .q-linear-progress')"""
AT_HOME = """(() => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode())
        words.currentNode.data = words.currentNode.data.replace(
            /[/][^ ]*pytest[^ ]*[/]books/, '/home/camille/Relance');
})()"""
"""The folder of a user, not of a test."""
FITS = "document.documentElement.scrollWidth <= innerWidth"
OUT_OF_REACH = """(() => {
    const keys = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const shown = [...document.querySelectorAll('header *, nav *, main *')]
        .filter(one => !one.closest('svg') && one.checkVisibility());
    const skipped = one => one.matches(keys) && one.tabIndex < 0 && !one.disabled
        && one.type !== 'file' && !one.closest('[aria-disabled=true]')
        && one.matches('a, button, input, select, textarea');
    const points = one => one && getComputedStyle(one).cursor === 'pointer';
    const clicked = one => points(one) && !points(one.parentElement)
        && !one.closest(`${keys}, label`) && !one.querySelector(keys);
    return shown.filter(one => skipped(one) || clicked(one))
        .map(one => one.outerHTML.slice(0, 150));
})()"""
"""What a mouse can press and the Tab key never comes to."""
ALIKE = "tbody tr:nth-child(n+9):not(.total)"
"""Rows drawn as those before them: reading fifty of each list takes long."""
STILL = "document.getAnimations().every(one => one.playState !== 'running')"


@pytest.fixture(scope="module")
def folder(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, with something on every screen."""
    folder = tmp_path_factory.mktemp("screens") / "books"
    copytree(demo_folder, folder)
    a_second_scenario(folder)
    return folder


@pytest.fixture(scope="module")
def app(folder: Path, paths: dict[str, str]) -> Iterator[StartedApp]:
    """It, served for real, once what its paths name was read."""
    assert paths
    command = [str(ROOT / "main.py"), "--browser", "--date", TODAY]
    app = StartedApp([*command, "--data", str(folder)], folder.parent)
    yield app
    app.stop()


def a_second_scenario(folder: Path) -> None:
    """Copy the scenario, or there would be nothing to compare it with."""
    books = Outside().open_books(str(folder))
    [line, *_others] = show_scenarios(books, books.entities.all()[0].id)
    copy_scenario(books, line.pair, "Grands comptes")
    books.close()


@pytest.fixture(scope="module")
def tab(app: StartedApp, browser: Browser) -> Iterator[Page]:
    address = app.next_address()
    context = browser.new_context(locale="fr-FR", base_url=address)
    tab = context.new_page()
    tab.set_default_timeout(60_000)  # axe-core keeps a busy machine busier
    tab.goto(address)
    expect(tab.locator("h1")).to_be_visible()
    yield tab
    context.close()


@pytest.fixture(scope="module")
def paths(folder: Path) -> dict[str, str]:
    """Where each screen is, its parameters being those of the demonstration."""
    books = Outside().open_books(str(folder))
    entity = books.entities.all()[0]
    promised = books.agreements.promises(entity.id)[-1].customer_id
    text = books.scenarios.texts(entity.id)[0]
    first, second = [line.pair.id for line in show_scenarios(books, entity.id)][:2]
    books.close()
    found = {
        addresses.CUSTOMER: addresses.customer(promised),
        addresses.TEMPLATE: addresses.template(text.id),
        addresses.SCENARIO: addresses.scenario(first),
        addresses.SCENARIOS_BESIDE: addresses.scenarios_beside(first, second),
        addresses.HELP_TOPIC: addresses.GLOSSARY,
    }
    return {page.path: found.get(page.path, page.path) for page in PAGES}


@pytest.mark.parametrize("screen", [page.path for page in PAGES])
def test_a_screen_fits_is_accessible_to_all_and_complains_of_nothing(
    tab: Page, paths: dict[str, str], screen: str
) -> None:
    complaints: list[str] = []
    tab.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type in {"error", "warning"}
            else None
        ),
    )
    for name, (width, height) in SIZES.items():
        tab.emulate_media(color_scheme="light")
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(paths[screen])
        expect(tab.locator("h1")).to_be_visible()
        expect(tab.locator(".q-skeleton")).to_have_count(0)
        tab.wait_for_function(DRAWN)
        leave_picture(tab, f"{topic_name(screen)}-{name}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        if width > height:  # wide in the dark, narrow in the light: colours are one set
            assert tab.evaluate(WIDER) == 0
            tab.emulate_media(color_scheme="dark")
        assert violations(tab) == []
    assert tab.evaluate(OUT_OF_REACH) == []
    tab.set_viewport_size(ENLARGED)
    tab.wait_for_function(FITS)
    assert complaints == []


def violations(tab: Page) -> list[str]:
    """Ask axe-core what keeps people out, once colours have settled."""
    tab.wait_for_function(STILL)
    # Without preloading: fetching styles again would show a progress bar.
    options = {"resultTypes": ["violations"], "preload": False}
    context = {"exclude": [[ALIKE]]}
    found = Axe().run(tab, context=context, options=options).response
    return [told(v) for v in found["violations"] if v["impact"] in GRAVE]


def told(violation: dict[str, object]) -> str:
    """Say what is wrong, and with which element first."""
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    return f"{violation['id']} × {len(nodes)}: {nodes[0]['html'][:200]}"


def leave_picture(tab: Page, name: str) -> None:
    folder = os.environ.get("RELANCE_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        tab.wait_for_load_state("networkidle")
        tab.wait_for_timeout(1_000)  # charts are drawn once everything else is
        tab.evaluate(AT_HOME)
        # Few colours, the rare ones kept: a third of the size, and nobody sees it.
        picture = Image.open(BytesIO(tab.screenshot())).convert("RGB")
        few = picture.quantize(method=Image.Quantize.MAXCOVERAGE)
        few.save(Path(folder, f"{name}.png"), optimize=True)
