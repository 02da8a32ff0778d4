"""What the tests of `nextrung catalogue` share: running it, and a small folder to publish."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from bot.cli.app import app
from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.formats.native_writer import write_folder
from tests.unit.samples import workshop

PROMPTS = (LocalText("What did you leave out last week?"),)


def catalogue(*words: str | Path) -> Result:
    """Run `nextrung catalogue` with these words, in this process."""
    return CliRunner().invoke(app, ["catalogue", *map(str, words)])


def done(*words: str | Path) -> str:
    """Run a command that succeeds, and return what it printed."""
    result = catalogue(*words)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def data(*words: str | Path) -> Any:
    """Run a command that prints JSON and nothing else."""
    return json.loads(done(*words))


def refused(*words: str | Path, code: int = 1) -> str:
    """Run a command that fails with a clear word, and return it."""
    result = catalogue(*words)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.stderr


def content() -> CatalogueContent:
    """Return a small catalogue without findings that matter here: two roles, three skills."""
    found = workshop().content
    skills = {each.key: replace(each, prompts=PROMPTS) for each in found.skills}
    return replace(
        found,
        skills=tuple(skills.values()),
        expectations=tuple(
            replace(each, skill=skills[each.skill.key]) for each in found.expectations
        ),
    )


def folder(path: Path, written: CatalogueContent | None = None) -> Path:
    """Write a catalogue into a new folder."""
    path.mkdir()
    write_folder(written or content(), path)
    return path
