"""Two real frameworks, imported whole with the mappings of data/samples, and at work in commands.

They stand beside the repository, in ``../shared/frameworks``.
"""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from bot.cards.render import render
from bot.domain.answers import Answer, GapReport
from bot.domain.framework import CatalogueContent, Role
from bot.domain.lookup.gap import promotion_gap
from bot.domain.lookup.profiles import SkillProfile
from bot.domain.lookup.requests import ANYONE, ShowGap, ShowRole, ShowSkill
from bot.domain.lookup.rung import Rung
from bot.domain.lookup.skill_profile import skill_profile
from bot.domain.revision import Catalogue
from bot.formats.bundled import data_folder
from bot.formats.imports.beside_things import CHOSEN
from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.report import ImportResult
from bot.formats.mapping.reader import read_mapping
from bot.formats.native import read_folder
from bot.formats.native_writer import write_folder
from bot.services.lookup.lookups import skill_command
from bot.services.lookup.promotions import gap_command, show_gap
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import show
from bot.text.translator import load_translators
from tests.strategies import REVISION
from tests.unit.cards.surfaces import assert_slack_takes
from tests.unit.samples import ALL_WORDS

FRAMEWORKS = Path(__file__).parents[3] / "shared" / "frameworks"
NAMES = ("uk-ddat", "unidays")
pytestmark = pytest.mark.skipif(
    not FRAMEWORKS.is_dir(), reason="../shared/frameworks is not beside this repository"
)


def imported(name: str, previous: CatalogueContent | None = None) -> ImportResult:
    mapping = read_mapping(data_folder() / "samples" / "mappings" / f"{name}.yaml")
    return import_catalogue(FRAMEWORKS / name, mapping=mapping, previous=previous)


def content_of(result: ImportResult) -> CatalogueContent:
    assert result.content is not None, result.problems
    return result.content


@pytest.fixture(scope="module")
def results() -> dict[str, ImportResult]:
    return {name: imported(name) for name in NAMES}


@pytest.fixture(scope="module", params=NAMES)
def shelf(request: pytest.FixtureRequest, results: dict[str, ImportResult]) -> Shelf:
    return Shelf(Catalogue(REVISION, content_of(results[request.param])), ALL_WORDS)


def test_the_uk_framework_is_there_whole(results: dict[str, ImportResult]) -> None:
    result = results["uk-ddat"]
    content = content_of(result)
    assert not result.warnings
    assert (len(content.families), len(content.roles), len(content.skills)) == (8, 52, 188)
    titles = {level.name.base for role in content.roles for level in role.ladder.levels}
    # 202 titles in the file; NOT IN USE stands for the four roles that have no levels.
    assert len(titles) == 202 - 1 + 4
    assert not any(title != title.strip() for title in titles)
    assert [each.name.base for each in content.proficiencies] == [
        "Awareness",
        "Working",
        "Practitioner",
        "Expert",
    ]
    roles, skills = result.accounting.tables[1], result.accounting.tables[0]
    assert (skills.rows, skills.imported) == (188, 188)
    assert (roles.rows, roles.imported, sum(roles.merged.values())) == (1825, 1809, 16)
    assert len(content.expectations) == 1809
    bare = [each for each in content.expectations if each.proficiency is None]
    assert len(bare) == 28
    assert all(each.wording for each in content.expectations if each.proficiency)


def test_no_word_of_a_cell_that_says_nothing_is_left(results: dict[str, ImportResult]) -> None:
    content = content_of(results["uk-ddat"])
    texts = [text.base for skill in content.skills for text in skill.depths.values()]
    texts += [skill.summary.base for skill in content.skills if skill.summary]
    texts += [level.name.base for ladder in content.ladders for level in ladder.levels]
    refused = ("NOT IN USE", "MISSING", "This skill level is currently not defined.")
    assert not [text for text in texts if text in refused or "\u2028" in text or "\u200b" in text]


