"""The command that plays the days to come, and writes nothing."""

from typing import Any

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId, ProfileId
from domain.dunning.planned import PlannedMessage
from domain.dunning.rehearsal import DAYS, RehearsedDay, is_formal_notice, totals_of
from domain.dunning.scenario import Channel
from domain.usecases.rehearsing import Rehearsal, Trial, show_rehearsal
from ui import formatting, labels, rehearsal_words
from ui.cli.context import Answer, Context
from ui.cli.looking import customer_named, described_message
from ui.translation import _, ngettext


class UnknownProfileError(DunningError):
    """No profile has this name."""

    message = "No profile is called {profile} in {entity}."


def rehearse(context: Context) -> Answer:
    """Say what the scenarios would send in the days to come, and to whom."""
    arguments = context.arguments
    trial = Trial(
        profile_id=_profile(context, arguments.profile) if arguments.profile else None,
        customer_ids=frozenset(
            customer_named(context, code) for code in arguments.client or ()
        ),
        everyone=arguments.everyone,
    )
    found = show_rehearsal(
        context.books,
        context.entity.id,
        context.outside.mail.check_address,
        context.today,
        trial,
        arguments.days or DAYS,
        context.progress.tell,
    )
    codes = {key: customer.code for key, customer in found.customers.items()}
    return Answer(
        payload={
            "profile": arguments.profile,
            "waiting_messages": found.waiting,
            "days": [_day(day, codes) for day in found.days],
            "totals": _counts(found),
        },
        lines=_lines(found, codes),
    )


def _profile(context: Context, name: str) -> ProfileId:
    for profile in context.books.scenarios.profiles(context.entity.id):
        if profile.name.casefold() == name.casefold():
            return profile.id
    raise UnknownProfileError(profile=name, entity=context.entity.name)


def _day(day: RehearsedDay, codes: dict[CustomerId, str]) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "no_email": _(day.quiet.why) if day.quiet else None,
        "catching_up": day.is_catching_up,
        "emails": day.count(Channel.EMAIL),
        "letters": day.count(Channel.LETTER),
        "calls": day.count(Channel.PHONE),
        "others": day.count(Channel.OTHER),
        "formal_notices": day.formal_notices,
        "totals": _amounts(day.messages),
        "messages": [
            {
                **described_message(message, codes),
                "currency": message.total.currency,
                "formal_notice": is_formal_notice(message),
            }
            for message in day.messages
        ],
    }


def _counts(found: Rehearsal) -> dict[str, Any]:
    messages = [m for day in found.days for m in day.messages]
    return {
        "emails": sum(day.count(Channel.EMAIL) for day in found.days),
        "letters": sum(day.count(Channel.LETTER) for day in found.days),
        "calls": sum(day.count(Channel.PHONE) for day in found.days),
        "others": sum(day.count(Channel.OTHER) for day in found.days),
        "formal_notices": sum(day.formal_notices for day in found.days),
        "clients": len({message.customer_id for message in messages}),
    }


def _amounts(messages: tuple[PlannedMessage, ...]) -> list[dict[str, Any]]:
    return [
        {"currency": total.currency, "cents": total.cents}
        for total in totals_of(messages)
    ]


def _lines(found: Rehearsal, codes: dict[CustomerId, str]) -> list[str]:
    count = sum(len(day.messages) for day in found.days)
    lines = [
        ngettext(
            "{count} message would be made by {day}",
            "{count} messages would be made by {day}",
            count,
            day=formatting.day(found.days[-1].day),
        ),
        rehearsal_words.supposing(found),
    ]
    for day in found.days:
        why = rehearsal_words.why_quiet(day)
        if day.messages or why:
            lines.append(f"{formatting.day(day.day)}  {why}".rstrip())
        lines += [
            f"  {m.step.code:<3} {labels.channel(m.channel):<10} "
            f"{codes[m.customer_id]:<16} {formatting.money(m.total):>16}"
            for m in day.messages
        ]
    return lines
