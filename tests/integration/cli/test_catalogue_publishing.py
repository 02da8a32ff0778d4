"""`nextrung catalogue publish`, `rollback`, `list`, `show` and `use`, on a real SQLite file."""

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.framework import CatalogueContent
from bot.domain.moves import Moves
from bot.domain.text import LocalText
from bot.store.database import Database
from tests.integration.cli.catalogues import catalogue, content, data, done, folder, refused

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def store(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return sqlite_url


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return folder(tmp_path / "first")


def renamed() -> CatalogueContent:
    """The catalogue with one skill renamed and one requirement raised."""
    old = content()
    sawing = replace(old.skills[0], name=LocalText("Cutting wood"))
    cells = [replace(e, skill=sawing) if e.skill.key == "sawing" else e for e in old.expectations]
    cells[0] = replace(cells[0], requirement=cells[1].requirement)
    return replace(old, skills=(sawing, *old.skills[1:]), expectations=tuple(cells))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return folder(tmp_path / "second", renamed())


def published(path: Path, note: str = "a note", *more: str) -> str:
    return done("publish", path, "--note", note, "--author", "Sample Owner", *more)


def test_the_first_revision_says_what_to_do_next(first: Path) -> None:
    told = published(first)
    assert "It is the first revision of company." in told
    assert "Published company@1" in told
    assert "by Sample Owner" in told
    assert "nextrung catalogue use company --workspace" in told


def test_publishing_the_same_again_does_nothing(first: Path) -> None:
    published(first)
    assert "Nothing has changed since company@1" in published(first, "another note")
    assert [each["number"] for each in data("list", "company", "--json")] == [1]


def test_a_second_revision_is_told_by_what_changed(first: Path, second: Path) -> None:
    published(first)
    told = data("publish", second, "--note", "Renamed", "--author", "Ada", "--json")
    assert told["changes"] == {"skill": {"renamed": 1}, "expectation": {"raised": 1}}
    assert (told["previous"]["number"], told["published"]["number"]) == (1, 2)
    assert (told["is_new"], told["published"]["author"]) == (True, "Ada")


def test_a_dry_run_publishes_nothing(first: Path) -> None:
    told = published(first, "a note", "--dry-run")
    assert "Nothing was published." in told
    assert data("list", "--json") == []


def test_a_broken_folder_publishes_nothing_and_tells_every_problem(first: Path) -> None:
    for name in ("sawing", "glueing"):
        file = first / "skills" / f"{name}.yaml"
        file.write_text(file.read_text("utf-8").replace("group: tools", "group: toolz"), "utf-8")
    told = refused("publish", first, "--note", "a note")
    assert "skills/sawing.yaml:" in told
    assert "skills/glueing.yaml:" in told
    assert "did you mean 'tools'?" in told
    assert data("list", "--json") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--note", "  "], "The note is empty"),
        (["--note", "x" * 501], "at most 500"),
        (["--note", "n", "--catalogue", "built-in"], "a key of your own"),
        (["--note", "n", "--catalogue", "Our Ladder"], "lower-case letters"),
        (["--note", "n", "--workspace", "acme"], "no workspace"),
        (["--note", "n", "--author", ""], "The author is empty"),
    ],
)
def test_what_cannot_be_published_is_told(first: Path, words: list[str], told: str) -> None:
    assert told in refused("publish", first, *words)
    assert data("list", "--json") == []


def test_a_note_is_asked_for(first: Path) -> None:
    assert "--note" in refused("publish", first, code=2)


def test_a_rollback_is_a_new_revision(first: Path, second: Path) -> None:
    published(first)
    published(second)
    told = done("rollback", "company", "1", "--note", "Too early", "--author", "Ada")
    assert "Published company@3" in told
    history = data("list", "company", "--json")
    assert [(each["number"], each["note"]) for each in history] == [
        (3, "Too early"),
        (2, "a note"),
        (1, "a note"),
    ]
    assert data("diff", "company@1", "company@3", "--json")["differences"] == []
    assert "Nothing has changed" in done("rollback", "company", "3")
    assert "the revisions 1 to 3; 9 is none" in refused("rollback", "company", "9")
    assert "a key of your own" in refused("rollback", "built-in", "1")


