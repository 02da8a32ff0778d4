"""Connections of real processes: lost, refused, ended; the seconds that it takes are printed."""

import asyncio
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import httpx

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN, GUEST
from bot.slack.installs.manifest import build_manifest
from tests.integration.cli.processes import (
    READY_SECONDS,
    Running,
    arrived,
    environment,
    refused,
    started,
)

SKILL = "/skill mlops senior"
ABRUPT_SECONDS = 3.0
FAILING_SECONDS = 15.0
DRAIN_SECONDS = 2
# What is told is to be reached on a machine of its own; waits of minutes are seen all the same.
CROWDED = 5


async def back(slack: LocalSlack, why: str, most: float) -> None:
    """Break all connections off, and hold that commands are answered again in time."""
    began = perf_counter()
    slack.socket.cut()
    async with asyncio.timeout(READY_SECONDS):
        await slack.socket.disconnected()
        await slack.socket.connected()
    card = await slack.member(ADMIN).command(SKILL)
    seconds = perf_counter() - began
    print(f"{why}: answered again after {seconds:.2f} s, to reach {most:g} s")
    assert card.plain.startswith("MLOps")
    assert seconds < most * CROWDED


async def quiet(bot: Running) -> None:
    """Let it end, and hold that it said nothing of trouble."""
    bot.terminate()
    assert await bot.ended() == 0
    assert not [line for line in bot.log if "Traceback" in line or '"level": "error"' in line]


async def test_sockets_come_back(sqlite_url: str, tmp_path: Path) -> None:
    async with LocalSlack(manifest=build_manifest(), mode="socket") as slack:
        async with started("run", environment(slack, sqlite_url, tmp_path), tmp_path) as bot:
            await slack.socket.connected(2)
            await back(slack, "an abrupt drop", ABRUPT_SECONDS)
            await slack.socket.connected(2)
            slack.faults.fail("apps.connections.open", times=4)
            await back(slack, "a drop, and four answers 503", FAILING_SECONDS)
            await slack.socket.connected(2)
            slack.faults.ratelimit("apps.connections.open", retry_after=2)
            await back(slack, "a drop, and Retry-After: 2", ABRUPT_SECONDS + 2)
            await slack.socket.connected(2)
            await slack.socket.warn()
            await slack.socket.connected(2)
            await quiet(bot)
        assert slack.inspector.violations == []


async def test_web_is_unready_first_then_answers_what_it_has(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with LocalSlack(manifest=build_manifest()) as slack:
        settings = environment(slack, sqlite_url, tmp_path)
        settings["NEXTRUNG_DRAIN_SECONDS"] = str(DRAIN_SECONDS)
        async with started("web", settings, tmp_path) as bot:
            slack.connect_bot(bot.ready["address"])
            address = urlsplit(bot.ready["address"])
            host, port = str(address.hostname), int(address.port or 0)
            # One that never says what it wants holds up nobody.
            _, idle = await asyncio.open_connection(host, port)
            idle.write(b"POST /slack/events HTTP/1.1\r\n")
            async with httpx.AsyncClient(base_url=f"http://{address.netloc}") as client:
                assert "connection" not in (await client.get("/readyz")).headers
                began = perf_counter()
                bot.terminate()
                ready = await client.get("/readyz")
                while ready.status_code == 200:
                    ready = await client.get("/readyz")
            assert ready.json()["faults"] == ["stopping"]
            assert ready.headers["connection"] == "close"
            # Whoever still comes is answered.
            assert (await slack.member(ADMIN).command(SKILL)).plain.startswith("MLOps")
            gate = slack.faults.hold("users.info")
            asking = asyncio.create_task(slack.member(GUEST).command(SKILL))
            await arrived(gate)
            await refused(host, port)
            seconds = perf_counter() - began
            gate.release()
            assert (await asking).plain.startswith("MLOps")
            print(f"SIGTERM: nothing new is taken after {seconds:.2f} s, set {DRAIN_SECONDS} s")
            assert seconds >= DRAIN_SECONDS
            await quiet(bot)
            idle.close()
        assert slack.inspector.violations == []
