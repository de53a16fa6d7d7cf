"""What only a real browser can tell: keys, colours, and who is asked for what."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import StartedApp


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedApp]:
    """The sample pages, served for real."""
    app = StartedApp(["-m", "tests.ui.look"], tmp_path_factory.mktemp("samples"))
    yield app
    app.stop()


@pytest.fixture
def samples(page: Page, app: StartedApp) -> str:
    """Where the sample pages are, once let in."""
    page.goto(app.next_address())
    expect(page.locator("h1")).to_have_text("Accueil")
    return page.url


def test_nothing_is_asked_of_another_machine_and_the_console_is_empty(
    page: Page, samples: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    for path in ("", "customers", "import"):
        page.goto(samples + path)
        expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert asked
    assert [url for url in asked if not url.startswith((samples, "data:"))] == []
    assert said == []


def test_the_keyboard_finds_a_customer_and_opens_it(page: Page, samples: str) -> None:
    page.goto(samples)
    expect(page.locator(".search-box input")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("soeurs emery 12")
    expect(page.locator(".search-result").first).to_have_text("Sœurs Émery 12C012")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text("Client ")


def test_the_keyboard_goes_through_a_table(page: Page, samples: str) -> None:
    page.goto(samples)
    expect(page.locator("h1")).to_be_visible()
    page.keyboard.press("Alt+2")
    expect(page.locator("tbody tr").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    expect(page.locator("#content")).to_contain_text("1 ligne sélectionnée")
    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Client C003")


def test_ctrl_enter_presses_the_primary_button_of_the_open_dialog_only(
    page: Page, samples: str
) -> None:
    page.goto(samples)
    page.get_by_role("button", name="Je relance").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".q-notification")).to_have_text("Parti")

    page.goto(samples + "customers")
    page.get_by_role("button", name="Supprimer").click()
    expect(page.locator(".q-dialog")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".q-dialog")).not_to_be_visible()


def test_question_mark_lists_the_keys_but_can_be_typed(
    page: Page, samples: str
) -> None:
    page.goto(samples)
    page.locator(".search-box input").press_sequentially("?")
    expect(page.locator(".search-results")).to_contain_text("Aucun client")
    page.locator("h1").click()
    page.keyboard.press("?")

    expect(page.locator(".q-dialog")).to_contain_text("Raccourcis clavier")


def test_f1_opens_the_guide_beside_the_screen_and_closes_it(
    page: Page, samples: str
) -> None:
    page.goto(samples + "customers")
    expect(page.locator("tbody tr").first).to_be_visible()
    page.keyboard.press("F1")
    expect(page.locator(".help-panel h2").first).to_have_text("Clients")
    page.locator(".help-panel a", has_text="Importer").click()
    expect(page.locator(".help-panel h2").first).to_have_text("Importer")
    page.locator(".help-panel button", has_text="Clients").click()
    expect(page.locator(".help-panel h2").first).to_have_text("Clients")
    page.keyboard.press("F1")
    expect(page.locator(".help-panel")).to_have_count(0)

    expect(page.locator("h1")).to_be_visible()


def test_nothing_moves_for_those_who_asked_for_less_motion(
    page: Page, samples: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(samples)
    expect(page.locator("h1")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator(".q-dialog h2")).to_be_visible()
    moving = "document.getAnimations().filter(a => a.playState === 'running').length"
    assert page.evaluate(moving) == 0
    page.keyboard.press("Escape")

    expect(page.locator(".q-dialog")).to_have_count(0)


def test_a_narrow_window_keeps_the_icons_of_the_menu(page: Page, samples: str) -> None:
    page.set_viewport_size({"width": 768, "height": 1024})
    page.goto(samples)

    expect(page.locator(".side-menu")).to_have_css("width", "52px")
    expect(page.get_by_title("Clients")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 768


@pytest.mark.parametrize(
    ("scheme", "ground"),
    [("light", "rgb(246, 247, 249)"), ("dark", "rgb(17, 22, 26)")],
)
def test_colours_follow_the_system(
    page: Page, samples: str, scheme: str, ground: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(samples)

    expect(page.locator("body")).to_have_css("background-color", ground)


def test_amounts_keep_their_thousands_apart(page: Page, samples: str) -> None:
    page.goto(samples)
    expect(page.locator("h1")).to_be_visible()
    width = page.evaluate(
        """async () => {
          await document.fonts.ready;
          const ruler = document.createElement("canvas").getContext("2d");
          ruler.font = '100px "Narrow Space", "IBM Plex Sans"';
          return ruler.measureText("\\u202f").width;
        }"""
    )

    assert width == pytest.approx(20, abs=1)
