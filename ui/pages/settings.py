"""What a firm says of itself: identity, mail account, limits, folders."""

from domain.usecases.settings import show_settings
from ui.components.page_head import page_head
from ui.components.settings_automatic import automatic_card
from ui.components.settings_card import SettingsCards
from ui.components.settings_courtesy import courtesy_card
from ui.components.settings_entities import entities_settings
from ui.components.settings_files import copies_card, folders_card
from ui.components.settings_firm import address_card, identity_card, payment_card
from ui.components.settings_free_fields import free_fields_card
from ui.components.settings_layout import layout_card
from ui.components.settings_letters import letters_card
from ui.components.settings_limits import limits_card
from ui.components.settings_mail import mail_card
from ui.components.settings_mailbox import mailbox_card
from ui.components.settings_modes import modes_card
from ui.components.settings_penalties import penalties_card
from ui.components.settings_proofs import proofs_card
from ui.components.settings_sending import sending_card
from ui.components.settings_travel import travel_card
from ui.components.settings_watch import watch_card
from ui.components.version_note import version_note
from ui.session import Session
from ui.translation import _


async def settings_page(session: Session) -> None:
    """Show everything a firm may set, in cards saved one by one."""
    view = await session.run(show_settings, session.entity_id)
    page_head(_("Company and mail"))
    cards = SettingsCards()
    identity_card(session, cards, view.entity)
    address_card(session, cards, view.entity)
    payment_card(session, cards, view.entity)
    await penalties_card(session, cards, view.entity)
    await modes_card(session, cards, view.entity)
    await letters_card(session, cards, view)
    await layout_card(session, cards, view.entity.id)
    mail = mail_card(session, cards, view)
    await mailbox_card(session, cards, view, mail)
    await sending_card(session, cards, view.entity.id)
    limits_card(session, cards, view)
    await courtesy_card(session, cards, view.entity.id)
    await automatic_card(session, cards, view.entity.id)
    await free_fields_card(session, cards, view.entity.id)
    await watch_card(session, cards, view.entity.id)
    folders_card(session, cards, view.entity)
    await copies_card(session, cards)
    await travel_card(session, cards, view.entity.id)
    proofs_card(session, cards)
    entities_settings(session, cards, view.entities, view.entity)
    version_note(session.today())
