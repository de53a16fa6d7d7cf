"""« Encaissements »: what customers paid, and what reduced their debts otherwise."""

from datetime import timedelta

from domain.basics.listing import ListQuery
from domain.ledger.receipt import Receipt, ReceiptKind
from domain.usecases import follow_lists
from ui import labels
from ui.components.customer_rows import level_field, open_sheet, row_id
from ui.components.data_table import Empty, PageOf
from ui.components.list_filters import FilterField, FilterKind
from ui.components.list_look import ListLook
from ui.components.list_page import list_page, page_of
from ui.components.table_cells import Column, ColumnKind, Row
from ui.session import Session
from ui.translation import _, ngettext

_USUAL_DAYS = timedelta(days=90)


async def receipts_page(session: Session) -> None:
    """List the credits of the last 90 days, until asked for others."""

    async def fetch(query: ListQuery) -> PageOf:
        page = await session.run(
            follow_lists.receipts_page, session.entity_id, session.today(), query
        )
        return page_of(page, _row)

    await list_page(session, _look(session), fetch, on_open=open_sheet)


def _look(session: Session) -> ListLook:
    since = session.today() - _USUAL_DAYS
    return ListLook(
        name="receipts",
        title=_("Receipts"),
        columns=_columns(),
        fields=[
            FilterField(
                name="kind",
                label=_("Payment or credit note"),
                kind=FilterKind.CHOICE,
                choices={
                    ReceiptKind.PAYMENT: _("Payments"),
                    ReceiptKind.CREDIT_NOTE: _("Credit notes and others"),
                },
                in_sight=True,
            ),
            FilterField(name="on", label=_("Date"), kind=FilterKind.DAYS),
            FilterField(
                name="nature",
                label=_("Nature"),
                kind=FilterKind.CHOICE,
                choices={"manual": _("Manual"), "automatic": _("Automatic")},
            ),
            level_field(),
            FilterField(name="amount", label=_("Amount"), kind=FilterKind.AMOUNT),
        ],
        search_says=_("Name, code or document"),
        counted=lambda n: ngettext("{count} receipt", "{count} receipts", n),
        empty=Empty(
            heading=_("No receipt to show"),
            why=_(
                "Payments come with the files you import. If you filter, look further "
                "back, or remove a filter."
            ),
            icon="payments",
        ),
        sort="on",
        descending=True,
        usual={"on": (f"{since}..",)},
        hidden=frozenset({"code", "mode", "label"}),
        explains=_(
            "The level is the highest one reached by what each receipt settled."
        ),
    )


def _columns() -> list[Column]:
    return [
        Column(name="customer", label=_("Customer")),
        Column(name="on", label=_("Date"), kind=ColumnKind.DATE),
        Column(name="code", label=_("Code")),
        Column(name="kind", label=_("Type")),
        Column(name="nature", label=_("Nature")),
        Column(name="mode", label=_("Payment mode")),
        Column(name="label", label=_("Label")),
        Column(name="level", label=_("Level"), kind=ColumnKind.LEVEL),
        Column(name="amount", label=_("Amount"), kind=ColumnKind.MONEY),
    ]


def _row(receipt: Receipt) -> Row:
    return Row(
        id=row_id(receipt.entry_id, receipt.customer_id),
        cells={
            "on": receipt.received_on,
            "customer": receipt.name,
            "code": receipt.code,
            "kind": labels.receipt_kind(receipt.kind),
            "nature": _("Automatic") if receipt.is_automatic else _("Manual"),
            "mode": receipt.payment_mode,
            "label": receipt.label,
            "level": receipt.level,
            "amount": receipt.amount,
        },
    )
