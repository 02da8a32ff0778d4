"""Rules about cells: each by the smallest catalogue that breaks it, and one that does not."""

from dataclasses import replace

import pytest

from bot.domain.catalogue.lint.cells import falls, missing_cells, no_text
from bot.domain.catalogue.lint.finding import LintFinding, LintRule, LintSeverity
from bot.domain.catalogue.lint.survey import Survey, paths
from bot.domain.framework import Expectation, Ladder, Level, Role
from bot.domain.text import LocalText
from tests.unit.samples import (
    BASIC,
    DEEP,
    FORKED,
    GLUEING,
    JOINER,
    LONE,
    SANDING,
    SAWING,
    SHORT,
    cell,
    workshop,
)

EMPTY = replace(workshop().content, expectations=())


def having(*cells: Expectation) -> Survey:
    return Survey(replace(EMPTY, expectations=cells))


def at(*levels: str, role: Role = JOINER) -> Survey:
    """A catalogue whose role asks for sawing at these levels only."""
    return having(*(cell(role, level, SAWING) for level in levels))


def places(findings: list[LintFinding]) -> list[tuple[str | None, str | None, str | None]]:
    return [(each.place.role, each.place.level, each.place.skill) for each in findings]


def names(ladder: Ladder) -> list[list[str]]:
    return [[level.key for level in way] for way in paths(ladder)]


def test_the_ways_up_a_fork_share_their_foot() -> None:
    assert names(FORKED) == [
        ["novice", "adept", "staff", "fellow"],
        ["novice", "adept", "manager", "director"],
    ]
    assert names(SHORT) == [["novice", "expert"]]
    assert names(LONE) == [["only"]]


def test_a_trunk_that_goes_on_beside_a_track_is_a_way_of_its_own() -> None:
    levels = tuple(
        Level(key, LocalText(key), rank, track)
        for key, rank, track in (("a", 1, None), ("b", 2, None), ("c", 2, "x"), ("d", 3, None))
    )
    assert names(Ladder("l", LocalText("l"), levels)) == [["a", "b", "d"], ["a", "c"]]


@pytest.mark.parametrize(
    ("defined", "missing"),
    [
        (("novice", "adept", "staff", "fellow", "manager", "director"), []),
        (("adept", "staff", "fellow", "manager", "director"), []),  # it may start late
        (("fellow",), []),
        (("novice", "adept", "staff", "fellow"), []),  # management leaves it behind at the fork
        (("novice", "staff", "fellow"), ["adept"]),  # a hole, told once
        (("novice", "adept", "fellow"), ["staff"]),  # a hole at the fork is one all the same
        (("staff",), ["fellow"]),
        (("novice", "adept"), ["staff", "manager"]),  # no track goes on with it
        (("novice",), ["adept", "manager"]),
    ],
)
def test_a_skill_once_defined_goes_on(defined: tuple[str, ...], missing: list[str]) -> None:
    found = list(missing_cells(at(*defined)))
    assert [each.place.level for each in found] == missing
    assert {each.rule for each in found} <= {LintRule.MISSING_CELL}


def test_one_finding_tells_all_missing_levels_of_a_way() -> None:
    (finding,) = [each for each in missing_cells(at("staff")) if each.place.level == "fellow"]
    assert finding.severity is LintSeverity.WARNING
    assert finding.message.startswith("Joiner defines Sawing at Staff but not at Fellow. Add")


def test_requirement_and_proficiency_fall() -> None:
    survey = having(
        cell(JOINER, "novice", SAWING, DEEP, required=True),
        cell(JOINER, "adept", SAWING, BASIC),
    )
    found = list(falls(survey))
    assert [each.rule for each in found] == [LintRule.REQUIREMENT_FALLS, LintRule.PROFICIENCY_FALLS]
    assert places(found) == [("joiner", "adept", "sawing")] * 2


def test_a_fall_over_a_hole_is_one_too() -> None:
    survey = having(cell(JOINER, "novice", SAWING, required=True), cell(JOINER, "staff", SAWING))
    assert list(falls(survey)) == []  # a track may ask for less than the trunk
    lower = cell(JOINER, "staff", SAWING, DEEP)
    assert len(list(falls(having(lower, cell(JOINER, "fellow", SAWING))))) == 1


def test_what_stays_or_rises_does_not_fall() -> None:
    survey = having(
        cell(JOINER, "novice", SAWING, BASIC),
        cell(JOINER, "adept", SAWING, BASIC, required=True),
        cell(JOINER, "staff", SAWING, DEEP, required=True),
        cell(JOINER, "fellow", SAWING, None, required=True),  # not stated is not less
        cell(JOINER, "manager", SAWING, BASIC),
    )
    assert list(falls(survey)) == []


def test_an_expectation_without_any_text() -> None:
    found = list(
        no_text(
            having(
                cell(JOINER, "staff", SANDING, DEEP, text=None),  # the skill's own depth serves
                cell(JOINER, "adept", SANDING, BASIC, text=None),
                cell(JOINER, "manager", GLUEING, None, text=None),
            )
        )
    )
    assert places(found) == [("joiner", "adept", "sanding"), ("joiner", "manager", "glueing")]
    assert "1 of 2 expectations have no text, first Joiner at Adept" in found[0].message
    assert "no expectation has a text" in found[1].message


def test_the_workshop_has_just_these_missing_cells() -> None:
    assert places(list(missing_cells(Survey(workshop().content)))) == [
        ("joiner", "fellow", "sawing"),
        ("joiner", "fellow", "sanding"),
        ("joiner", "director", "glueing"),
    ]
