"""Questions about a file on the command line: an error with choices, an option, or a prompt."""

import json
from pathlib import Path

import pytest
from rich.prompt import Prompt

from bot.cli.catalogue import importing
from tests.integration.cli.catalogues import catalogue, data, done, refused

TABLE = "Skill,Backend Engineer,QA Engineer\nTesting,a,b\n"


@pytest.fixture(autouse=True)
def store(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Engineer.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_without_a_terminal_it_is_an_error_with_its_choices(file: Path) -> None:
    result = catalogue("import", file, "--dry-run")
    assert result.exit_code == 1
    told = " ".join(result.stdout.split())
    assert "--answer axis=roles" in told
    assert "--answer axis=levels" in told


def test_an_option_answers_it(file: Path) -> None:
    told = done("import", file, "--dry-run", "--answer", "axis=roles")
    assert "Read as:" in told
    assert "2 roles, 2 expectations" in told
    drafted = catalogue("map", file, "--answer", "axis=levels")
    assert drafted.exit_code == 0
    assert "level: Backend Engineer" in drafted.stdout


def test_a_terminal_is_asked(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "can_ask", lambda **_: True)
    monkeypatch.setattr(Prompt, "ask", lambda *_args, **_options: "2")
    told = done("import", file, "--dry-run")
    assert "1. roles, each with one level" in told
    assert "1 role, 2 expectations" in told


def test_json_has_the_question_with_its_choices(file: Path) -> None:
    told = json.loads(catalogue("import", file, "--dry-run", "--json").stdout)
    (question,) = told["questions"]
    assert question["key"] == "axis"
    assert [choice["answer"] for choice in question["choices"]] == ["roles", "levels"]
    answered = data("import", file, "--dry-run", "--json", "--answer", "axis=roles")
    assert answered["questions"] == []
    assert len(answered["readings"]) == 1


def test_an_answer_has_a_form(file: Path) -> None:
    assert "KEY=ANSWER" in refused("import", file, "--answer", "roles", code=2)