def test_levels_of_the_uk_framework_stand_by_seniority(results: dict[str, ImportResult]) -> None:
    roles = {role.key: role for role in content_of(results["uk-ddat"]).roles}
    analyst = [level.key for level in roles["data-analyst"].ladder.levels]
    assert analyst == [
        "associate-data-analyst",
        "data-analyst",
        "senior-data-analyst",
        "principal-data-analyst",
    ]
    developer = roles["software-developer"].ladder
    assert [(level.rank, level.track) for level in developer.levels] == [
        *((1, None), (2, None), (3, None)),
        *((rank, track) for rank in (4, 5, 6) for track in ("technical", "management")),
    ]
    plain = developer.level("developer")
    assert plain is not None
    assert [level.key for level in developer.above(plain)] == [
        "senior-developer",
        "senior-developer-management",
    ]
    assert [len(role.ladder.levels) for role in roles.values() if role.key.startswith("chief")] == [
        1,
        1,
        1,
        1,
    ]


def test_levels_of_the_uk_framework_rarely_fall(results: dict[str, ImportResult]) -> None:
    """Depth falls from a level to the next in few of its cells; a wrong order would turn many."""
    catalogue = Catalogue(REVISION, content_of(results["uk-ddat"]))
    steps: Counter[str] = Counter()
    for role in catalogue.content.roles:
        for level in role.ladder.levels:
            for above in role.ladder.above(level):
                steps.update(_steps(catalogue, role, level.key, above.key))
    assert steps["up"] > 20 * steps["down"]


def _steps(catalogue: Catalogue, role: Role, low: str, high: str) -> list[str]:
    ranks: list[dict[str, int]] = []
    for key in (low, high):
        level = role.ladder.level(key)
        assert level is not None
        cells = catalogue.expectations_at(role, level)
        ranks.append({each.skill.key: each.proficiency.rank for each in cells if each.proficiency})
    return [
        "up" if ranks[1][key] > ranks[0][key] else "down" if ranks[1][key] < ranks[0][key] else "="
        for key in ranks[0].keys() & ranks[1].keys()
    ]


def test_the_unidays_framework_is_there_whole(results: dict[str, ImportResult]) -> None:
    result = results["unidays"]
    content = content_of(result)
    assert not result.warnings
    assert len(content.skills) == 25
    assert Counter(len(skill.depths) for skill in content.skills) == {1: 7, 4: 12, 5: 6}
    rows = {
        (each.file, each.table.removeprefix("**.roles[].levels[].")): each
        for each in result.accounting.tables
    }
    engineering = "roles_product-and-engineering.json"
    assert rows[engineering, "competencies.required[]"].imported == 310
    assert rows[engineering, "competencies.optional[]"].imported == 14
    # Beside "competencies" instead of within, it names a skill that no file has.
    assert rows[engineering, "optional[]"].ignored == {CHOSEN: 1}
    # One role more in each of the two small files.
    assert len(content.roles) == 17 + 1 + 1
    assert len(content.expectations) == 310 + 14 + 9 + 13
    assert sum(not each.required for each in content.expectations) == 14
    assert all(each.wording for each in content.expectations)
    sizes = Counter(len(role.ladder.levels) for role in content.roles)
    assert set(sizes) == {1, 2, 4}
    assert any("\u200d" in role.name.base for role in content.roles)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_accounted_for(results: dict[str, ImportResult], name: str) -> None:
    accounting = results[name].accounting
    ignored = {"unidays": 1}.get(name, 0)
    assert accounting.rows == accounting.imported + sum(accounting.merged.values()) + ignored
    assert accounting.ignored == ({CHOSEN: ignored} if ignored else {})
    assert not accounting.rejected


