"""`nextrung catalogue import` and `map`, on a real SQLite file."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.catalogue.choices import SourceKind
from bot.formats.imports.catalogue_import import ImportFormat
from bot.store.database import Database
from tests.integration.cli.catalogues import catalogue, data, done, folder, refused
from tests.unit.formats.imports.importing import csv_text

HEADER = ("Role", "Level", "Skill", "Requirement", "Proficiency", "Text")
ROWS = (
    ("Engineer", "Junior", "Review", "optional", "Working", "Answers comments."),
    ("Engineer", "Senior", "Review", "required", "Expert", "Leads reviews."),
    ("Engineer", "Senior", "Debugging", "required", "Working", "Finds races."),
)


@pytest.fixture(autouse=True)
def store(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return sqlite_url


def table(folder_path: Path, *rows: tuple[str, ...], name: str = "framework.csv") -> Path:
    path = folder_path / name
    path.write_text(csv_text([HEADER, *rows]), encoding="utf-8")
    return path


def revisions() -> list[Any]:
    return list(data("list", "--json"))


def test_a_first_import_publishes_and_says_what_to_do_next(tmp_path: Path) -> None:
    told = done("import", table(tmp_path, *ROWS), "--author", "Sample Owner")
    assert "framework: 1 domain, 1 group, 2 skills, 1 role, 3 expectations." in told
    assert "It is the first revision of company." in told
    assert "Published company@1" in told
    assert "nextrung catalogue use company --workspace T0123" in told
    assert "nextrung catalogue lint company" in told
    assert data("list", "company", "--json")[0]["note"] == "Imported from framework.csv"


def test_a_dry_run_publishes_nothing(tmp_path: Path) -> None:
    told = done("import", table(tmp_path, *ROWS), "--dry-run")
    assert "3 expectations" in told
    assert "Nothing was published." in told
    assert revisions() == []


def test_a_second_import_tells_what_changed_and_keeps_the_keys(tmp_path: Path) -> None:
    done("import", table(tmp_path, *ROWS))
    changed = (("Engineer", "Junior", "Review", "required", "Working", "Answers all."), *ROWS[1:2])
    told = data("import", table(tmp_path, *changed), "--note", "Spring", "--json")
    assert told["changes"] == {
        "skill": {"removed": 1},
        "expectation": {"removed": 1, "raised": 1, "reworded": 1},
    }
    assert (told["previous"]["number"], told["published"]["number"]) == (1, 2)
    assert told["published"]["note"] == "Spring"
    assert [(each["part"], each["key"]) for each in told["going"]] == [("skill", "debugging")]
    assert told["reach"] == {"roles": 1, "people_with_goals": 0, "people_with_marks": 0}
    again = data("import", table(tmp_path, *changed), "--json")
    assert (again["is_new"], again["published"]["number"]) == (False, 2)


def test_nothing_is_published_while_an_error_stands(tmp_path: Path) -> None:
    bad = ("Engineer", "Junior", "Tests", "perhaps", "", "")
    result = catalogue("import", table(tmp_path, *ROWS, bad, ("", *bad[1:])))
    assert result.exit_code == 1
    assert "framework.csv:5 column 'Requirement': 'perhaps'" in result.stdout
    assert "framework.csv:6 column 'Role'" in result.stdout
    assert "Nothing was imported." in result.stdout
    assert revisions() == []


def test_problems_as_json(tmp_path: Path) -> None:
    bad = [("Engineer", "Junior", f"Skill {at}", "perhaps", "", "") for at in range(300)]
    result = catalogue("import", table(tmp_path, *bad), "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    (error,) = told["errors"]
    assert (error["code"], error["count"]) == ("unknown-requirement", 300)
    assert error["places"][0] == {
        "file": "framework.csv",
        "table": None,
        "line": 2,
        "column": "Requirement",
        "value": "perhaps",
    }
    assert told["content"] is None
    assert told["tables"][0]["rejected"] == {"the requirement is not known": 300}


def test_a_workspace_uses_it_at_once(tmp_path: Path, store: str) -> None:
    told = done("import", table(tmp_path, *ROWS), "--catalogue", "ours", "--workspace", "T0SAMPLE")
    assert "Published ours@1" in told
    assert "1 workspace will show it" in told

    async def used() -> list[str | None]:
        database = Database(store)
        try:
            return [key for _, key in await database.catalogues.workspaces()]
        finally:
            await database.dispose()

    assert asyncio.run(used()) == ["ours"]


def test_a_mapping_from_map_imports_the_file(tmp_path: Path) -> None:
    rows = (("Job", "Grade", "Competency", "Description"), ("Engineer", "L1", "Review", "Answers."))
    path = tmp_path / "framework.csv"
    path.write_text(csv_text(rows), encoding="utf-8")
    result = catalogue("map", path)
    assert result.exit_code == 0
    assert "An import with it gives 1 domain" in result.stderr
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(result.stdout, encoding="utf-8")
    assert "1 expectation." in done("import", path, "--map", mapping)


def test_map_says_what_it_does_not_understand(tmp_path: Path) -> None:
    path = tmp_path / "lunch.csv"
    path.write_text("Day,Dish\nMonday,Soup\n", encoding="utf-8")
    assert "the first row holds 'Day', 'Dish'" in refused("map", path)


def test_a_broken_mapping_is_told_with_its_lines(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("tables:\n  - shape: long\n    columns: {rolle: Role}\n", encoding="utf-8")
    told = refused("import", table(tmp_path, *ROWS), "--map", mapping)
    assert "mapping.yaml:3 tables[0].columns.rolle: no such field 'rolle'; did you mean" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("absent.csv",), "does not exist"),
        (("--format", "tall"), "tall"),
        (("--map", "absent.yaml"), "does not exist"),
    ],
)
def test_a_wrong_command_exits_with_2(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    path = [table(tmp_path, *ROWS)] if words[0].startswith("--") else []
    assert said in refused("import", *path, *words, code=2)


def test_a_bad_key_or_workspace_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    path = table(tmp_path, *ROWS)
    assert "built-in" in refused("import", path, "--catalogue", "built-in")
    assert "no workspace" in refused("import", path, "--workspace", "somewhere")
    assert revisions() == []


def test_our_own_folder_and_document_are_imported(tmp_path: Path) -> None:
    native = folder(tmp_path / "native")
    done("import", native, "--catalogue", "one")
    document = tmp_path / "exported.json"
    done("export", "--format", "json", "--output", document, "--catalogue", "one")
    done("import", document, "--catalogue", "two")
    assert data("diff", "one", "two", "--json")["counts"] == {}


def test_a_broken_folder_of_ours_is_told_file_by_file(tmp_path: Path) -> None:
    native = folder(tmp_path / "native")
    (native / "skills" / "sawing.yaml").write_text("key: sawing\n", encoding="utf-8")
    result = catalogue("import", native)
    assert result.exit_code == 1
    assert "skills/sawing.yaml" in result.stdout


def test_the_options_name_the_formats_there_are() -> None:
    assert [each.value for each in SourceKind] == [each.value for each in ImportFormat]
