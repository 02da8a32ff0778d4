"""Two versions of the program on one database under load: upgraded, and rolled back.

`python -m tests.trials.two_versions COMMIT` walks with the version of any commit as the older one.
"""

import asyncio
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.samples import ADMIN, ENGINEER, MANAGER
from bot.slack.installs.manifest import build_manifest
from tests.fakes.postgresql import PostgresqlServer, running_server
from tests.integration.cli.processes import Running, environment, started

CHECKOUT = Path(__file__).resolve().parents[2]
MEMBERS = (ADMIN, ENGINEER, MANAGER)
EACH_TIME = 12
"""Commands of each phase."""
COMMANDS = (
    ("/growth goal llm-engineer lead", "Lead"),
    ("/skill mlops senior", "MLOps"),
    ("/growth goal llm-engineer lead from data-scientist senior", "Lead"),
    ("/growth", "Lead"),
)
_RELEASED = re.compile(r"^## \[(\d[\w.]*)\] - (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_TROUBLE = ("warning", "error", "critical")


def last_release() -> str:
    """Return the heading of the newest release that is cut."""
    found = _RELEASED.search((CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert found is not None
    return found[0]


def commit_of(heading: str) -> str | None:
    """Return the commit that gave the change log this heading; None where history is missing."""
    words = ("log", "--format=%H", "--reverse", f"-S{heading}", "--", "CHANGELOG.md")
    done = _git(*words)
    commits = done.stdout.decode().split() if done.returncode == 0 else []
    # Where history is cut off, its first commit brings everything at once.
    shallow = _git("rev-parse", "--is-shallow-repository").stdout.decode().strip() == "true"
    return commits[0] if commits and not shallow else None


def _git(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, check=False)


def installed(commit: str, folder: Path) -> Path:
    """Build a commit's wheel and return the folder that it is installed in, to be imported from."""
    tree, built, site = (folder / each for each in ("tree", "wheel", "site"))
    archive = _git("archive", commit)
    assert archive.returncode == 0, archive.stderr.decode()
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(tree, filter="data")
    build = f"from hatchling.build import build_wheel; build_wheel({str(built)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=tree, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        content.extractall(site)  # noqa: S202 - a wheel that was just built here
    return site


@dataclass
class Walk:
    """What happened: answers by phase, wrong answers, what the processes logged as trouble."""

    answered: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    older_comes_back: bool = False


class Load:
    """Members who type commands without a pause, at all addresses in turn."""

    def __init__(self, slack: LocalSlack, walk: Walk) -> None:
        self._slack = slack
        self._walk = walk
        self._sent = 0
        self._ending = False
        self.addresses: Sequence[str] = ()

    async def some(self, phase: str) -> None:
        """Let each member type some commands."""
        await asyncio.gather(*(self._type(each, phase, EACH_TIME) for each in MEMBERS))

    @asynccontextmanager
    async def until_done(self, phase: str) -> AsyncIterator[None]:
        """Let each member type until the block ends."""
        self._ending = False
        tasks = [asyncio.create_task(self._type(each, phase)) for each in MEMBERS]
        try:
            yield
        finally:
            self._ending = True
            await asyncio.gather(*tasks)

    async def _type(self, member: str, phase: str, count: int | None = None) -> None:
        number = 0
        while number != count and not (count is None and self._ending):
            command, expected = COMMANDS[number % len(COMMANDS)]
            self._slack.connect_bot(self.addresses[self._sent % len(self.addresses)])
            self._sent += 1
            card = await self._slack.member(member).command(command)
            if expected not in card.plain:
                self._walk.wrong.append(f"{phase}: {command}: {card.plain[:200]}")
            self._walk.answered[phase] = self._walk.answered.get(phase, 0) + 1
            number += 1


async def walk(older: Path, url: str, folder: Path) -> Walk:
    """Upgrade from the version in `older` to this one under load, and go back."""
    found = Walk()
    async with LocalSlack(manifest=build_manifest()) as slack, AsyncExitStack() as running:
        new = environment(slack, url, folder) | {"NEXTRUNG_MEMBER_PER_MINUTE": "0"}
        old = new | {"PYTHONPATH": str(older)}
        load = Load(slack, found)
        await _command(old, folder, "db upgrade")

        first = await running.enter_async_context(started("web", old, folder))
        load.addresses = [first.ready["address"]]
        await _prepare(slack, first)
        await load.some("the older alone")
        async with load.until_done("while the schema is upgraded"):
            await _command(new, folder, "db upgrade")
        await load.some("the older on the newer schema")
        async with load.until_done("while the newer starts"):
            second = await running.enter_async_context(started("web", new, folder))
        load.addresses = [first.ready["address"], second.ready["address"]]
        await load.some("both")
        load.addresses = [second.ready["address"]]
        await _stop(first, found)
        await load.some("the newer alone")

        found.older_comes_back = await _starts(old, folder)
        if found.older_comes_back:
            async with load.until_done("while the older comes back"):
                third = await running.enter_async_context(started("web", old, folder))
            load.addresses = [third.ready["address"]]
            await _stop(second, found)
            await load.some("the older again")
            await _stop(third, found)
        else:
            await _stop(second, found)
    return found


async def _prepare(slack: LocalSlack, bot: Running) -> None:
    slack.connect_bot(bot.ready["address"])
    for each in MEMBERS:
        await slack.member(each).command("/growth role llm-engineer senior")


async def _stop(bot: Running, found: Walk) -> None:
    """End a process, and keep what it said of trouble."""
    bot.terminate()
    code = await bot.ended()
    said = [json.loads(each) for each in bot.log if each.startswith("{")]
    found.trouble += [str(each) for each in said if each.get("level") in _TROUBLE]
    found.trouble += [f"it ended with {code}"] * bool(code)


async def _command(settings: dict[str, str], folder: Path, words: str) -> None:
    code, said = await _ended(settings, folder, words)
    assert code == 0, said


async def _starts(settings: dict[str, str], folder: Path) -> bool:
    """Whether a version takes the schema as it is."""
    code, _ = await _ended(settings, folder, "db check")
    return code == 0


async def _ended(settings: dict[str, str], folder: Path, words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "bot", *words.split()]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=settings, stdout=PIPE, stderr=PIPE
    )
    out, errors = await process.communicate()
    return process.returncode or 0, (out + errors).decode()


async def walk_with(commit: str, server: PostgresqlServer, folder: Path) -> Walk:
    """Walk on a database of its own, with a commit's version as the older one."""
    older = await asyncio.to_thread(installed, commit, folder)
    return await walk(older, server.create(f"walk_{commit[:12]}"), folder)


def main() -> None:
    """Walk once, and print what happened."""
    with tempfile.TemporaryDirectory() as folder, running_server() as server:
        print(asyncio.run(walk_with(sys.argv[1], server, Path(folder))))


if __name__ == "__main__":
    main()
