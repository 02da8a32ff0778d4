"""Real processes: ready, answering, and stopped in the middle of a request."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN, GUEST
from bot.services.clock import SystemClock
from bot.services.lookup.shelves import BUILT_IN
from bot.slack.installs.manifest import build_manifest
from bot.store.database import Database
from tests.integration.cli.processes import (
    READY_SECONDS,
    Running,
    arrived,
    environment,
    refused,
    started,
)

SERVED_WITHIN = 2.0


def renamed(content: CatalogueContent) -> CatalogueContent:
    """Return the catalogue with a name of its own, which no card can have from elsewhere."""
    first = content.skills[0]
    other = replace(first, name=LocalText("Renamed by a sample owner"))
    expectations = (
        replace(each, skill=other) if each.skill.key == first.key else each
        for each in content.expectations
    )
    return replace(content, skills=(other, *content.skills[1:]), expectations=tuple(expectations))


async def stopped_cleanly(bot: Running) -> None:
    """Hold that it ended by itself with 0, saying nothing of trouble."""
    assert await bot.ended() == 0
    assert "Traceback" not in "\n".join(bot.log)
    assert '"level": "error"' not in "\n".join(bot.log)
    assert "requests_abandoned" not in bot.events


async def test_web_answers_and_stops_with_a_request_in_flight(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with LocalSlack(manifest=build_manifest()) as slack:
        settings = environment(slack, sqlite_url, tmp_path)
        async with started("web", settings, tmp_path) as bot:
            slack.connect_bot(bot.ready["address"])
            address = urlsplit(bot.ready["address"])
            async with httpx.AsyncClient(base_url=f"http://{address.netloc}") as client:
                for path in ("/healthz", "/readyz"):
                    assert (await client.get(path)).status_code == 200
            card = await slack.member(ADMIN).command("/skill mlops senior")
            assert card.plain.splitlines()[0] == "MLOps"

            # Someone new: the bot waits for users.info, which stands at the gate.
            gate = slack.faults.hold("users.info")
            asking = asyncio.create_task(slack.member(GUEST).command("/skill mlops senior"))
            await arrived(gate)
            bot.terminate()
            await refused(str(address.hostname), int(address.port or 0))
            gate.release()

            assert (await asking).plain.splitlines()[0] == "MLOps"
            await stopped_cleanly(bot)
        assert slack.inspector.violations == []


async def test_run_answers_and_stops_with_a_request_in_flight(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with LocalSlack(manifest=build_manifest(), mode="socket") as slack:
        settings = environment(slack, sqlite_url, tmp_path)
        del settings["SLACK_SIGNING_SECRET"]  # two tokens are enough
        async with started("run --metrics-port 0", settings, tmp_path) as bot:
            async with asyncio.timeout(READY_SECONDS):
                await slack.socket.connected(2)
            async with httpx.AsyncClient(base_url=bot.ready["metrics"][: -len("/metrics")]) as http:
                for path in ("/healthz", "/readyz"):
                    assert (await http.get(path)).json() == {"status": "ok"}
                assert "nextrung_nudges" in (await http.get("/metrics")).text
            card = await slack.member(ADMIN).command("/skill mlops senior")
            redrawn = await card.choose("Choose a level", "lead")
            assert " at Lead asks for " in redrawn.plain

            gate = slack.faults.hold("users.info")
            asking = asyncio.create_task(slack.member(GUEST).command("/skill mlops senior"))
            await arrived(gate)
            bot.terminate()
            gate.release()

            assert (await asking).plain.splitlines()[0] == "MLOps"
            await stopped_cleanly(bot)
        assert slack.inspector.violations == []


async def test_revision_of_another_process_is_served_within_two_seconds(
    postgresql_url: str, tmp_path: Path
) -> None:
    clock = SystemClock()
    async with LocalSlack(manifest=build_manifest()) as slack:
        # Asked until it is served, more often than a member may: no answer is held back.
        settings = environment(slack, postgresql_url, tmp_path) | {
            "NEXTRUNG_MEMBER_PER_MINUTE": "0"
        }
        async with started("web", settings, tmp_path) as bot:
            slack.connect_bot(bot.ready["address"])
            member = slack.member(ADMIN)
            assert (await member.command("/skill mlops")).plain.startswith("MLOps")
            database = Database(postgresql_url)
            newest = (await database.catalogues.newest())[BUILT_IN]
            content = (await database.catalogues.load(newest)).content
            await database.catalogues.publish(
                renamed(content),
                catalogue_key=BUILT_IN,
                author="Sample Owner",
                note="renamed",
                at=clock.now(),
            )
            await database.dispose()

            published = clock.now()
            command = f"/skill {content.skills[0].key}"
            while not (await member.command(command)).plain.startswith("Renamed"):
                waited = (clock.now() - published).total_seconds()
                assert waited < SERVED_WITHIN + 1, "not served in time"
            bot.terminate()
            await stopped_cleanly(bot)


async def test_preview_in_a_process_of_its_own_prints_json_only(tmp_path: Path) -> None:
    elsewhere = tmp_path / "somewhere else"
    elsewhere.mkdir()
    settings = {"PATH": "", "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "preview", "/skill mlops senior", "--json", "--as", "chinese"),
        cwd=elsewhere,
        env=settings,
        stdout=PIPE,
        stderr=PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate()

    assert (process.returncode, err) == (0, b"")
    body = json.loads(out)
    assert set(body) == {"text", "blocks"}
    assert "机器学习运维" in out.decode("utf-8")
    assert list(elsewhere.iterdir()) == []
