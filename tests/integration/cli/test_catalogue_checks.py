"""`nextrung catalogue validate`, `lint`, `diff` and `export`: words, JSON and exit codes."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.catalogue.choices import English, Format
from bot.domain.catalogue.lint.settings import Spelling
from bot.domain.text import LocalText
from bot.formats.exports.registry import EXPORTS
from bot.formats.native import read_folder
from tests.integration.cli.catalogues import catalogue, content, data, done, folder, refused


@pytest.fixture(autouse=True)
def no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that must not be opened: it would be made where it is not."""
    file = tmp_path / "unopened" / "nextrung.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return folder(tmp_path / "workshop")


def broken(path: Path) -> Path:
    file = path / "skills" / "sawing.yaml"
    file.write_text(file.read_text("utf-8").replace("group: tools", "group: toolz"), "utf-8")
    return path


def test_validate_says_what_can_be_published(path: Path) -> None:
    assert "can be published: 1 domain, 2 groups, 4 skills, 3 roles" in done("validate", path)
    assert "skills/sawing.yaml:6 group: no such skill group" in refused("validate", broken(path))
    assert "no such folder" in refused("validate", path / "nothing")


def test_lint_groups_by_rule_and_names_file_and_line(path: Path) -> None:
    result = catalogue("lint", path)
    assert result.exit_code == 0, result.output
    assert "warning missing-cell (3): A skill is asked for at a level" in result.stdout
    assert "note few-prompts (2): A required expectation with fewer" in result.stdout
    assert "skills/sawing.yaml:" in result.stdout
    assert catalogue("lint", path, "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("name", "value"), [("LC_ALL", "zh_CN.UTF-8"), ("LANG", "zh_TW"), ("LC_MESSAGES", "zh@pinyin")]
)
def test_lint_speaks_the_language_of_the_terminal(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for each in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, value)
    told = catalogue("lint", path).stdout
    assert "警告 missing-cell（3）：某级别有这项技能" in told
    assert "请补充内容" in told
    assert "defines" not in told
    assert "::warning" in catalogue("lint", path, "--format", "github").stdout
    assert "请补充" in catalogue("lint", path, "--format", "github").stdout
    assert data("lint", path, "--format", "json")["findings"][0]["message"].isascii()


def test_lint_as_json_has_every_finding_by_key(path: Path, no_store: Path) -> None:
    told = data("lint", path, "--format", "json")
    assert told["counts"]["error"] == 0
    assert told["counts"]["warning"] == sum(e["severity"] == "warning" for e in told["findings"])
    missing = [each for each in told["findings"] if each["rule"] == "missing-cell"]
    assert (missing[0]["role"], missing[0]["level"], missing[0]["skill"]) == (
        "joiner",
        "fellow",
        "sawing",
    )
    assert missing[0]["file"] == "skills/sawing.yaml"
    lines = (path / "skills" / "sawing.yaml").read_text("utf-8").splitlines()
    # The level has no cell of its own: the nearest line is that of the role.
    assert lines[missing[0]["line"] - 1].strip() == "joiner:"
    groups = [each for each in told["findings"] if each["group"] == "empty"]
    lines = (path / "catalogue.yaml").read_text("utf-8").splitlines()
    assert lines[groups[0]["line"] - 1].strip() == "- key: empty"
    assert not no_store.exists()


def test_lint_for_github_names_files_from_the_working_directory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    lines = done("lint", "./workshop", "--format", "github").splitlines()
    assert lines
    assert all(line.startswith(("::warning file=workshop/", "::notice file=")) for line in lines)


def test_lint_for_github_escapes_what_ends_a_command(tmp_path: Path) -> None:
    shouting = replace(content().groups[1], name=LocalText("100%: a, b"))
    odd = replace(content(), groups=(content().groups[0], shouting))
    line = next(
        line
        for line in done("lint", folder(tmp_path / "odd", odd), "--format", "github").splitlines()
        if "100" in line
    )
    assert line.endswith(
        "::The group 100%25: a, b has no skill. Fill it, or take it out of the catalogue."
    )


