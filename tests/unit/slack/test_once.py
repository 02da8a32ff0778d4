"""Deliveries that come twice, at the same time or later, are carried out once."""

import asyncio
from typing import Any

import pytest
from slack_bolt.response import BoltResponse

from bot.slack.door.once import Once, delivery_of

PRESS: dict[str, Any] = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "trigger_id": "1.2.abc",
    "response_url": "https://hooks.slack.com/1",
    "actions": [{"action_id": "mark.0", "block_id": "b", "action_ts": "1.3"}],
}


class Work:
    """Counts how often it was done, and can wait or fail first."""

    def __init__(self) -> None:
        self.done = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails = 0

    async def __call__(self) -> BoltResponse:
        await self.gate.wait()
        self.done += 1
        if self.fails:
            self.fails -= 1
            raise ValueError("not this time")
        return BoltResponse(status=200, body=f"answer {self.done}")


async def test_the_same_again_gets_the_first_answer() -> None:
    once, work = Once(), Work()
    answers = [await once.do("a", work) for _ in range(3)]
    assert [each.body for each in answers] == ["answer 1"] * 3
    assert (await once.do("b", work)).body == "answer 2"


async def test_the_same_at_the_same_time_waits_for_the_first() -> None:
    once, work = Once(), Work()
    work.gate.clear()
    both = [asyncio.ensure_future(once.do("a", work)) for _ in range(2)]
    await asyncio.sleep(0)
    work.gate.set()
    assert [each.body for each in await asyncio.gather(*both)] == ["answer 1"] * 2


async def test_what_failed_is_tried_again() -> None:
    once, work = Once(), Work()
    work.fails = 1
    with pytest.raises(ValueError, match="not this time"):
        await once.do("a", work)
    assert (await once.do("a", work)).body == "answer 2"


async def test_what_was_cut_off_is_done_by_who_waited() -> None:
    once, work = Once(), Work()
    work.gate.clear()
    first, second = (asyncio.ensure_future(once.do("a", work)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait({first})
    work.gate.set()
    assert (await second).body == "answer 1"


async def test_only_the_newest_are_remembered() -> None:
    once, work = Once(kept=2), Work()
    for name in "abc":
        await once.do(name, work)
    assert (await once.do("c", work)).body == "answer 3"
    assert (await once.do("a", work)).body == "answer 4"


async def test_answers_weigh_no_more_than_they_may_and_the_newest_stays() -> None:
    async def long() -> BoltResponse:
        return BoltResponse(status=200, body="x" * 1_000)

    once, work = Once(heaviest=2_500), Work()
    for name in "abc":
        await once.do(name, long)
    assert [len((await once.do(name, work)).body) for name in "cb"] == [1_000, 1_000]
    assert (await once.do("a", work)).body == "answer 1"
    once = Once(heaviest=10)
    await once.do("a", long)
    assert len((await once.do("a", work)).body) == 1_000


async def test_what_failed_weighs_nothing() -> None:
    once, work = Once(heaviest=100), Work()
    await once.do("a", work)
    for _ in range(9):
        work.fails = 1
        with pytest.raises(ValueError, match="not this time"):
            await once.do("b", work)
    assert (await once.do("a", work)).body == "answer 1"


async def test_what_has_no_name_is_always_done() -> None:
    once, work = Once(), Work()
    for _ in range(2):
        await once.do(None, work)
    assert work.done == 2


def test_a_delivery_is_named_by_slacks_own_ids() -> None:
    assert delivery_of(PRESS, by_socket=False) == delivery_of({**PRESS}, by_socket=True)
    others: list[dict[str, Any]] = [
        {"trigger_id": "other"},
        {"user": {"id": "U2"}},
        {"team": {"id": "T2"}},
        {"actions": [{"action_id": "mark.1", "block_id": "b", "action_ts": "1.3"}]},
        {"view": {"id": "V1", "hash": "1"}},
        {"type": "view_submission"},
    ]
    names = {delivery_of({**PRESS, **each}, by_socket=False) for each in others}
    assert len({delivery_of(PRESS, by_socket=False), *names}) == len(others) + 1
    event = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1"}
    assert delivery_of(event, by_socket=False) is not None


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback"},
        {"type": "event_callback", "event_id": 5},
        {"type": "block_actions", "trigger_id": None, "actions": "x"},
        {"type": "block_suggestion", "trigger_id": "1"},
        {"command": "/skill", "trigger_id": "1"},
        {},
    ],
)
def test_what_slack_does_not_name_has_no_name(body: dict[str, object]) -> None:
    assert delivery_of(body, by_socket=False) is None


def test_a_command_is_named_where_slack_may_send_it_again() -> None:
    command = {"command": "/growth", "text": "export", "trigger_id": "1", "user_id": "U1"}
    assert delivery_of(command, by_socket=True) is not None


def test_broken_parts_do_no_harm() -> None:
    broken: dict[str, Any] = {
        **PRESS,
        "team": "T",
        "user": None,
        "view": [],
        "actions": [None, 3, {}],
    }
    assert delivery_of(broken, by_socket=False) is not None
