"""Rules about the cells of a role: defined where they should be, and never asking for less."""

from collections.abc import Iterator

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity
from bot.domain.catalogue.lint.survey import Rungs, Survey
from bot.domain.framework import Expectation, Level, Role, Skill
from bot.domain.said import listed, said


def missing_cells(survey: Survey) -> Iterator[LintFinding]:
    """A skill defined at a level, and not at a higher one of the same way up.

    Where a ladder forks, one track may leave a skill behind as long as another goes on with it.
    """
    for role, skill, rungs in survey.columns():
        told: set[str] = set()
        ways = survey.paths(role)
        for way in ways:
            missing = [level for level in _missing(way, rungs, forks=ways) if level.key not in told]
            if missing:
                told.update(level.key for level in missing)
                yield _missing_finding(role, skill, way, rungs, missing)


def _missing(
    way: tuple[Level, ...], rungs: Rungs, *, forks: tuple[tuple[Level, ...], ...]
) -> list[Level]:
    defined = [at for at, level in enumerate(way) if level.key in rungs]
    if not defined:
        return []
    fork = next((at for at, level in enumerate(way) if level.track is not None), len(way))
    left_behind = defined[-1] < fork and _goes_on_elsewhere(way, rungs, forks)
    end = fork if left_behind else len(way)
    return [way[at] for at in range(defined[0], end) if at not in defined]


def _goes_on_elsewhere(
    way: tuple[Level, ...], rungs: Rungs, forks: tuple[tuple[Level, ...], ...]
) -> bool:
    return any(level.key in rungs for other in forks for level in other if level not in way)


def _missing_finding(
    role: Role, skill: Skill, way: tuple[Level, ...], rungs: Rungs, missing: list[Level]
) -> LintFinding:
    before = [level for level in way if level.key in rungs and level.rank < missing[0].rank]
    names = listed([level.name.base for level in missing])
    return LintFinding(
        LintRule.MISSING_CELL,
        LintSeverity.WARNING,
        LintPlace(role=role.key, level=missing[0].key, skill=skill.key),
        said(
            "{role} defines {skill} at {level} but not at {missing}. Add what {missing} asks for,"
            " or take the skill out of the levels below.",
            role=role.name.base,
            skill=skill.name.base,
            level=before[-1].name.base,
            missing=names,
        ),
    )


def falls(survey: Survey) -> Iterator[LintFinding]:
    """Requirement or proficiency that falls from a level to the next one of the same track.

    At a fork a track may ask less of what the trunk asked.
    """
    for role, _, rungs in survey.columns():
        for lower, upper in survey.steps(role, rungs):
            if lower.level.track == upper.level.track:
                yield from _falls(lower, upper)


def _falls(lower: Expectation, upper: Expectation) -> Iterator[LintFinding]:
    place = LintPlace(role=upper.role.key, level=upper.level.key, skill=upper.skill.key)
    skill, below, above = upper.skill.name.base, lower.level.name.base, upper.level.name.base
    if lower.required and not upper.required:
        yield LintFinding(
            LintRule.REQUIREMENT_FALLS,
            LintSeverity.WARNING,
            place,
            said(
                "{role} requires {skill} at {below}, and at {above} it is optional. Require it at"
                " {above} too, or make it optional at {below}.",
                role=upper.role.name.base,
                skill=skill,
                below=below,
                above=above,
            ),
        )
    one, other = lower.proficiency, upper.proficiency
    if one is not None and other is not None and other.rank < one.rank:
        yield LintFinding(
            LintRule.PROFICIENCY_FALLS,
            LintSeverity.WARNING,
            place,
            said(
                "{role} asks for {skill} at {deep} depth at {below}, and at {above} for {shallow}"
                " only. Raise {above}, or lower {below}.",
                role=upper.role.name.base,
                skill=skill,
                deep=one.name.base,
                below=below,
                above=above,
                shallow=other.name.base,
            ),
        )


def no_text(survey: Survey) -> Iterator[LintFinding]:
    """Expectations with neither a text nor one of the skill for their proficiency."""
    for skill in survey.content.skills:
        silent = [each for each in survey.by_skill[skill.key] if each.wording is None]
        if silent:
            first, cells = silent[0], len(survey.by_skill[skill.key])
            told = said("no expectation has a text")
            if len(silent) < cells:
                told = said(
                    "{count} of {all} expectations have no text", count=len(silent), all=cells
                )
            yield LintFinding(
                LintRule.NO_TEXT,
                LintSeverity.WARNING,
                LintPlace(role=first.role.key, level=first.level.key, skill=skill.key),
                said(
                    "{skill}: {told}, first {role} at {level}. Write one, or give the skill a text"
                    " for the proficiency.",
                    skill=skill.name.base,
                    told=told,
                    role=first.role.name.base,
                    level=first.level.name.base,
                ),
            )
