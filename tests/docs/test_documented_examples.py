"""What the documents show is what happens."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.domain.answers import Ambiguous, GapReport, Unknown
from bot.domain.lookup.requests import ANYONE, Viewer
from bot.formats.native import read_folder
from bot.formats.problems import CatalogueFileErrors
from bot.services.lookup.lookups import skill_command
from bot.services.lookup.promotions import gap_command
from tests.docs.pages import ROOT, Page, all_pages
from tests.fakes.kept_catalogue import kept_catalogue
from tests.unit.samples import built_in

ENGINEER = Viewer("llm-engineer", "senior")
COMMANDS = {"/skill": skill_command, "/promote-gap": gap_command}
FORMAT = Page("docs/reference/catalogue-format.md")


def _typed() -> list[str]:
    """Return every slash command that a reader may try; `[role]` and `<role>` are no examples."""
    written = (code for page in all_pages() for code in page.code)
    return sorted(
        {
            each
            for each in written
            if each.split(" ")[0] in COMMANDS and not re.search(r"[\[<]", each)
        }
    )


def test_there_are_examples_of_both_commands() -> None:
    assert {each.split(" ")[0] for each in _typed()} == set(COMMANDS)
    assert len(_typed()) > 20


@pytest.mark.parametrize("viewer", [ANYONE, ENGINEER], ids=["anyone", "engineer"])
def test_documented_commands_find_what_they_name(viewer: Viewer) -> None:
    for typed in _typed():
        command, _, text = typed.partition(" ")
        answer = COMMANDS[command](built_in(), text, viewer)
        assert not isinstance(answer.body, Unknown), typed
        # A level alone asks of which role, as is documented.
        assert not isinstance(answer.body, Ambiguous) or answer.body.is_level, typed
        assert not answer.ignored, typed


def _previews() -> dict[str, list[str]]:
    """Return the lines shown for each `nextrung preview` in a console block, by command line."""
    shown: dict[str, list[str]] = {}
    for page in all_pages():
        for block in page.fences("console"):
            first, *lines = block.splitlines()
            if "nextrung preview" in first:
                arguments = first.partition("nextrung ")[2]
                shown.setdefault(arguments, []).extend(lines)
    return shown


@pytest.mark.parametrize("arguments", _previews())
def test_documented_previews_print_what_is_shown(arguments: str, sqlite_bot_url: str) -> None:
    # In this process: that a process of its own prints the same, test_processes.py holds.
    environment = {"DATABASE_URL": sqlite_bot_url, "COLUMNS": "80"}
    with kept_catalogue():
        ran = CliRunner().invoke(app, shlex.split(arguments), env=environment)
    assert ran.exit_code == 0, ran.stderr
    printed = ran.stdout.splitlines()
    assert printed
    at = 0
    for line in _previews()[arguments]:
        start = line.partition("…")[0].rstrip()
        if not start:
            continue
        found = [place for place in range(at, len(printed)) if printed[place].startswith(start)]
        assert found, f"the output has no line {line!r}, or not in this order"
        at = found[0] + 1


def test_the_figures_of_the_built_in_framework_are_told_as_they_are() -> None:
    content = built_in().catalogue.content
    told = (
        f"{len(content.roles)} roles, {len(content.skills)} skills"
        f" and {len(content.expectations):,} expectations"
    )
    assert told in (ROOT / "README.md").read_text("utf-8")


def test_the_way_through_is_told_as_long_as_it_is() -> None:
    gap = gap_command(built_in(), "", ENGINEER).body
    assert isinstance(gap, GapReport)
    steps = len(gap.gap.gaps)
    told = " ".join((ROOT / "docs/how-to/grow.md").read_text("utf-8").split())
    assert f"{steps} expectations take {steps} presses" in told


@pytest.fixture
def example_catalogue(tmp_path: Path) -> Path:
    """The three files that the description of the format shows."""
    names = ("catalogue.yaml", "roles/backend-engineer.yaml", "skills/code-review.yaml")
    for name, text in zip(names, FORMAT.fences("yaml"), strict=True):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_example_catalogue_can_be_read(example_catalogue: Path) -> None:
    content = read_folder(example_catalogue)
    assert [skill.key for skill in content.skills] == ["code-review"]
    assert len(content.expectations) == 2


def test_the_example_problem_is_reported_as_shown(example_catalogue: Path) -> None:
    file = example_catalogue / "skills" / "code-review.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("group: practice", "group: practise"), encoding="utf-8")
    with pytest.raises(CatalogueFileErrors) as raised:
        read_folder(example_catalogue)
    assert [str(each) for each in raised.value.problems] == FORMAT.fences("text")[0].splitlines()
