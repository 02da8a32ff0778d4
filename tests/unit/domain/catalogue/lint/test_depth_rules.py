"""Rules about depths, scopes and the size of a role's core, each by a minimal example."""

from dataclasses import replace

import pytest

from bot.domain.catalogue.lint.core import FEWEST, MOST, core_sizes
from bot.domain.catalogue.lint.finding import LintFinding, LintRule
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.texts.depths import depth_anchors, no_scope, same_depth
from bot.domain.framework import CatalogueContent, Expectation, Level, Proficiency, Role, Skill
from bot.domain.guidance import Scope
from bot.domain.text import LocalText
from tests.unit.samples import FORKED, JOINER, SAWING, TERMS, TOOLS, TURNER, cell, workshop

CONTENT = workshop().content
AWARE = Proficiency(
    "aware", LocalText("Aware"), 1, LocalText("Knows what it is for and asks when it goes wrong.")
)
WORKING = Proficiency("working", LocalText("Working"), 2, LocalText("Does the usual tasks alone."))
UNDESCRIBED = Proficiency("deep", LocalText("Deep"), 3)


def begun(
    text: str | LocalText, depth: Proficiency, *, described: tuple[Proficiency, ...] | None = None
) -> list[LintFinding]:
    """Lint one text for a depth, in a cell and as the skill's own."""
    words = LocalText(text) if isinstance(text, str) else text
    skill = replace(SAWING, depths={depth.key: words})
    content = replace(
        CONTENT,
        proficiencies=described or (AWARE, WORKING, UNDESCRIBED),
        skills=(skill,),
        expectations=(replace(cell(JOINER, "novice", skill, depth), text=words),),
    )
    return list(depth_anchors(Survey(content), TERMS))


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("Knows which saw is for which wood.", AWARE),
        ("You can explain why a blade is changed.", AWARE),
        ("RECOGNISES a dull blade.", AWARE),
        ("Cuts boards to length.", WORKING),
        ("Explains the cut to an apprentice.", WORKING),
        ("Knows and does whatever.", UNDESCRIBED),
        ("", AWARE),
        ("1", WORKING),
    ],
)
def test_texts_that_fit_their_depth(text: str, depth: Proficiency) -> None:
    assert begun(text, depth) == []


def test_knowing_depths_want_a_word_of_knowing() -> None:
    of_skill, of_cell = begun("Cuts boards to length.", AWARE)
    assert (of_skill.place.skill, of_skill.place.role) == ("sawing", None)
    assert (of_cell.place.role, of_cell.place.level) == ("joiner", "novice")
    assert of_cell.rule is LintRule.DEPTH_ANCHOR
    assert "“Cuts boards to length.” begins with doing, and Aware means knowing" in of_cell.message


def test_doing_depths_want_none() -> None:
    found = begun("Understands how to cut.", WORKING)
    assert len(found) == 2
    assert "begins with knowing, and Working means doing" in found[0].message


def test_without_a_described_depth_of_knowing_nothing_is_told() -> None:
    lowest_does = replace(AWARE, summary=LocalText("Does simple tasks."))
    assert begun("Cuts boards.", AWARE, described=(lowest_does, WORKING)) == []
    assert begun("Cuts boards.", AWARE, described=(replace(AWARE, summary=None), WORKING)) == []


def test_a_language_without_a_list_is_left_alone() -> None:
    text = LocalText("Knows the saws.", {"zh": "锯木板。", "de": "Sägt Bretter."})
    assert begun(text, AWARE) == []


def scoped(*scopes: Scope | None) -> Role:
    """Return the joiner on a ladder whose levels have these scopes; further ones have none."""
    levels = tuple(
        replace(level, scope=scope)
        for level, scope in zip(FORKED.levels, (*scopes, *[None] * 6), strict=False)
    )
    return replace(JOINER, ladder=replace(FORKED, levels=levels))


def stepped(
    role: Role,
    text: str | LocalText | None,
    *,
    required: bool = True,
    depths: tuple[Proficiency | None, Proficiency | None] = (WORKING, WORKING),
    levels: tuple[str, str] = ("novice", "adept"),
) -> list[LintFinding]:
    """Lint a skill at two levels, the upper one with this text."""
    words = LocalText(text) if isinstance(text, str) else text
    cells = (
        cell(role, levels[0], SAWING, depths[0], required=True),
        replace(cell(role, levels[1], SAWING, depths[1], required=required), text=words),
    )
    content = replace(CONTENT, ladders=(role.ladder,), roles=(role,), expectations=cells)
    return list(same_depth(Survey(content), TERMS))


