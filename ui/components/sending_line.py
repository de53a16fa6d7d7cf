"""How far the sending is: count, current recipient, time left, pause, stop."""

from nicegui import ui

from ui import design, formatting
from ui.components.buttons import quiet_button
from ui.session import Session
from ui.translation import _

_LOOK_EVERY = 0.5
_SECONDS_IN_MINUTE = 60


def sending_line(session: Session) -> None:
    """Draw the progress of the sending under way, or why the last one stopped."""
    postman = session.postman
    if not postman.is_sending:
        if postman.answer:
            with ui.element("div").classes(design.NOTICE_BOX).mark("send-problem"):
                ui.icon("cloud_off").props("aria-hidden=true")
                ui.label(_(postman.answer))
        return
    with ui.element("div").classes(design.CARD).mark("sending"):
        words = ui.label()
        bar = ui.linear_progress(0, show_value=False)
        with ui.element("div").classes(design.PAGE_ACTIONS):
            pause = quiet_button(_("Pause"), lambda: _toggle(session))

            async def stop() -> None:
                await postman.stop(session.entity_id)

            quiet_button(_("Stop"), stop)

    def look() -> None:
        bar.value = postman.done / max(1, postman.total)
        words.text = _progress(session)
        pause.text = _("Go on") if postman.is_paused else _("Pause")

    look()
    ui.timer(_LOOK_EVERY, look)


def _toggle(session: Session) -> None:
    if session.postman.is_paused:
        session.postman.go_on()
    else:
        session.postman.pause()


def _progress(session: Session) -> str:
    postman = session.postman
    sentence = _(
        "{done} of {total} sent, now to {recipient}",
        done=formatting.count(postman.done),
        total=formatting.count(postman.total),
        recipient=postman.recipient,
    )
    left = postman.seconds_left
    if left is None:
        return sentence
    minutes = -(-left // _SECONDS_IN_MINUTE)
    return _("{progress}, about {minutes} min left", progress=sentence, minutes=minutes)
