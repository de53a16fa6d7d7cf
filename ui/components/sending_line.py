"""How far the sending is: count, current recipient, time left, pause, stop."""

from nicegui import ui

from domain.dunning.server_answers import meaning_of
from domain.usecases.account_refusals import AccountRefusal
from ui import addresses, design, formatting
from ui.components.buttons import quiet_button
from ui.postman import Postman
from ui.session import Session
from ui.translation import _

_LOOK_EVERY = 0.5
_SECONDS_IN_MINUTE = 60


def sending_line(session: Session, refusal: AccountRefusal | None) -> None:
    """Draw the progress of the sending under way, or why the last one stopped."""
    postman = session.postman
    if not postman.is_sending and refusal:
        _refused(refusal)
        return
    if not postman.is_sending:
        _why_still(postman)
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


def _why_still(postman: Postman) -> None:
    """Say what stopped the last sending, and when it goes on."""
    said = []
    if postman.rest:
        said.append(
            _(
                "{why} The next e-mail leaves at {time}.",
                why=_(postman.rest.why),
                time=formatting.moment(postman.rest.until),
            )
        )
    elif postman.is_halted:
        said.append(
            _("The sending was stopped, and the rest waits until you send it again.")
        )
    meaning = meaning_of(postman.answer)
    if meaning:
        said.append(_(meaning.says))
    if postman.answer[:3].isdecimal():
        said.append(_("The server answered: {answer}", answer=postman.answer))
    elif postman.answer:
        said.append(_(postman.answer))
    if said:
        with ui.element("div").classes(design.NOTICE_BOX).mark("send-problem"):
            icon = "hourglass_top" if postman.rest else "error_outline"
            ui.icon(icon).props("aria-hidden=true")
            ui.label(" ".join(said))


def _refused(refusal: AccountRefusal) -> None:
    """Say when the account was refused, what it means, and what to do."""
    meaning = meaning_of(refusal.answer)
    said = [
        _(
            "The mail server refused the account on {moment}: nothing leaves until it"
            " is put right and you send again.",
            moment=formatting.moment(refusal.at),
        ),
        _(meaning.says) if meaning else "",
        _("The server answered: {answer}", answer=refusal.answer)
        if refusal.answer[:3].isdecimal()
        else _(refusal.answer),
    ]
    with ui.element("div").classes(design.NOTICE_BOX).mark("account-refused"):
        ui.icon("error_outline").props("aria-hidden=true")
        ui.label(" ".join(filter(None, said)))
        ui.link(_("Check the mail account"), f"{addresses.SETTINGS}#mail")


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
