"""« Agir par critère »: find instalments, choose how, remind of those ticked."""

from domain.usecases.choosable import what_to_choose_among
from domain.usecases.criteria_choices import LIST_NAME
from domain.usecases.list_choices import read_choices
from ui.components.criteria_desk import CriteriaDesk
from ui.components.page_head import page_head
from ui.session import Session
from ui.translation import _


async def act_by_criteria_page(session: Session) -> None:
    """Show the instalments that meet the usual criteria."""
    page_head(_("Act by criteria"))
    choosable = await session.run(what_to_choose_among, session.entity_id)
    choices = await session.run(read_choices, session.entity_id, LIST_NAME)
    await CriteriaDesk(session, choosable, choices).draw()
