"""What a card shows: the typed request, answered from a revision."""

from bot.domain.answers import Answer, Body, NeedsLevel, Offer
from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey, Level, Role
from bot.domain.lookup.browsing import catalogue_overview, domain_overview
from bot.domain.lookup.gone import gone, gone_cell
from bot.domain.lookup.group_overview import group_overview, roles_for
from bot.domain.lookup.names.lexicon import Kind
from bot.domain.lookup.profiles import Details
from bot.domain.lookup.requests import (
    ShowCard,
    ShowCatalogue,
    ShowDetails,
    ShowDomain,
    ShowGap,
    ShowGroup,
    ShowRole,
    ShowSkill,
    Viewer,
)
from bot.domain.lookup.role_overview import role_overview
from bot.domain.lookup.rung import Rung
from bot.domain.lookup.short_titles import ShortTitles
from bot.domain.lookup.skill_profile import details, skill_profile
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText


def find_level(
    catalogue: Catalogue, keys: tuple[str, ...], role: Role | None = None
) -> Level | None:
    """Return the first level with one of these keys: on the role's ladder, or on any.

    A key may be what a level of the role is called for short.
    """
    ladders = (role.ladder,) if role else catalogue.content.ladders
    for ladder in ladders:
        for key in keys:
            level = ladder.level(key)
            if level:
                return level
    return catalogue.lasting(ShortTitles).level(role, keys) if role and keys else None


def role_with_title(catalogue: Catalogue, keys: tuple[str, ...], own: Role | None) -> Role | None:
    """Return the only role with such a level, where that names the role: "Head of product".

    None where `own` has such a level too, and for what is but one word: it is no title, and of
    "manager" one is told that the own ladder does not have it.
    """
    if not keys or (own and find_level(catalogue, keys, own)):
        return None
    titled = {
        role.key: level
        for role in catalogue.content.roles
        for level in role.ladder.levels
        if level.key in keys
    }
    if len(titled) != 1:
        return None
    ((role_key, level),) = titled.items()
    return catalogue.role(role_key) if " " in level.name.base else None


def level_elsewhere(catalogue: Catalogue, keys: tuple[str, ...]) -> LocalText | None:
    """Return the name of a level that a ladder lacks, where another has it."""
    level = find_level(catalogue, keys) if keys else None
    return level.name if level else None


def typed_level(catalogue: Catalogue, keys: tuple[str, ...]) -> str | None:
    """Return how to call a level that a ladder lacks: by its name elsewhere, else as typed."""
    if not keys:
        return None
    level = find_level(catalogue, keys)
    return level.name.base if level else keys[0]


def show(catalogue: Catalogue, request: ShowCard, viewer: Viewer) -> Answer:
    """Answer a request of the `/skill` family.

    Raises:
        LeftCatalogue: the request names something that the catalogue no longer has.
        OutdatedCard: it is of another family.
    """
    return Answer(body_of(catalogue, request, viewer), viewer, request)


def body_of(catalogue: Catalogue, request: ShowCard, viewer: Viewer) -> Body:
    """Return what `show` answers, by itself.

    Raises:
        LeftCatalogue, OutdatedCard: as in `show`.
    """
    match request:
        case ShowSkill():
            return _skill(catalogue, request, viewer)
        case ShowGroup():
            return _group(catalogue, request, viewer)
        case ShowRole():
            return _role(catalogue, request, viewer)
        case ShowDomain():
            domain = catalogue.domain(request.domain)
            if domain is None:
                raise gone("domain", request.domain)
            return domain_overview(catalogue, domain)
        case ShowCatalogue():
            return catalogue_overview(catalogue)
        case ShowGap():
            raise OutdatedCard


