"""A small valid catalogue folder, and a way to break it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.formats.native import read_folder
from bot.formats.problems import CatalogueFileErrors

SMALL = {
    "catalogue.yaml": """\
name: Sample catalogue
base_locale: en
proficiencies:
  - {key: basic, name: Basic}
  - {key: deep, name: Deep}
ladders:
  - key: default
    name: Default
    levels:
      - {key: junior, name: Junior, aliases: [jr]}
      - {key: senior, name: {en: Senior, zh: 高级}}
domains:
  - key: data
    name: Data
    groups:
      - {key: pipelines, name: Pipelines, aliases: [plumbing]}
      - {key: quality, name: Quality}
families:
  - {key: engineering, name: Engineering}
""",
    "roles/analyst.yaml": """\
key: analyst
order: 20
name: Analyst
family: engineering
ladder: default
""",
    "roles/engineer.yaml": """\
key: engineer
order: 10
name: Engineer
family: engineering
ladder: default
aliases: [eng]
focus:
  junior: Learns the trade.
  senior: Decides what is built.
""",
    "skills/checks.yaml": """\
key: checks
order: 10
name: Checks
group: quality
""",
    "skills/etl.yaml": """\
key: etl
order: 10
name: ETL
group: pipelines
updated: 2026-01-31
aliases: [spark]
depths:
  basic: Runs jobs.
expectations:
  engineer:
    junior:
      requirement: optional
      proficiency: basic
      text: Runs a job.
    senior:
      requirement: required
      text: {en: Designs jobs., zh: 设计任务。}
      prompts: [Draw a job.]
""",
}

Edit = tuple[str, str, str]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Write the small catalogue and return its folder."""
    for name, text in SMALL.items():
        path = tmp_path / "sample" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "sample"


@pytest.fixture
def problems_after(small: Path) -> Callable[..., list[str]]:
    """Return a function that edits files (name, old, new) and returns the problems as text."""

    def apply(*edits: Edit) -> list[str]:
        for name, old, new in edits:
            path = small / name
            text = path.read_text(encoding="utf-8")
            assert text.count(old) >= 1, f"{old!r} is not in {name}"
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return problems_of(small)

    return apply


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(CatalogueFileErrors) as caught:
        read_folder(folder)
    return [str(problem) for problem in caught.value.problems]
