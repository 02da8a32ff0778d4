"""Rules about names and references, each by a minimal example."""

from dataclasses import replace

import pytest

from bot.domain.catalogue.lint.finding import LintFinding, LintRule, LintSeverity
from bot.domain.catalogue.lint.names import name_clashes, similar_skills
from bot.domain.catalogue.lint.references import empty_things, repeated_keys, unknown_references
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.terms import NO_TERMS
from bot.domain.catalogue.lint.texts.wording import Phrases
from bot.domain.framework import CatalogueContent, Domain, Level, Proficiency, Skill, SkillGroup
from bot.domain.text import LocalText
from tests.unit.samples import ALL_WORDS, BASIC, CRAFT, EMPTY, JOINER, SAWING, TOOLS, cell, workshop

CONTENT = workshop().content
TEXTS = (
    "Reads a query plan and finds the step that costs most.",
    "Chooses an index by the queries that are really asked.",
    "Measures before and after, with the data of production.",
)


def skill(key: str, name: str, *aliases: str, texts: tuple[str, ...] = ()) -> Skill:
    depths = dict(zip("abc", map(LocalText, texts), strict=False))
    return Skill(key, LocalText(name), TOOLS, aliases=aliases, depths=depths)


def having(*skills: Skill) -> Survey:
    return Survey(replace(CONTENT, skills=skills, roles=(), expectations=()))


def similar(*skills: Skill) -> list[LintFinding]:
    survey = having(*skills)
    return list(similar_skills(survey, Phrases(survey, NO_TERMS), ALL_WORDS))


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("CI/CD", "ci cd", "same name"),
        ("Data Modelling", "Modelling of data", "same name"),
        ("Unit Test", "Unit Tests", "same name"),
        ("Accessibility", "Accesibility", "one letter"),
        ("Data Engineering", "Data Engineereng", "one letter"),
        ("实验跟踪与可复现性评估", "实验跟踪和可复现性评估", "one letter"),
    ],
)
def test_two_skills_that_are_probably_one(one: str, other: str, reason: str) -> None:
    (finding,) = similar(skill("one", one), skill("other", other))
    assert (finding.rule, finding.place.skill) == (LintRule.SIMILAR_SKILLS, "other")
    assert reason in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Python 2 migration", "Python 3 migration"),
        ("iOS", "OS"),
        ("Data Engineering", "Data Modelling"),
        ("Testing", "Test Strategy"),
    ],
)
def test_two_skills_that_only_sound_alike(one: str, other: str) -> None:
    assert similar(skill("one", one), skill("other", other)) == []


def test_skills_that_say_mostly_the_same() -> None:
    one = skill("one", "Query Tuning", texts=TEXTS)
    (finding,) = similar(one, skill("other", "Index Design", texts=TEXTS))
    assert "say mostly the same" in finding.message
    assert similar(one, skill("other", "Index Design", texts=TEXTS[:2])) == []


def clashes(content: CatalogueContent) -> list[LintFinding]:
    return list(name_clashes(Survey(content), ALL_WORDS))


def test_an_alias_of_two_skills() -> None:
    survey = having(skill("kubernetes", "Kubernetes", "K8s"), skill("swarm", "Swarm", "k8s"))
    (finding,) = name_clashes(survey, ALL_WORDS)
    assert finding.severity is LintSeverity.WARNING
    assert "the skill kubernetes and the skill swarm" in finding.message


def test_an_alias_that_is_the_name_of_another_kind() -> None:
    survey = having(skill("sawing", "Sawing", "Tools"))
    (finding,) = [each for each in name_clashes(survey, ALL_WORDS) if "Tools" in each.message]
    assert finding.severity is LintSeverity.WARNING


def test_a_skill_named_like_its_group_is_worth_a_note_only() -> None:
    (finding,) = [
        each
        for each in name_clashes(having(skill("hand-tools", "Tools")), ALL_WORDS)
        if "skill" in each.message
    ]
    assert finding.severity is LintSeverity.INFO
    assert "Who types it gets the skill" in finding.message


def test_the_alias_that_two_roles_of_the_workshop_share() -> None:
    (finding,) = clashes(CONTENT)
    assert finding.place.role == "joiner"
    assert finding.severity is LintSeverity.INFO
    assert "the role joiner and the role turner. Who types it chooses." in finding.message


