from dataclasses import replace
from datetime import date, timedelta

from nicegui import ui
from nicegui.testing import User

from domain.basics.identifiers import EntityId, customer_key
from domain.basics.money import Money
from domain.dunning.outbox import MessageState
from domain.ports import Books
from domain.usecases.configuring import create_entity
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    TODAY,
    a_level_change,
    a_message,
    a_promise,
    an_entity,
)
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.ui.window import arrives_at, open_window
from ui import addresses

LONG_AGO = TODAY - timedelta(days=100)


def a_late_customer(books: Books) -> None:
    """C001 is 45 days late with 1 200 €, C002 owes 300 € in 10 days."""
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    source = a_file(
        a_line(
            "F1", 1200_00, LONG_AGO, name="Moulin Bleu", due_on=TODAY - timedelta(45)
        ),
        a_line(
            "F2",
            300_00,
            TODAY - timedelta(days=20),
            code="C002",
            name="Ferme Haute",
            due_on=TODAY + timedelta(days=10),
        ),
        a_line("R9", -80_00, TODAY - timedelta(days=3), code="C003", name="Trop Payé"),
        starts_on=date(2025, 1, 1),
    )
    bring_in(books, ENTITY_ID, source, TODAY)


def a_firm_without_entries(books: Books) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())


def words(element: ui.element) -> str:
    return " ".join(e.text for e in element.descendants() if isinstance(e, ui.label))


def figure_texts(user: User, mark: str) -> list[str]:
    (drawn,) = user.find(mark).elements
    return [e.text for e in drawn.descendants() if isinstance(e, ui.label)]


def chart_words(user: User) -> list[str]:
    drawn = [e for e in user.find(ui.element).elements if e.props.get("role") == "img"]
    return [e.props["aria-label"] for e in sorted(drawn, key=lambda e: e.id)]


def table_rows(user: User) -> list[list[dict[str, object]]]:
    return [t.rows for t in sorted(user.find(ui.table).elements, key=lambda t: t.id)]


async def test_the_amounts_leave_out_accounts_in_credit() -> None:
    async with open_window(a_late_customer) as user:
        await user.open("/")

        assert figure_texts(user, "owed")[1] == "1\u202f500,00\u00a0€"
        assert figure_texts(user, "overdue")[1:] == ["1\u202f200,00\u00a0€", "1 client"]
        assert figure_texts(user, "to-come")[1:] == ["300,00\u00a0€", "1 client"]
        assert figure_texts(user, "paid")[1] == "80,00\u00a0€"
        await user.should_see("seuls les comptes débiteurs comptent")


async def test_je_relance_leads_to_today_s_reminders() -> None:
    def with_email(books: Books) -> None:
        a_late_customer(books)
        give_email(books, ENTITY_ID, "compta@moulin.example.com")

    async with open_window(with_email) as user:
        await user.open("/")
        await user.should_see("1 e-mail")
        await user.should_see("à relancer auprès de 1 client")
        (asked,) = user.find("to-remind").elements
        assert words(asked).startswith("1\u202f200,00\u00a0€")

        user.find("remind").click()

        await arrives_at(addresses.ACT_BY_SCENARIO, user)


async def test_the_amount_to_ask_for_leaves_out_what_is_only_announced() -> None:
    def noticed(books: Books) -> None:
        a_late_customer(books)
        give_email(books, ENTITY_ID, "compta@moulin.example.com")
        give_email(books, ENTITY_ID, "ferme@haute.example.com", "C002")

    async with open_window(noticed, today=TODAY + timedelta(days=3)) as user:
        await user.open("/")

        await user.should_see("2 e-mails")
        await user.should_see("dont 1 prévenance ou remerciement")
        await user.should_see("à relancer auprès de 1 client")
        (asked,) = user.find("to-remind").elements
        assert words(asked).startswith("1\u202f200,00\u00a0€")


async def test_without_anything_to_send_there_is_no_button_to_send_it() -> None:
    def stopped(books: Books) -> None:
        a_late_customer(books)
        customer = books.customers.get(customer_key(ENTITY_ID, "C001"))
        books.customers.save_many([replace(customer, is_insolvent=True)])

    async with open_window(stopped) as user:
        await user.open("/")

        await user.should_see("Aucun client n'est à relancer aujourd'hui.")
        await user.should_not_see("Je relance")


async def test_nothing_to_decide_is_said_calmly() -> None:
    async with open_window(a_late_customer) as user:
        await user.open("/")

        await user.should_see("Rien n'attend votre décision.")


