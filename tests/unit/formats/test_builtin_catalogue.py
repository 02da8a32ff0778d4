"""The catalogue that comes with Nextrung: complete, consistent, bilingual, quick to read."""

from collections import Counter, defaultdict
from datetime import date
from itertools import combinations

import pytest

from bot.domain.framework import CatalogueContent, Expectation, Requirement, Role, Skill, SkillGroup
from bot.domain.text import LocalText
from bot.formats.bundled import data_folder
from bot.formats.native import read_folder
from bot.formats.native_writer import render_files

FOLDER = data_folder() / "catalogue"
SEED = "ml-experiment-tracking"
PROMPTED_GROUPS = {"mlops", "large-language-models"}


@pytest.fixture(scope="module")
def content() -> CatalogueContent:
    return read_folder(FOLDER)


def test_is_broad_enough(content: CatalogueContent) -> None:
    assert {role.key for role in content.roles} == {
        "data-scientist",
        "llm-engineer",
        "ml-engineer",
        "mlops-engineer",
        "data-engineer",
        "backend-engineer",
        "frontend-engineer",
        "mobile-engineer",
        "platform-engineer",
        "site-reliability-engineer",
        "security-engineer",
        "qa-automation-engineer",
        "engineering-manager",
    }
    assert [level.key for level in content.ladders[0].levels] == [
        "junior",
        "middle",
        "senior",
        "lead",
        "principal",
    ]
    assert len(content.skills) >= 60
    assert len({skill.group.key for skill in content.skills}) >= 20
    assert len({skill.group.domain.key for skill in content.skills}) == 8
    assert len(content.expectations) >= 900
    assert {group.key for group in content.groups} == {skill.group.key for skill in content.skills}


def test_every_role_has_cells_at_each_of_its_levels(content: CatalogueContent) -> None:
    filled = {(cell.role.key, cell.level.key) for cell in content.expectations}
    levels = {(role.key, level.key) for role in content.roles for level in role.ladder.levels}
    assert levels - filled == set()


def test_management_forks_above_lead(content: CatalogueContent) -> None:
    ladder = next(each for each in content.ladders if each.key == "engineering-management")
    steps = {level.key: [upper.key for upper in ladder.above(level)] for level in ladder.levels}
    assert steps == {
        "lead": ["manager", "staff"],
        "manager": ["senior-manager"],
        "staff": ["principal"],
        "senior-manager": ["director"],
        "principal": [],
        "director": [],
    }


def test_seed_skill_has_the_figures_of_its_page(content: CatalogueContent) -> None:
    skill = next(each for each in content.skills if each.key == SEED)
    cells = [each for each in content.expectations if each.skill is skill]
    assert skill.name.base == "ML Experiment Tracking"
    assert (skill.group.key, skill.group.name.base) == ("mlops", "MLOps")
    assert skill.group.domain.name.base == "Machine Learning & AI"
    assert skill.updated_on == date(2026, 2, 22)
    assert len(cells) == 10
    assert {each.role.key for each in cells} == {"data-scientist", "llm-engineer"}
    assert len({each.level.key for each in cells}) == 5
    assert {each.requirement for each in cells} == {Requirement.OPTIONAL}


SEED_FACTS = {
    ("data-scientist", "junior"): (
        "mlflow|w&b|parameters|metrics|artifacts|project|compares|ui|metadata|reproduce"
    ),
    ("data-scientist", "middle"): (
        "alone|mlflow|w&b|training pipelines|by themselves|artifact storage|model registry|tag"
    ),
    ("data-scientist", "senior"): (
        "company|ci/cd|promotes|deploys|automatically|across teams|access control|governance|scale"
    ),
    ("data-scientist", "lead"): (
        "standards|data science team|reviews|sharing|good practice|experiment platform"
        "|infrastructure"
    ),
    ("data-scientist", "principal"): (
        "strategy|organization|compliance|audit trail|cost|mlflow|w&b|neptune|vertex ai|roadmap"
    ),
    ("llm-engineer", "junior"): "metrics|parameters|artifacts|w&b|mlflow|training|fine-tuning",
    ("llm-engineer", "middle"): (
        "without guidance|w&b projects|side-by-side|hyperparameter sweeps|datasets|checkpoints"
        "|versioned"
    ),
    ("llm-engineer", "senior"): (
        "llm team|dashboards|reports|ci/cd|training run|evaluation|reproduced"
    ),
    ("llm-engineer", "lead"): "standards|llm team|organized|named|must always be logged|registry",
    ("llm-engineer", "principal"): "enterprise|central|many teams|cost|audit requirements",
}


