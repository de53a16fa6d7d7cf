"""Two currencies and three contacts, from the files to every place that tells them.

A firm that bills in euros and in dollars, a customer that reads English, and who
there receives the reminders, the invoices, and what has gone too far.
"""

from dataclasses import replace
from datetime import date

import pytest

from domain.basics import wording
from domain.basics.identifiers import CustomerId, EntityId, customer_key
from domain.basics.listing import ListQuery
from domain.basics.money import Money
from domain.customers.customer import Role
from domain.dunning.outbox import MessageState, OutboxMessage
from domain.dunning.penalty_claim import penalty_claim
from domain.dunning.scenario import Channel
from domain.dunning.scenario_pair import with_step
from domain.ledger.proposing import propose_for
from domain.ports import Books
from domain.usecases.acting import Bucket, show_today
from domain.usecases.by_criteria import Criteria, find_instalments, instalments
from domain.usecases.call_session import choose_calls, show_session
from domain.usecases.case_file import compose_case, gather_case
from domain.usecases.composing import Composed, compose_chosen
from domain.usecases.customer_sheet import show_customer
from domain.usecases.dashboard import show_home
from domain.usecases.days_work import show_work
from domain.usecases.delays import show_aged_balance
from domain.usecases.forecasting import ForecastQuery, show_forecast
from domain.usecases.frame import find_customers
from domain.usecases.lists import customers_page, debtors_page, items_page
from domain.usecases.penalties import customer_penalties
from domain.usecases.posting import show_batch
from domain.usecases.preparing import Prepared
from domain.usecases.recipients import RecipientList, show_recipients
from domain.usecases.rehearsing import Trial, show_rehearsal
from domain.usecases.reporting import workbook_content
from domain.usecases.scenarios import save_scenario, show_scenarios
from domain.usecases.statement import compose_statements, statement_tables
from domain.usecases.workbook import show_workbook
from storage.files.reading import AccountingFiles
from tests.journeys.stories import OUTSIDE, books_of, bring_in, prepare_all

TODAY = date(2026, 3, 31)
CHECK = OUTSIDE.mail.check_address
FILES = AccountingFiles()
OPEN = """Code client;Raison sociale;N° facture;Date facture;Échéance;Reste dû;Devise
C1;Harbour Trading;F1;05/01/2026;04/02/2026;1 200,00;EUR
C1;Harbour Trading;F2;06/01/2026;05/02/2026;1 000,00;USD
C1;Harbour Trading;F3;06/01/2026;30/06/2026;300,00;USD
C2;Atelier Sans Boîte;F4;07/01/2026;06/02/2026;450,00;
C2;Atelier Sans Boîte;F5;07/01/2026;06/02/2026;70,00;$
"""
CONTACTS = """Code client;Nom;Prénom;E-mail;Destinataire relance;Facturation;Responsable
C1;Reed;Ann;ann@harbour.example.com;oui;non;non
C1;Bell;Tom;bills@harbour.example.com;non;oui;non
C1;Stone;Eve;eve@harbour.example.com;non;non;oui
C2;Mercier;Luc;;non;non;oui
"""
ADDRESSES = """Code client;Adresse;CP;Ville;Langue
C1;1 quai des Essais;76600;Le Havre;Anglais
C2;2 rue des Essais;69001;Lyon;
"""
EUROS, DOLLARS = Money(1_650_00), Money(1_370_00, "USD")
Firm = tuple[Books, EntityId]


@pytest.fixture(scope="module")
def firm() -> Firm:
    """A firm whose files gave two currencies, and contacts with their roles."""
    books, entity_id = books_of()
    for text in (OPEN, CONTACTS, ADDRESSES):
        table = FILES.table("liste.csv", text.encode())
        source = FILES.read_mapped(table, propose_for(table).mapping, table.name)
        bring_in(books, entity_id, source, TODAY)
    pair = show_scenarios(books, entity_id)[0].pair
    for column in pair.columns:
        copied = column
        for step in column.reminders:
            copied = with_step(copied, replace(step, copies="\n".join(Role)))
        pair = pair.with_column(copied)
    save_scenario(books, pair, OUTSIDE.mail.can_be_sent_to)
    return books, entity_id