@pytest.mark.parametrize("report", ["json", "github"])
def test_lint_tells_unreadable_files_as_machines_expect(path: Path, report: str) -> None:
    result = catalogue("lint", broken(path), "--format", report)
    assert result.exit_code == 1
    assert result.stderr == ""
    if report == "json":
        (finding,) = json.loads(result.stdout)["findings"]
        assert (finding["rule"], finding["file"], finding["line"]) == (
            "unreadable",
            "skills/sawing.yaml",
            6,
        )
    else:
        assert result.stdout.startswith("::error file=")
        assert "skills/sawing.yaml,line=6,title=unreadable::group: no such" in result.stdout


def test_lint_shows_the_first_findings_of_a_rule_unless_all_are_asked_for(tmp_path: Path) -> None:
    long = replace(
        content(),
        skills=tuple(
            replace(content().skills[3], key=f"idle-{number}", name=LocalText(f"Idle {number} way"))
            for number in range(30)
        ),
        expectations=(),
    )
    path = folder(tmp_path / "long", long)
    assert "more; --all prints them" in done("lint", path)
    assert "more; --all" not in done("lint", path, "--all")


def counted(path: Path, *words: str) -> dict[tuple[str, str], int]:
    """Return how many findings of each (severity, rule) there are."""
    found = json.loads(catalogue("lint", path, "--format", "json", *words).stdout)["findings"]
    return Counter((each["severity"], each["rule"]) for each in found)


def test_an_option_says_how_grave_a_rule_is(path: Path) -> None:
    before = counted(path)
    assert before["warning", "core-size"] == 2
    after = counted(path, "--severity", "core-size=error", "--severity", "empty=off")
    assert (after["error", "core-size"], after["warning", "core-size"]) == (2, 0)
    assert before["warning", "empty"]
    assert not after["warning", "empty"]
    assert catalogue("lint", path, "--severity", "core-size=error").exit_code == 1
    twice = counted(path, "--severity", "core-size=off", "--severity", "core-size=note")
    assert twice["info", "core-size"] == 2


def test_the_folder_says_it_for_everybody_and_an_option_wins(path: Path) -> None:
    rules = dict.fromkeys(rule for severity, rule in counted(path) if severity == "warning")
    text = "".join(f"  {rule}: note\n" for rule in rules)
    (path / "lint.yaml").write_text(f"severities:\n{text}", "utf-8")
    assert "can be published" in done("validate", path)
    assert catalogue("lint", path, "--strict").exit_code == 0
    assert catalogue("lint", path, "--strict", "--severity", "empty=warning").exit_code == 1


def test_a_spelling_is_kept_by_option_or_folder(tmp_path: Path) -> None:
    skill = replace(content().skills[1], summary=LocalText("How colours of wood are kept."))
    skills = tuple(skill if each.key == skill.key else each for each in content().skills)
    path = folder(tmp_path / "british", replace(content(), skills=skills, expectations=()))
    rule = ("warning", "mixed-spelling")
    assert counted(path)[rule] == 0
    assert counted(path, "--spelling", "american")[rule] == 1
    (path / "lint.yaml").write_text("spelling: american\n", "utf-8")
    assert counted(path)[rule] == 1
    assert counted(path, "--spelling", "british")[rule] == 0
    assert [each.value for each in English] == sorted(Spelling)


