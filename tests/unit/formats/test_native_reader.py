"""A valid folder becomes catalogue content, in the owner's order."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.framework import Requirement
from bot.formats.native import read_bundled, read_folder
from bot.formats.native_source import source_digest
from bot.formats.problems import CatalogueFileErrors


def test_reads_every_part(small: Path) -> None:
    content = read_folder(small)
    assert content.name.base == "Sample catalogue"
    assert [each.rank for each in content.proficiencies] == [1, 2]
    assert [level.rank for level in content.ladders[0].levels] == [1, 2]
    assert content.ladders[0].levels[0].aliases == ("jr",)
    assert content.ladders[0].levels[1].name.in_locale("zh-CN") == "高级"
    assert [(group.key, group.domain.key) for group in content.groups] == [
        ("pipelines", "data"),
        ("quality", "data"),
    ]
    assert [(skill.key, skill.updated_on) for skill in content.skills] == [
        ("etl", date(2026, 1, 31)),
        ("checks", None),
    ]
    assert [role.key for role in content.roles] == ["engineer", "analyst"]
    assert content.roles[0].focus["senior"].base == "Decides what is built."
    junior, senior = content.expectations
    assert (junior.requirement, senior.requirement) == (Requirement.OPTIONAL, Requirement.REQUIRED)
    assert junior.proficiency is content.proficiencies[0]
    assert senior.proficiency is None
    assert senior.text is not None
    assert senior.text.in_locale("zh") == "设计任务。"
    assert [prompt.base for prompt in senior.prompts] == ["Draw a job."]


def test_expectations_follow_roles_levels_and_skills_not_the_files(small: Path) -> None:
    checks = small / "skills/checks.yaml"
    cells = "{senior: {requirement: optional}, junior: {requirement: required}}"
    added = f"expectations:\n  analyst: {cells}\n  engineer: {cells}\n"
    checks.write_text(checks.read_text("utf-8") + added, "utf-8")
    order = [(e.role.key, e.level.key, e.skill.key) for e in read_folder(small).expectations]
    assert order == [
        ("engineer", "junior", "etl"),
        ("engineer", "junior", "checks"),
        ("engineer", "senior", "etl"),
        ("engineer", "senior", "checks"),
        ("analyst", "junior", "checks"),
        ("analyst", "senior", "checks"),
    ]


def test_order_decides_inside_a_group_whatever_the_file_names(small: Path) -> None:
    second = (small / "skills/checks.yaml").read_text("utf-8")
    early = second.replace("key: checks", "key: zoo").replace("order: 10", "order: 5")
    (small / "skills/zoo.yaml").write_text(early, "utf-8")
    assert [skill.key for skill in read_folder(small).skills] == ["etl", "zoo", "checks"]


def test_fork_of_tracks_may_share_a_rank(small: Path) -> None:
    catalogue = small / "catalogue.yaml"
    fork = (
        "      - {key: staff, name: Staff, track: ic, rank: 3}\n"
        "      - {key: manager, name: Manager, track: management, rank: 3}\n"
    )
    text = catalogue.read_text("utf-8").replace("domains:\n", fork + "domains:\n")
    catalogue.write_text(text, "utf-8")
    ladder = read_folder(small).ladders[0]
    assert [level.key for level in ladder.above(ladder.levels[1])] == ["staff", "manager"]


def test_words_that_yaml_takes_for_something_else_stay_text(small: Path) -> None:
    role = small / "roles/engineer.yaml"
    odd = "aliases: [no, 1.10, on, 2026-01-01, ~x]"
    role.write_text(role.read_text("utf-8").replace("aliases: [eng]", odd), "utf-8")
    assert read_folder(small).roles[0].aliases == ("no", "1.10", "on", "2026-01-01", "~x")


def test_byte_order_mark_windows_lines_and_readme_are_tolerated(small: Path) -> None:
    expected = read_folder(small)
    role = small / "roles/engineer.yaml"
    role.write_bytes(b"\xef\xbb\xbf" + role.read_bytes().replace(b"\n", b"\r\n"))
    (small / "README.md").write_text("About this catalogue.", "utf-8")
    (small / ".hidden.yaml").write_text("{", "utf-8")
    assert read_folder(small) == expected


def test_digest_follows_names_and_bytes_and_needs_no_valid_content(small: Path) -> None:
    first = source_digest(small)
    assert source_digest(small) == first
    assert len(first) == 64
    (small / "notes.txt").write_text("ignored", "utf-8")
    assert source_digest(small) == first
    (small / "roles/engineer.yaml").rename(small / "roles/maker.yaml")
    renamed = source_digest(small)
    (small / "roles/maker.yaml").write_text("{", "utf-8")
    assert len({first, renamed, source_digest(small)}) == 3


@pytest.mark.parametrize("made", [False, True], ids=["missing", "a file"])
def test_a_folder_that_is_none_is_a_clear_error(tmp_path: Path, made: bool) -> None:
    place = tmp_path / "nowhere"
    if made:
        place.write_text("", "utf-8")
    for read in (read_folder, source_digest):
        with pytest.raises(CatalogueFileErrors) as caught:
            read(place)
        assert str(caught.value) == (
            f"{place}: no such folder; give the folder that holds catalogue.yaml"
        )


def test_an_empty_folder_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "skills").mkdir()
    with pytest.raises(CatalogueFileErrors) as caught:
        read_folder(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: no YAML files here; give the folder that holds catalogue.yaml"
    )


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("skills/*.yaml", "requirement: required", "requirement: sometimes"),
        ("skills/*.yaml", "group: ", "grupp: "),
        ("roles/*.yaml", "family: ", "family: [] # "),
        ("catalogue.yaml", "base_locale: ", "base_locale: 7 # "),
    ],
)
def test_what_comes_with_us_and_was_broken_is_told_in_full(
    small: Path, file: str, before: str, after: str
) -> None:
    for path in small.glob(file):
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(CatalogueFileErrors) as in_full:
        read_folder(small)
    with pytest.raises(CatalogueFileErrors) as found:
        read_bundled(small)
    assert found.value.problems == in_full.value.problems != ()
