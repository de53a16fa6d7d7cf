"""What the user should know of the computer itself: its date, a crash, its folder."""

from collections.abc import Awaitable, Callable

from domain.basics.identifiers import EntityId
from domain.files import SharedPlace
from domain.usecases.clock import say_today_is_right
from domain.usecases.frame import FrameView
from ui import formatting
from ui.components.crash_dialog import shown_crash
from ui.components.notice_line import Notice
from ui.crash import CrashReport
from ui.design import Tone
from ui.session import Session
from ui.translation import _


def warnings(
    session: Session,
    view: FrameView,
    place: SharedPlace | None,
    again: Callable[[EntityId], Awaitable[None]],
    forget_place: Callable[[], Awaitable[None]],
) -> list[Notice]:
    """Warn of a date set back, and once of data that others may write."""
    found = []
    if view.entity and view.set_back:
        found.append(_date(session, view.entity.id, view, again))
    if place:
        found.append(_place(place, forget_place))
    return found


def crash_notices(
    crash: CrashReport | None, look: Callable[[], Awaitable[None]]
) -> list[Notice]:
    """Tell of a crash until its report is deleted; ``look`` draws the notices again."""
    if crash is None:
        return []

    async def see() -> None:
        if await shown_crash(crash):
            await look()

    told = Notice(
        text=_(
            "Relance stopped without being closed ({moment}). What was recorded is "
            "still there.",
            moment=formatting.moment(crash.happened_at),
        ),
        tone=Tone.WARNING,
        gesture=_("See the report"),
        on_click=see,
    )
    return [told]


def _date(
    session: Session,
    entity_id: EntityId,
    view: FrameView,
    again: Callable[[EntityId], Awaitable[None]],
) -> Notice:
    async def agree() -> None:
        await session.run(say_today_is_right, entity_id)
        await again(entity_id)

    return Notice(
        text=_(
            "This computer says {today}, but something was done on {day}: check its "
            "date. Until then nothing leaves.",
            today=formatting.day(session.today()),
            day=formatting.day(view.set_back),
        ),
        tone=Tone.STOPPED,
        gesture=_("The date is right"),
        on_click=agree,
    )


def _place(place: SharedPlace, forget: Callable[[], Awaitable[None]]) -> Notice:
    return Notice(
        text=place_sentence(place),
        tone=Tone.WARNING,
        gesture=_("Understood"),
        on_click=forget,
    )


def place_sentence(place: SharedPlace) -> str:
    """Say why the data should not stay there, and what to do."""
    if place.is_network:
        return _(
            "The data is on a network drive: if the connection drops, or if another "
            "computer opens it, it may be damaged. Close Relance, move the folder to "
            "this computer's disk, and put only backups on the network."
        )
    return _(
        "The data is in a {name} folder: an older copy may come back, or a copy "
        "conflict lose what was recorded. Close Relance, move the folder elsewhere on "
        "this computer, and put only backups in {name}.",
        name=place.name,
    )
