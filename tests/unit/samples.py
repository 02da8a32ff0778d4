"""Sample values that several tests use."""

from datetime import UTC, datetime
from functools import lru_cache

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
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.text import LocalText
from bot.formats.bundled import data_folder
from bot.formats.lint_terms import load_terms
from bot.formats.native import read_bundled
from bot.services.lookup.shelves import Shelf
from bot.text.typed_lists import load_typed_words
from tests.strategies import REVISION

ALL_WORDS = load_typed_words()
TERMS = load_terms()


@lru_cache(maxsize=1)
def built_in() -> Shelf:
    """Return the catalogue that comes with Nextrung, read once."""
    return Shelf(Catalogue(REVISION, read_bundled(data_folder() / "catalogue")), ALL_WORDS)


def revision(number: int, key: str = "built-in") -> RevisionInfo:
    return RevisionInfo(number, key, number, "Sample Owner", "", datetime(2026, 3, 2, tzinfo=UTC))


def _levels(*rungs: tuple[str, int, str | None]) -> tuple[Level, ...]:
    return tuple(
        Level(key, LocalText(key.replace("-", " ").title()), rank, track)
        for key, rank, track in rungs
    )


BASIC = Proficiency("basic", LocalText("Basic"), 1)
DEEP = Proficiency("deep", LocalText("Deep"), 2)
FORKED = Ladder(
    "forked",
    LocalText("Two tracks"),
    _levels(
        ("novice", 1, None),
        ("adept", 2, None),
        ("staff", 3, "ic"),
        ("manager", 3, "management"),
        ("fellow", 4, "ic"),
        ("director", 4, "management"),
    ),
)
SHORT = Ladder("short", LocalText("Short"), _levels(("novice", 1, None), ("expert", 2, None)))
LONE = Ladder("lone", LocalText("Lone"), _levels(("only", 9, None)))
CRAFT = Domain("craft", LocalText("Craft"))
TOOLS = SkillGroup("tools", LocalText("Tools"), CRAFT, aliases=("kit",))
EMPTY = SkillGroup("empty", LocalText("Empty"), CRAFT)
SAWING = Skill("sawing", LocalText("Sawing", {"zh": "锯切"}), TOOLS, aliases=("cutting",))
SANDING = Skill("sanding", LocalText("Sanding"), TOOLS, depths={"deep": LocalText("Own depth")})
GLUEING = Skill("glueing", LocalText("Glueing"), TOOLS)
UNUSED = Skill("unused", LocalText("Unused"), TOOLS)
FAMILY = RoleFamily("makers", LocalText("Makers"))
JOINER = Role("joiner", LocalText("Joiner"), FAMILY, FORKED, aliases=("woodworker",))
TURNER = Role("turner", LocalText("Turner"), FAMILY, SHORT, aliases=("woodworker",))
HERMIT = Role("hermit", LocalText("Hermit"), FAMILY, LONE)


def cell(
    role: Role,
    level: str,
    skill: Skill,
    proficiency: Proficiency | None = BASIC,
    *,
    required: bool = False,
    text: str | None = "Does it",
) -> Expectation:
    """Build one cell of the workshop; `level` is a key of the role's ladder."""
    found = role.ladder.level(level)
    assert found is not None
    return Expectation(
        role,
        found,
        skill,
        Requirement.REQUIRED if required else Requirement.OPTIONAL,
        proficiency,
        LocalText(text) if text else None,
    )


def workshop() -> Catalogue:
    """Return a small catalogue with a forked ladder, a short one, and one of a single level."""
    cells = (
        cell(JOINER, "novice", SAWING),
        cell(JOINER, "adept", SAWING, DEEP, required=True),
        cell(JOINER, "adept", SANDING, text=None),
        cell(JOINER, "staff", SAWING, DEEP, required=True),
        cell(JOINER, "staff", SANDING, DEEP, text=None),
        cell(JOINER, "manager", GLUEING, None, text=None),
        cell(TURNER, "novice", SAWING, DEEP),
        cell(TURNER, "expert", SAWING, DEEP, required=True),
        cell(TURNER, "expert", GLUEING, DEEP),
    )
    content = CatalogueContent(
        name=LocalText("Workshop"),
        base_locale="en",
        proficiencies=(BASIC, DEEP),
        ladders=(FORKED, SHORT, LONE),
        domains=(CRAFT,),
        groups=(TOOLS, EMPTY),
        skills=(SAWING, SANDING, GLUEING, UNUSED),
        families=(FAMILY,),
        roles=(JOINER, TURNER, HERMIT),
        expectations=cells,
    )
    return Catalogue(revision(1), content)
