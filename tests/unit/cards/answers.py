"""Every kind of answer that a catalogue can give, worked out by the real services."""

import random
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.answers import Ambiguous, Answer, Help, NeedsRole, Offer, Unknown
from bot.domain.framework import Level, Role
from bot.domain.lookup.names.lexicon import Kind, Ref
from bot.domain.lookup.names.query import Query
from bot.domain.lookup.requests import (
    ANYONE,
    ShowCard,
    ShowCatalogue,
    ShowDomain,
    ShowGap,
    ShowGroup,
    ShowRole,
    ShowSkill,
    Viewer,
)
from bot.domain.revision import Catalogue
from bot.services.lookup.lookups import offer
from bot.services.lookup.promotions import show_gap
from bot.services.lookup.showing import show

LAST_PAGE = 99


def answers(catalogue: Catalogue, typed: str, rng: random.Random) -> Iterator[Answer]:
    """Yield answers of all kinds: what is looked up, gaps, choices, notices and help."""
    viewer = _viewer(catalogue, rng)
    for request in _requests(catalogue, rng):
        if isinstance(request, ShowGap):
            answer = show_gap(catalogue, request, viewer)
        else:
            answer = show(catalogue, request, viewer)
        yield _explained(catalogue, answer, typed)
        yield answer
    yield from _notices(catalogue, typed, viewer, rng)


def _viewer(catalogue: Catalogue, rng: random.Random) -> Viewer:
    if not catalogue.content.roles or rng.random() < 0.3:
        return ANYONE
    role = rng.choice(catalogue.content.roles)
    return Viewer(role.key, rng.choice(role.ladder.levels).key)


def _requests(catalogue: Catalogue, rng: random.Random) -> Iterator[ShowCard]:
    content = catalogue.content
    yield from (ShowCatalogue(), ShowCatalogue(LAST_PAGE), ShowGap())
    yield from (ShowDomain(each.key, page) for each in content.domains[:2] for page in (0, 1))
    groups = [content.groups[0].key, rng.choice(content.groups).key]
    roles = [*content.roles[:1], *rng.sample(content.roles, min(2, len(content.roles)))]
    for group in groups:
        yield from (ShowGroup(group), ShowGroup(group, page=LAST_PAGE))
        yield from (ShowGroup(group, (_level(role, rng).key,), role.key) for role in roles)
    for skill in [*content.skills[:1], *rng.sample(content.skills, min(2, len(content.skills)))]:
        yield ShowSkill(skill.key)
        yield from (ShowSkill(skill.key, (_level(role, rng).key,), role.key) for role in roles)
        yield from (ShowSkill(skill.key, ("no-such-level",), role.key) for role in roles)
    for role in roles:
        yield from (ShowRole(role.key, page=page) for page in (0, 3, LAST_PAGE))
        yield ShowRole(role.key, (_level(role, rng).key,))
        yield from _gap_requests(role, rng.choice(roles), rng)


def _level(role: Role, rng: random.Random) -> Level:
    return rng.choice(role.ladder.levels)


def _gap_requests(role: Role, other: Role, rng: random.Random) -> Iterator[ShowGap]:
    low, high = role.ladder.levels[0], role.ladder.levels[-1]
    yield from (ShowGap(role.key), ShowGap(role.key, (low.key,)), ShowGap(role.key, (high.key,)))
    yield ShowGap(role.key, (high.key,), role.key, (low.key,), rng.randrange(4))
    yield ShowGap(role.key, (low.key,), role.key, (high.key,))
    yield ShowGap(role.key, ("no-such-level",))
    yield ShowGap(role.key, (), role.key, (high.key,))
    yield ShowGap(role.key, (), other.key, (_level(other, rng).key,))
    yield ShowGap(role.key, (_level(role, rng).key,), other.key, (_level(other, rng).key,))
    yield ShowGap(role.key, (_level(role, rng).key,), other.key)


def _explained(catalogue: Catalogue, answer: Answer, typed: str) -> Answer:
    """Add the longest explanation there can be: three corrections, and many words left out."""
    skills, domains = catalogue.content.skills, catalogue.content.domains
    names = [*(each.name for each in skills[:3]), *(each.name for each in domains[:3])][:3]
    return replace(
        answer,
        corrections=tuple((typed, name) for name in names),
        ignored=tuple(typed.split())[:20],
    )


def _notices(
    catalogue: Catalogue, typed: str, viewer: Viewer, rng: random.Random
) -> Iterator[Answer]:
    content = catalogue.content
    kinds: list[tuple[Kind, list[str]]] = [
        (Kind.SKILL, [each.key for each in content.skills]),
        (Kind.GROUP, [each.key for each in content.groups]),
        (Kind.ROLE, [each.key for each in content.roles]),
        (Kind.DOMAIN, [each.key for each in content.domains]),
    ]
    refs = [Ref(kind, key) for kind, keys in kinds for key in keys]
    levels = tuple(level.key for ladder in content.ladders for level in ladder.levels[:1])
    query = Query(level_keys=levels, role_key=next((each.key for each in content.roles), None))
    chosen = rng.sample(refs, min(25, len(refs)))
    offers = tuple(offer(catalogue, ref, query) for ref in chosen)
    gaps = tuple(
        Offer(Kind.ROLE, role.name, ShowGap(role.key, levels, role.key, levels))
        for role in content.roles[:25]
    )
    for each in (offers, offers[:1], gaps):
        if each:
            yield _explained(catalogue, Answer(Ambiguous(typed, each), viewer), typed)
        yield _explained(catalogue, Answer(Unknown(typed, each), viewer), typed)
    yield Answer(Ambiguous(typed, offers, is_level=True), viewer)
    yield Answer(Unknown("", ()), viewer)
    yield Answer(NeedsRole(content.roles), viewer, ShowGap(None, levels))
    yield from (Answer(Help(command), viewer) for command in ("skill", "promote-gap"))