TEAM = scoped(Scope.SELF, Scope.TEAM, Scope.TEAMS)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Cuts what the team needs.", TEAM),
        ("Cuts for several teams.", TEAM),
        ("Cuts for the whole company.", TEAM),
        ("Cuts the team's boards.", TEAM),
        ("Cuts without help.", scoped(Scope.SELF, Scope.SELF)),
        ("Cuts what the team needs.", JOINER),
    ],
)
def test_a_wider_scope_in_words_is_enough(text: str, role: Role) -> None:
    assert stepped(role, text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Cuts without help.", TEAM),
        ("Cuts what is known.", scoped(Scope.SELF, Scope.SELF)),
        ("Cuts alone.", JOINER),
        ("Cuts steam pipes.", TEAM),
        ("Cuts for the team.", scoped(Scope.SELF, Scope.TEAMS)),
    ],
)
def test_no_word_for_the_scope_of_the_level(text: str, role: Role) -> None:
    (finding,) = stepped(role, text)
    assert (finding.rule, finding.place.level) == (LintRule.SAME_DEPTH, "adept")
    assert "Adept asks for Working, as Novice does" in finding.message


def test_each_language_names_the_scope() -> None:
    assert stepped(TEAM, LocalText("Cuts for the team.", {"zh": "为团队锯木板。"})) == []
    (finding,) = stepped(TEAM, LocalText("Cuts for the team.", {"zh": "锯木板。", "fr": "Scie."}))
    assert (finding.place.locale, "in zh names" in finding.message) == ("zh", True)


def test_what_rises_or_is_optional_or_has_no_words_is_no_such_step() -> None:
    assert stepped(TEAM, "Cuts.", depths=(AWARE, WORKING)) == []
    assert stepped(TEAM, "Cuts.", depths=(None, WORKING)) == []
    assert stepped(TEAM, "Cuts.", depths=(None, None)) == []
    assert stepped(TEAM, "Cuts.", required=False) == []
    assert stepped(TEAM, None) == []


def test_the_text_of_the_level_below_again_is_told_as_that_alone() -> None:
    assert stepped(TEAM, "Does it") == []
    assert len(stepped(TEAM, "Does it all")) == 1


def test_tracks_are_not_steps_of_each_other() -> None:
    assert stepped(JOINER, "Cuts.", levels=("staff", "director")) == []
    assert len(stepped(JOINER, "Cuts.", levels=("adept", "director"))) == 1


def test_levels_without_a_scope_where_others_have_one() -> None:
    def told(*levels: Level) -> list[str]:
        ladder = replace(FORKED, levels=levels)
        return [each.message for each in no_scope(Survey(replace(CONTENT, ladders=(ladder,))))]

    with_scope = tuple(replace(level, scope=Scope.TEAM) for level in FORKED.levels)
    assert told(*FORKED.levels) == told(*with_scope) == []
    (message,) = told(*FORKED.levels[:2], *with_scope[2:])
    assert "Novice and Adept do not say how far the work reaches" in message
    assert "self, team, teams, company" in message


def core(required: int, *, optional: int = 0, levels: tuple[str, ...] = ("novice",)) -> list[str]:
    """Lint a role with so many skills, spread over these levels in turn."""
    skills = tuple(
        Skill(f"skill-{number}", LocalText(f"Skill {number}"), TOOLS)
        for number in range(required + optional)
    )
    cells: tuple[Expectation, ...] = tuple(
        cell(TURNER, levels[at % len(levels)], skill, required=at < required)
        for at, skill in enumerate(skills)
    )
    content: CatalogueContent = replace(CONTENT, roles=(TURNER,), skills=skills, expectations=cells)
    return [each.message for each in core_sizes(Survey(content))]


def test_a_core_of_eight_to_fourteen_skills_is_right() -> None:
    assert core(FEWEST) == core(MOST, optional=20) == core(0) == []


def test_fewer_or_more_are_told() -> None:
    (few,) = core(FEWEST - 1)
    assert few.startswith("Turner requires 7 skills. Require what the role cannot do without")
    (none,) = core(0, optional=3)
    assert none.startswith("Turner requires no skills.")
    role, level = core(MOST + 1)
    assert role.startswith("Turner requires 15 skills.")
    assert level.startswith("Turner requires 15 skills at Novice.")
    (spread,) = core(MOST + 1, levels=("novice", "expert"))
    assert "at Novice" not in spread
