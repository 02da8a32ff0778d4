"""`nextrung catalogue sync` of what `import` takes, and `--watch`."""

import asyncio
import json
import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.catalogue.syncing import command
from bot.cli.catalogue.syncing.command import SyncJob, watch_source
from bot.cli.catalogue.syncing.commit import newest_commit
from bot.cli.catalogue.syncing.source import Source, source_digest
from bot.cli.catalogue.syncing.watching import Turn, Waiting, waiting, watch
from bot.formats.problems import CatalogueFileErrors
from bot.services.ports import Clock
from bot.store.errors import StoreUnavailable
from tests.integration.cli.catalogues import catalogue, data, done
from tests.integration.cli.test_catalogue_sync import committed, git

PUBLISH = "--publish-if-clean"
HEAD = "Role,Level,Skill,Text"
ROWS = (
    "Baker,Junior,Dough,Kneads a dough by the recipe on the wall.",
    "Baker,Senior,Dough,Adapts a dough to flour and weather each day.",
)
MAPPING = """\
tables:
  - shape: long
    columns: {role: Who, level: How far, skill: What, text: Seen}
levels: [Apprentice, Master]
"""


@pytest.fixture(autouse=True)
def store(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)


def written(path: Path, *rows: str, head: str = HEAD) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def outcome(*words: str | Path) -> str:
    told: str = data("sync", *words, "--json")["outcome"]
    return told


def test_a_file_is_published_once_and_keeps_its_keys(tmp_path: Path) -> None:
    path = written(tmp_path / "framework.csv", *ROWS)
    assert outcome(path) == "would-publish"
    assert outcome(path, PUBLISH) == "published"
    assert outcome(path, PUBLISH) == "unchanged"
    written(path, ROWS[0], ROWS[1].replace("weather", "heat"))
    assert "expectations: 1 reworded" in done("sync", path, PUBLISH)
    assert outcome(path, PUBLISH) == "unchanged"


def test_the_mapping_beside_it_counts(tmp_path: Path) -> None:
    head = "Who,How far,What,Seen"
    rows = ("Baker,Master,Dough,Adapts it.", "Baker,Apprentice,Dough,Kneads it.")
    folder = written(tmp_path / "tables" / "bakery.csv", *rows, head=head).parent
    assert catalogue("sync", folder).exit_code == 1
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    assert outcome(folder, PUBLISH) == "published"
    assert outcome(folder / "bakery.csv") == "unchanged"
    told = tmp_path / "told.json"
    done("export", "--catalogue", "company", "--format", "json", "--output", told)
    levels = json.loads(told.read_text("utf-8"))["catalogue"]["ladders"][0]["levels"]
    assert [each["name"] for each in levels] == ["Apprentice", "Master"]
    # The one that is named, and the one that is called like the file, win.
    own = tmp_path / "own.yaml"
    own.write_text(MAPPING.replace("Apprentice, Master", "Master, Apprentice"), encoding="utf-8")
    assert outcome(folder, "--map", own) == "would-publish"
    own.rename(folder / "bakery.map.yaml")
    assert Source(str(folder / "bakery.csv")).mapping_file == folder / "bakery.map.yaml"


def test_what_cannot_be_read_says_why_and_exits_with_one(tmp_path: Path) -> None:
    path = written(tmp_path / "framework.csv", "Baker,Amber,Dough,a", "Baker,Beryl,Dough,b")
    result = catalogue("sync", path, PUBLISH)
    assert result.exit_code == 1, result.output
    assert "--answer order-Amber=listed" in result.stdout
    assert "Nothing was published." in result.stdout
    result = catalogue("sync", path, "--json")
    assert result.exit_code == 1
    assert '"outcome": "unreadable"' in result.stdout
    assert outcome(path, PUBLISH, "--answer", "order-Amber=listed") == "published"
    # The revision that is published answers from now on.
    assert outcome(path, PUBLISH) == "unchanged"


def test_what_is_not_clean_is_told_here(tmp_path: Path) -> None:
    path = written(tmp_path / "framework.csv", *ROWS)
    (tmp_path / "lint.yaml").write_text("severities:\n  core-size: error\n", encoding="utf-8")
    result = catalogue("sync", path, PUBLISH)
    assert result.exit_code == 3, result.output
    assert "error core-size (1)" in result.stdout
    (tmp_path / "lint.yaml").unlink()
    doubted = written(tmp_path / "Baker.csv", "Dough,a,b", head="Skill,Junior,Senior")
    assert catalogue("sync", doubted, PUBLISH, "--strict").exit_code == 3


