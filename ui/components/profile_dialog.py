"""« Modifier profil / litige »: how a customer is reminded, and whether it contests."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.basics.identifiers import ProfileId
from domain.customers.agreements import Dispute
from domain.usecases.customer_sheet import CustomerSheet
from ui import addresses, design
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.translation import _

OnProfile = Callable[[ProfileId, bool, str], Awaitable[None]]


def account_dispute(sheet: CustomerSheet) -> Dispute | None:
    """Find the dispute on the whole account, if one is open."""
    return next((one for one in sheet.disputes if one.item_id is None), None)


def profile_dialog(sheet: CustomerSheet, on_save: OnProfile) -> None:
    """Ask for the profile, and whether the whole account is in dispute."""

    async def save() -> None:
        chosen = ProfileId(str(profile.value))
        await on_save(chosen, bool(contests.value), typed(reason))

    dispute = account_dispute(sheet)
    with form_dialog(_("Profile and dispute"), _("Save"), save):
        profile = ui.select(
            {one.id: one.name for one in sheet.profiles},
            value=sheet.profile.id,
            label=_("Profile"),
        )
        profile.props(design.INPUT).mark("profile-choice")
        rehearsed = ui.link(
            _("See what this profile would send in the next 60 days"), ""
        ).mark("rehearse")

        def lead() -> None:
            rehearsed.props["href"] = addresses.rehearsal(
                ProfileId(str(profile.value)), sheet.customer.id
            )

        lead()
        profile.on_value_change(lead)
        contests = ui.checkbox(
            _("The whole account is in dispute"), value=dispute is not None
        ).mark("account-dispute")
        reason = text_field(_("What is contested"), dispute.reason if dispute else "")
        reason.mark("reason").bind_visibility_from(contests, "value")
