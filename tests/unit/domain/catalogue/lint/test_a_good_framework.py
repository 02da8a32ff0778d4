"""A framework that follows the rules has no finding; each rule that is broken has one."""

import random
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.lint.finding import LintFinding, LintRule
from bot.domain.catalogue.lint.linter import lint
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
from bot.domain.guidance import Band, Guide, Scope
from bot.domain.text import LocalText
from tests.properties import examples
from tests.unit.samples import ALL_WORDS, TERMS

DEPTHS = tuple(
    Proficiency(key, LocalText(key.title()), rank, LocalText(summary))
    for rank, (key, summary) in enumerate(
        {
            "awareness": "Knows what it is for.",
            "working": "Does the usual tasks alone.",
            "advanced": "Solves what is unfamiliar.",
            "expert": "Decides how it is done.",
        }.items()
    )
)
SCOPES = (Scope.SELF, Scope.SELF, Scope.TEAM, Scope.TEAMS, Scope.COMPANY)
REACH = ("without help", "without help", "for the team", "for several teams", "for the company")


@dataclass(frozen=True)
class Plan:
    """How large the framework is, and which words it draws."""

    core: int
    optional: int
    roles: int
    levels: int
    seed: int


PLANS = st.builds(
    Plan,
    core=st.integers(8, 14),
    optional=st.integers(0, 4),
    roles=st.integers(1, 3),
    levels=st.integers(1, 5),
    seed=st.integers(0, 2**32),
)


class Writer:
    """Writes texts of words that nobody else uses, in English and Chinese."""

    def __init__(self, plan: Plan) -> None:
        self._rng = random.Random(plan.seed)  # noqa: S311 - words of a sample
        self._plan = plan

    def word(self) -> str:
        return "".join(
            self._rng.choice("bdfgklmnprtvz") + self._rng.choice("aiu") for _ in range(6)
        )

    def text(self, first: str = "Cuts", last: str = "once", chinese: str = "独立") -> LocalText:
        words = " ".join(self.word() for _ in range(7))
        # Runs of random characters: no two texts share most of their pairs.
        drawn = "".join(chr(self._rng.randrange(0x4E00, 0x9000)) for _ in range(20))
        return LocalText(f"{first} {words} {last}.", {"zh": f"{chinese}{drawn}。"})

    def content(self) -> CatalogueContent:
        plan, domain = self._plan, Domain("craft", self.name())
        group = SkillGroup("tools", self.name(), domain, self.text())
        skills = tuple(
            Skill(
                f"skill-{self.word()}",
                self.name(),
                group,
                self.text(),
                guides={band: Guide((self.text(), self.text()), (self.text(),)) for band in Band},
            )
            for _ in range(plan.core + plan.optional)
        )
        levels = tuple(
            Level(f"level-{self.word()}", self.name(), rank, scope=SCOPES[rank])
            for rank in range(plan.levels)
        )
        ladder = Ladder("ladder", self.name(), levels)
        family = RoleFamily("makers", self.name())
        roles = tuple(
            Role(
                f"role-{self.word()}",
                self.name(),
                family,
                ladder,
                self.text(),
                focus={level.key: self.text() for level in levels},
            )
            for _ in range(plan.roles)
        )
        cells = tuple(
            self.cell(role, level, skill, required=at < plan.core)
            for role in roles
            for level in levels
            for at, skill in enumerate(skills)
        )
        return CatalogueContent(
            LocalText("Sample", {"zh": "样例"}),
            "en",
            tuple(replace(each, name=self.name()) for each in DEPTHS),
            (ladder,),
            (domain,),
            (group,),
            skills,
            (family,),
            roles,
            cells,
        )

    def name(self) -> LocalText:
        drawn = "".join(chr(self._rng.randrange(0x4E00, 0x9000)) for _ in range(6))
        return LocalText(self.word().title(), {"zh": drawn})

    def cell(self, role: Role, level: Level, skill: Skill, *, required: bool) -> Expectation:
        depth = DEPTHS[min(level.rank, 3)]
        first = "Knows" if level.rank == 0 else self.word().title()
        chinese = ("独立", "独立", "为团队", "为多个团队", "为公司")[level.rank]
        return Expectation(
            role,
            level,
            skill,
            Requirement.REQUIRED if required else Requirement.OPTIONAL,
            depth,
            self.text(first, REACH[level.rank], chinese),
            (self.text(), self.text(), self.text()) if required else (),
        )


def rules(findings: tuple[LintFinding, ...]) -> set[LintRule]:
    return {each.rule for each in findings}


def linted(content: CatalogueContent) -> tuple[LintFinding, ...]:
    return lint(content, ALL_WORDS, TERMS)


@examples(25)
@given(PLANS)
def test_a_framework_that_follows_the_rules_has_no_finding(plan: Plan) -> None:
    assert [each.message for each in linted(Writer(plan).content())] == []


PLAN = Plan(core=9, optional=1, roles=2, levels=5, seed=7)


def broken(
    text: LocalText | None = None, prompts: tuple[LocalText, ...] | None = None
) -> set[LintRule]:
    """Return the rules that a change of the topmost required cell breaks."""
    content = Writer(PLAN).content()
    at = max(at for at, each in enumerate(content.expectations) if each.required)
    cells = list(content.expectations)
    cells[at] = replace(
        cells[at],
        text=text or cells[at].text,
        prompts=cells[at].prompts if prompts is None else prompts,
    )
    return rules(linted(replace(content, expectations=tuple(cells))))


def test_each_rule_that_is_broken_is_told_and_no_other() -> None:
    top = LocalText("Knows boards of the company.", {"zh": "为公司锯木板。"})
    assert broken(text=top) == {LintRule.DEPTH_ANCHOR}
    alone = LocalText("Cuts boards alone.", {"zh": "为公司锯木板。"})
    assert broken(text=alone) == {LintRule.SAME_DEPTH}
    slogan = LocalText("Cuts robust boards of the company.", {"zh": "为公司锯木板。"})
    assert broken(text=slogan) == {LintRule.UNASSESSABLE}
    long = LocalText("Cuts. Sands. Glues for the company.", {"zh": "为公司锯木板。"})
    assert broken(text=long) == {LintRule.WORDY}
    mixed = LocalText("Colours boards in the color of the company.", {"zh": "为公司锯木板。"})
    assert broken(text=mixed) == {LintRule.MIXED_SPELLING}
    token = LocalText("Counts tokens of the company.", {"zh": "为公司清点令牌。"})
    assert broken(text=token) == {LintRule.TERM}
    asked = tuple(LocalText(f"Cut one board of {wood}.", {"zh": f"锯{wood}木"}) for wood in "abc")
    assert broken(prompts=asked[:2]) >= {LintRule.FEW_PROMPTS}
    assert broken(prompts=(asked[0],) * 3) == {LintRule.SIMILAR_PROMPTS}


def test_a_level_without_scope_and_a_core_that_is_too_small_are_told() -> None:
    content = Writer(PLAN).content()
    (ladder,) = content.ladders
    bare = replace(ladder, levels=(replace(ladder.levels[0], scope=None), *ladder.levels[1:]))
    assert rules(linted(replace(content, ladders=(bare,)))) == {LintRule.NO_SCOPE}
    few = {each.key for each in content.skills[:2]}
    cells = tuple(
        replace(each, requirement=Requirement.OPTIONAL) if each.skill.key in few else each
        for each in content.expectations
    )
    assert rules(linted(replace(content, expectations=cells))) == {LintRule.CORE_SIZE}
