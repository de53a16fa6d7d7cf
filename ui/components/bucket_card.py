"""A bucket of today's reminders: its step, how many, how much."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.usecases.acting import Bucket
from ui import design, formatting, labels
from ui.components.badge import Badge, badge, level
from ui.translation import _, ngettext


def bucket_card(
    bucket: Bucket, on_open: Callable[[str], Awaitable[None]]
) -> ui.element:
    """Draw a bucket; a click or Enter opens it."""
    card = (
        ui.element("button").classes(design.BUCKET).mark(f"bucket-{bucket.step_code}")
    )
    card.on("click", lambda: on_open(bucket.key))
    step = bucket.rows[0].message.step
    with card:
        with ui.element("div").classes(design.ROW):
            if step.level:
                badge(level(step.level))
            else:
                badge(Badge(text=bucket.step_code))
            ui.label(labels.step(bucket.step_code)).classes(design.STRONG)
            ui.icon(design.CHANNEL_ICONS[bucket.channel]).tooltip(
                labels.channel(bucket.channel)
            )
        ui.label(labels.timing(step)).classes(design.SECONDARY_TEXT)
        with ui.element("div").classes(design.ROW_SPREAD):
            ui.label(
                ngettext("{count} customer", "{count} customers", len(bucket.rows))
            )
            ui.label(formatting.money(bucket.total)).classes(design.AMOUNT)
        if bucket.profile_name != _STANDARD:
            ui.label(_("Profile {name}", name=bucket.profile_name)).classes(
                design.SECONDARY_TEXT
            )
    return card


_STANDARD = "Standard"
