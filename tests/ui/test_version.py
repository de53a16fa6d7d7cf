from datetime import date, timedelta

import pytest
from nicegui import ui
from nicegui.testing import User

from storage.outside import Outside
from ui.cli import main
from ui.components.version_note import version_note
from ui.version import this_version

RELEASED = this_version().released


def test_the_command_line_tells_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(Outside(), ["--version"])

    assert capsys.readouterr().out.strip() == f"Relance {this_version().number}"


@pytest.mark.parametrize(("days", "is_old"), [(180, False), (181, True)])
async def test_an_old_version_says_where_to_look_for_another(
    user: User, days: int, is_old: bool
) -> None:
    @ui.page("/")
    def page() -> None:
        version_note(RELEASED + timedelta(days=days))

    await user.open("/")

    await user.should_see(f"Relance {this_version().number}, du ")
    if is_old:
        await user.should_see(marker="version-old")
    else:
        await user.should_not_see(marker="version-old")


def test_the_day_of_the_version_is_a_day() -> None:
    assert isinstance(RELEASED, date)
