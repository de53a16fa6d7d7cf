"""« Séance d'appels » as a user sees and clicks it."""

import pytest
from nicegui import ui
from nicegui.testing import User

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money
from domain.customers.call import CallResult
from domain.ports import Books
from domain.usecases.call_results import Outcome, record_call
from domain.usecases.call_session import choose_calls
from tests.builders import TODAY
from tests.journeys.mornings import fill_morning
from tests.journeys.stories import OUTSIDE, moment
from tests.ui.window import click, one_firm, open_window, retype
from ui import addresses


def three_calls(books: Books) -> None:
    fill_morning(books, TODAY, calls=3, letters=1, emails=1)


def progress(user: User) -> str:
    [label] = user.find(kind=ui.label, marker="progress").elements
    return str(label.text)


async def test_nobody_to_call_says_why_and_where_to_go() -> None:
    async with open_window(one_firm) as user:
        await user.open(addresses.CALLS)

        await user.should_see("Personne à appeler aujourd'hui")
        await user.should_see("Agir par critère")


async def test_a_customer_comes_with_all_that_helps_the_call() -> None:
    async with open_window(three_calls) as user:
        await user.open(addresses.CALLS)

        assert progress(user) == "1 sur 3"
        await user.should_see("3 restants")
        for part in ("numbers", "items", "script", "exchanges", "results"):
            await user.should_see(marker=part)
        await user.should_see("Que dire")


async def test_each_result_says_its_key() -> None:
    async with open_window(three_calls) as user:
        await user.open(addresses.CALLS)

        keys = [
            user.find(marker=f"result-{result}").elements.pop().props["data-key"]
            for result in (
                *("reached", "absent", "promise"),
                *("dispute", "call_back", "wrong_number"),
            )
        ]
        assert keys == ["j", "a", "p", "l", "r", "f"]


async def test_reached_turns_to_the_next_one_and_undo_comes_back() -> None:
    async with open_window(three_calls) as user:
        await user.open(addresses.CALLS)
        name = user.find(marker="customer").elements.pop().text  # type: ignore[attr-defined]

        user.find(marker="result-reached").click()
        await user.should_see("2 restants")
        assert progress(user) == "2 sur 3"
        await click(user, marker="undo")

        await user.should_see("3 restants")
        await user.should_see(name)


async def test_the_session_goes_on_where_it_was_left() -> None:
    async with open_window(three_calls) as user:
        await user.open(addresses.CALLS)
        user.find(marker="result-reached").click()
        await user.should_see("2 restants")

        await user.open(addresses.CALLS)

        await user.should_see("2 restants")
        assert progress(user) == "2 sur 3"
        user.find(marker="previous").click()
        await user.should_see("Enregistré\u00a0: Joint")
        await click(user, marker="undo-call")
        await user.should_see("3 restants")


async def test_skipping_to_the_end_says_what_is_left() -> None:
    async with open_window(three_calls) as user:
        await user.open(addresses.CALLS)
        for place in ("2 sur 3", "3 sur 3"):
            user.find(marker="next").click()
            await user.should_see(place)
        user.find(marker="next").click()

        await user.should_see("3 clients restent à appeler")


async def test_a_promise_takes_its_day_and_amount_in_the_same_gesture() -> None:
    async with open_window(three_calls) as user:
        await user.open(addresses.CALLS)
        user.find(marker="result-promise").click()
        await user.should_see("Enregistrer la promesse")
        user.find(marker="save").click()
        await user.should_see("Une promesse demande un montant et une date.")

        retype(user, "promised-for", "15/04/2026")
        retype(user, "promised", "250,00")
        user.find(marker="save").click()

        await user.should_see("2 restants")
        for _customer in range(2):
            user.find(marker="result-reached").click()
            await user.should_see(f"{1 - _customer} restant")
        await user.should_see("3 appels, 3 joints, 1 promesse pour 250,00\u00a0€.")


@pytest.mark.parametrize(
    ("result", "field", "words"),
    [
        ("dispute", "reason", "Livraison incomplète"),
        ("call_back", "again-on", "02/04/2026"),
    ],
)
async def test_what_a_result_asks_for_is_recorded(
    result: str, field: str, words: str
) -> None:
    async with open_window(three_calls) as user:
        await user.open(addresses.CALLS)
        user.find(marker=f"result-{result}").click()
        await user.should_see(marker=field)
        retype(user, field, words)
        user.find(marker="save").click()

        await user.should_see("2 restants")