def test_what_cannot_be_a_severity_is_refused(path: Path) -> None:
    assert "Lint has no rule “wordi”. Its rules: " in refused(
        "lint", path, "--severity", "wordi=off"
    )
    assert "one of error, warning, note, off" in refused("lint", path, "--severity", "wordy=loud")
    assert "says no severity" in refused("lint", path, "--severity", "wordy")
    (path / "lint.yaml").write_text("severities:\n  wordi: off\n", "utf-8")
    assert "lint.yaml:2 severities.wordi: lint has no such rule" in refused("lint", path)
    result = catalogue("lint", path, "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["findings"][0]["line"]) == (1, 2)


def test_the_built_in_catalogue_lints_strictly_without_a_store(no_store: Path) -> None:
    counts = data("lint", "built-in", "--strict", "--format", "json")["counts"]
    assert (counts["error"], counts["warning"]) == (0, 0)
    assert not no_store.exists()


def test_diff_in_words(path: Path, tmp_path: Path, no_store: Path) -> None:
    old = content()
    sawing = replace(old.skills[0], name=LocalText("Cutting wood"))
    cells = [replace(e, skill=sawing) if e.skill.key == "sawing" else e for e in old.expectations]
    cells[0] = replace(
        cells[0], text=LocalText("Does it otherwise"), proficiency=old.proficiencies[1]
    )
    cells = [e for e in cells if e.role.key != "turner"]
    new = replace(
        old,
        skills=(sawing, *old.skills[1:]),
        roles=(old.roles[0], old.roles[2]),
        expectations=tuple(cells),
    )
    told = done("diff", path, folder(tmp_path / "new", new))
    for line in (
        "~ Cutting wood (sawing)",
        "renamed: Sawing → Cutting wood",
        "- Turner (turner)",
        "Joiner, Novice",
        "raised: proficiency Basic → Deep",
        "- Does it",
        "+ Does it otherwise",
        "3 expectations of the roles and skills above",
    ):
        assert line in told
    brief = done("diff", path, tmp_path / "new", "--brief")
    assert "skills: 1 renamed" in brief
    assert "expectations: 3 removed, 1 raised, 1 reworded" in brief
    assert "Cutting wood" not in brief
    assert not no_store.exists()


def test_diff_as_json_has_values_before_and_after(path: Path, tmp_path: Path) -> None:
    moved = replace(content().skills[2], group=content().groups[1], aliases=("gluing",))
    cells = tuple(
        replace(e, skill=moved) if e.skill.key == "glueing" else e for e in content().expectations
    )
    skills = (*content().skills[:2], moved, content().skills[3])
    new = folder(tmp_path / "new", replace(content(), skills=skills, expectations=cells))
    told = data("diff", path, new, "--json")
    assert told["counts"] == {"skill": {"moved": 1, "amended": 1}}
    by_aspect = {each["aspect"]: each for each in told["differences"]}
    assert by_aspect["aliases"]["after"] == ["gluing"]
    assert by_aspect["group"]["before"] == {"key": "tools", "name": {"en": "Tools"}}
    assert by_aspect["group"]["keys"] == {"skill": "glueing"}


def test_diff_tells_a_key_that_was_probably_changed(path: Path, tmp_path: Path) -> None:
    skills = (*content().skills[:3], replace(content().skills[3], key="idle"))
    new = folder(tmp_path / "new", replace(content(), skills=skills))
    assert "changed from unused to idle" in done("diff", path, new)
    assert data("diff", path, new, "--json")["likely_rekeyed"] == [
        {"part": "skill", "from": "unused", "to": "idle"}
    ]


def test_diff_of_two_equal_catalogues(path: Path) -> None:
    assert "Nothing that a reader would notice differs." in done("diff", path, path)
    assert data("diff", path, path, "--json")["differences"] == []
    assert "no such folder" in refused("diff", path, "./nothing")


def test_export_formats_are_those_there_are() -> None:
    assert [each.value for each in Format] == list(EXPORTS)


@pytest.mark.parametrize("chosen", Format)
def test_every_format_is_written(path: Path, tmp_path: Path, chosen: Format) -> None:
    output = tmp_path / "exported"
    told = done("export", "--format", chosen, "--output", output, "--catalogue", path)
    assert "3 roles, 9 expectations" in told
    whole = chosen in (Format.YAML, Format.JSON)
    assert (f"What {chosen.value} leaves out:" in told) is not whole
    if not whole and chosen is not Format.HTML:
        assert "groups without a skill: Empty" in told
    assert output.exists()
    if chosen is Format.YAML:
        assert read_folder(output) == read_folder(path)
    assert "--force" in refused(
        *("export", "--format", chosen, "--output", output, "--catalogue", path)
    )
    done("export", "--format", chosen, "--output", output, "--catalogue", path, "--force")


def test_an_export_of_the_built_in_catalogue_in_another_language(tmp_path: Path) -> None:
    output = tmp_path / "catalogue.md"
    done("export", "--format", "markdown", "--output", output, "--locale", "zh")
    assert "机器学习" in output.read_text("utf-8")
    assert "make it first" in refused(
        *("export", "--format", "html", "--output", tmp_path / "no" / "where.html")
    )
