"""What is written is read back as the same content, and the same content as the same bytes."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.framework import (
    CatalogueContent,
    Domain,
    Expectation,
    Ladder,
    Level,
    Proficiency,
    Requirement,
    Role,
    RoleFamily,
    Skill,
    SkillGroup,
)
from bot.domain.guidance import Band, Guide, Resource, ResourceKind, Scope
from bot.domain.text import LocalText
from bot.formats.native import read_folder
from bot.formats.native_writer import render_files, write_folder
from bot.formats.yaml_text import to_yaml
from tests.properties import examples

KEYS = st.one_of(
    st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True),
    st.sampled_from(["no", "null", "1", "1e3", "2026-01-01", "0x1f", "true"]),
)
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=90).filter(
    lambda text: text == text.strip()
)
PROSE = st.lists(LINE, min_size=1, max_size=4).flatmap(
    lambda lines: st.sampled_from([" ", "\n", "\n\n", "  ", ": ", " #", "\n  "]).map(
        lambda joint: joint.join(lines)
    )
)
TAGS = st.sampled_from(["zh", "de", "no", "pt-BR"])


def texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[LocalText]:
    return st.builds(LocalText, words, st.dictionaries(TAGS, words, max_size=2))


NAMES, TEXTS = texts(LINE), texts(PROSE)
# A tilde never stands in a key, so no alias can clash with one.
ALIASES = st.lists(LINE.map(lambda word: f"~{word}"[:60].strip()), max_size=3, unique=True).map(
    tuple
)
PROMPTS = st.lists(TEXTS, max_size=2).map(tuple)
SCOPES = st.none() | st.sampled_from(Scope)
RESOURCES = st.lists(
    st.builds(
        Resource,
        LINE,
        st.sampled_from(["https://example.com/a", "http://example.org/?q=%20&x=1#y"]),
        st.none() | TAGS,
        st.none() | st.sampled_from(ResourceKind),
    ),
    max_size=2,
).map(tuple)
GUIDES = st.dictionaries(
    st.sampled_from(Band),
    st.builds(Guide, PROMPTS, PROMPTS).filter(lambda guide: guide != Guide()),
)


def some(words: st.SearchStrategy[str], size: int) -> st.SearchStrategy[list[str]]:
    return st.lists(words, min_size=1, max_size=size, unique=True)


@st.composite
def ladders(draw: st.DrawFn, key: str) -> Ladder:
    ranks = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True).map(sorted))
    keys = draw(st.lists(KEYS, min_size=len(ranks), max_size=len(ranks), unique=True))
    tracks = draw(st.sampled_from([None, "ic"]))
    levels = tuple(
        Level(level_key, draw(NAMES), rank, tracks, draw(ALIASES), draw(SCOPES))
        for level_key, rank in zip(keys, ranks, strict=True)
    )
    return Ladder(key, draw(NAMES), levels)


@st.composite
def contents(draw: st.DrawFn) -> CatalogueContent:
    proficiencies = tuple(
        Proficiency(key, draw(NAMES), rank, draw(st.none() | TEXTS))
        for rank, key in enumerate(draw(st.lists(KEYS, max_size=3, unique=True)), 1)
    )
    all_ladders = tuple(draw(ladders(key)) for key in draw(some(KEYS, 2)))
    domains = tuple(Domain(key, draw(NAMES)) for key in draw(some(KEYS, 2)))
    group_keys = draw(some(KEYS, 3))
    group_domains = sorted(draw(st.integers(0, len(domains) - 1)) for _ in group_keys)
    groups = tuple(
        SkillGroup(key, draw(NAMES), domains[at], draw(st.none() | TEXTS), draw(ALIASES))
        for key, at in zip(group_keys, group_domains, strict=True)
    )
    families = tuple(RoleFamily(key, draw(NAMES)) for key in draw(some(KEYS, 2)))
    roles = tuple(
        draw(role(key, families=families, ladders=all_ladders)) for key in draw(some(KEYS, 2))
    )
    skill_keys = draw(some(KEYS, 3))
    skill_groups = sorted(draw(st.integers(0, len(groups) - 1)) for _ in skill_keys)
    skills = tuple(
        draw(skill(key, group=groups[at], proficiencies=proficiencies))
        for key, at in zip(skill_keys, skill_groups, strict=True)
    )
    return CatalogueContent(
        name=draw(NAMES),
        base_locale="en",
        proficiencies=proficiencies,
        ladders=all_ladders,
        domains=domains,
        groups=groups,
        skills=skills,
        families=families,
        roles=roles,
        expectations=tuple(draw(cells(roles, skills, proficiencies))),
    )


@st.composite
def role(
    draw: st.DrawFn, key: str, *, families: tuple[RoleFamily, ...], ladders: tuple[Ladder, ...]
) -> Role:
    ladder = draw(st.sampled_from(ladders))
    focus = draw(st.dictionaries(st.sampled_from([each.key for each in ladder.levels]), TEXTS))
    return Role(
        key=key,
        name=draw(NAMES),
        family=draw(st.sampled_from(families)),
        ladder=ladder,
        summary=draw(st.none() | TEXTS),
        aliases=draw(ALIASES),
        focus=focus,
    )


@st.composite
def skill(
    draw: st.DrawFn, key: str, *, group: SkillGroup, proficiencies: tuple[Proficiency, ...]
) -> Skill:
    depths: Mapping[str, LocalText] = {
        each.key: draw(TEXTS) for each in proficiencies if draw(st.booleans())
    }
    return Skill(
        key=key,
        name=draw(NAMES),
        group=group,
        summary=draw(st.none() | TEXTS),
        updated_on=draw(st.none() | st.dates(date(1000, 1, 1))),
        aliases=draw(ALIASES),
        depths=depths,
        prompts=draw(PROMPTS),
        guides=draw(GUIDES),
        resources=draw(RESOURCES),
    )


@st.composite
def cells(
    draw: st.DrawFn,
    roles: tuple[Role, ...],
    skills: tuple[Skill, ...],
    proficiencies: tuple[Proficiency, ...],
) -> list[Expectation]:
    depth = st.none() | st.sampled_from(proficiencies) if proficiencies else st.none()
    return [
        Expectation(
            role=each_role,
            level=level,
            skill=each_skill,
            requirement=draw(st.sampled_from(Requirement)),
            proficiency=draw(depth),
            text=draw(st.none() | TEXTS),
            prompts=draw(PROMPTS),
            resources=draw(RESOURCES),
        )
        for each_role in roles
        for level in each_role.ladder.levels
        for each_skill in skills
        if draw(st.booleans())
    ]


@examples(60)
@given(content=contents())
def test_any_content_comes_back_equal_and_byte_for_byte(content: CatalogueContent) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written = write_folder(content, Path(folder))
        found = read_folder(Path(folder))
        assert found == content
        assert all(path.is_file() for path in written)
        assert render_files(found) == render_files(content)


@examples(400)
@given(text=PROSE)
@example("a: b")
@example("a #b")
@example("- a")
@example("x" * 300)
@example("one  two " + "word " * 40 + "end")
@example("第一 second " * 20 + "end")
@example("first\n  second\n\nthird")
@example("\ufeff\u2028\x7f\x85\U000e0001")
@example("---")
@example("yes")
@example("12:30:45")
def test_any_text_is_read_by_any_yaml_reader(text: str) -> None:
    for value in ({"key": text}, {"list": [text]}, {"list": [{text: text}]}):
        assert yaml.safe_load(to_yaml(value)) == value


def test_long_text_is_folded_at_a_hundred_columns_and_chinese_is_not() -> None:
    english, chinese = "word " * 60 + "end", "文字 word " * 40 + "完"
    shown = to_yaml({"text": {"en": english, "zh": chinese}})
    lines = shown.splitlines()
    assert lines[1] == "  en: >-"
    assert max(len(line) for line in lines if "文" not in line) <= 100
    assert sum("文" in line for line in lines) == 1


def test_a_folder_with_other_catalogue_files_is_left_alone(small: Path) -> None:
    content = read_folder(small)
    smaller = replace(content, roles=content.roles[:1])
    before = {path: path.read_bytes() for path in small.rglob("*.yaml")}
    with pytest.raises(FileExistsError, match=r"roles/analyst\.yaml"):
        write_folder(smaller, small)
    assert {path: path.read_bytes() for path in small.rglob("*.yaml")} == before
    write_folder(content, small)
    assert read_folder(small) == content
