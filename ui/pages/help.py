"""« Aide »: the guide, its search, its pages and its glossary."""

from collections.abc import Callable, Iterable, Sequence

from nicegui import events, ui

from domain.basics.sentences import N_
from ui import addresses, design
from ui.components.empty_state import empty_state
from ui.components.guide_text import guide_text
from ui.components.page_head import page_head
from ui.components.text import secondary, section_title
from ui.guide import (
    GLOSSARY,
    Finding,
    Topic,
    TopicKind,
    picture,
    search,
    terms,
    topic_name,
    topics,
)
from ui.page import MenuGroup, Page
from ui.session import Session
from ui.translation import _, ngettext

_MOST = 30
"""Answers shown: further ones answer less and less."""


def help_pages(screens: Callable[[], Sequence[Page]]) -> tuple[Page, Page]:
    """Make the screens of the guide, which lists all ``screens``, its own too."""

    async def contents(_session: Session) -> None:
        _draw_contents(screens())

    async def topic(_session: Session, name: str) -> None:
        _draw_topic(name, screens())

    return (
        Page(
            path=addresses.HELP,
            title=N_("Help"),
            builder=contents,
            group=MenuGroup.HELP,
            icon="help_outline",
            needs_entity=False,
        ),
        Page(
            path=addresses.HELP_TOPIC,
            title=N_("Help"),
            builder=topic,
            needs_entity=False,
        ),
    )


def _draw_contents(screens: Sequence[Page]) -> None:
    """Draw the search, and below what it finds or, before that, everything."""

    def typed(event: events.ValueChangeEventArguments[str | None]) -> None:
        words = (event.value or "").strip()
        place.clear()
        with place:
            _draw_found(words) if words else _draw_everything(screens)

    page_head(_("Help"))
    box = ui.input(placeholder=_("Search the guide…"), on_change=typed)
    box.props(f"{design.INPUT} type=search debounce=120 autocomplete=off autofocus")
    box.props["aria-label"] = _("Search the guide and its glossary")
    box.classes(design.GUIDE_SEARCH).mark("help-search")
    place = ui.element("div").classes(design.STACK)
    place.props["role"] = "status"
    with place:
        _draw_everything(screens)


def _draw_found(words: str) -> None:
    found = search(words)
    if not found:
        with empty_state(
            _("Nothing in the guide matches “{words}”.", words=words),
            _("Try fewer words, or the beginning of a word."),
            icon="search_off",
        ):
            pass
        return
    secondary(ngettext("{count} answer", "{count} answers", len(found)))
    with ui.element("div").classes(design.STACK):
        for finding in found[:_MOST]:
            _draw_finding(finding)


def _draw_finding(finding: Finding) -> None:
    with ui.link(target=finding.topic.address).classes(design.GUIDE_FINDING):
        with ui.element("div").classes(design.ROW):
            ui.label(finding.topic.title).classes(design.STRONG)
            ui.label(_KINDS[finding.topic.kind]()).classes(design.SECONDARY_TEXT)
        ui.label(finding.excerpt)


_KINDS: dict[TopicKind, Callable[[], str]] = {
    TopicKind.SCREEN: lambda: _("Screen"),
    TopicKind.TASK: lambda: _("How to"),
    TopicKind.TERM: lambda: _("Glossary"),
}


def _draw_everything(screens: Sequence[Page]) -> None:
    known = [topics().get(topic_name(page.path)) for page in screens]
    tasks = [one for one in topics().values() if one.kind is TopicKind.TASK]
    with ui.element("div").classes(design.GRID):
        _draw_links(_("How to"), sorted(tasks, key=lambda one: one.title))
        _draw_links(_("Screen by screen"), [topic for topic in known if topic])
        _draw_links(_("Glossary"), terms().values())


def _draw_links(heading: str, linked: Iterable[Topic]) -> None:
    with ui.element("div").classes(design.CARD):
        section_title(heading)
        with ui.element("ul").classes(design.GUIDE_LINKS):
            for one in linked:
                with ui.element("li"):
                    ui.link(one.title, one.address)


def _draw_topic(name: str, screens: Sequence[Page]) -> None:
    if name == GLOSSARY:
        _draw_glossary()
        return
    topic = topics().get(name)
    if topic is None:
        _draw_missing()
        return
    with page_head(topic.title):
        ui.link(_("The whole guide"), addresses.HELP)
        for page in screens:
            if topic_name(page.path) == name and "{" not in page.path:
                ui.link(_("Open this screen"), page.path)
    with ui.element("article").classes(design.CARD):
        guide_text(topic)
        if shown := picture(name):
            alt = _("The screen “{title}”, on invented customers", title=topic.title)
            image = ui.element("img").classes(design.GUIDE_PICTURE)
            image.props["src"] = shown
            image.props["alt"] = alt


def _draw_glossary() -> None:
    with page_head(_("Glossary")):
        ui.link(_("The whole guide"), addresses.HELP)
    for term in terms().values():
        section = ui.element("section").classes(design.GUIDE_TERM)
        section.props["id"] = term.name
        with section:
            section_title(term.title)
            guide_text(term)


def _draw_missing() -> None:
    page_head(_("Help"))
    with empty_state(_("The guide has no such page."), icon="explore_off"):
        ui.link(_("The whole guide"), addresses.HELP)
