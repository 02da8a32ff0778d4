"""The bot in this process, and very many requests handed to it; each case has its own seed."""

import asyncio
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.bootstrap import Nextrung, bootstrap
from bot.config import Settings
from tests.fakes.asgi import exchanged
from tests.fakes.scratch import scratch_folder
from tests.fuzz import files, payloads, strays
from tests.fuzz.apart import lean_slack_apart, recorded_apart
from tests.fuzz.lean_slack import TEAMS, token_of
from tests.fuzz.tally import Tally, listening
from tests.fuzz.templates import Template
from tests.scenario.strangers import watched

SECRET = "fuzz-signing-secret"
TOGETHER = 8
"""Requests under way at once."""
WEIGHED_EACH = 20_000
SAVED_EACH = 2_000
SLOW_SECONDS = 60.0
"""On a busy machine too; only what hangs takes as long."""
# Of twenty cases so many: not quite Slack's, for a listener, a file.
SHARES = {"guard": 10, "listener": 9, "file": 1}


@dataclass(frozen=True, slots=True)
class Range:
    """What is shot at."""

    nextrung: Nextrung
    templates: Sequence[Template]
    bodies: Sequence[bytes]
    address: str
    folder: Path
    errors: list[str]


async def run(tally: Tally, kept: Path, *, requests: int, ends: Callable[[], bool]) -> None:
    """Go on until so many are done, or `ends` says so; the tally is saved every now and then."""
    with tempfile.TemporaryDirectory(prefix="nextrung-fuzz-", dir=scratch_folder()) as name:
        templates = await recorded_apart(Path(name))
        async with AsyncExitStack() as stack:
            shot_at = await _opened(stack, templates, Path(name))
            _, called = stack.enter_context(watched(shot_at.nextrung.app))
            tally.memory.append([])
            tally.weigh()
            began, before = time.monotonic(), tally.seconds
            while tally.done < requests and not ends():
                await _some(shot_at, tally)
                if tally.done % WEIGHED_EACH < TOGETHER:
                    tally.weigh()
                if tally.done % SAVED_EACH < TOGETHER or tally.done >= requests:
                    tally.seconds = before + time.monotonic() - began
                    tally.listeners = sorted({*tally.listeners, *called})
                    tally.save(kept)
            tally.weigh()
            tally.save(kept)


async def _opened(stack: AsyncExitStack, templates: list[Template], folder: Path) -> Range:
    address = await stack.enter_async_context(lean_slack_apart())
    settings = Settings(
        slack_bot_token=SecretStr(token_of(TEAMS[0])),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=f"{address}/api/",
        database_url=f"sqlite:///{folder / 'fuzz.db'}",
        nextrung_member_per_minute=0,
        nextrung_workspace_per_minute=0,
    )
    nextrung = bootstrap(settings, bot_tokens=[token_of(team) for team in TEAMS])
    stack.push_async_callback(nextrung.stop)
    await nextrung.start(nudging=False)
    errors = stack.enter_context(listening())  # Bolt has set up its own loggers by now
    chance = random.Random(0)  # noqa: S311 - nothing secret
    bodies = [
        payloads.encoded(payloads.payload(templates, chance, address), chance)[0]
        for _ in range(500)
    ]
    (folder / "files").mkdir()
    return Range(nextrung, templates, bodies, address, folder / "files", errors)


async def _some(shot_at: Range, tally: Tally) -> None:
    """Send a few cases at once, and look at what came of them."""
    numbers = range(tally.done, tally.done + TOGETHER)
    outcomes = await asyncio.gather(*(_case(shot_at, tally.seed, number) for number in numbers))
    tally.done += TOGETHER
    if not await shot_at.nextrung.app.drained(SLOW_SECONDS):
        tally.fault(f"{numbers}: still at work after {SLOW_SECONDS:g} s")
    for number, (kind, answer, fault) in zip(numbers, outcomes, strict=True):
        tally.count(kind, answer)
        if fault:
            tally.fault(f"{number} {kind}: {fault}")
    for each in shot_at.errors:
        tally.fault(f"{numbers}: {each}")
    shot_at.errors.clear()


async def _case(shot_at: Range, seed: int, number: int) -> tuple[str, str, str | None]:
    """Carry out one case; return its kind, what was answered, and what is wrong about it."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - the same case each time
    (kind,) = chance.choices([*SHARES], [*SHARES.values()])
    began = time.monotonic()
    try:
        if kind == "file":
            with tempfile.TemporaryDirectory(dir=shot_at.folder) as folder:
                files.imported(Path(folder), chance)
            answer, fault = "read", None
        else:
            answer, fault = await _asked(shot_at, kind, chance)
    except Exception as error:  # noqa: BLE001 - whatever comes through is what is looked for
        answer, fault = "raised", f"{type(error).__name__}: {error} {_where(error)}"
    if time.monotonic() - began > SLOW_SECONDS:
        fault = fault or f"took {time.monotonic() - began:.1f} s"
    return kind, answer, fault


async def _asked(shot_at: Range, kind: str, chance: random.Random) -> tuple[str, str | None]:
    if kind == "guard":
        sent = strays.stray(SECRET, shot_at.bodies, chance)
    else:
        body = payloads.payload(shot_at.templates, chance, shot_at.address)
        sent = strays.signed(SECRET, *payloads.encoded(body, chance))
    status, answer = await exchanged(
        shot_at.nextrung.http, sent.path, method=sent.method, headers=sent.headers, body=sent.body
    )
    wrong = status >= 500 or status == 0 or b"Traceback" in answer
    return str(status), f"{status} {answer[:200]!r} {sent}" if wrong else None


def _where(error: Exception) -> str:
    trace, places = error.__traceback__, []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-6:]))
