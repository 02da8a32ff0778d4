"""Faults and the clock through the control endpoints."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.model import Json
from bot.sandbox.planner import plan_of
from tests.integration.sandbox.bots import Serve
from tests.integration.sandbox.test_event_delivery import Recorder


class Client:
    """Sends control requests and gives back status and body."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url

    async def post(self, path: str, **body: Any) -> tuple[int, Json]:
        async with self._session.post(f"{self._url}/_local/{path}", json=body) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def control(slack: LocalSlack) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, slack.url)


async def test_every_fault_is_within_reach(
    slack: LocalSlack, serve: Serve, control: Client
) -> None:
    bot = Recorder(0)
    await serve(bot.answer)
    for kind in ("ratelimited", "status", "error", "slow", "drop_before", "drop_after"):
        status, listed = await control.post("faults", kind=kind, method="response_url")
        assert (status, listed["faults"][-1]["kind"]) == (200, kind)
    _, listed = await control.post("faults", kind="expired_response_url", times=2)
    assert (listed["faults"][-1]["error"], listed["faults"][-1]["times"]) == ("expired_url", 2)
    assert (await control.post("faults", kind="expired_trigger"))[1]["expired_triggers"] == 1
    assert (await control.post("faults", kind="late_event"))[1]["late_events"] == 1
    await control.post("event", event={"type": "user_change", "number": 1})
    assert (await control.post("faults", tiers=True))[1]["held_events"] == 1
    await control.post("event", event={"type": "user_change", "number": 2})
    await control.post("faults", kind="duplicate_event")
    assert [body["event"]["number"] for body in bot.bodies] == [2, 1, 1]


async def test_switches_turn_back(slack: LocalSlack, control: Client) -> None:
    token = slack.world.tokens[slack.bot_token]
    for on in (True, False):
        await control.post("faults", kind="revoked_token", on=on)
        await control.post("faults", kind="user_disabled", member="U0ENGINEER", on=on)
        assert (token.revoked, slack.world.members["U0ENGINEER"].deleted) == (on, on)


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "late_event", "times": 0},
        {"kind": "late_event", "times": "two"},
        {"kind": "user_disabled"},
        {"kind": "user_disabled", "member": "U0NOBODY"},
        {"kind": "duplicate_event"},
        {"kind": "hold"},
        {"kind": ["late_event"]},
    ],
)
async def test_what_makes_no_sense_is_refused(control: Client, body: Json) -> None:
    status, answer = await control.post("faults", **body)
    assert (status, set(answer)) == (400, {"error"})


async def test_the_clock_moves_back_and_to_the_next_moment(
    slack: LocalSlack, control: Client
) -> None:
    start = slack.clock.now()
    assert (await control.post("clock", advance=-3600))[1]["offset"] == -3600
    assert (await control.post("clock", advance="next"))[0] == 400
    planned = start + timedelta(days=2)

    async def next_moment() -> datetime | None:
        return planned

    slack.plan_with(next_moment)
    status, clock = await control.post("clock", advance="next")
    assert (status, clock["next"]) == (200, planned.isoformat())
    assert timedelta() <= datetime.fromisoformat(clock["now"]) - planned < timedelta(seconds=30)
    moved = await slack.advance_to_next()
    assert moved is not None
    assert moved >= planned  # what is due already is now: the clock never goes back to it


async def test_nobody_tells_nothing_planned_or_the_planner_fails() -> None:
    async def nothing() -> datetime | None:
        return None

    async def failing() -> datetime | None:
        raise RuntimeError("a planner that fails on purpose")

    states = []
    for planner in (None, nothing, failing):
        async with LocalSlack(next_moment=planner) as slack:
            states.append((await plan_of(slack.site)).state)
            assert await slack.advance_to_next() is None
    assert states == ["untold", "nothing", "failed"]