def _key(entity_id: EntityId, code: str = "C1") -> CustomerId:
    return customer_key(entity_id, code)


@pytest.fixture(scope="module")
def composed(firm: Firm) -> list[Composed]:
    books, entity_id = firm
    choices = [row.choice for bucket in _buckets(firm) for row in bucket.rows]
    return compose_chosen(books, entity_id, choices, CHECK, TODAY)


def _buckets(firm: Firm) -> tuple[Bucket, ...]:
    return show_today(*firm, CHECK, TODAY).buckets


def test_lists_keep_the_currency_of_each_item_and_the_roles_of_contacts(
    firm: Firm,
) -> None:
    books, entity_id = firm

    left = {item.reference: item.left for item in books.ledger.items(entity_id)}
    people = {c.last_name: c for c in books.customers.contacts_of(_key(entity_id))}

    assert left["F1"] == Money(1_200_00)
    assert left["F2"] == Money(1_000_00, "USD")
    assert left["F5"] == Money(70_00, "USD")
    assert people["Reed"].is_dunning
    assert people["Bell"].is_billing
    assert people["Stone"].is_manager


def test_screens_tell_each_currency_apart_and_never_add_them(firm: Firm) -> None:
    books, entity_id = firm
    query = ListQuery()

    home = show_home(books, entity_id, TODAY)
    assert {one.figures.owed for one in home.by_currency} == {EUROS, DOLLARS}
    for page in (
        debtors_page(books, entity_id, TODAY, query),
        customers_page(books, entity_id, TODAY, query),
        items_page(books, entity_id, TODAY, query),
    ):
        assert (EUROS, DOLLARS) in {tuple(t) for t in page.totals.values()}
    sheet = show_customer(books, _key(entity_id), CHECK, TODAY)
    assert [one.amounts.balance for one in sheet.accounts] == [
        Money(1_200_00),
        Money(1_300_00, "USD"),
    ]
    (found,) = find_customers(books, entity_id, "harb")
    assert found.code == "C1"


def test_figures_and_forecasts_are_told_in_one_currency_at_a_time(firm: Firm) -> None:
    books, entity_id = firm

    forecasts = {
        used: show_forecast(books, entity_id, ForecastQuery(currency=used), TODAY)
        for used in ("EUR", "USD")
    }
    assert list(forecasts["EUR"].currencies) == ["EUR", "USD"]
    for used, view in forecasts.items():
        columns = view.forecast.columns
        assert {column.amount.currency for column in columns} == {used}
    aged = show_aged_balance(books, entity_id, TODAY, "USD")
    assert (aged.currency, aged.total.owed) == ("USD", DOLLARS.cents)


def test_todays_work_has_a_bucket_and_a_total_for_each_currency(firm: Firm) -> None:
    books, entity_id = firm
    buckets = _buckets(firm)

    assert len({bucket.key for bucket in buckets}) == len(buckets) == 4
    late = (EUROS, Money(1_070_00, "USD"))
    assert show_today(books, entity_id, CHECK, TODAY).totals == late
    assert set(show_work(books, entity_id, CHECK, TODAY).to_remind) == set(late)
    (line,) = show_recipients(books, entity_id, CHECK, TODAY).lists[
        RecipientList.TO_SEND
    ]
    assert line.totals == (Money(1_200_00), Money(1_000_00, "USD"))
    first = show_rehearsal(books, entity_id, CHECK, TODAY, Trial(), 2).days[0]
    assert first.totals == late
    for bucket in buckets:
        assert {row.message.total.currency for row in bucket.rows} == {
            bucket.total.currency
        }