def test_a_commit_of_the_file_alone_says_who_and_why(tmp_path: Path) -> None:
    path = written(tmp_path / "framework.csv", *ROWS)
    git(tmp_path, "init", "-q")
    committed(tmp_path, "Bring the bakery")
    written(tmp_path / "other.csv", *ROWS)
    committed(tmp_path, "Something else")
    found = newest_commit(path)
    assert found is not None
    assert (found.subject, found.changed) == ("Bring the bakery", False)
    done("sync", path, PUBLISH)
    assert data("list", "company", "--json")[0]["author"] == "Sample Owner"


def test_the_digest_tells_of_contents_and_not_of_moments(tmp_path: Path) -> None:
    folder = written(tmp_path / "tables" / "a.csv", *ROWS).parent
    source = Source(str(folder))
    first = source_digest(source)
    os.utime(folder / "a.csv", (1, 1))
    (folder / ".git").mkdir()
    (folder / ".git" / "index").write_text("noise")
    assert source_digest(source) == first
    seen = {first}
    (folder / "mapping.yaml").write_text(MAPPING)
    seen.add(source_digest(source))
    (folder / "a.csv").rename(folder / "b.csv")
    seen.add(source_digest(source))
    seen.add(source_digest(Source(str(folder / "b.csv"))))
    assert len(seen) == 4
    assert source_digest(Source(str(tmp_path / "gone.csv"))) == ""


class FakeClock:
    """Stands at one moment."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def scripted(digests: str) -> tuple[Callable[[], str], Waiting, list[str]]:
    """Return what tells one letter a look, and ends after the last; and the letters at turns."""
    left: Iterator[str] = iter(digests)
    now = [next(left)]
    taken: list[str] = []

    async def wait() -> bool:
        letter = next(left, None)
        now[0] = letter or now[0]
        return letter is None

    return (lambda: now[0]), wait, taken


@pytest.mark.parametrize(
    ("looks", "turns"),
    [("a", "a"), ("aaa", "a"), ("aabbb", "ab"), ("aabcc", "ac"), ("abab", "a"), ("aabbaa", "aba")],
)
async def test_a_change_is_taken_once_it_stands_still(
    looks: str, turns: str, capsys: pytest.CaptureFixture[str]
) -> None:
    digest, wait, taken = scripted(looks)

    async def turn() -> None:
        taken.append(digest())

    await watch(turn, digest, wait, FakeClock())
    assert "".join(taken) == turns
    told = capsys.readouterr().out
    assert told.count("2026-03-02 09:30 UTC: something has changed.") == len(turns) - 1


@pytest.mark.parametrize(
    ("error", "turns"),
    [(StoreUnavailable(reason="away"), "aaa"), (CatalogueFileErrors(()), "a")],
)
async def test_what_fails_is_told_and_the_watch_goes_on(error: Exception, turns: str) -> None:
    digest, wait, taken = scripted("aaa")

    async def turn() -> None:
        taken.append(digest())
        raise error

    await watch(turn, digest, wait, FakeClock())
    assert "".join(taken) == turns


async def test_waiting_ends_at_once_when_it_is_stopped() -> None:
    stopped = asyncio.Event()
    stopped.set()
    assert await waiting(3600, stopped)()
    assert not await waiting(0, asyncio.Event())()


async def test_sigterm_ends_the_watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looking = asyncio.Event()

    async def looks(turn: Turn, digest: Callable[[], str], wait: Waiting, clock: Clock) -> None:
        await turn()
        looking.set()
        assert await wait()

    monkeypatch.setattr(command, "watch", looks)
    path = written(tmp_path / "framework.csv", *ROWS)
    job = SyncJob(Source(str(path)), "company", publish=True)
    watching = asyncio.create_task(watch_source(job, 3600))
    await looking.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(watching, 10)
    newest = await asyncio.to_thread(data, "list", "company", "--json")
    assert [each["number"] for each in newest] == [1]