@pytest.mark.parametrize("name", NAMES)
def test_a_second_import_changes_nothing(results: dict[str, ImportResult], name: str) -> None:
    content = content_of(results[name])
    assert content_of(imported(name, previous=content)) == content


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_kept_in_the_native_format(
    results: dict[str, ImportResult], name: str, tmp_path: Path
) -> None:
    content = content_of(results[name])
    write_folder(content, tmp_path)
    again = read_folder(tmp_path)
    assert [skill.key for skill in again.skills] == [skill.key for skill in content.skills]
    assert again.expectations == content.expectations


def test_every_skill_is_found_by_its_name_and_shown_in_depth(shelf: Shelf) -> None:
    catalogue = shelf.catalogue
    found: Counter[type] = Counter()
    for skill in catalogue.content.skills:
        body = skill_command(shelf, skill.name.base, ANYONE).body
        found[type(body)] += 1
        if isinstance(body, SkillProfile):
            assert body.skill.key == skill.key
        for role in catalogue.roles_with(skill):
            profile = skill_profile(catalogue, skill, viewer=ANYONE, role=role, level=None)
            assert len(profile.ladder) == len(role.ladder.levels)
    # A name that a group or a role has too offers a choice.
    assert found[SkillProfile] > 0.9 * found.total(), found


def test_every_role_has_a_way_from_level_to_level(shelf: Shelf) -> None:
    catalogue = shelf.catalogue
    for role in catalogue.content.roles:
        for low in role.ladder.levels:
            for high in role.ladder.above(low):
                gap = promotion_gap(catalogue, origin=Rung(role, low), target=Rung(role, high))
                wanted = len(catalogue.expectations_at(role, high))
                assert len(gap.gaps) + len(gap.met) + len(gap.carried) == wanted


def test_every_level_is_understood_after_its_role(shelf: Shelf) -> None:
    for role in shelf.catalogue.content.roles:
        for _, high in pairwise(role.ladder.levels):
            body = gap_command(shelf, f"{role.name.base} {high.name.base}", ANYONE).body
            assert isinstance(body, GapReport), (role.name.base, high.name.base, type(body))
            assert body.gap.target.role.key == role.key
            assert body.gap.target.level.rank == high.rank


def test_slack_takes_the_largest_cards(shelf: Shelf) -> None:
    catalogue = shelf.catalogue
    sizes = {role.key: len(catalogue.skills_asked_of(role)) for role in catalogue.content.roles}
    largest = sorted(catalogue.content.roles, key=lambda role: sizes[role.key])[-5:]
    for role in largest:
        top = role.ladder.levels[-1]
        answers: list[Answer] = [
            show(catalogue, ShowRole(role.key), ANYONE),
            show_gap(catalogue, ShowGap(role.key, (top.key,)), ANYONE),
        ]
        answers += [
            show(catalogue, ShowSkill(skill.key, (level.key,), role.key), ANYONE)
            for skill in catalogue.skills_asked_of(role)
            for level in role.ladder.levels
        ]
        for answer in answers:
            for locale in ("en", "zh"):
                assert_slack_takes(render(answer, load_translators().for_locale(locale)))


@pytest.mark.parametrize("text", ["senior", "lead", "testing senior", "senior test engineer"])
def test_a_level_that_many_roles_have_is_asked_about_within_slacks_limits(
    shelf: Shelf, text: str
) -> None:
    for command in (skill_command, gap_command):
        answer = command(shelf, text, ANYONE)
        card = render(answer, load_translators().for_locale("en"))
        assert_slack_takes(card)
        # One short key for all roles, each of which calls its level by a title of its own.
        levels = getattr(answer.request, "levels", ())
        assert len(levels) <= 1, levels


def test_a_title_opens_its_role_in_any_order(results: dict[str, ImportResult]) -> None:
    shelf = Shelf(Catalogue(REVISION, content_of(results["uk-ddat"])), ALL_WORDS)
    for text in ("senior data engineer", "data engineer senior", "sr data engineer"):
        answer = gap_command(shelf, text, ANYONE)
        assert isinstance(answer.body, GapReport)
        assert answer.body.gap.target.level.name.base == "Senior data engineer"