def used(url: str) -> dict[str | None, str | None]:
    """Return the catalogue of each workspace, by its id."""

    async def read() -> dict[str | None, str | None]:
        database = Database(url)
        found = {tenant.team_id: key for tenant, key in await database.catalogues.workspaces()}
        await database.dispose()
        return found

    return asyncio.run(read())


def test_a_workspace_uses_what_it_is_told_to(first: Path, store: str) -> None:
    assert "No catalogue “company”" in refused("use", "company", "--workspace", "T0SAMPLE")
    told = published(first, "a note", "--workspace", "T0SAMPLE")
    assert "1 workspace will show it" in told
    assert used(store) == {"T0SAMPLE": "company"}
    assert "uses built-in" in done("use", "built-in", "--workspace", "T0SAMPLE")
    done("use", "company", "--workspace", "E0GRID/T0GRID")
    done("use", "company", "--workspace", "T0GRID")  # the same one: it is known by now
    done("use", "company", "--workspace", "E0WHOLE")
    assert used(store) == {"T0SAMPLE": None, "T0GRID": "company", None: "company"}
    assert data("list", "--json")[0]["workspaces"] == 2
    assert "no workspace" in refused("use", "company", "--workspace", "<!channel>")


def test_an_empty_store_says_how_to_begin() -> None:
    assert "nextrung catalogue publish PATH" in done("list")
    assert "No catalogue “company”; there are: none yet" in refused("list", "company")


def test_the_list_shows_each_catalogue_once(first: Path, second: Path) -> None:
    published(first)
    published(second, "Second", "--catalogue", "other-one")
    shown = done("list")
    assert shown.index("company@1") < shown.index("other-one@1")
    assert "Sample Owner" in shown
    (company, other) = data("list", "--json")
    assert (company["catalogue"], other["note"]) == ("company", "Second")
    assert company["expectations"] == len(content().expectations)


def test_show_tells_what_a_catalogue_holds(first: Path) -> None:
    published(first, "Spring review")
    shown = done("show", "company")
    assert "Workshop (company@1)" in shown
    assert "by Sample Owner: Spring review" in shown
    assert "Novice, Adept, Staff, Manager, Fellow, Director" in shown
    overview = data("show", first, "--json")
    assert overview["revision"] is None
    assert overview["skills"]["sawing"] == "tools"
    assert overview["roles"]["joiner"]["expectations"] == 6


def test_texts_cannot_steer_the_terminal(tmp_path: Path) -> None:
    hostile = replace(content(), name=LocalText("[red]Bold[/red] \u202eright"))
    shown = done("show", folder(tmp_path / "hostile", hostile))
    assert "[red]Bold[/red]" in shown
    assert "\u202e" not in shown


def test_what_cannot_be_found_is_told(first: Path) -> None:
    assert "No catalogue “nothing”" in refused("show", "nothing")
    assert "no such folder" in refused("show", "./nothing")
    assert "no such folder" in refused("show", "No Such Key")
    assert "nextrung catalogue import" in refused("show", first / "catalogue.yaml")


