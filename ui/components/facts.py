"""Facts by name: what it is on the left, what it is worth on the right."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

from ui import design


@contextmanager
def facts(look: str = design.NAMED_FACTS) -> Iterator[None]:
    """Open a list of facts, to be drawn inside with ``fact`` and ``fact_of``."""
    with ui.element("dl").classes(look):
        yield


def fact(name: str, value: str) -> None:
    """Draw a fact in words."""
    with fact_of(name):
        ui.label(value)


@contextmanager
def fact_of(name: str) -> Iterator[None]:
    """Draw the name of a fact made of anything; draw the rest inside."""
    with ui.element("dt"):
        ui.label(name)
    with ui.element("dd"):
        yield
