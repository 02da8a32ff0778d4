"""Members who hold something: marks, evidence and a goal, drawn over a catalogue."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.domain.answers import GapReport
from bot.domain.errors import OutdatedCard
from bot.domain.framework import key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import Goal
from bot.domain.growth.holdings import Growth, growth_of
from bot.domain.growth.standing import Standings
from bot.domain.lookup.requests import ANYONE, ShowGap
from bot.domain.revision import Catalogue
from bot.services.growth.own_state import with_own_state
from bot.services.lookup.promotions import gap_body

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def holding(catalogue: Catalogue, rng: random.Random, note: str = "") -> Growth:
    """Return a member who has marked about half of all there is, some of it long ago."""
    cells = [each for each in catalogue.content.expectations if rng.random() < 0.5]
    history = [
        Assessment(
            key_of(each),
            rng.choice(list(Status)),
            NOW - timedelta(days=rng.randrange(800)),
            rng.choice([None, each.proficiency.key if each.proficiency else None]),
            note,
        )
        for each in cells
    ]
    history.sort(key=lambda each: each.at)
    supported = frozenset(key_of(each) for each in cells[:5])
    evidence = (Evidence(1, EvidenceKind.NOTE, note or "A note", None, NOW, supported),)
    goal = None
    if cells:
        target = rng.choice(cells)
        goal = Goal(1, target.role.key, target.level.key, 1, NOW)
    return growth_of(history, evidence, goal, version=1)


def standings(growth: Growth, catalogue: Catalogue) -> Standings:
    """Return where the member stands now."""
    return Standings(growth, catalogue, now=NOW)


def reports(catalogue: Catalogue, rng: random.Random) -> Iterator[GapReport]:
    """Yield the way to a few levels, for a member who holds something."""
    growth = holding(catalogue, rng)
    known = standings(growth, catalogue)
    for role in catalogue.content.roles[:3]:
        for level in role.ladder.levels[1:4]:
            try:
                body = gap_body(catalogue, ShowGap(role.key, (level.key,)), ANYONE)
            except OutdatedCard:
                continue
            body = with_own_state(body, known, growth.active_goal)
            if isinstance(body, GapReport):
                yield body