@pytest.mark.parametrize(("role", "level"), SEED_FACTS.keys())
def test_seed_skill_keeps_every_fact_of_its_page(
    content: CatalogueContent, role: str, level: str
) -> None:
    cell = next(
        each
        for each in content.expectations
        if (each.skill.key, each.role.key, each.level.key) == (SEED, role, level)
    )
    assert cell.text is not None
    text = cell.text.base.casefold()
    assert [fact for fact in SEED_FACTS[role, level].split("|") if fact not in text] == []


def test_names_summaries_and_focus_are_in_both_languages(content: CatalogueContent) -> None:
    texts: list[LocalText | None] = [
        content.name,
        *(each.name for each in content.proficiencies),
        *(each.name for each in content.ladders),
        *(level.name for ladder in content.ladders for level in ladder.levels),
        *(each.name for each in content.domains),
        *(each.name for each in content.families),
    ]
    for described in _described(content):
        texts += [described.name, described.summary]
    for role in content.roles:
        texts += [role.focus.get(level.key) for level in role.ladder.levels]
    missing = [text for text in texts if text is None or "zh" not in text.by_locale]
    assert missing == []


def test_every_expectation_and_prompt_is_in_both_languages(content: CatalogueContent) -> None:
    for skill in content.skills:
        for text in (*skill.depths.values(), *skill.prompts):
            assert "zh" in text.by_locale, f"{skill.key}: {text.base}"
    for cell in content.expectations:
        for text in filter(None, (cell.text, *cell.prompts)):
            assert "zh" in text.by_locale, f"{cell.skill.key}: {text.base}"


def test_two_groups_have_prompts_for_each_expectation(content: CatalogueContent) -> None:
    cells = [each for each in content.expectations if each.skill.group.key in PROMPTED_GROUPS]
    assert len(cells) > 100
    assert [cell.skill.key for cell in cells if not cell.prompts] == []


def test_every_skill_has_growth_prompts_and_a_recent_date(content: CatalogueContent) -> None:
    for skill in content.skills:
        assert len(skill.prompts) >= 2, skill.key
        assert skill.updated_on is not None
        assert date(2025, 11, 1) <= skill.updated_on <= date(2026, 11, 30), skill.key


def test_every_expectation_says_something_new_of_a_card_s_length(
    content: CatalogueContent,
) -> None:
    for cells in _rungs(content).values():
        wordings = [cell.wording for cell in cells]
        assert None not in wordings
        shown = [wording.base for wording in wordings if wording]
        assert len(set(shown)) == len(shown), cells[0].skill.key
        assert all(25 <= len(text) <= 330 for text in shown), cells[0].skill.key


def test_requirement_and_depth_never_fall_as_levels_rise(content: CatalogueContent) -> None:
    for (skill, role), cells in _rungs(content).items():
        for lower, upper in combinations(cells, 2):
            if lower.level.track not in (None, upper.level.track):
                continue
            assert upper.required >= lower.required, (skill, role, upper.level.key)
            assert lower.proficiency is not None
            assert upper.proficiency is not None
            assert upper.proficiency.rank >= lower.proficiency.rank, (skill, role, upper.level.key)


def test_requirement_varies_by_role_and_by_level(content: CatalogueContent) -> None:
    by_level = [
        cells for cells in _rungs(content).values() if not cells[0].required and cells[-1].required
    ]
    assert len(by_level) >= 5
    roles = defaultdict(set)
    for each in content.expectations:
        roles[each.skill.key, each.level.key].add(each.required)
    assert sum(len(kinds) == 2 for kinds in roles.values()) >= 10


def test_some_cells_are_not_defined(content: CatalogueContent) -> None:
    starting_late = [
        cells for cells in _rungs(content).values() if cells[0].level.key in ("middle", "senior")
    ]
    assert len(starting_late) >= 2


def test_an_alias_means_one_thing(content: CatalogueContent) -> None:
    words = Counter(
        word
        for each in _described(content)
        for word in {
            *(alias.casefold() for alias in each.aliases),
            *(name.casefold() for name in each.name.all_languages()),
            each.key,
        }
    )
    assert [word for word, count in words.items() if count > 1] == []


def test_files_are_in_canonical_form(content: CatalogueContent) -> None:
    """Edited a file by hand? `write_folder(read_folder(folder), folder)` brings it into form."""
    on_disk = {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
        for path in FOLDER.rglob("*.yaml")
    }
    assert render_files(content) == on_disk


def _described(content: CatalogueContent) -> tuple[Skill | SkillGroup | Role, ...]:
    return (*content.skills, *content.groups, *content.roles)


def _rungs(content: CatalogueContent) -> dict[tuple[str, str], list[Expectation]]:
    """The cells of each (skill, role), lowest level first."""
    cells = defaultdict(list)
    for each in content.expectations:
        cells[each.skill.key, each.role.key].append(each)
    return dict(cells)
