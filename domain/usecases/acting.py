"""Today's reminders: see them, and choose."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.basics.collecting import rarely_collecting
from domain.basics.identifiers import (
    CustomerId,
    EntityId,
    ItemId,
    digest,
)
from domain.basics.money import EUR, Money, per_currency
from domain.customers.customer import Customer
from domain.dunning.courtesy import QuietDay
from domain.dunning.days_off import DaysOff
from domain.dunning.planned import LeftOut, PlannedMessage, Reason
from domain.dunning.scenario import Channel
from domain.ports import (
    Books,
)
from domain.usecases.importing import data_is_old
from domain.usecases.situations import AddressCheck, Situations, gather


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketRow:
    """One message of a bucket, as a line of the screen."""

    customer: Customer
    message: PlannedMessage
    recipient: str
    address_missing: bool
    """A letter that would have no postal address to print."""

    @property
    def choice(self) -> "Choice":
        """The whole message, ticked."""
        return Choice(
            customer_id=self.customer.id,
            step_code=self.message.step.code,
            currency=self.message.total.currency,
            item_ids=frozenset(item.id for item in self.message.items),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Today's messages of one step of one scenario (« corbeille »)."""

    profile_name: str
    with_email: bool
    step_code: str
    channel: Channel
    rows: tuple[BucketRow, ...]
    total: Money

    @property
    def key(self) -> str:
        """Name of the bucket, stable from one look to the next."""
        return digest(
            self.profile_name,
            str(self.with_email),
            self.step_code,
            self.total.currency,
            self.channel,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutRow:
    """A customer with items that are not proposed."""

    customer: Customer
    items: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """The morning's work."""

    buckets: tuple[Bucket, ...]
    left_out: tuple[LeftOutRow, ...]
    data_is_old: bool
    last_import_on: date | None
    quiet: QuietDay | None = None
    """Why no e-mail leaves today, if so."""
    days_off: DaysOff | None = None
    """Days without reminders, being caught up with."""

    @property
    def kept_waiting(self) -> int:
        """Customers whose e-mail only waits for the quiet days to end."""
        return sum(
            any(
                all(one.reason is Reason.QUIET_DAY for one in item.exclusions)
                for item in row.items
            )
            for row in self.left_out
        )

    def count(self, channel: Channel) -> int:
        """Messages of today by one means."""
        return sum(len(b.rows) for b in self.buckets if b.channel is channel)

    @property
    def totals(self) -> tuple[Money, ...]:
        """What today's messages ask for: an amount per currency, euros first."""
        return per_currency(bucket.total for bucket in self.buckets)

    @property
    def customer_count(self) -> int:
        """Customers reached by today's messages."""
        return len({row.customer.id for b in self.buckets for row in b.rows})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A ticked message, and its ticked items."""

    customer_id: CustomerId
    step_code: str
    currency: str = EUR
    item_ids: frozenset[ItemId]


def show_today(
    books: Books,
    entity_id: EntityId,
    check_address: AddressCheck,
    today: date,
    *,
    even_today: bool = False,
) -> TodayView:
    """Group today's proposals by scenario and step, the others with reasons."""
    situations = gather(books, entity_id, check_address, today, even_today=even_today)
    return today_of(books, situations)


@rarely_collecting()
def today_of(books: Books, situations: Situations) -> TodayView:
    """Group the proposals to customers whose situations were gathered."""
    entity_id, today = situations.entity_id, situations.today
    rows: dict[tuple[str, bool, str, str, Channel], list[BucketRow]] = defaultdict(list)
    left_out = []
    for plan in situations.plans():
        situation = situations.of[plan.customer_id]
        for message in plan.messages:
            key = (
                situation.profile.name,
                message.scenario.with_email,
                message.step.code,
                message.total.currency,
                message.channel,
            )
            rows[key].append(_row(situations, message))
        if plan.left_out:
            left_out.append(
                LeftOutRow(customer=situation.customer, items=plan.left_out)
            )
    last = books.imports.last(entity_id)
    return TodayView(
        buckets=tuple(
            _bucket(key, rows[key])
            for key in sorted(rows, key=lambda k: (k[0], not k[1], k[2], k[3]))
        ),
        left_out=tuple(sorted(left_out, key=lambda r: r.customer.name.casefold())),
        data_is_old=data_is_old(books, entity_id, today),
        last_import_on=last.imported_at.date() if last else None,
        quiet=situations.courtesy.quiet_day(today),
        days_off=situations.days_off,
    )


def _bucket(key: tuple[str, bool, str, str, Channel], rows: list[BucketRow]) -> Bucket:
    profile_name, with_email, step_code, currency, channel = key
    return Bucket(
        profile_name=profile_name,
        with_email=with_email,
        step_code=step_code,
        channel=channel,
        rows=tuple(sorted(rows, key=lambda r: -r.message.total.cents)),
        total=Money.total((r.message.total for r in rows), currency),
    )


def _row(situations: Situations, message: PlannedMessage) -> BucketRow:
    customer = situations.of[message.customer_id].customer
    by_letter = message.channel is Channel.LETTER
    return BucketRow(
        customer=customer,
        message=message,
        recipient=situations.of[message.customer_id].email
        if message.channel is Channel.EMAIL
        else "",
        address_missing=by_letter and not customer.has_postal_address,
    )


def all_choices(view: TodayView, channels: Iterable[Channel]) -> list[Choice]:
    """Tick everything that is proposed by the given means."""
    wanted = set(channels)
    return [row.choice for b in view.buckets if b.channel in wanted for row in b.rows]