def test_a_role_that_has_the_name_of_another_as_an_alias() -> None:
    roles = (replace(JOINER, aliases=("Turner",)), *CONTENT.roles[1:])
    (finding,) = clashes(replace(CONTENT, roles=roles))
    assert finding.severity is LintSeverity.WARNING


@pytest.mark.parametrize(
    ("ladder", "severity"), [("short", LintSeverity.INFO), ("forked", LintSeverity.WARNING)]
)
def test_levels_of_one_spelling_are_a_fault_on_one_ladder_only(
    ladder: str, severity: LintSeverity
) -> None:
    """The staff of one ladder is an alias on another, or on the same one.

    That both ladders have a novice, of one key, changes nothing.
    """
    ladders = []
    for each in CONTENT.ladders:
        *lower, top = each.levels
        levels = (*lower, replace(top, aliases=("staff",)))
        ladders.append(replace(each, levels=levels) if each.key == ladder else each)
    found = clashes(replace(CONTENT, ladders=tuple(ladders)))
    (finding,) = [each for each in found if "staff" in each.message]
    assert finding.severity is severity


def test_levels_of_one_key_are_one_on_any_ladder() -> None:
    assert [each for each in clashes(CONTENT) if each.place.level] == []


def unknown(content: CatalogueContent) -> list[str]:
    found = list(unknown_references(Survey(content)))
    assert {each.severity for each in found} <= {LintSeverity.ERROR}
    return [each.message.split("“")[0] for each in found]


def test_the_workshop_refers_to_nothing_unknown() -> None:
    assert unknown(CONTENT) == []


def test_every_unknown_reference_is_told() -> None:
    alien_domain = Domain("alien", LocalText("Alien"))
    alien = SkillGroup("alien", LocalText("Alien"), alien_domain)
    assert unknown(replace(CONTENT, groups=(TOOLS, replace(EMPTY, domain=alien_domain)))) == [
        "There is no domain "
    ]
    odd = replace(SAWING, group=alien, depths={"alien": LocalText("?")})
    assert unknown(replace(CONTENT, skills=(odd, *CONTENT.skills[1:]))) == [
        "There is no skill group ",
        "There is no proficiency ",
    ]
    role = replace(JOINER, focus={"nowhere": LocalText("?")})
    gone = replace(CONTENT, roles=(role, *CONTENT.roles[1:]), families=())
    assert unknown(gone) == [
        "There is no role family ",
        "There is no level ",
        *["There is no role family "] * 2,
    ]
    assert set(unknown(replace(CONTENT, ladders=()))) == {"There is no ladder "}


def test_every_unknown_reference_of_a_cell_is_told() -> None:
    alien_level = Level("alien", LocalText("Alien"), 1)
    strange = Proficiency("alien", LocalText("Alien"), 9)
    cells = (
        replace(cell(JOINER, "novice", SAWING), level=alien_level),
        cell(JOINER, "novice", skill("alien", "Alien"), strange),
        cell(replace(JOINER, key="alien"), "novice", SAWING, BASIC),
    )
    assert unknown(replace(CONTENT, expectations=cells)) == [
        "There is no level ",
        "There is no skill ",
        "There is no proficiency ",
        "There is no role ",
    ]


def test_a_key_or_cell_that_stands_twice() -> None:
    twice = replace(
        CONTENT,
        skills=(*CONTENT.skills, SAWING),
        domains=(CRAFT, CRAFT),
        expectations=(*CONTENT.expectations, CONTENT.expectations[0]),
    )
    found = list(repeated_keys(Survey(twice)))
    assert [each.message for each in found] == [
        "The skill “sawing” stands 2 times. Keep one of them.",
        "The domain “craft” stands 2 times. Keep one of them.",
        "The expectation “joiner/novice/sawing” stands 2 times. Keep one of them.",
    ]
    assert list(repeated_keys(Survey(CONTENT))) == []


def test_what_nothing_belongs_to() -> None:
    found = [each.message for each in empty_things(Survey(CONTENT))]
    assert [each.split(". ")[0] for each in found] == [
        "The group Empty has no skill",
        "No role asks for the skill Unused",
        "The role Joiner asks for nothing at Fellow and Director",
        "The role Hermit asks for no skill",
    ]
    bare = replace(CONTENT, domains=(CRAFT, Domain("void", LocalText("Void"))), roles=())
    more = [each.message.split(". ")[0] for each in empty_things(Survey(bare))]
    assert "The domain Void has no group" in more
    assert "No role has the ladder Two tracks" in more
