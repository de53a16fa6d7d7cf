"""Several customers changed at once: profile, STOP, flag, salesperson."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from nicegui import ui

from domain.basics.identifiers import CustomerId, ProfileId
from domain.dunning.profile import Profile
from domain.usecases.changing_many import (
    Before,
    CustomerField,
    change_customers,
    lift_holds,
    restore_customers,
    stop_customers,
)
from domain.usecases.lists import FilterValues
from ui import addresses, design
from ui.components.bulk_bar import BulkGesture
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.hold_dialog import hold_dialog
from ui.components.list_page import ListScreen
from ui.session import Session
from ui.translation import _, ngettext

_REHEARSED_AT_MOST = 500
"""Customers that the address of a rehearsal can name."""


def row_id(customer_id: CustomerId, currency: str, *detail: str) -> str:
    """Name a row of a list that has one per customer and currency."""
    return " ".join((customer_id, currency, *detail))


def customer_of(row: str) -> CustomerId:
    """Find the customer of a row."""
    return CustomerId(row.split(" ", maxsplit=1)[0])


def customers_of(rows: Sequence[str]) -> list[CustomerId]:
    """Find the customers of some rows, each once."""
    return list(dict.fromkeys(map(customer_of, rows)))


class BulkCustomers:
    """The gestures on several customers of a list."""

    def __init__(self, session: Session, values: FilterValues) -> None:
        self._session = session
        self._values = values
        self.screen: ListScreen
        """The list, once it is drawn."""

    def gestures(self) -> list[BulkGesture]:
        """List them, as the bar of ticked rows draws them."""
        return [
            BulkGesture(
                verb=_("Profile…"), icon="tune", act=self._profile, mark="bulk-profile"
            ),
            BulkGesture(
                verb=_("STOP…"), icon="front_hand", act=self._stop, mark="bulk-stop"
            ),
            BulkGesture(
                verb=_("Follow…"), icon="flag", act=self._follow, mark="bulk-follow"
            ),
            BulkGesture(
                verb=_("Salesperson…"),
                icon="badge",
                act=self._salesperson,
                mark="bulk-salesperson",
            ),
        ]

    def _profile(self, rows: list[str]) -> None:
        ids = customers_of(rows)
        profiles: dict[str, Profile] = {p.id: p for p in self._values.profiles}

        async def save() -> None:
            profile = profiles[choice.value]
            await self._change(
                ids,
                CustomerField.PROFILE,
                profile.id,
                _("Profile “{name}”", name=profile.name),
            )

        with form_dialog(_("Change the profile"), _change_them(ids), save):
            choice = ui.select(
                {profile.id: profile.name for profile in profiles.values()},
                label=_("Profile"),
                value=next(iter(profiles)),
            )
            choice.props(design.INPUT).mark("bulk-value")
            if len(ids) <= _REHEARSED_AT_MOST:
                _rehearsal_link(choice, ids)

    def _salesperson(self, rows: list[str]) -> None:
        ids = customers_of(rows)

        async def save() -> None:
            name = typed(field)
            said = _("Salesperson “{name}”", name=name)
            await self._change(
                ids,
                CustomerField.SALESPERSON,
                name,
                said if name else _("No salesperson"),
            )

        with form_dialog(_("Change the salesperson"), _change_them(ids), save):
            field = text_field(_("Salesperson (empty: none)"))
            field.set_autocomplete(list(self._values.salespersons))
            field.props("autofocus").mark("bulk-value")

    def _follow(self, rows: list[str]) -> None:
        ids = customers_of(rows)

        async def save() -> None:
            followed = bool(choice.value)
            said = _("Followed") if followed else _("No longer followed")
            await self._change(ids, CustomerField.FOLLOWED, followed, said)

        with form_dialog(_("Flag “followed”"), _change_them(ids), save):
            choice = ui.radio(
                {True: _("Follow these customers"), False: _("Follow them no more")},
                value=True,
            ).mark("bulk-value")

    def _stop(self, rows: list[str]) -> None:
        ids = customers_of(rows)

        async def act(reason: str, ends_on: date | None) -> None:
            when = self._session.today(), self._session.now()
            placed = await self._session.run(
                stop_customers, self._session.entity_id, ids, reason, ends_on, *when
            )

            async def lift() -> None:
                when = self._session.today(), self._session.now()
                await self._session.run(lift_holds, placed, *when)
                await self.screen.refresh()

            await self.screen.refresh()
            self.screen.bar.done(
                ngettext(
                    "STOP placed on {count} customer.",
                    "STOP placed on {count} customers.",
                    len(placed),
                ),
                lift if placed else None,
            )

        hold_dialog(ngettext("{count} customer", "{count} customers", len(ids)), act)

    async def _change(
        self,
        ids: list[CustomerId],
        field: CustomerField,
        value: str | bool,
        said: str,
    ) -> None:
        before = await self._session.run(
            change_customers, self._session.entity_id, ids, field, value
        )
        await self.screen.refresh()
        self.screen.bar.done(
            ngettext(
                "{what}: {count} customer changed.",
                "{what}: {count} customers changed.",
                len(before),
                what=said,
            ),
            partial(self._restore, field, before) if before else None,
        )

    async def _restore(self, field: CustomerField, before: Before) -> None:
        await self._session.run(
            restore_customers, self._session.entity_id, field, before
        )
        await self.screen.refresh()


def _rehearsal_link(choice: ui.select, ids: Sequence[CustomerId]) -> None:
    """Lead to what the profile chosen would send to these customers."""
    link = ui.link(_("See what this profile would send in the next 60 days"), "")
    link.mark("rehearse")

    def lead() -> None:
        link.props["href"] = addresses.rehearsal(ProfileId(str(choice.value)), *ids)

    lead()
    choice.on_value_change(lead)


def _change_them(ids: Sequence[CustomerId]) -> str:
    return ngettext("Change {count} customer", "Change {count} customers", len(ids))
