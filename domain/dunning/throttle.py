"""How fast e-mails may leave: what mail hosts allow, and when the next one may."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address

from domain.basics.errors import DunningError
from domain.basics.identifiers import MessageId
from domain.basics.sentences import N_
from domain.dunning.outbox import Delivery
from domain.dunning.server_answers import About

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Minutes before the next try, after each time the server said « later ».
RETRY_MINUTES = (1, 5, 10, 20, 30)


class LimitWrongError(DunningError):
    """A limit is a number of messages."""

    message = "A sending limit is a whole number; 0 or empty means no limit."


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingLimits:
    """How many messages an account may send; 0 is no limit."""

    per_minute: int = 0
    per_hour: int = 0
    per_day: int = 0

    @property
    def spacing(self) -> timedelta:
        """The time between two messages that spreads them over the minute."""
        return MINUTE / self.per_minute if self.per_minute else timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class HostLimits:
    """What a mail host allows, as published or as is prudent (domain.md H)."""

    name: str
    servers: tuple[str, ...]
    limits: SendingLimits


NO_LIMITS = SendingLimits()
OTHER_HOST = SendingLimits(per_minute=20, per_hour=200, per_day=500)
HOSTS = (
    HostLimits(
        name="Free",
        servers=("smtp.free.fr",),
        limits=SendingLimits(per_minute=10, per_hour=50, per_day=300),
    ),
    HostLimits(
        name="Gmail",
        servers=("smtp.gmail.com",),
        limits=SendingLimits(per_minute=20, per_hour=200, per_day=500),
    ),
    HostLimits(
        name="Google Workspace",
        servers=("smtp-relay.gmail.com",),
        limits=SendingLimits(per_minute=20, per_hour=500, per_day=2000),
    ),
    HostLimits(
        name="IONOS",
        servers=("smtp.ionos.fr", "smtp.ionos.com"),
        limits=SendingLimits(per_minute=10, per_hour=50, per_day=500),
    ),
    HostLimits(
        name="iCloud",
        servers=("smtp.mail.me.com",),
        limits=SendingLimits(per_minute=10, per_hour=100, per_day=1000),
    ),
    HostLimits(
        name="La Poste",
        servers=("smtp.laposte.net",),
        limits=SendingLimits(per_minute=10, per_hour=50, per_day=300),
    ),
    HostLimits(
        name="Microsoft 365",
        servers=("smtp.office365.com", "smtp-mail.outlook.com"),
        limits=SendingLimits(per_minute=30, per_hour=0, per_day=10_000),
    ),
    HostLimits(
        name="Orange",
        servers=("smtp.orange.fr",),
        limits=SendingLimits(per_minute=10, per_hour=50, per_day=300),
    ),
    HostLimits(
        name="OVH",
        servers=("ssl0.ovh.net", "pro1.mail.ovh.net"),
        limits=SendingLimits(per_minute=20, per_hour=200, per_day=0),
    ),
    HostLimits(
        name="SFR",
        servers=("smtp.sfr.fr",),
        limits=SendingLimits(per_minute=10, per_hour=50, per_day=300),
    ),
    HostLimits(
        name="Yahoo",
        servers=("smtp.mail.yahoo.com",),
        limits=SendingLimits(per_minute=10, per_hour=100, per_day=500),
    ),
)


class WhyRest(StrEnum):
    """Why the next message does not leave yet; shown with the time it will."""

    PACE = N_("One message after another, at the pace you set.")
    HOUR = N_("The number of messages allowed per hour is reached.")
    DAY = N_("The number of messages allowed per day is reached.")
    SERVER = N_("The mail server asked to wait.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A wait before the next message."""

    until: datetime
    why: WhyRest


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to hand a message over, noted before its first byte."""

    message_id: MessageId
    account: str
    began_at: datetime
    ended_at: datetime | None = None
    """None while it lasts, or when the app stopped during it."""
    outcome: Delivery = Delivery.UNKNOWN
    about: About = About.MESSAGE
    answer: str = ""


def usual_limits(host: str) -> SendingLimits:
    """Tell the limits of a mail host nobody chose limits for; none on this computer."""
    if _is_loopback(host):
        return NO_LIMITS
    known = (one.limits for one in HOSTS if host.lower() in one.servers)
    return next(known, OTHER_HOST)


def rest_after(times: int, last: datetime) -> Rest:
    """Tell how long to leave a server alone that said « later » so many times."""
    minutes = RETRY_MINUTES[min(times, len(RETRY_MINUTES)) - 1]
    return Rest(until=last + timedelta(minutes=minutes), why=WhyRest.SERVER)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