async def test_each_decision_leads_to_where_it_is_settled() -> None:
    def undecided(books: Books) -> None:
        a_late_customer(books)
        books.agreements.save_promise(
            a_promise(
                made_on=TODAY - timedelta(days=20),
                promised_for=TODAY - timedelta(days=2),
            )
        )
        books.outbox.add(a_message(state=MessageState.FAILED), [])
        books.outbox.add(
            a_message(state=MessageState.SENDING), []
        )  # the app then stopped

    async with open_window(undecided) as user:
        await user.open("/")
        await user.should_see("1 promesse non tenue")

        (card,) = user.find("decisions").elements
        links = [e for e in card.descendants() if isinstance(e, ui.link)]
        assert {words(link): link.props["href"] for link in links} == {
            "1 message incertain\u00a0: est-il parti\u00a0?": addresses.OUTBOX,
            "1 message refusé": addresses.OUTBOX,
            "Moulin Bleu 120,00\u00a0€": addresses.customer(CUSTOMER_ID),
        }


async def test_a_promise_that_was_paid_is_not_to_be_decided() -> None:
    def kept(books: Books) -> None:
        a_late_customer(books)
        books.agreements.save_promise(
            a_promise(
                customer_id=customer_key(ENTITY_ID, "C003"),
                amount=Money(80_00),
                made_on=TODAY - timedelta(days=20),
                promised_for=TODAY - timedelta(days=2),
            )
        )

    async with open_window(kept) as user:
        await user.open("/")

        await user.should_not_see("promesse non tenue")


async def test_the_first_debtor_is_the_one_most_overdue_with_its_last_reminder() -> (
    None
):
    def reminded(books: Books) -> None:
        a_late_customer(books)
        (item,) = [i for i in books.ledger.open_items(ENTITY_ID) if i.reference == "F1"]
        books.activities.record_levels([a_level_change(item_id=item.id, level=2)])

    async with open_window(reminded) as user:
        await user.open("/")

        first, second = table_rows(user)[0]
        assert (first["name"], first["overdue"]) == ("Moulin Bleu", "1\u202f200,00")
        assert first["reminded"] == "23/03/2026"
        assert (second["name"], second["level"]) == ("Ferme Haute", "")


async def test_charts_say_their_amounts_to_whoever_does_not_see_them() -> None:
    async with open_window(a_late_customer) as user:
        await user.open("/")

        await user.should_see("Encaissements attendus")
        said = " / ".join(chart_words(user))
        assert "de 31 à 60 jours de retard\u00a0: 1\u202f200,00" in said
        assert "semaine du 06/04/2026\u00a0: 300,00" in said
        await user.should_see(ui.plotly)


async def test_what_is_owed_is_told_by_payment_mode_and_the_rest_as_not_known() -> None:
    def with_modes(books: Books) -> None:
        a_late_customer(books)
        customer = books.customers.get(customer_key(ENTITY_ID, "C001"))
        books.customers.save_many([replace(customer, payment_mode="Virement")])

    async with open_window(with_modes) as user:
        await user.open("/")

        await user.should_see("Comment êtes-vous payé\u00a0?")
        assert any(
            says.startswith("Virement\u00a0: 1\u202f200,00")
            and "non précisé\u00a0: 300,00" in says
            for says in chart_words(user)
        )


async def test_the_time_scale_tells_of_followed_customers_only() -> None:
    def followed(books: Books) -> None:
        a_late_customer(books)
        customer = books.customers.get(customer_key(ENTITY_ID, "C002"))
        books.customers.save_many([replace(customer, is_followed=True)])

    async with open_window(followed, today=TODAY + timedelta(days=12)) as user:
        await user.open("/")

        (card,) = user.find("followed").elements
        assert words(card) == (
            "À échoir sous 7 jours 0,00\u00a0€ "
            "Échu depuis 7 jours au plus 300,00\u00a0€ "
            "Échu depuis 30 jours au plus 300,00\u00a0€"
        )


async def test_with_several_firms_one_click_shows_another() -> None:
    def two_firms(books: Books) -> None:
        a_late_customer(books)
        other = replace(an_entity(), id=EntityId("autre"), name="Menuiserie Claire")
        create_entity(books, other, OUTSIDE.documents.starting_texts())

    async with open_window(two_firms) as user:
        await user.open("/")
        await user.should_see("Sélectionnez une société")
        firms = table_rows(user)[0]
        assert [(f["name"], f["total"]) for f in firms] == [
            ("Atelier Bois Clair", "1\u202f500,00"),
            ("Menuiserie Claire", "–"),
        ]

        table = min(user.find(ui.table).elements, key=lambda t: t.id)
        with user:
            listener = next(
                one for one in table._event_listeners.values() if one.type == "open"
            )
            table._handle_event({"listener_id": listener.id, "args": firms[1]["id"]})

        await user.should_see("Rien n'a encore été importé pour cette société.")


async def test_one_firm_alone_has_no_list_of_firms() -> None:
    async with open_window(a_late_customer) as user:
        await user.open("/")

        await user.should_not_see("Sélectionnez une société")


async def test_a_firm_without_entries_is_led_to_the_import() -> None:
    async with open_window(a_firm_without_entries) as user:
        await user.open("/")

        await user.should_see("Rien n'a encore été importé pour cette société.")
        user.find("Importer un fichier").click()

        await arrives_at(addresses.IMPORT, user)