def test_processes_that_publish_the_same_at_once_publish_once(first: Path) -> None:
    words = [sys.executable, "-m", "bot", "catalogue", "publish", str(first), "--note", "n"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert sum("Published company@1" in each for each in told) == 1
    assert sum("Nothing has changed since company@1" in each for each in told) == 2
    assert [each["number"] for each in data("list", "company", "--json")] == [1]


def test_every_command_has_help() -> None:
    for command in ("validate", "lint", "diff", "publish", "rollback", "use", "list", "show"):
        assert catalogue(command, "--help").exit_code == 0


def with_other_role() -> CatalogueContent:
    """The catalogue with its first role under another key and name."""
    old = content()
    gone = old.roles[0]
    new = replace(gone, key="cabinet-maker", name=LocalText("Cabinet maker"))
    cells = [replace(e, role=new) if e.role.key == gone.key else e for e in old.expectations]
    return replace(old, roles=(new, *old.roles[1:]), expectations=tuple(cells))


@pytest.fixture
def other_role(tmp_path: Path) -> Path:
    return folder(tmp_path / "other", with_other_role())


def test_a_dry_run_tells_first_what_goes_and_whom_it_reaches(first: Path, other_role: Path) -> None:
    published(first)
    told = published(other_role, "a note", "--dry-run").splitlines()
    gone, total = content().roles[0], len(content().roles)
    assert told[1] == f"1 of {total} roles goes:"
    assert told[2].strip() == f"- {gone.name.base} ({gone.key}): not said yet"
    assert told[3].startswith("Reach: fewer than five people have a goal")
    found = data("publish", other_role, "--note", "x", "--dry-run", "--json")
    assert found["going"] == [
        {
            "part": "role",
            "key": gone.key,
            "name": gone.name.base,
            "leads_to": None,
            "proposed": None,
        }
    ]
    assert found["reach"]["people_with_goals"] == 0


def test_a_role_goes_only_where_all_is_said(first: Path, other_role: Path) -> None:
    published(first)
    gone, name = content().roles[0].key, content().name.base
    told = refused("publish", other_role, "--note", "x")
    for option in (f"--map-role {gone}=NEW", f"--ends {gone}", f"--confirm “{name}”"):
        assert option in " ".join(told.split())
    mapped = ("--map-role", f"{gone}=cabinet-maker")
    assert "--confirm" in refused("publish", other_role, "--note", "x", *mapped)
    assert "does not go" in refused("publish", other_role, "--note", "x", "--ends", "nobody")
    assert "OLD=NEW" in refused("publish", other_role, "--note", "x", "--map-role", "nobody")
    assert "no role" in refused(
        "publish", other_role, "--note", "x", "--map-role", f"{gone}=nobody"
    )
    assert [each["number"] for each in data("list", "company", "--json")] == [1]
    assert "Published company@2" in published(other_role, "x", *mapped, "--confirm", name.upper())


@pytest.mark.parametrize("mapped", [True, False])
def test_a_rollback_names_what_ends_with_it(first: Path, other_role: Path, *, mapped: bool) -> None:
    """What took over from what is back stands for it again: then nothing ends."""
    gone, name = content().roles[0], content().name.base
    said = ("--map-role", f"{gone.key}=cabinet-maker") if mapped else ("--ends", gone.key)
    published(first)
    published(other_role, "x", *said, "--confirm", name)
    told = done("rollback", "company", "1")
    assert ("roles goes:" in told) is not mapped
    assert ("- Cabinet maker (cabinet-maker): ends" in told) is not mapped
    published(other_role, "x", *said, "--confirm", name)
    ends = data("rollback", "company", "1", "--json")["ends"]
    assert [each["key"] for each in ends] == ([] if mapped else ["cabinet-maker"])


def test_what_a_role_led_to_is_kept_with_the_revision(
    first: Path, other_role: Path, store: str
) -> None:
    published(first)
    gone, name = content().roles[0].key, content().name.base
    published(other_role, "x", "--map-role", f"{gone}=cabinet-maker", "--confirm", name)
    assert moves_of(store).role(gone) == "cabinet-maker"
    # Whatever comes next keeps it; going back takes it back.
    published(folder(other_role.parent / "third", replace(with_other_role(), name=LocalText("X"))))
    assert moves_of(store).role(gone) == "cabinet-maker"
    done("rollback", "company", "1")
    assert moves_of(store).role("cabinet-maker") == gone


def moves_of(url: str) -> Moves:
    async def read() -> Moves:
        database = Database(url)
        try:
            newest = (await database.catalogues.newest())["company"]
            return (await database.catalogues.load(newest)).moves
        finally:
            await database.dispose()

    return asyncio.run(read())
