"""Listeners: each module that registers some is asked, and kept apart from the others."""

import ast
import tomllib
from pathlib import Path

from bot.slack import fallbacks
from bot.slack.app import LISTENERS
from bot.slack.installs import events as workspace_events
from bot.slack.installs import grid

ROOT = Path(__file__).parents[3]


def registering() -> set[str]:
    """Return the modules of bot/slack that have a `register` of their own."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "bot" / "slack").rglob("*.py")
        if any(
            isinstance(node, ast.FunctionDef) and node.name == "register"
            for node in ast.parse(path.read_text(encoding="utf-8")).body
        )
    }


def test_every_module_that_registers_listeners_is_asked_to() -> None:
    asked = (*LISTENERS, workspace_events, grid, fallbacks)
    assert registering() == {each.__name__ for each in asked}


def test_every_module_that_registers_listeners_is_kept_apart() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (
        each
        for each in project["tool"]["importlinter"]["contracts"]
        if each["name"] == "Listeners do not know each other"
    )
    assert set(contract["modules"]) == registering()


def test_bolts_own_arguments_stay_at_the_door() -> None:
    knowing = {
        path.relative_to(ROOT / "bot" / "slack").as_posix()
        for path in (ROOT / "bot" / "slack").rglob("*.py")
        if "slack_bolt" in path.read_text(encoding="utf-8")
    }
    assert knowing == {
        "app.py",
        "auth.py",
        "context.py",
        "door/entering.py",
        "door/once.py",
        "errors.py",
        "guard.py",
        "http.py",
        "routes.py",
        "sent_text.py",
        "socket_mode.py",
    }
