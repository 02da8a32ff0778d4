"""`.env.example` and the reference of settings say what `Settings` says, no more and no less."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.config import Settings
from tests.docs.pages import ROOT, Page, unquoted

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
ASSIGNMENT = re.compile(r"^#([A-Z][A-Z0-9_]*)=(.*)$")
REFERENCE = Page("docs/reference/settings.md")
NAMES = {name.upper() for name in Settings.model_fields}


def _example() -> dict[str, str]:
    found = (ASSIGNMENT.match(line) for line in EXAMPLE.splitlines())
    return {match[1]: match[2] for match in found if match}


def _without_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def test_the_example_has_every_setting_and_no_other() -> None:
    assert set(_example()) == NAMES


def test_each_setting_in_the_example_is_explained_just_above() -> None:
    lines = EXAMPLE.splitlines()
    for before, line in pairwise(lines):
        if ASSIGNMENT.match(line):
            assert re.match(r"# (?!---)\S", before), f"no comment above {line}"


def test_the_example_sets_nothing_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_environment(monkeypatch)
    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)


def test_the_example_shows_defaults_and_valid_values(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _without_environment(monkeypatch)
    file = tmp_path / "env"
    file.write_text("\n".join(f"{name}={value}" for name, value in _example().items()), "utf-8")
    shown = Settings(_env_file=file)
    for name, field in Settings.model_fields.items():
        assert getattr(shown, name) is not None
        if field.default is not None:
            assert getattr(shown, name) == field.default, f"{name.upper()} shows another default"


def test_the_reference_has_every_setting_with_its_default() -> None:
    rows = {unquoted(name): default for name, default, _ in REFERENCE.rows("Settings")}
    assert set(rows) == NAMES
    for name, field in Settings.model_fields.items():
        wanted = "not set" if field.default is None else f"`{field.default}`"
        assert rows[name.upper()] == wanted


def test_the_reference_names_every_value_of_a_choice() -> None:
    meanings = {unquoted(name): meaning for name, _, meaning in REFERENCE.rows("Settings")}
    for name in ("NEXTRUNG_LOG_LEVEL", "NEXTRUNG_LOG_STYLE"):
        choices = Settings.model_json_schema()["properties"][name.lower()]["enum"]
        for choice in choices:
            assert f"`{choice}`" in meanings[name]
