"""`nextrung preview`: the ack body and nothing else, for every form that the issue names."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.preview import Typist, preview_command
from bot.sandbox.judge import judge_message

pytestmark = pytest.mark.usefixtures("prepared")
SHOWN = {
    "/skill mlops senior": "MLOps",
    "/skill ml-experiment-tracking": "ML Experiment Tracking",
    '/skill "ML experiment tracking" lead llm engineer': "LLM Engineer · Lead",
    "/skill mlosp senoir": "for “mlosp”",
    "/skill": "domains",
    "/skill help": "`/skill mlops senior`",
    "/skill 数据": "Data Engineering",
    "/promote-gap llm-engineer lead": "LLM Engineer: Senior → Lead",
    "/promote-gap llm-engineer lead from data-scientist senior": "Data Scientist, Senior → LLM",
    "/promote-gap llm-engineer junior": "Junior",
    "/promote-gap llm engineer principal": "LLM Engineer: Lead → Principal",
    "/promote-gap nobody lead": "“nobody”",
    "/promote-gap": "Which role",
    "/growth": "Which role is yours?",
    "/growth role llm-engineer senior": "Recorded: you are *LLM Engineer, Senior*.",
    "/growth help": "`/growth forget-me`",
}


def found_in(folder: Path, pattern: str) -> list[Path]:
    return list(folder.rglob(pattern))


async def previewed(
    capsys: pytest.CaptureFixture[str],
    command: str,
    *,
    sample: str | None = None,
    locale: str | None = None,
) -> dict[str, Any]:
    """Return the one JSON object on standard output; anything else there fails."""
    await preview_command(command, Typist(sample, locale), as_json=True)
    out, err = capsys.readouterr()
    body = json.loads(out)
    assert isinstance(body, dict)
    assert "Traceback" not in err
    return body


@pytest.mark.parametrize(("command", "shown"), SHOWN.items())
async def test_json_is_exactly_the_ack_body(
    capsys: pytest.CaptureFixture[str], command: str, shown: str
) -> None:
    body = await previewed(capsys, command)

    assert set(body) == {"text", "blocks"}
    assert isinstance(body["text"], str)
    assert body["blocks"]
    assert judge_message(body).violations == []
    assert shown in json.dumps(body, ensure_ascii=False)


async def test_samples_differ_by_what_they_told(capsys: pytest.CaptureFixture[str]) -> None:
    engineer = await previewed(capsys, "/skill mlops", sample="engineer")
    chinese = await previewed(capsys, "/skill mlops", sample="chinese")

    assert "This is your role." in json.dumps(engineer, ensure_ascii=False)
    assert "机器学习运维" in json.dumps(chinese, ensure_ascii=False)


async def test_locale_overrides_the_samples_own(capsys: pytest.CaptureFixture[str]) -> None:
    body = await previewed(capsys, "/skill ml-experiment-tracking", locale="zh")

    assert "机器学习实验跟踪" in json.dumps(body, ensure_ascii=False)


async def test_slash_may_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    with_slash = await previewed(capsys, "/skill mlops")
    without = await previewed(capsys, "skill mlops")

    assert without == with_slash


async def test_database_is_kept_in_the_data_folder(
    capsys: pytest.CaptureFixture[str], empty_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    await previewed(capsys, "/skill mlops")
    await previewed(capsys, "/skill mlops")

    assert found_in(empty_environment, "*.db")
    assert found_in(Path(), "*") == []  # nothing is left where one happens to stand


@pytest.mark.parametrize("command", ["/skill llm-engineer", "/promote-gap", "/skill mlops"])
async def test_card_is_readable_in_the_terminal(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    await preview_command(command, Typist("engineer"), as_json=False)

    out, _ = capsys.readouterr()
    assert "LLM Engineer" in out
    for mark in ("&amp;", "'type'", "{", "mrkdwn"):
        assert mark not in out


async def test_a_command_that_opens_a_modal_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    body = await previewed(capsys, "/growth role", sample="engineer")
    assert (body["type"], body["callback_id"]) == ("modal", "role")
    await preview_command("/growth role", Typist("engineer"), as_json=False)
    printed = capsys.readouterr().out
    for text in ("Role and level", "[ LLM Engineer", "Level", "[ Senior"):
        assert text in printed


def test_unknown_sample_is_told_with_the_known_ones() -> None:
    result = CliRunner().invoke(app, ["preview", "/skill", "--as", "nobody"])

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "engineer, manager, admin, chinese" in result.stderr


def test_unknown_command_is_told() -> None:
    result = CliRunner().invoke(app, ["preview", "/nosuch thing", "--json"])

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "/nosuch is not a valid command" in result.stderr


def test_unusable_database_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://db/nextrung")

    result = CliRunner().invoke(app, ["preview", "/skill", "--json"])

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "neither sqlite nor postgresql" in result.stderr


async def test_the_form_of_nudges_is_printed_with_what_is_set(
    capsys: pytest.CaptureFixture[str],
) -> None:
    await preview_command("/growth nudges", Typist("engineer"), as_json=False)

    out, err = capsys.readouterr()
    for shown in ("Nudges", "Every week", "Tuesday", "10:00", "Europe/Berlin", "(x)"):
        assert shown in out
    assert "Traceback" not in err


async def test_with_a_prefix_plain_names_are_typed_as_they_are_called(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXTRUNG_COMMAND_PREFIX", "acme")

    for command in ("/skill mlops", "skill mlops", "/acme-skill mlops"):
        body = await previewed(capsys, command)
        assert "Try `/acme-" in json.dumps(body, ensure_ascii=False)