def _skill(catalogue: Catalogue, request: ShowSkill, viewer: Viewer) -> Body:
    skill = catalogue.skill(request.skill)
    if skill is None:
        raise gone("skill", request.skill)
    role = role_named(catalogue, request.role)
    if role is None and request.levels:
        role = _role_with_level(catalogue, catalogue.roles_with(skill), request.levels, viewer)
    missing = _missing_level(catalogue, request, role)
    if missing:
        return missing
    level = find_level(catalogue, request.levels, role) if request.levels else None
    return skill_profile(catalogue, skill, viewer=viewer, role=role, level=level)


def _role_with_level(
    catalogue: Catalogue, roles: tuple[Role, ...], keys: tuple[str, ...], viewer: Viewer
) -> Role | None:
    """Return the role to show at a typed level: the viewer's own, else the first that has it.

    Where no role has it, the one whose ladder is to choose from instead; None without any role.
    """
    own = [role for role in roles if role.key == viewer.role]
    best = (*own, *roles)
    having = (role for role in best if find_level(catalogue, keys, role))
    return next(having, None) or next(iter(best), None)


def _group(catalogue: Catalogue, request: ShowGroup, viewer: Viewer) -> Body:
    group = catalogue.group(request.group)
    if group is None:
        raise gone("group", request.group)
    role = role_named(catalogue, request.role)
    asked_of = role
    if role is None and request.levels:
        level = find_level(catalogue, request.levels)
        roles = roles_for(catalogue, group, viewer, level)
        asked_of = _role_with_level(catalogue, roles, request.levels, viewer)
    missing = _missing_level(catalogue, request, asked_of)
    if missing:
        return missing
    level = find_level(catalogue, request.levels, asked_of) if request.levels else None
    return group_overview(catalogue, group, viewer=viewer, role=role, level=level)


def _role(catalogue: Catalogue, request: ShowRole, viewer: Viewer) -> Body:
    role = role_named(catalogue, request.role)
    if role is None:
        raise gone("role", request.role)
    missing = _missing_level(catalogue, request, role)
    if missing:
        return missing
    level = find_level(catalogue, request.levels, role) if request.levels else None
    return role_overview(catalogue, role, viewer=viewer, level=level)


def _missing_level(
    catalogue: Catalogue, request: ShowSkill | ShowGroup | ShowRole, role: Role | None
) -> NeedsLevel | None:
    """Offer the role's own levels where the asked one is not on its ladder."""
    if role is None or not request.levels or find_level(catalogue, request.levels, role):
        return None
    offers = tuple(
        Offer(Kind.LEVEL, level.name, with_levels(request, (level.key,)))
        for level in role.ladder.levels
    )
    called = level_elsewhere(catalogue, request.levels)
    return NeedsLevel(role, typed_level(catalogue, request.levels), offers, elsewhere=called)


def with_levels(
    request: ShowSkill | ShowGroup | ShowRole, levels: tuple[str, ...]
) -> ShowSkill | ShowGroup | ShowRole:
    """Return the same request at another level, from its first page."""
    match request:
        case ShowSkill():
            return ShowSkill(request.skill, levels, request.role)
        case ShowGroup():
            return ShowGroup(request.group, levels, request.role)
        case ShowRole():
            return ShowRole(request.role, levels)


def role_named(catalogue: Catalogue, key: str | None) -> Role | None:
    """Return the role with this key; None for None.

    Raises:
        LeftCatalogue: the catalogue no longer has it.
    """
    if key is None:
        return None
    role = catalogue.role(key)
    if role is None:
        raise gone("role", key)
    return role


def show_details(catalogue: Catalogue, request: ShowDetails) -> Details:
    """Answer a press on *Details*.

    Raises:
        LeftCatalogue: the skill, role or level is no longer in the catalogue.
    """
    skill, role = catalogue.skill(request.skill), catalogue.role(request.role)
    level = role.ladder.level(request.level) if role else None
    if skill is None or role is None or level is None:
        raise gone_cell(catalogue, CellKey(request.role, request.level, request.skill))
    return details(catalogue, skill, Rung(role, level))
