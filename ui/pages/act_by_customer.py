"""« Agir par client »: one customer, the items ticked, one way to reach it."""

from nicegui import ui

from domain.basics.identifiers import CustomerId
from domain.dunning.scenario import Channel
from domain.usecases.by_customer import ByCustomerView, show_by_customer
from domain.usecases.frame import find_customers
from ui import addresses, design, labels, reason_words
from ui.components.choice_chips import choice_chips
from ui.components.empty_state import empty_state
from ui.components.hand_items import HandItems
from ui.components.page_head import page_head
from ui.components.search_box import SearchHit, search_box
from ui.components.spoken_form import SpokenForm
from ui.components.written_form import WrittenForm
from ui.drafts import Draft
from ui.session import Session
from ui.translation import _

_CHANNELS = tuple(Channel)


async def act_by_customer_page(session: Session, customer: str = "") -> None:
    """Let the user choose a customer, then act on it."""
    if not customer:
        _choose(session)
        return
    customer_id = CustomerId(customer)
    view = await session.run(
        show_by_customer,
        customer_id,
        session.outside.mail.check_address,
        session.today(),
    )
    await _Desk(session, view, session.drafts.of(customer_id)).draw()


def _choose(session: Session) -> None:
    async def search(words: str) -> list[SearchHit]:
        found = await session.run(find_customers, session.entity_id, words)
        return [
            SearchHit(name=c.name, detail=c.code, address=addresses.act_for(c.id))
            for c in found
        ]

    page_head(_("Act by customer"))
    with ui.element("div").classes(design.CARD).mark("choose-customer"):
        with ui.element("div").classes(design.ROW):
            search_box(search)
        with empty_state(
            _("Which customer?"),
            _(
                "Search by name or code, then tick the documents and choose the means."
                " From a customer's sheet, the same gestures start with what is ticked."
            ),
            icon="person_search",
        ):
            ui.link(_("Customers"), addresses.CUSTOMERS)


class _Desk:
    """The items on top, then the means and its form."""

    def __init__(self, session: Session, view: ByCustomerView, draft: Draft) -> None:
        self._session, self._view, self._draft = session, view, draft
        self._items = HandItems(view.situation, draft, session.today(), self._ticked)

    async def draw(self) -> None:
        customer = self._view.situation.customer
        with page_head(_("Act by customer")):
            ui.link(_("Another customer"), addresses.ACT_BY_CUSTOMER)
        with ui.element("div").classes(design.ROW):
            ui.link(customer.name, addresses.customer(customer.id)).classes(
                design.STRONG
            )
            ui.label(customer.code).classes(design.SECONDARY_TEXT)
        self._warnings()
        with ui.element("section").classes(design.CARD):
            self._items.draw()
        with ui.element("section").classes(design.CARD):
            with ui.element("div").classes(design.ROW):
                choice_chips(
                    {channel: labels.channel(channel) for channel in _CHANNELS},
                    self._draft.channel,
                    self._choose,
                    says=_("Means"),
                ).mark("means")
            self._place = ui.element("div").classes(design.STACK)
        await self._form()

    def _warnings(self) -> None:
        if not self._view.warnings:
            return
        reasons = " ; ".join(reason_words.reason(one) for one in self._view.warnings)
        with ui.element("div").classes(design.NOTICE_BOX).mark("warnings"):
            ui.icon(design.TONE_ICONS[design.Tone.WARNING]).props("aria-hidden=true")
            ui.label(
                _(
                    "The scenario leaves this customer or some of its documents alone:"
                    " {reasons}. You may act all the same.",
                    reasons=reasons,
                )
            )

    async def _choose(self, channel: str) -> None:
        self._draft.channel = Channel(channel)
        await self._form()

    async def _form(self) -> None:
        self._place.clear()
        with self._place:
            is_written = self._draft.channel in {Channel.EMAIL, Channel.LETTER}
            form = WrittenForm if is_written else SpokenForm
            self._shown: WrittenForm | SpokenForm = form(
                self._session, self._view, self._draft, self._items
            )
            await self._shown.draw()

    async def _ticked(self) -> None:
        await self._shown.show()