def test_searches_by_amount_and_calls_take_each_currency_apart(firm: Firm) -> None:
    books, entity_id = firm
    asked = Criteria(overdue=Money(1_100_00))

    found = find_instalments(books, entity_id, asked, CHECK, TODAY)
    situation = found.situations.of[_key(entity_id)]
    assert [i.reference for i in instalments(situation, asked, TODAY)] == ["F1"]

    late = [item.id for item in instalments(situation, Criteria(), TODAY)]
    choose_calls(books, entity_id, {_key(entity_id): late}, TODAY)
    (entry,) = show_session(books, entity_id, CHECK, TODAY, "09:00").to_call
    assert entry.totals == (Money(1_200_00), Money(1_000_00, "USD"))


def test_each_message_asks_in_one_currency_in_the_customers_language(
    composed: list[Composed],
) -> None:
    assert len(composed) == 4
    for one in composed:
        (currency,) = {item.currency for item in one.message.items}
        language = "en" if one.customer.code == "C1" else "fr"
        content = one.content
        assert content.language == language
        assert content.total == wording.money(one.message.total, language)
        assert wording.long_day(TODAY, language) in content.place_and_date
        assert content.payment is not None
        assert bool(content.payment.qr_payload) is (currency == "EUR")


def test_the_recipient_is_reminded_and_the_other_roles_have_their_copy(
    composed: list[Composed],
) -> None:
    by_email = [c for c in composed if c.message.channel is Channel.EMAIL]
    by_letter = [c for c in composed if c.message.channel is Channel.LETTER]

    assert {c.recipient for c in by_email} == {"ann@harbour.example.com"}
    assert {c.copies for c in by_email} == {
        ("bills@harbour.example.com", "eve@harbour.example.com")
    }
    assert {c.content.recipient_lines[1] for c in by_letter} == {"Luc Mercier"}
    assert not any(c.copies for c in by_letter)


def test_statements_penalties_and_the_file_for_a_lawyer_stay_apart(firm: Firm) -> None:
    books, entity_id = firm
    customer_id = _key(entity_id)

    euros, dollars = compose_statements(books, customer_id, TODAY)
    assert (euros.total, dollars.total) == ("€1,200.00", "US$1,300.00")
    assert dollars.payment is None or not dollars.payment.qr_payload
    assert set(statement_tables(books, customer_id, TODAY)) == {"EUR", "USD"}

    penalties = customer_penalties(books, customer_id, TODAY).unpaid
    assert [one.item.reference for one in penalties.invoices] == ["F1"]
    assert penalty_claim(penalties, "en")

    case = compose_case(
        gather_case(books, customer_id, TODAY), OUTSIDE.files.invoices("")
    )
    claims = [table.total for table in case.listing.tables if table.total]
    assert claims == [
        ("Total", wording.money(Money(1_200_00))),
        ("Total", wording.money(Money(1_000_00, "USD"))),
    ]


def test_the_workbook_adds_up_euros_and_says_what_it_cannot_hold(firm: Firm) -> None:
    books, entity_id = firm

    content = workbook_content(books, entity_id)
    view = show_workbook(books, entity_id)

    assert [row[6] for row in content.due_invoices] == ["F1", "F4"]
    assert view.others == (DOLLARS,)
    assert EUROS in {tab.total for tab in view.tabs}


def test_what_is_prepared_keeps_its_currency_its_copies_and_its_slip(
    firm: Firm,
) -> None:
    books, entity_id = firm

    prepared: Prepared = prepare_all(books, entity_id, TODAY)

    queued: list[OutboxMessage] = books.outbox.all(entity_id, [MessageState.QUEUED])
    emails = [m for m in queued if m.channel is Channel.EMAIL]
    assert {m.total.currency for m in emails} == {"EUR", "USD"}
    for message in emails:
        assert message.document_id
        written = books.outbox.document(message.document_id)
        assert b"Cc: bills@harbour.example.com, eve@harbour.example.com" in written
    (batch_id,) = prepared.batch_ids
    letters = show_batch(books, batch_id).letters
    assert {one.message.total for one in letters} == {
        Money(450_00),
        Money(70_00, "USD"),
    }
