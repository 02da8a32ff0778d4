"""The catalogue that comes with Nextrung: complete, consistent, bilingual, quick to read."""

from collections import Counter, defaultdict
from datetime import date
from itertools import combinations

import pytest

from bot.domain.framework import (
    CatalogueContent,
    Expectation,
    Requirement,
    Role,
    Skill,
    SkillGroup,
)
from bot.domain.guidance import Band
from bot.domain.text import LocalText
from bot.formats.bundled import data_folder
from bot.formats.native import read_bundled, read_folder
from bot.formats.native_writer import render_files

FOLDER = data_folder() / "catalogue"
SEED = "ml-experiment-tracking"
# Who writes one of their names is asked which of the two is meant.
MOBILE = {"ios-engineer", "android-engineer"}


@pytest.fixture(scope="module")
def content() -> CatalogueContent:
    return read_folder(FOLDER)


def test_without_the_schemas_it_reads_the_same(content: CatalogueContent) -> None:
    assert read_bundled(FOLDER) == content


def test_is_broad_enough(content: CatalogueContent) -> None:
    assert [role.key for role in content.roles] == [
        "data-scientist",
        "data-analyst",
        "ml-engineer",
        "llm-engineer",
        "ai-product-engineer",
        "mlops-engineer",
        "data-engineer",
        "analytics-engineer",
        "software-engineer",
        "backend-engineer",
        "frontend-engineer",
        "ios-engineer",
        "android-engineer",
        "embedded-engineer",
        "architect",
        "platform-engineer",
        "devops-engineer",
        "site-reliability-engineer",
        "security-engineer",
        "application-security-engineer",
        "qa-automation-engineer",
        "product-manager",
        "product-designer",
        "engineering-manager",
    ]
    assert [level.key for level in content.ladders[0].levels] == [
        "junior",
        "middle",
        "senior",
        "lead",
        "principal",
    ]
    assert len(content.skills) >= 130
    assert len({skill.group.key for skill in content.skills}) >= 20
    assert len({skill.group.domain.key for skill in content.skills}) == 9
    assert len(content.expectations) >= 2500
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
    assert skill.updated_on == date(2026, 11, 29)
    assert len(cells) == 20
    assert Counter(each.role.key for each in cells) == {
        "data-scientist": 5,
        "ml-engineer": 5,
        "llm-engineer": 5,
        "mlops-engineer": 5,
    }
    assert len({each.level.key for each in cells}) == 5
    assert {each.requirement for each in cells} == {Requirement.OPTIONAL}


# The facts of the page's ten rows in the framework's own words; its other two roles are not there.
SEED_FACTS = {
    ("data-scientist", "junior"): (
        "mlflow|w&b|parameters|metrics|artifacts|project|comparison|ui|metadata|repeat"
    ),
    ("data-scientist", "middle"): (
        "alone|mlflow|w&b|training pipelines|without manual steps|artifact storage"
        "|model registry|tags"
    ),
    ("data-scientist", "senior"): (
        "enterprise|ci/cd|promotion of models|deployment|without manual steps|many teams"
        "|access rights|governance|scale"
    ),
    ("data-scientist", "lead"): (
        "standard|data science team|reviews|shares|proven practice|experiment platform"
        "|infrastructure"
    ),
    ("data-scientist", "principal"): (
        "strategy|company|compliance|audit trail|cost|mlflow|w&b|neptune|vertex ai|roadmap"
    ),
    ("llm-engineer", "junior"): "metrics|parameters|artifacts|w&b|mlflow|training|fine-tuning",
    ("llm-engineer", "middle"): (
        "without guidance|w&b projects|compares their runs|hyperparameter sweeps|datasets"
        "|checkpoints|version numbers"
    ),
    ("llm-engineer", "senior"): (
        "llm team|dashboards|reports|ci/cd|training run|evaluation|repeats"
    ),
    ("llm-engineer", "lead"): "standard|llm team|grouped|named|every run must log|registry",
    ("llm-engineer", "principal"): "company|central|many teams|cost|auditors",
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


def test_every_expectation_and_whatever_helps_with_it_is_in_both_languages(
    content: CatalogueContent,
) -> None:
    for skill in content.skills:
        guided = [
            text for guide in skill.guides.values() for text in (*guide.prompts, *guide.evidence)
        ]
        for text in (*skill.depths.values(), *skill.prompts, *guided):
            assert "zh" in text.by_locale, f"{skill.key}: {text.base}"
    for cell in content.expectations:
        for text in filter(None, (cell.text, *cell.prompts)):
            assert "zh" in text.by_locale, f"{cell.skill.key}: {text.base}"


def test_every_required_expectation_has_three_prompts_of_its_own(
    content: CatalogueContent,
) -> None:
    required = [each for each in content.expectations if each.required]
    assert len(required) > 1000
    assert [cell.skill.key for cell in required if len(set(cell.prompts)) != 3] == []


def test_every_skill_has_prompts_and_evidence_for_both_bands_and_a_recent_date(
    content: CatalogueContent,
) -> None:
    for skill in content.skills:
        assert set(skill.guides) == set(Band), skill.key
        for guide in skill.guides.values():
            assert len(set(guide.prompts)) == 3, skill.key
            assert guide.evidence, skill.key
        assert skill.updated_on is not None
        assert date(2025, 11, 29) <= skill.updated_on <= date(2026, 11, 30), skill.key


def test_no_level_asks_for_more_than_a_person_can_work_on(content: CatalogueContent) -> None:
    asked = Counter(
        (cell.role.key, cell.level.key) for cell in content.expectations if cell.required
    )
    assert max(asked.values()) <= 14
    assert {(role.key, level.key) for role in content.roles for level in role.ladder.levels} == set(
        asked
    )


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
    meant = defaultdict(set)
    for each in _described(content):
        for word in (*each.aliases, *each.name.all_languages(), each.key):
            meant[word.casefold()].add(each.key)
    several = {word: keys for word, keys in meant.items() if len(keys) > 1}
    assert "mobile engineer" in several
    assert {word: keys for word, keys in several.items() if keys != MOBILE} == {}


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
