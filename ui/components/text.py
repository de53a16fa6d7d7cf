"""Titles and quiet words, as real headings and paragraphs."""

from nicegui.elements.mixins.text_element import TextElement

from ui import design


def title(text: str) -> TextElement:
    """Draw the page's title; each page has exactly one."""
    return TextElement(tag="h1", text=text)


def section_title(text: str) -> TextElement:
    """Draw the title of a part of the page."""
    return TextElement(tag="h2", text=text).classes(design.SECTION_TITLE)


def paragraph(text: str) -> TextElement:
    """Draw a sentence or two."""
    return TextElement(tag="p", text=text)


def secondary(text: str) -> TextElement:
    """Draw an explanation, quieter than the rest."""
    return paragraph(text).classes(design.SECONDARY_TEXT)
