import re
from itertools import product
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, lines_of
from ui import design

STYLE = (ROOT / "ui" / "static" / "style.css").read_text("utf-8")
READABLE = 4.5
"""WCAG 2 AA, for text of any size."""
PALETTES = {"light": design.LIGHT, "dark": design.DARK}
TONES = ("not-due", "overdue", "settled", "stopped", "dispute", "secondary")


def mixed(colour: str, ground: str, percent: int) -> str:
    """Do as CSS color-mix in srgb."""
    pairs = (
        (int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)
    )
    channels = (round((a * percent + b * (100 - percent)) / 100) for a, b in pairs)
    return "#" + "".join(f"{channel:02X}" for channel in channels)


@pytest.mark.parametrize(
    ("theme", "text", "ground"),
    list(product(PALETTES, ("ink", "primary", *TONES), ("surface", "ground"))),
)
def test_texts_read_well_on_every_ground(theme: str, text: str, ground: str) -> None:
    palette = PALETTES[theme]

    assert design.contrast(palette[text], palette[ground]) >= READABLE


@pytest.mark.parametrize(("theme", "tone"), list(product(PALETTES, TONES)))
def test_badges_read_well(theme: str, tone: str) -> None:
    palette = PALETTES[theme]
    tint = mixed(palette[tone], palette["surface"], design.TINT_PERCENT)

    assert design.contrast(palette[tone], tint) >= READABLE


@pytest.mark.parametrize("theme", PALETTES)
def test_buttons_read_well(theme: str) -> None:
    palette = PALETTES[theme]

    assert design.contrast(palette["on-primary"], palette["primary"]) >= READABLE
    assert design.contrast(palette["surface"], palette["stopped"]) >= READABLE


@pytest.mark.parametrize("ground", [*design.LEVEL_COLOURS, "#000000", "#777777"])
def test_a_level_reads_well_on_whatever_colour_the_user_chose(ground: str) -> None:
    assert design.contrast(design.text_on(ground), ground) >= READABLE


def test_black_on_white_has_the_contrast_the_standard_says() -> None:
    assert design.contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_no_colour_is_written_outside_design() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b")
    places = [
        place
        for place, line in lines_of("ui")
        if literal.search(line) and not place.startswith("ui/design")
    ]

    assert places == []


def test_the_style_takes_its_colours_from_design() -> None:
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", STYLE) == []


def test_every_variable_of_the_style_exists() -> None:
    used = set(re.findall(r"var\(--([\w-]+)", STYLE))
    defined = set(re.findall(r"--([\w-]+):", STYLE + design.variables()))

    assert used - defined == set()


def test_every_class_of_design_is_drawn() -> None:
    names = {
        name
        for key, value in vars(design).items()
        if key.isupper() and isinstance(value, str) and re.fullmatch(r"[a-z -]+", value)
        for name in value.split()
    }
    drawn = set(re.findall(r"\.([a-z][\w-]+)", STYLE))
    behaviour = {"primary-action", "unelevated", "outline", "outlined", "flat", "round"}

    assert names - drawn - behaviour - {"dense", "no-caps"} == set()


def test_fonts_and_pictures_of_the_style_are_there() -> None:
    static = Path(design.__file__).parent / "static"
    files = re.findall(r'url\("([^"]+)"\)', STYLE)

    assert files
    assert [name for name in files if not (static / name).exists()] == []