async def test_a_wrong_number_is_struck_out_on_the_sheet() -> None:
    called: list[str] = []

    def fill(books: Books) -> None:
        three_calls(books)
        [one, *_others] = books.entities.all()
        contact = books.customers.contacts(one.id)[-1]
        number = contact.phone or contact.mobile
        outcome = Outcome(result=CallResult.WRONG_NUMBER, number=number)
        check = OUTSIDE.mail.check_address
        record_call(books, contact.customer_id, outcome, check, TODAY, moment(TODAY))
        called.append(contact.customer_id)

    async with open_window(fill) as user:
        await user.open(addresses.CALLS)  # the books are filled once it shows
        await user.should_see(marker="progress")
        await user.open(addresses.customer(CustomerId(called[0])))

        await user.should_see(marker="wrong-number")
        await user.should_see(f"faux numéro le {TODAY:%d/%m}")


async def test_a_wrong_number_is_marked_and_the_right_one_shown() -> None:
    async with open_window(three_calls) as user:
        await user.open(addresses.CALLS)
        user.find(marker="result-wrong_number").click()
        await user.should_see(marker="corrected")
        retype(user, "corrected", "01 99 00 77 77")
        user.find(marker="save").click()

        await user.should_see("01 99 00 77 77")
        await user.should_see("3 restants")


async def test_a_customer_chosen_by_criteria_may_count_as_the_next_reminder() -> None:
    def fill(books: Books) -> None:
        entity_id = fill_morning(books, TODAY, calls=0, letters=1, emails=0)
        [item] = books.ledger.open_items(entity_id)[:1]
        choose_calls(books, entity_id, {item.customer_id: [item.id]}, TODAY)

    async with open_window(fill) as user:
        await user.open(addresses.CALLS)

        await user.should_see("1 sur 1")
        await user.should_see(marker="counts")


async def test_home_and_the_phone_card_lead_to_the_session() -> None:
    async with open_window(three_calls) as user:
        await user.open(addresses.HOME)
        await user.should_see("3 appels")
        [link] = [
            one
            for one in user.find(kind=ui.link).elements
            if one.props.get("href") == addresses.CALLS and "appels" in one.text
        ][-1:]
        assert link

        await user.open(addresses.ACT_BY_SCENARIO)
        await user.should_see("Commencer les appels")
        await user.should_see("Que dire")


async def test_a_customer_alone_and_absent_is_tried_again_at_once() -> None:
    def fill(books: Books) -> None:
        fill_morning(books, TODAY, calls=1, letters=0, emails=0)

    async with open_window(fill) as user:
        await user.open(addresses.CALLS)
        user.find(marker="result-absent").click()
        await user.should_see("1 restant")
        await user.should_see("1 appel sans réponse")


async def test_a_call_taken_back_on_the_sheet_takes_its_promise_with_it() -> None:
    sheets: list[str] = []

    def fill(books: Books) -> None:
        entity_id = fill_morning(books, TODAY, calls=1, letters=0, emails=0)
        [customer] = books.customers.all(entity_id)
        outcome = Outcome(
            result=CallResult.PROMISE, promised=Money(100_00), promised_for=TODAY
        )
        check = OUTSIDE.mail.check_address
        record_call(books, customer.id, outcome, check, TODAY, moment(TODAY))
        sheets.append(addresses.customer(customer.id))

    async with open_window(fill) as user:
        await user.open(addresses.HOME)
        await user.open(sheets[0])
        await user.should_see(marker="activity-call")
        user.find(marker="take-back").click()

        await user.should_see("Promesse annulée")
        await user.should_see("Appel annulé")


async def test_home_tells_of_the_customers_to_call_again() -> None:
    def fill(books: Books) -> None:
        entity_id = fill_morning(books, TODAY, calls=0, letters=1, emails=0)
        [item] = books.ledger.open_items(entity_id)[:1]
        outcome = Outcome(
            result=CallResult.CALL_BACK, again_on=TODAY, item_ids=[item.id]
        )
        check, now = OUTSIDE.mail.check_address, moment(TODAY)
        record_call(books, item.customer_id, outcome, check, TODAY, now)

    async with open_window(fill) as user:
        await user.open(addresses.HOME)
        await user.should_see("1 client à rappeler")

        await user.open(addresses.CALLS)
        await user.should_see("1 sur 1")
        await user.should_see("À rappeler le 31/03/2026")
