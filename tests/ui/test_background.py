import asyncio
import logging

import pytest

from tests.ui.window import until
from ui.background import Background


async def test_a_chore_is_done_at_once_and_again() -> None:
    done: list[int] = []
    background = Background()

    async def chore() -> None:
        done.append(1)

    background.every(0.01, chore)
    background.start()
    await until(lambda: len(done) > 1)
    await background.stop()


async def test_nothing_goes_on_after_the_stop() -> None:
    done: list[int] = []
    background = Background()

    async def chore() -> None:
        done.append(1)

    background.every(0.01, chore)
    background.start()
    await asyncio.sleep(0.03)
    await background.stop()
    before = len(done)
    await asyncio.sleep(0.05)

    assert len(done) == before


async def test_the_stop_waits_for_a_chore_under_way() -> None:
    ended: list[str] = []
    background = Background()

    async def handing_over_a_message() -> None:
        await asyncio.sleep(0.1)
        ended.append("handed over")

    background.every(60, handing_over_a_message)
    background.start()
    await asyncio.sleep(0)
    await background.stop()

    assert ended == ["handed over"]


async def test_a_chore_that_fails_is_logged_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries: list[int] = []
    background = Background()

    async def failing() -> None:
        tries.append(1)
        raise ZeroDivisionError

    background.every(0.01, failing)
    background.start()
    await until(lambda: len(tries) > 1)
    await background.stop()

    assert caplog.records[0].levelno == logging.ERROR
