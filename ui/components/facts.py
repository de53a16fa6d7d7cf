"""Facts by name: what it is on the left, what it is worth on the right."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

from ui import design


@contextmanager
def facts() -> Iterator[None]:
    """Open a list of facts: ``with facts(): fact(_("Phone"), "04 00 00 00 00")``."""
    with ui.element("dl").classes(design.FACTS):
        yield


def fact(name: str, value: str) -> None:
    """Draw a fact in words."""
    with fact_of(name):
        ui.label(value)


@contextmanager
def fact_of(name: str) -> Iterator[None]:
    """Draw a fact made of anything: ``with fact_of(_("Level")): badge(…)``."""
    with ui.element("dt"):
        ui.label(name)
    with ui.element("dd"):
        yield
