"""Hypothesis strategies for small catalogue contents: any text that both databases can keep."""

from datetime import date

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
from bot.domain.text import LocalText

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.text(LETTERS, max_size=12) | st.sampled_from(
    ["👩🏽‍💻 ships", "مهندس برمجيات", "机器学习", "a\u202eb", "line\r\nbreak\t'\"\\%s :x ?", ""]
)
KEYS = st.text(LETTERS, min_size=1, max_size=6)
LOCALES = st.sampled_from(["zh", "de", "pt-BR", "zh-Hant"])
LOCAL_TEXTS = st.builds(LocalText, TEXTS) | st.builds(
    LocalText, TEXTS, st.dictionaries(LOCALES, TEXTS, max_size=2)
)
OPTIONAL_TEXTS = st.none() | LOCAL_TEXTS
ALIASES = st.lists(TEXTS, max_size=2).map(tuple)
PROMPTS = st.lists(LOCAL_TEXTS, max_size=2).map(tuple)
RANKS = st.integers(-1, 12)
DATES = st.none() | st.dates(min_value=date(1990, 1, 1))


def _keys(draw: st.DrawFn, least: int, most: int) -> list[str]:
    return draw(st.lists(KEYS, min_size=least, max_size=most, unique=True))


def _texts_for(draw: st.DrawFn, keys: list[str]) -> dict[str, LocalText]:
    return draw(st.dictionaries(st.sampled_from(keys), LOCAL_TEXTS, max_size=2)) if keys else {}


def _ladders(draw: st.DrawFn) -> tuple[Ladder, ...]:
    return tuple(
        Ladder(
            ladder,
            draw(LOCAL_TEXTS),
            tuple(
                Level(key, draw(LOCAL_TEXTS), draw(RANKS), draw(st.none() | KEYS), draw(ALIASES))
                for key in _keys(draw, 1, 3)
            ),
        )
        for ladder in _keys(draw, 1, 2)
    )


def _skills(
    draw: st.DrawFn, groups: tuple[SkillGroup, ...], proficiencies: tuple[Proficiency, ...]
) -> tuple[Skill, ...]:
    if not groups:
        return ()
    depths = [each.key for each in proficiencies]
    return tuple(
        Skill(
            key=key,
            name=draw(LOCAL_TEXTS),
            group=draw(st.sampled_from(groups)),
            summary=draw(OPTIONAL_TEXTS),
            updated_on=draw(DATES),
            aliases=draw(ALIASES),
            depths=_texts_for(draw, depths),
            prompts=draw(PROMPTS),
        )
        for key in _keys(draw, 0, 4)
    )


def _roles(
    draw: st.DrawFn, families: tuple[RoleFamily, ...], ladders: tuple[Ladder, ...]
) -> tuple[Role, ...]:
    roles = []
    for key in _keys(draw, 0, 3) if families else []:
        ladder = draw(st.sampled_from(ladders))
        roles.append(
            Role(
                key=key,
                name=draw(LOCAL_TEXTS),
                family=draw(st.sampled_from(families)),
                ladder=ladder,
                summary=draw(OPTIONAL_TEXTS),
                aliases=draw(ALIASES),
                focus=_texts_for(draw, [level.key for level in ladder.levels]),
            )
        )
    return tuple(roles)


def _expectations(
    draw: st.DrawFn,
    roles: tuple[Role, ...],
    skills: tuple[Skill, ...],
    proficiencies: tuple[Proficiency, ...],
) -> tuple[Expectation, ...]:
    cells = [
        (role, level, skill) for role in roles for level in role.ladder.levels for skill in skills
    ]
    return tuple(
        Expectation(
            *cell,
            requirement=draw(st.sampled_from(Requirement)),
            proficiency=draw(st.none() | st.sampled_from(proficiencies)) if proficiencies else None,
            text=draw(OPTIONAL_TEXTS),
            prompts=draw(PROMPTS),
        )
        for cell in cells
        if draw(st.booleans())
    )


@st.composite
def contents(draw: st.DrawFn) -> CatalogueContent:
    """Valid catalogue contents, empty ones included."""
    proficiencies = tuple(
        Proficiency(key, draw(LOCAL_TEXTS), draw(RANKS)) for key in _keys(draw, 0, 3)
    )
    ladders = _ladders(draw)
    domains = tuple(Domain(key, draw(LOCAL_TEXTS)) for key in _keys(draw, 1, 2))
    groups = tuple(
        SkillGroup(
            key=key,
            name=draw(LOCAL_TEXTS),
            domain=draw(st.sampled_from(domains)),
            summary=draw(OPTIONAL_TEXTS),
            aliases=draw(ALIASES),
        )
        for key in _keys(draw, 0, 3)
    )
    families = tuple(RoleFamily(key, draw(LOCAL_TEXTS)) for key in _keys(draw, 0, 2))
    skills = _skills(draw, groups, proficiencies)
    roles = _roles(draw, families, ladders)
    return CatalogueContent(
        name=draw(LOCAL_TEXTS),
        base_locale=draw(LOCALES),
        proficiencies=proficiencies,
        ladders=ladders,
        domains=domains,
        groups=groups,
        skills=skills,
        families=families,
        roles=roles,
        expectations=_expectations(draw, roles, skills, proficiencies),
    )
