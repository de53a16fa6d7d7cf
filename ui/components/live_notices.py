"""The notices under the top bar, kept up with what the watched folders bring."""

from nicegui import ui

from domain.basics.identifiers import EntityId
from domain.files import SharedPlace
from domain.usecases.frame import FrameView, show_frame
from ui import addresses, doubts
from ui.components.computer_warnings import crash_notices, warnings
from ui.components.notice_line import Notice, notice_line, notices
from ui.components.waiting_count import tell_waiting
from ui.crash import last_crash
from ui.design import Tone
from ui.incoming import Desk, Prepared
from ui.session import Session
from ui.translation import _, ngettext


def live_notices(
    session: Session, view: FrameView, path: str, place_of: SharedPlace | None
) -> None:
    """Draw the notices, and again when a watched folder or a sending changes them."""
    client = ui.context.client
    place = ui.element("div")
    drawn: list[object] = []
    applied = session.incoming.of(view.entity.id).applied if view.entity else None

    def draw(shown: FrameView) -> None:
        found = notices(shown, path)
        if shown.entity and path != addresses.IMPORT:
            found += folder_notices(session.incoming.of(shown.entity.id))
        crash = last_crash(session.folder)
        told = [*found, shown.set_back, place_of, crash]
        if told == drawn:
            return
        drawn[:] = told
        place.clear()
        with place:
            for one in (
                *crash_notices(crash, look),
                *warnings(session, shown, place_of, again, forget_place),
            ):
                notice_line([one])  # each has much to say
            notice_line(found)

    async def forget_place() -> None:
        nonlocal place_of
        await session.know_place()
        place_of = None
        await look()

    async def look() -> None:
        draw(await session.run(show_frame, session.today()))

    async def again(entity_id: EntityId) -> None:
        nonlocal applied
        if client.is_deleted or entity_id != session.shown:
            return
        shown = await session.run(show_frame, session.today())
        with client:
            draw(shown)
            tell_waiting(shown.waiting)
            before, applied = applied, session.incoming.of(entity_id).applied
            # Nothing is typed on the home page, and its figures are the news; but
            # once for each file, whatever else is told meanwhile.
            if applied not in (None, before) and path == addresses.HOME:
                ui.navigate.reload()

    draw(view)
    client.on_delete(session.incoming.listen(again))


def folder_notices(desk: Desk) -> list[Notice]:
    """Say what the watched folder brought, and why it brings nothing."""
    found = []
    if desk.waiting:
        found.append(_waiting(desk.waiting))
    if desk.applied:
        found.append(
            Notice(
                text=_(
                    "Imported: {file}, {new}, {settled}.",
                    file=desk.applied.file_name,
                    new=_new(desk.applied.new),
                    settled=_settled(desk.applied.settled),
                ),
                tone=Tone.SETTLED,
                gesture=_("See"),
                address=addresses.IMPORT,
            )
        )
    found += [
        Notice(
            text=problem,
            tone=Tone.WARNING,
            gesture=_("See"),
            address=address,
        )
        for problem, address in (
            (desk.folder_problem, f"{addresses.SETTINGS}#watch"),
            (desk.file_problem, addresses.IMPORT),
        )
        if problem
    ]
    return found


def _waiting(prepared: Prepared) -> Notice:
    movements = prepared.preview.movements
    text = _(
        "New file {file}: {new}, {settled}.",
        file=prepared.preview.source.name,
        new=_new(len(movements.new)),
        settled=_settled(len(movements.settled)),
    )
    if prepared.doubts:
        text = f"{text} {doubts.doubt(prepared.doubts[0])}"
    return Notice(
        text=text,
        tone=Tone.WARNING if prepared.doubts else Tone.NOT_DUE,
        gesture=_("See"),
        address=addresses.IMPORT,
    )


def _new(count: int) -> str:
    return ngettext("{count} new entry", "{count} new entries", count)


def _settled(count: int) -> str:
    return ngettext("{count} settled invoice", "{count} settled invoices", count)
